"""What the benchmark asks of a peer in Python: as host.ts, with the numbers of data.ts."""

import json
import os
import sys
import time

import numpy as np

ROWS, SIDE, WINDOW, CLASSES = 12_800, 28, 3, 10
RATE, CHECKED, EVERY, WARM = 0.001, 8, 7, 0.4


def drawn(stream, count, scale=1):
    h = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1)
    h ^= np.uint32(stream * 0x85EBCA77 & 0xFFFFFFFF)
    h = (h ^ h >> np.uint32(16)) * np.uint32(0x85EBCA6B)
    h = (h ^ h >> np.uint32(13)) * np.uint32(0xC2B2AE35)
    h = (h ^ h >> np.uint32(16)) >> np.uint32(8)
    return ((h / 2**24 - 0.5) * scale).astype(np.float32)


def layer(i, inputs, outputs):
    """Weights, (neuron, feature), and biases."""
    weights = drawn(10 + i, inputs * outputs, 2 * (6 / (inputs + outputs)) ** 0.5)
    return weights.reshape(outputs, inputs), drawn(20 + i, outputs, 0.1)


def network(widths):
    return [layer(i, widths[i], n) for i, n in enumerate(widths[1:])]


def convolutions(filters):
    """Each convolution's windows in a row for each neuron, and the dense layer."""
    inputs = [1, *filters]
    side = SIDE - len(filters) * (WINDOW - 1)
    windows = [layer(i, WINDOW**2 * inputs[i], n) for i, n in enumerate(filters)]
    return [*windows, layer(len(filters), side**2 * filters[-1], CLASSES)]


def rows(columns):
    x = drawn(1, ROWS * SIDE**2).reshape(ROWS, columns)
    return x, classes(drawn(2, ROWS), CLASSES)


def classes(values, count):
    return np.floor((values.astype(np.float64) + 0.5) * count).astype(np.int64)


def observations(rows, columns):
    return drawn(1, rows * columns).reshape(rows, columns)


def factors(size, dtype):
    return [drawn(stream, size * size).reshape(size, size).astype(dtype) for stream in (4, 5)]


def batches(batch):
    order = classes(drawn(3, ROWS), ROWS)
    while True:
        for start in range(0, ROWS - batch + 1, batch):
            yield order[start : start + batch]


def checked(batch):
    return [np.arange(s * batch, (s + 1) * batch) for s in range(CHECKED)]


def changes(layers, now):
    """How weights and biases have changed; `now` has them in the order and layout of `layers`."""
    before = [part for pair in layers for part in pair]
    return [(np.asarray(n).reshape(-1) - b.reshape(-1))[::EVERY] for b, n in zip(before, now)]


class Bench:
    def __init__(self, prepare, version):
        self.make, self.version, self.count = prepare, version, 1

    def prepare(self, request):
        work = self.make(request["task"], request["options"])
        if work is None:
            return {"absent": "it has no such task"}
        result, self.run = work
        return {"result": [np.asarray(r, np.float64).reshape(-1).tolist() for r in result], "version": self.version}

    def warm(self, request):
        spent, wanted = 0, request["milliseconds"] / 1000
        while spent < WARM:
            seconds = self.elapsed()
            spent += seconds
            self.count = max(1, min(round(self.count * wanted / max(seconds, 1e-5)), self.count * 10))

    def round(self, _):
        self.elapsed()
        return self.elapsed() / self.count * 1e9

    def elapsed(self):
        run = self.run
        start = time.perf_counter()
        for _ in range(self.count):
            run()
        return time.perf_counter() - start


def serve(prepare, version):
    """`prepare(task, options)` gives what is computed, and a function that does it once; or None."""
    bench = Bench(prepare, f"{version}, Python {sys.version.split()[0]}")
    with os.fdopen(3, "w") as answers:
        for line in sys.stdin:
            request = json.loads(line)
            print(json.dumps(getattr(bench, request["ask"])(request)), file=answers, flush=True)
