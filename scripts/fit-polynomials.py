"""
Fits the polynomials of packages/camada/src/backends/wasm/math and writes coefficients.ts there. Needs mpmath
(Debian: python3-mpmath).

Each is the best in the sense of Chebyshev, found by the exchange algorithm of Remez: the largest weighted
error is as small as it can be. Coefficients are rounded one by one, the lowest order first, and those that
are left are fitted anew, so that they make up for what rounding did; or all at once, where that is better.
"""
import struct
import subprocess
import sys
from pathlib import Path

from mpmath import atanh, cos, erf, erfc, exp, expm1, log, log1p, mp, mpf, matrix, lu_solve, pi, sin, sqrt, tanh

mp.dps = 50
OUT = Path(__file__).parent.parent / "packages/camada/src/backends/wasm/math/coefficients.ts"


def rounded(x, single):
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0]) if single else mpf(float(x))


def horner(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def remez(target, weight, low, high, fixed, degree):
    """Coefficients from the one after `fixed` to `degree`, and the largest weighted error."""
    count = degree + 1 - len(fixed)
    first = len(fixed)
    grid = [low + (high - low) * (1 - cos(pi * (i + mpf(1) / 2) / 600)) / 2 for i in range(600)]
    rest = [target(x) - horner(fixed, x) for x in grid]
    weights = [weight(x) for x in grid]
    powers = [[x**j for j in range(first, degree + 1)] for x in grid]
    spread = [round((1 - cos(pi * i / count)) / 2 * (len(grid) - 1)) for i in range(count + 1)]
    for _ in range(12):
        system = matrix(count + 1, count + 1)
        values = matrix(count + 1, 1)
        for row, at in enumerate(spread):
            for j in range(count):
                system[row, j] = powers[at][j] * weights[at]
            system[row, count] = (-1) ** row
            values[row] = rest[at] * weights[at]
        solved = lu_solve(system, values)
        c = [solved[j] for j in range(count)]
        errors = [w * (r - sum(a * b for a, b in zip(c, p))) for w, r, p in zip(weights, rest, powers)]
        # the largest error between each two changes of sign
        peaks = []
        for i, e in enumerate(errors):
            if peaks and (e > 0) == (errors[peaks[-1]] > 0):
                if abs(e) > abs(errors[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        largest = max(abs(e) for e in errors)
        while len(peaks) > count + 1:
            peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
        if len(peaks) < count + 1 or peaks == spread:
            break
        spread = peaks
    return c, largest


def fit(target, weight, low, high, degree, single):
    low, high = mpf(low), mpf(high)
    at_once = [rounded(c, single) for c in remez(target, weight, low, high, [], degree)[0]]
    one_by_one = []
    while len(one_by_one) <= degree:
        c, _ = remez(target, weight, low, high, one_by_one, degree)
        one_by_one.append(rounded(c[0], single))
    xs = [low + (high - low) * i / 1000 for i in range(1, 1000)]

    def worst(c):
        return max(abs(weight(x) * (target(x) - horner(c, x))) for x in xs)

    best = min(at_once, one_by_one, key=worst)
    return best, worst(best)


def tiny(x):
    """Where a quotient of differences would be 0 / 0, a point so near that no fit can tell."""
    return x if abs(x) > mpf(10) ** -12 else mpf(10) ** -12


HALF = log(2) / 2 * (1 + mpf(2) ** -20)
ROOT = sqrt(mpf(2)) / 2


def exponential(r):
    r = tiny(r)
    return (expm1(r) - r) / r**2


def exponential_weight(r):
    r = tiny(r)
    return r**2 / abs(expm1(r))


def logarithm(f):
    f = tiny(f)
    return (log1p(f) - f + f**2 / 2) / f**3


def logarithm_weight(f):
    f = tiny(f)
    return f**3 / log1p(f)


def quotient_logarithm(z):
    s = sqrt(tiny(z))
    return (2 * atanh(s) - 2 * s) / s**3


def quotient_logarithm_rest(z):
    z = tiny(z)
    return (quotient_logarithm(z) - mpf(2) / 3) / z


def tangent(z):
    x = sqrt(tiny(z))
    return (tanh(x) - x) / x**3


def tangent_weight(z):
    x = sqrt(tiny(z))
    return x**3 / tanh(x)


def sine(z):
    r = sqrt(tiny(z))
    return (sin(r) - r) / r**3


def sine_weight(z):
    r = sqrt(tiny(z))
    return r**3 / sin(r)


def cosine(z):
    z = tiny(z)
    return (cos(sqrt(z)) - 1 + z / 2) / z**2


def error_function(z):
    x = sqrt(tiny(z))
    return erf(x) / x - 1


def error_weight(z):
    x = sqrt(tiny(z))
    return x / erf(x)


def error_tail(u):
    return log(erfc(u + 1))


def error_tail_weight(u):
    return erfc(u + 1) / erf(u + 1)


QUARTER = (pi / 4) ** 2 * (1 + mpf(2) ** -20)
TABLE = [
    ("EXP", "(e^r - 1 - r) / r², |r| up to ln 2 / 2", exponential, exponential_weight, -HALF, HALF, 5, 10),
    ("LOG", "(log(1 + f) - f + f²/2) / f³, f from √½ - 1 to √2 - 1", logarithm, logarithm_weight, ROOT - 1, 2 * ROOT - 1, 8, None),
    ("LOG", "(log((1 + s) / (1 - s)) - 2s) / s³ of z = s², up to (3 - √8)²", quotient_logarithm, lambda z: z / 2, 0, (3 - sqrt(mpf(8))) ** 2 * (1 + mpf(2) ** -20), None, 6),
    ("LOG_REST", "(log((1 + s) / (1 - s)) - 2s - ⅔s³) / s⁵ of z = s², up to (3 - √8)²", quotient_logarithm_rest, lambda z: z**2 / 2, 0, (3 - sqrt(mpf(8))) ** 2 * (1 + mpf(2) ** -20), None, 7),
    ("TANH", "(tanh x - x) / x³ of z = x², |x| up to 0.55", tangent, tangent_weight, 0, mpf(11) ** 2 / 400, 4, 10),
    ("SIN", "(sin r - r) / r³ of z = r², |r| up to π/4", sine, sine_weight, 0, QUARTER, 2, 5),
    ("COS", "(cos r - 1 + r²/2) / r⁴ of z = r², |r| up to π/4", cosine, lambda z: z**2 / cos(sqrt(z)), 0, QUARTER, 2, 5),
    ("ERF", "erf(x) / x - 1 of z = x², |x| up to 1", error_function, error_weight, 0, 1, 6, 11),
    ("ERF_TAIL", "log(1 - erf(x)) of x - 1, from 1 to 4 (float32), to 6 (float64)", error_tail, error_tail_weight, 0, (3, 5), 8, 18),
]


def two_over_pi():
    mp.prec = 64 * 21
    whole = int(mp.mpf(2) / mp.pi * mpf(2) ** (64 * 19))
    return [hex(whole >> (64 * (19 - i)) & (2**64 - 1)) + "n" for i in range(20)]


def main():
    single, double = [], []
    for name, what, target, weight, low, high, degree32, degree64 in TABLE:
        for degree, is_single, lines in ((degree32, True, single), (degree64, False, double)):
            if degree is None:
                continue
            end = high[0 if is_single else 1] if isinstance(high, tuple) else high
            c, worst = fit(target, weight, low, end, degree, is_single)
            bits = float(-log(worst, 2))
            print(name, "float32" if is_single else "float64", f"2^-{bits:.1f}", file=sys.stderr)
            digits = [repr(float(x)) for x in c]
            lines.append(f"  /** {what}: error below 2^-{int(bits)}. */\n  {name}: [{', '.join(digits)}],")
    OUT.write_text(
        "// generated by scripts/fit-polynomials.py\n\n"
        "/** Best polynomials, lowest order first. Errors are relative to the function that they make. */\n"
        "export const FLOAT32 = {\n" + "\n".join(single) + "\n} as const;\n\n"
        "export const FLOAT64 = {\n" + "\n".join(double) + "\n} as const;\n\n"
        "/** The bits of 2/π from 2^63 on, 64 at a time. */\n"
        "export const TWO_OVER_PI = [" + ", ".join(two_over_pi()) + "] as const;\n"
    )
    subprocess.run(["npx", "biome", "format", "--write", str(OUT)], check=True)


main()
