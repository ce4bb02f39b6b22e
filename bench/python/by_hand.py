"""NumPy, as a person writes it who knows it well."""

import numpy as np
from serve import RATE, batches, changes, checked, factors, network, observations, rows, serve


def layered(widths, batch, dtype):
    layers = [(w.astype(dtype), b.astype(dtype)) for w, b in network(widths)]
    return layers, observations(batch, widths[0]).astype(dtype)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def prepare(task, _):
    kind = task["kind"]
    if kind == "product":
        a, b = factors(task["size"], task["dtype"])
        return [np.dot(a, b)], lambda: np.dot(a, b)
    if kind == "layer":
        [(w, b)], x = layered([3, 3], 4, "float64")
        return [np.dot(x, w.T) + b], lambda: np.dot(x, w.T) + b
    if kind == "layers":
        [(w, b), (v, c)], x = layered([3, 3, 3], 4, "float64")
        return [np.dot(np.dot(x, w.T) + b, v.T) + c], lambda: np.dot(np.dot(x, w.T) + b, v.T) + c
    if kind == "tiny":
        [(w, b), (v, c)], x = layered(task["widths"], 1, "float64")
        run = lambda: sigmoid(np.dot(sigmoid(np.dot(x, w.T) + b), v.T) + c)
        return [run()], run
    if kind == "predict":
        [(w, b), (v, c)], x = layered(task["widths"], task["batch"], "float32")
        run = lambda: np.maximum(x @ w.T + b, 0) @ v.T + c
        return [run()], run
    return step(task) if kind == "step" else None


def step(task):
    layers, batch = network(task["widths"]), task["batch"]
    x, y = rows(task["widths"][0])
    first = np.arange(batch)

    def learner():
        weights = [(w.T.copy(), b.copy()) for w, b in layers]

        def learn(taken):
            values, truth = [x[taken]], y[taken]
            for w, b in weights:
                values.append(values[-1] @ w + b)
                if len(values) <= len(weights):
                    np.maximum(values[-1], 0, out=values[-1])
            e = np.exp(values[-1] - values[-1].max(1, keepdims=True))
            d = e / e.sum(1, keepdims=True)
            d[first, truth] -= 1
            d /= batch
            for i in reversed(range(len(weights))):
                w, b = weights[i]
                below = values[i]
                if i > 0:
                    previous = d @ w.T
                    previous[below <= 0] = 0
                w -= RATE * (below.T @ d)
                b -= RATE * d.sum(0)
                if i > 0:
                    d = previous

        return weights, learn

    weights, learn = learner()
    for taken in checked(batch):
        learn(taken)
    result = changes(layers, [part for w, b in weights for part in (w.T, b)])
    _, learn = learner()
    order = batches(batch)
    return result, lambda: learn(next(order))


serve(prepare, f"NumPy {np.__version__}")
