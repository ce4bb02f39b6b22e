import { CamadaError } from "../../errors/error.js";

/** How arrays print: NumPy's print options, with its names and defaults. */
export interface PrintOptions {
  /** The most digits after the point (8). */
  readonly precision: number;
  /** Arrays of more values than this (1000) are summarized. */
  readonly threshold: number;
  /** How many values a summary shows at each end of an axis (3). */
  readonly edgeitems: number;
  /** The most characters in a line (75). */
  readonly linewidth: number;
  /** Never scientific for small numbers (false). */
  readonly suppress: boolean;
  /** What not-a-number and infinity look like ("nan", "inf"). */
  readonly nanstr: string;
  readonly infstr: string;
  /** The sign of positive numbers: none, a space for it, or a plus ("-"). */
  readonly sign: "-" | " " | "+";
  /** How many digits: at most `precision`, that many each, as few as tell numbers apart, or just `precision`. */
  readonly floatmode: "maxprec" | "maxprec_equal" | "unique" | "fixed";
}

const DEFAULTS: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeitems: 3,
  linewidth: 75,
  suppress: false,
  nanstr: "nan",
  infstr: "inf",
  sign: "-",
  floatmode: "maxprec",
};

const CHOICES: { readonly [name: string]: readonly string[] } = {
  sign: ["-", " ", "+"],
  floatmode: ["maxprec", "maxprec_equal", "unique", "fixed"],
};

let current = DEFAULTS;

/**
 * Sets how arrays print from now on; what is not given stays as it is.
 * @throws CamadaError `print.option`, before anything changes
 * @example
 * setPrintOptions({ precision: 3 });
 * `${array([1 / 3])}`; // [0.333]
 */
export function setPrintOptions(options: Partial<PrintOptions>): void {
  for (const [name, value] of Object.entries(options)) check(name, value);
  current = { ...current, ...options };
}

/** How arrays print now. */
export function getPrintOptions(): PrintOptions {
  return current;
}

function check(option: string, value: unknown): void {
  if (!Object.hasOwn(DEFAULTS, option)) {
    throw new CamadaError("print.option", { option, known: Object.keys(DEFAULTS) });
  }
  const sameKind = typeof value === typeof DEFAULTS[option as keyof PrintOptions];
  const counts =
    typeof value !== "number" || (Number.isInteger(value) && value >= 0) || isEndless(option, value);
  const chosen = !Object.hasOwn(CHOICES, option) || CHOICES[option]!.includes(value as string);
  if (!sameKind || !counts || !chosen) throw new CamadaError("print.value", { option, value: String(value) });
}

/** A threshold may be infinite: then nothing is ever summarized. */
function isEndless(option: string, value: number): boolean {
  return option === "threshold" && value === Number.POSITIVE_INFINITY;
}
