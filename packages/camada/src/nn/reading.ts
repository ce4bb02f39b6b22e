import { NetworkError } from "../errors/network.js";

// How the settings of a layer, an initializer and the like are read from a file: what is not exactly as it is
// written is refused.

/** What a setting is read as; undefined where it is not of its kind. */
export type Read<T> = (value: unknown, layer: string) => T | undefined;
type Settings = { readonly [name: string]: Read<unknown> };
type ValuesOf<S extends Settings> = { readonly [K in keyof S]: Exclude<ReturnType<S[K]>, undefined> };

/** Makes something of its settings; `layer` is the layer that errors name. */
export type Make<T> = (settings: Record<string, unknown>, layer: string) => T;

/**
 * What makes something of exactly the settings that are read here.
 * @throws CamadaError `config.extra`, `config.setting`
 */
export function makes<S extends Settings, T>(reads: S, make: (values: ValuesOf<S>) => T): Make<T> {
  const known = Object.keys(reads);
  return (settings, layer) => {
    const unknown = Object.keys(settings).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new NetworkError("config.extra", { layer, name: unknown, known });
    const values = known.map((name) => {
      const value = reads[name]!(settings[name], layer);
      if (value === undefined) throw new NetworkError("config.setting", { layer, name });
      return [name, value];
    });
    return make(Object.fromEntries(values));
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const number: Read<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

export const boolean: Read<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

export const numbers: Read<readonly number[]> = (value, layer) =>
  Array.isArray(value) && value.every((each) => number(each, layer) !== undefined) ? value : undefined;

export const pair: Read<readonly [number, number]> = (value, layer) => {
  const [first, second, ...more] = numbers(value, layer) ?? [];
  return first === undefined || second === undefined || more.length > 0 ? undefined : [first, second];
};

export const choice =
  <T extends string>(...known: readonly T[]): Read<T> =>
  (value) =>
    known.find((option) => option === value);

/** null, or what another reads. */
export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, layer) =>
    value === null ? null : read(value, layer);
