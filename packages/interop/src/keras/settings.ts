import { InteropError } from "../error.js";

export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value of a file, as sentences show it. */
export const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 60);

/**
 * The settings of a layer in a Keras file. What is not of the kind that is asked for is refused.
 * @throws InteropError `keras.setting`, `keras.unsupported`
 */
export class Settings {
  private readonly op: string;
  readonly layer: string;
  private readonly kind: string;
  private readonly config: { readonly [name: string]: unknown };

  constructor(op: string, layer: string, kind: string, config: { readonly [name: string]: unknown }) {
    this.op = op;
    this.layer = layer;
    this.kind = kind;
    this.config = config;
  }

  get useBias(): boolean {
    return this.of("use_bias", (value) => typeof value === "boolean", true) as boolean;
  }

  /** The sizes of one observation: those of a batch without its own. */
  get shape(): number[] {
    const name = Object.hasOwn(this.config, "batch_shape") ? "batch_shape" : "batch_input_shape";
    const sizes = this.of(name, (value) => Array.isArray(value) && value.length > 1) as unknown[];
    const shape = sizes.slice(1);
    if (!areNumbers(shape)) throw this.wrong(name);
    return shape;
  }

  number(name: string, otherwise?: number): number {
    return this.of(name, (value) => typeof value === "number", otherwise) as number;
  }

  numbers(name: string): number[] {
    return this.of(name, areNumbers) as number[];
  }

  /** A number, or a list of one. */
  single(name: string): number {
    const value = this.config[name];
    return Array.isArray(value) && value.length === 1 && areNumbers(value) ? value[0]! : this.number(name);
  }

  /** A number for both, or two of them. */
  pair(name: string): [number, number] {
    const value = this.config[name];
    if (typeof value === "number") return [value, value];
    return this.of(name, (list) => areNumbers(list) && list.length === 2) as [number, number];
  }

  choice(name: string, known: readonly string[], otherwise?: string): string {
    const value = this.of(name, (text) => typeof text === "string", otherwise) as string;
    this.checkKnown(name, value, known);
    return value;
  }

  /** Refuses what a layer of ours cannot do: where a setting is there, it must be one of these. */
  only(name: string, known: readonly (string | number | boolean | null)[]): void {
    if (Object.hasOwn(this.config, name)) this.checkKnown(name, this.config[name], known);
  }

  private checkKnown(name: string, value: unknown, known: readonly unknown[]): void {
    if (known.includes(value)) return;
    const { op, layer, kind } = this;
    throw new InteropError("keras.unsupported", {
      op,
      layer,
      kind,
      name,
      found: shown(value),
      known: known.map(shown).join(", "),
    });
  }

  private of(name: string, is: (value: unknown) => boolean, otherwise?: unknown): unknown {
    const value = Object.hasOwn(this.config, name) ? this.config[name] : otherwise;
    if (!is(value)) throw this.wrong(name);
    return value;
  }

  private wrong(name: string): InteropError {
    const { op, layer, kind } = this;
    return new InteropError("keras.setting", { op, layer, kind, name, found: shown(this.config[name]) });
  }
}

function areNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}
