"""PyTorch, as its tutorials write it: modules, autograd, its optimizer."""

import torch
from serve import RATE, SIDE, WINDOW, batches, changes, checked, convolutions, factors, network, observations, rows, serve
from torch import nn


def dense(weights, biases, dtype=torch.float32):
    layer = nn.Linear(weights.shape[1], weights.shape[0], dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights))
        layer.bias.copy_(torch.from_numpy(biases))
    return layer


def convolution(weights, biases):
    layer = nn.Conv2d(weights.shape[1] // WINDOW**2, weights.shape[0], WINDOW)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights.reshape(len(weights), WINDOW, WINDOW, -1)).permute(0, 3, 1, 2))
        layer.bias.copy_(torch.from_numpy(biases))
    return layer


class Channels(nn.Module):
    """The others' order of values: row, column, neuron."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def hidden(layers, bend, dtype=torch.float32):
    parts = []
    for i, (w, b) in enumerate(layers):
        parts += [bend()] * (i > 0) + [dense(w, b, dtype)]
    return nn.Sequential(*parts)


def convolutional(layers):
    parts = []
    for w, b in layers[:-1]:
        parts += [convolution(w, b), nn.ReLU()]
    return nn.Sequential(*parts, Channels(), dense(*layers[-1]))


def prepare(task, options):
    torch.set_num_threads(options.get("threads", 1))
    kind = task["kind"]
    if kind == "product":
        a, b = (torch.from_numpy(f) for f in factors(task["size"], task["dtype"]))
        return [(a @ b).numpy()], lambda: a @ b
    if kind == "step":
        layers = network(task["widths"])
        return training(lambda: hidden(layers, nn.ReLU), layers, task["batch"], (task["widths"][0],))
    if kind == "convolution":
        layers = convolutions(task["filters"])
        return training(lambda: convolutional(layers), layers, task["batch"], (1, SIDE, SIDE))
    double = kind != "predict"
    widths = task.get("widths") or [3, 3, 3][: 2 if kind == "layer" else 3]
    bend = {"predict": nn.ReLU, "tiny": nn.Sigmoid}.get(kind, nn.Identity)
    dtype = torch.float64 if double else torch.float32
    model = hidden(network(widths), bend, dtype)
    if kind == "tiny":
        model.append(nn.Sigmoid())
    batch = task.get("batch", 1 if kind == "tiny" else 4)
    x = torch.from_numpy(observations(batch, widths[0])).to(dtype)

    @torch.inference_mode()
    def run():
        return model(x)

    return [run().numpy()], run


def training(make, layers, batch, shape):
    x, y = (torch.from_numpy(part) for part in rows(SIDE**2))
    x = x.reshape(-1, *shape)
    loss_of = nn.CrossEntropyLoss()

    def learner():
        model = make()
        optimizer = torch.optim.SGD(model.parameters(), RATE)

        def learn(taken):
            taken = torch.from_numpy(taken)
            optimizer.zero_grad(set_to_none=True)
            loss = loss_of(model(x[taken]), y[taken])
            loss.backward()
            optimizer.step()
            return loss.item()

        return model, learn

    model, learn = learner()
    for taken in checked(batch):
        learn(taken)
    now = [p.detach() for p in model.parameters()]
    result = changes(layers, [(p.permute(0, 2, 3, 1) if p.dim() == 4 else p).numpy() for p in now])
    _, learn = learner()
    order = batches(batch)
    return result, lambda: learn(next(order))


serve(prepare, f"PyTorch {torch.__version__}")
