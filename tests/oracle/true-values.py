"""
What functions truly give, to the last bit of float64, by mpmath (Debian: python3-mpmath) with 400 bits and
more: fixtures/true-values.json, which wasm-math.test.ts compares compiled functions with.
"""
import json
import random
from pathlib import Path

from mpmath import cos, erf, exp, expm1, log, log1p, mp, mpf, power, sin, tanh

COUNT = 120
random.seed(7)


def between(low, high):
    return lambda: random.uniform(low, high)


def spread(low, high):
    """Of all sizes between two powers of 2, with either sign."""
    return lambda: random.choice((1, -1)) * 2.0 ** random.uniform(low, high)


def positive(draw):
    return lambda: abs(draw())


TINY, HUGE = -1073.5, 1023.9
ANGLES = [between(-10, 10), between(-1e6, 1e6), spread(-30, HUGE)]
FUNCTIONS = {
    "exp": (exp, [between(-745, 709.7), between(-2, 2)]),
    "expm1": (expm1, [between(-40, 709.7), between(-1, 1), spread(TINY, 0)]),
    "log": (log, [positive(spread(TINY, HUGE)), between(0.5, 2)]),
    "log1p": (log1p, [positive(spread(-60, HUGE)), between(-1, 1), spread(TINY, -1)]),
    "tanh": (tanh, [between(-20, 20), between(-1, 1), spread(TINY, 0)]),
    "sin": (sin, ANGLES),
    "cos": (cos, ANGLES),
    "logistic": (lambda x: 1 / (1 + exp(-x)), [between(-745, 40), between(-5, 5)]),
    "erf": (erf, [between(-6, 6), between(-1.5, 1.5), spread(TINY, 0)]),
}


def powers():
    """Bases and exponents whose powers are neither infinite nor 0, up to the last ones."""
    for draw in (positive(spread(TINY, HUGE)), between(0.5, 2), between(0.999, 1.001)):
        for _ in range(COUNT):
            x = draw()
            size = abs(float(log(mpf(x)))) or 1
            yield x, random.uniform(-1, 1) * min(709 / size, 1e300)


def main():
    # a large angle needs as many bits as it has before the point
    mp.prec = 1500
    table = {}
    for name, (function, draws) in FUNCTIONS.items():
        xs = [draw() for draw in draws for _ in range(COUNT)]
        table[name] = [[x, float(function(mpf(x)))] for x in xs]
    table["power"] = [[x, float(power(mpf(x), mpf(y))), y] for x, y in powers()]
    lines = [f'"{name}": {json.dumps(rows)}' for name, rows in table.items()]
    path = Path(__file__).parent / "fixtures/true-values.json"
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


main()
