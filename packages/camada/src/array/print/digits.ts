/**
 * Decimal digits of floats, as NumPy's Dragon4 gives them: the fewest that tell a number from its
 * neighbors, or a given number of exact ones, ties to even.
 */

/** The shortest digits that read back as `x`, as `d.ddde±x`; of a float32 its own, fewer, digits. */
function shortest(x: number, float32: boolean): string {
  if (!float32) return x.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    const text = x.toExponential(digits);
    if (Math.fround(Number(text)) === x) return text;
  }
  return x.toExponential(8);
}

/** Enough digits beyond a rounding place to see whether what follows is exactly one half. */
const BEYOND = 30;

/** JavaScript rounds ties away from zero, Dragon4 to even: `text` with its last digit mended. */
function tieToEven(text: string, longer: string): string {
  const cut = text.search(/e|$/);
  const mantissa = text.slice(0, cut);
  const rest = longer.slice(longer.indexOf(".") + 1).replace(/e.*/, "");
  const decimals = mantissa.includes(".") ? mantissa.length - mantissa.indexOf(".") - 1 : 0;
  if (!/^50*$/.test(rest.slice(decimals))) return text;
  // a tie: what stands before it, cut, is even or is one below the even one
  const kept = longer.slice(0, longer.indexOf(".") + 1 + decimals).replace(/\.$/, "");
  return Number(kept.at(-1)) % 2 === 0 ? kept + text.slice(cut) : text;
}

function exactFixed(x: number, decimals: number): string {
  return tieToEven(x.toFixed(decimals), x.toFixed(Math.min(decimals + BEYOND, 100)));
}

function exactExponential(x: number, decimals: number): string {
  const text = x.toExponential(decimals);
  const longer = x.toExponential(Math.min(decimals + BEYOND, 100));
  // where rounding up made a power of ten, the longer one has a smaller exponent and is no tie
  return text.slice(text.indexOf("e")) === longer.slice(longer.indexOf("e")) ? tieToEven(text, longer) : text;
}

/** How many digits to show after the point, and what of them. */
export interface Digits {
  readonly float32: boolean;
  /** The most decimals; null: as many as tell the number apart. */
  readonly precision: number | null;
  /** Exactly `precision` decimals, zeros too. */
  readonly keep: boolean;
}

/** `x` without an exponent, with its point: `-12.5`, `3.`. */
export function positional(x: number, { float32, precision, keep }: Digits): string {
  if (keep) return withPoint(exactFixed(x, precision!));
  const text = unfold(shortest(x, float32));
  const decimals = text.length - text.indexOf(".") - 1;
  return precision !== null && decimals > precision ? trimZeros(exactFixed(x, precision)) : text;
}

/** `x` as digits before and after the point, and the exponent. */
export function scientific(x: number, { float32, precision, keep }: Digits): [whole: string, fraction: string, exponent: number] {
  const fewest = keep ? "" : shortest(x, float32);
  const exact = keep || (precision !== null && fewest.replace(/e.*/, "").replace(/^-?\d\.?/, "").length > precision);
  const [mantissa, exponent] = (exact ? exactExponential(x, precision!) : fewest).split("e");
  const [whole, fraction = ""] = mantissa!.split(".");
  const sign = Object.is(x, -0) ? "-" : "";
  return [sign + whole!, keep ? fraction : fraction.replace(/0+$/, ""), Number(exponent)];
}

/** `d.ddde±x` written out without the exponent. */
function unfold(text: string): string {
  const [mantissa, power] = text.split("e");
  const exponent = Number(power);
  const negative = mantissa!.startsWith("-");
  const digits = mantissa!.replace(/[-.]/g, "");
  const point = exponent + 1;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return trimZeros(`${negative ? "-" : ""}${whole}.${fraction}`);
}

function withPoint(text: string): string {
  return text.includes(".") ? text : `${text}.`;
}

function trimZeros(text: string): string {
  return withPoint(text).replace(/0+$/, "");
}
