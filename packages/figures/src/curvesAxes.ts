import { nice, ticks } from "d3-array";
import { showNumber } from "./matrix.js";

/** A stretch of numbers and the round ones among them. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/**
 * From a round number below the values to one above them, with about `count` ticks. Values that seven digits
 * do not tell apart stand in the middle.
 */
export function valueScale([low, high]: readonly [number, number], count: number): Scale {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const tiny = size < 1e-300;
  const margin = tiny ? 1 : high - low <= size * 1e-6 ? size / 10 : 0;
  const [from, to] = nice(low - margin, high + margin, count);
  return { low: from, high: to, ticks: ticks(from, to, count) };
}

/** From the first epoch that has a value to the last, with whole ticks only. */
export function epochScale(first: number, last: number, count: number): Scale {
  return { low: first, high: last, ticks: ticks(first, last, count).filter(Number.isInteger) };
}

/** Where a value stands in its scale, from 0 to 1; the middle of a scale without length. */
export function place({ low, high }: Scale, value: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

/** Ticks as text, all with the same digits after the point; large ones by their powers of ten. */
export function tickTexts({ ticks: values }: Scale): string[] {
  const texts = values.map((value) =>
    Math.abs(value) < 1e6 ? showNumber(value) : Number(showNumber(value)).toExponential(),
  );
  if (texts.some((text) => text.includes("e"))) return texts;
  const digits = Math.max(...texts.map((text) => text.split(".")[1]?.length ?? 0));
  return values.map((value) => value.toFixed(digits));
}
