import { type Digits, decimal } from "./decimal.js";
import type { PrintOptions } from "./options.js";

/** All digits that a value needs, and no more. */
const SHORTEST = { unique: true, atMost: Number.POSITIVE_INFINITY, atLeast: 0 } as const;

/**
 * How to write one of many floats, so that their points stand below one another: positional or
 * scientific, with how many digits, as `FloatingFormat` in NumPy's arrayprint.py decides it.
 *
 * @param values those that will be shown
 * @param single whether they are float32
 */
export function floatFormat(
  values: readonly number[],
  single: boolean,
  options: PrintOptions,
): (x: number) => string {
  const { precision, floatmode, suppress, sign, nanstr, infstr } = options;
  const finite = values.filter(Number.isFinite);
  const positional = !needsExponent(finite, single, suppress);
  const plus = sign === "+";

  // First all as short as they can be, to see how much room each part needs.
  const fixed = floatmode === "fixed";
  let digits: Digits = {
    unique: !fixed,
    positional,
    atMost: floatmode === "unique" ? Number.POSITIVE_INFINITY : precision,
    atLeast: fixed ? precision : 0,
  };
  const split = (x: number) => {
    const [number, exponent = ""] = write(x, single, digits, plus).split("e");
    const [whole, fraction] = number!.split(".");
    return [whole!, fraction!, exponent] as const;
  };
  const drafts = finite.map(split);
  const room = (part: 0 | 1 | 2) => drafts.reduce((most, draft) => Math.max(most, draft[part].length), 0);
  const decimals = room(1);
  const exponentRoom = room(2);
  const right = positional ? decimals : decimals + exponentRoom + 1;
  let left = room(0);

  if (drafts.length > 0 && (!positional || fixed || floatmode === "maxprec_equal")) {
    digits = { ...digits, atMost: decimals, atLeast: decimals };
  }
  if (sign === " " && !finite.some(isNegative)) left++;
  if (finite.length < values.length) {
    const signed = sign !== "-" || values.includes(Number.NEGATIVE_INFINITY) ? 1 : 0;
    left = Math.max(left, nanstr.length - right - 1, infstr.length + signed - right - 1);
  }

  return (x) => {
    if (Number.isNaN(x)) return ((plus ? "+" : "") + nanstr).padStart(left + right + 1);
    if (!Number.isFinite(x)) return (signOf(x, plus) + infstr).padStart(left + right + 1);
    const [whole, fraction, exponent] = split(x);
    if (positional) return `${whole.padStart(left)}.${fraction.padEnd(right)}`;
    return `${whole.padStart(left)}.${fraction}e${exponent[0]}${exponent.slice(1).padStart(exponentRoom - 1, "0")}`;
  };
}

/** Whether some values are too large, too small or too far apart to write without an exponent. */
function needsExponent(finite: readonly number[], single: boolean, suppress: boolean): boolean {
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const x of finite) {
    const size = Math.abs(x);
    if (size > most) most = size;
    if (size > 0 && size < least) least = size;
  }
  if (most === 0) return false;
  if (most >= (single ? 1e6 : 1e8)) return true;
  const round = single ? Math.fround : Number; // NumPy compares in the array's own precision
  return !suppress && (least < round(0.0001) || round(most / least) > 1000);
}

/** One float on its own, as NumPy writes a scalar: whole, whatever the options. */
export function floatScalar(x: number, single: boolean): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  const size = Math.abs(x);
  const positional = size === 0 || (size >= 1e-4 && size < (single ? 1e6 : 1e16));
  const text = write(x, single, { ...SHORTEST, positional }, false);
  return positional ? text.replace(/\.$/, ".0") : text.replace(".e", "e");
}

/** A finite value with its point, its zeros at the end only as far as `atLeast` asks. */
function write(x: number, single: boolean, wanted: Digits, plus: boolean): string {
  const { digits, exponent } = decimal(Math.abs(x), single, wanted);
  const zeros = (fraction: string) => fraction.replace(/0+$/, "").padEnd(wanted.atLeast, "0");
  if (!wanted.positional) {
    const power = String(Math.abs(exponent)).padStart(2, "0");
    return `${signOf(x, plus)}${digits[0]}.${zeros(digits.slice(1))}e${exponent < 0 ? "-" : "+"}${power}`;
  }
  const all = exponent < 0 ? "0".repeat(-exponent) + digits : digits.padEnd(exponent + 1, "0");
  const point = Math.max(exponent, 0) + 1;
  return `${signOf(x, plus)}${all.slice(0, point)}.${zeros(all.slice(point))}`;
}

function signOf(x: number, plus: boolean): string {
  return isNegative(x) ? "-" : plus ? "+" : "";
}

/** Whether the sign bit is set: so of -0 too. */
function isNegative(x: number): boolean {
  return x < 0 || Object.is(x, -0);
}
