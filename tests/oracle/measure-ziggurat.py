"""Measures the widths of the ziggurat's 256 strips from live NumPy, and writes ziggurat-tables.ts to stdout.

A draw that NumPy takes at once is the product of known random bits and a strip's width; a few hundred such
products leave only one double that can be the width.

    python3 tests/oracle/measure-ziggurat.py > packages/camada/src/array/random/ziggurat-tables.ts
"""

import math

import numpy as np


def widths(draw, split, seed):
    generator = np.random.Generator(np.random.PCG64(seed))
    bits = generator.bit_generator
    ahead = np.random.PCG64(0)
    seen = [[] for _ in range(256)]
    while min(len(pairs) for pairs in seen) < 200:
        state = bits.state
        x = abs(draw(generator))
        ahead.state = state
        strip, significand = split(int(ahead.random_raw()))
        accepted = ahead.state == bits.state
        if not accepted:
            ahead.random_raw()  # the second draw that decides whether the first one stands
            accepted = strip != 0 and ahead.state == bits.state
        if accepted and significand > 0:
            seen[strip].append((significand, x))
    return [only_width(pairs) for pairs in seen]


def only_width(pairs):
    largest, x = max(pairs)
    start = x / largest
    near = [start]
    for direction in (0.0, math.inf):
        w = start
        for _ in range(8):
            w = math.nextafter(w, direction)
            near.append(w)
    fits = [w for w in near if all(m * w == x for m, x in pairs)]
    assert len(fits) == 1, (pairs[0], fits)
    return fits[0]


def print_table(name, doc, values):
    print(f"\n/** {doc} */\nexport const {name}: readonly number[] = [")
    for i in range(0, 256, 4):
        print("  " + ", ".join(repr(v).replace("e-0", "e-") for v in values[i : i + 4]) + ",")
    print("];")


normal = widths(lambda g: g.standard_normal(), lambda r: (r & 255, (r >> 9) & (2**52 - 1)), 1)
exponential = widths(lambda g: g.standard_exponential(), lambda r: ((r >> 3) & 255, r >> 11), 2)
print("/**")
print(" * The widths of the ziggurat's strips (ziggurat.ts). Generated: measured from NumPy's own draws by")
print(" * tests/oracle/measure-ziggurat.py.")
print(" */")
print_table("NORMAL_WIDTHS", "Right edge of each strip under the normal curve, over 2⁵²; first the strip with the tail.", normal)
print_table("EXPONENTIAL_WIDTHS", "Right edge of each strip under exp(-x), over 2⁵³; first the strip with the tail.", exponential)
