/** How many digits to give, counted after the point (`positional`) or after the first digit (scientific). */
export interface Digits {
  /** Stop as soon as no other float is meant; else give the exact value's digits. */
  readonly unique: boolean;
  readonly positional: boolean;
  readonly atMost: number;
  readonly atLeast: number;
}

/** d0.d1d2... times ten to the `exponent`. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/**
 * The decimal digits of a finite value that is not negative, each float32 (`single`) or float64, as
 * NumPy's Dragon4 gives them: the fewest that tell it from its neighbors, within the limits; where a limit
 * cuts or prolongs them, the digits of the exact binary value, rounded half to even.
 *
 * Steele and White, "How to print floating-point numbers accurately" (1990), in big integers: the value
 * is `num / den`, and whatever lies between `low` below and `high` above reads back as the same float.
 */
export function decimal(
  value: number,
  single: boolean,
  { unique, positional, atMost, atLeast }: Digits,
): Decimal {
  if (value === 0) return { digits: "0", exponent: 0 };
  const { mantissa, exponent, power } = parts(value, single);
  const even = mantissa % 2n === 0n;

  // In quarters of the last place: half a place on each side, but a quarter below a power of two.
  let num = mantissa * 4n;
  let den = 4n;
  let low = power ? 1n : 2n;
  let high = 2n;
  const scale = (factor: bigint) => {
    num *= factor;
    low *= factor;
    high *= factor;
  };
  if (exponent > 0) scale(1n << BigInt(exponent));
  else den <<= BigInt(-exponent);

  // 10^place is above the value: an estimate that is right or one too low, then corrected. A value below
  // the last place wanted starts at that place, where it is rounded to 0 or 1.
  let place = Math.ceil(Math.log10(value) - 0.69);
  if (positional) place = Math.max(place, 1 - atMost);
  if (place > 0) den *= 10n ** BigInt(place);
  else scale(10n ** BigInt(-place));
  if (num >= den) place++;
  else scale(10n);

  const first = place - 1;
  const last = positional ? -atMost : first - atMost;
  const soonest = Math.min(first, positional ? -atLeast : first - atLeast);
  const digits: number[] = [];
  for (;;) {
    place--;
    const digit = num / den;
    num %= den;
    digits.push(Number(digit));
    const down = unique && (even ? num <= low : num < low);
    const up = unique && (even ? num + high >= den : num + high > den);
    if (unique ? (down || up) && place <= soonest : num === 0n)
      return rounded(digits, first, down, up, num, den);
    if (place === last) return rounded(digits, first, down, up, num, den);
    scale(10n);
  }
}

/** Rounds the last digit by what remains: to where only one side reads back, else to the nearer. */
function rounded(
  digits: number[],
  exponent: number,
  down: boolean,
  up: boolean,
  num: bigint,
  den: bigint,
): Decimal {
  const odd = digits.at(-1)! % 2 === 1;
  const roundUp = down !== up ? up : odd ? num * 2n >= den : num * 2n > den;
  if (roundUp) {
    while (digits.at(-1) === 9) digits.pop();
    if (digits.length === 0) return { digits: "1", exponent: exponent + 1 };
    digits[digits.length - 1]!++;
  }
  return { digits: digits.join(""), exponent };
}

/** value = mantissa times two to the exponent; `power`: the float below is only half as far as the one above. */
function parts(value: number, single: boolean): { mantissa: bigint; exponent: number; power: boolean } {
  const bits = single
    ? BigInt(new Uint32Array(Float32Array.of(value).buffer)[0]!)
    : new BigUint64Array(Float64Array.of(value).buffer)[0]!;
  const width = single ? 23 : 52;
  const hidden = 1n << BigInt(width);
  const fraction = bits % hidden;
  const biased = Number(bits / hidden);
  return {
    mantissa: biased === 0 ? fraction : fraction + hidden,
    exponent: Math.max(biased, 1) - (single ? 127 : 1023) - width,
    power: biased > 1 && fraction === 0n,
  };
}
