import type { PrintOptions } from "./options.js";

/** How to write one of many whole numbers, all as wide as the widest. */
export function integerFormat(values: readonly number[], { sign }: PrintOptions): (x: number) => string {
  const blank = sign === " " && !values.some((x) => x < 0);
  const write = (x: number) => (x < 0 || sign === "-" ? "" : sign === "+" ? "+" : blank ? " " : "") + x;
  const width = values.reduce((most, x) => Math.max(most, write(x).length), 0);
  return (x) => write(x).padStart(width);
}

/** True and false, as wide as each other. */
export function boolFormat(x: number): string {
  return x ? " True" : "False";
}
