import type { DType } from "../../storage/dtype.js";
import { type Digits, positional, scientific } from "./digits.js";
import type { PrintOptions } from "./options.js";

/** Writes one value as wide as every other of the same array. */
export type Format = (value: number) => string;

/**
 * The format that fits all the values that are shown, as NumPy's FloatingFormat, IntegerFormat and
 * BoolFormat (numpy/_core/arrayprint.py) choose it.
 */
export function formatFor(values: readonly number[], dtype: DType, options: PrintOptions): Format {
  if (dtype === "bool") return (x) => (x !== 0 ? " True" : "False");
  if (dtype === "int32" || dtype === "uint8") return integerFormat(values, options.sign);
  return floatFormat(values, dtype === "float32", options);
}

function integerFormat(values: readonly number[], sign: PrintOptions["sign"]): Format {
  const low = values.reduce((x, y) => Math.min(x, y), Infinity);
  const high = values.reduce((x, y) => Math.max(x, y), -Infinity);
  const mark = sign === "+" || (sign === " " && low >= 0) ? sign : "";
  const signed = (x: number): string => (x >= 0 ? mark : "") + x;
  const width = values.length === 0 ? 0 : Math.max(String(low).length, String(high).length + (high >= 0 ? mark.length : 0));
  return (x) => signed(x).padStart(width);
}

function floatFormat(values: readonly number[], float32: boolean, options: PrintOptions): Format {
  const finite = values.filter(Number.isFinite);
  const { floatmode, sign, nanstr, infstr } = options;
  const plus = (x: number): string => (sign === "+" && !(x < 0 || Object.is(x, -0)) ? "+" : "");
  const digits: Digits = {
    float32,
    precision: floatmode === "unique" ? null : options.precision,
    keep: floatmode === "fixed",
  };
  const write = needsExponent(finite, float32, options.suppress)
    ? exponentWriter(finite, digits, plus)
    : pointWriter(finite, digits, floatmode === "fixed" || floatmode === "maxprec_equal", plus);

  let left = write.left;
  if (sign === " " && !finite.some((x) => x < 0 || Object.is(x, -0))) left++;
  if (finite.length < values.length) {
    const room = write.right + 1;
    const signed = sign !== "-" || values.includes(-Infinity) ? 1 : 0;
    left = Math.max(left, nanstr.length - room, infstr.length + signed - room);
  }
  const width = left + write.right + 1;
  return (x) => {
    if (Number.isNaN(x)) return ((sign === "+" ? "+" : "") + nanstr).padStart(width);
    if (!Number.isFinite(x)) return ((x < 0 ? "-" : plus(x)) + infstr).padStart(width);
    const text = write.text(x);
    return " ".repeat(Math.max(left - text.search(/[.]/), 0)) + text;
  };
}

/** Very large, very small, or too far apart to stand under one another. */
function needsExponent(finite: readonly number[], float32: boolean, suppress: boolean): boolean {
  let low = Infinity;
  let high = 0;
  for (const x of finite) {
    const size = Math.abs(x);
    if (size === 0) continue;
    if (size < low) low = size;
    if (size > high) high = size;
  }
  if (high === 0) return false;
  const ratio = float32 ? Math.fround(high / low) : high / low;
  return high >= (float32 ? 1e6 : 1e8) || (!suppress && (low < 0.0001 || ratio > 1000));
}

interface Writer {
  /** Characters before and after the point. */
  readonly left: number;
  readonly right: number;
  readonly text: Format;
}

function pointWriter(finite: readonly number[], digits: Digits, equal: boolean, plus: Format): Writer {
  const parts = finite.map((x) => (plus(x) + positionalSigned(x, digits)).split("."));
  const left = longest(parts.map(([whole]) => whole!));
  const right = longest(parts.map(([, fraction]) => fraction!));
  const final = equal ? { ...digits, precision: right, keep: true } : digits;
  return { left, right, text: (x) => (plus(x) + positionalSigned(x, final)).padEnd(right + indexAfterPoint(x, final, plus)) };
}

function indexAfterPoint(x: number, digits: Digits, plus: Format): number {
  return (plus(x) + positionalSigned(x, digits)).indexOf(".") + 1;
}

function positionalSigned(x: number, digits: Digits): string {
  const text = positional(x, digits);
  const negative = x < 0 || Object.is(x, -0);
  return negative && !text.startsWith("-") ? `-${text}` : text;
}

function exponentWriter(finite: readonly number[], digits: Digits, plus: Format): Writer {
  const parts = finite.map((x) => scientific(x, digits));
  const precision = longest(parts.map(([, fraction]) => fraction));
  const exponentSize = Math.max(2, longest(parts.map(([, , exponent]) => String(Math.abs(exponent)))));
  const left = longest(parts.map(([whole], i) => plus(finite[i]!) + whole));
  const final = { ...digits, precision, keep: true };
  const text = (x: number): string => {
    const [whole, fraction, exponent] = scientific(x, final);
    const power = String(Math.abs(exponent)).padStart(exponentSize, "0");
    return `${plus(x)}${whole}.${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
  };
  return { left, right: exponentSize + 2 + precision, text };
}

/** A value alone, without an array about it, as Python prints NumPy's scalars. */
export function formatScalar(x: number, dtype: DType): string {
  if (dtype === "bool") return x !== 0 ? "True" : "False";
  if (dtype === "int32" || dtype === "uint8") return String(x);
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  const digits: Digits = { float32: dtype === "float32", precision: null, keep: false };
  const size = Math.abs(x);
  if (size === 0 || (size >= 1e-4 && size < 1e16)) {
    const text = positionalSigned(x, digits);
    return text.endsWith(".") ? `${text}0` : text;
  }
  const [whole, fraction, exponent] = scientific(x, digits);
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${whole}${fraction === "" ? "" : `.${fraction}`}e${exponent < 0 ? "-" : "+"}${power}`;
}

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}
