import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { Key, Say } from "./language.js";

/** Arguments that are not right: the message names the option and the remedy. */
export class UsageError extends Error {}

/** Readers of what is given to options, each refusing what it cannot be. */
export function optionReaders(say: Say) {
  const refuse = (key: Key, data: { readonly [name: string]: string | number }): never => {
    throw new UsageError(say(key, data));
  };
  return {
    /** A whole number, `least` or more. */
    count: (name: string, least: number) => (input: string) => {
      const value = wholeNumber(input);
      return value >= least ? value : refuse("option.count", { name, input, least });
    },
    /** A whole number that random streams can begin with. */
    seed: (name: string) => (input: string) => {
      const value = wholeNumber(input);
      const most = 2 ** 31 - 1;
      return value <= most ? value : refuse("option.seed", { name, input, most });
    },
    /** Sizes with commas between them. */
    sizes: (name: string) => (input: string) => {
      const sizes = input.split(",").map((size) => wholeNumber(size.trim()));
      return sizes.every((size) => size >= 1) ? sizes : refuse("option.sizes", { name, input });
    },
    /** A number from 0 to 1, without 1. */
    fraction: (name: string) => (input: string) => {
      const value = decimal(input);
      return value < 1 ? value : refuse("option.fraction", { name, input });
    },
    /** A number between 0 and 1. */
    share: (name: string) => (input: string) => {
      const value = decimal(input);
      return value > 0 && value < 1 ? value : refuse("option.share", { name, input });
    },
    /** Names with commas between them. */
    names: (input: string) => input.split(",").map((name) => name.trim()),
    /** A number above 0. */
    positive: (name: string) => (input: string) => {
      const value = decimal(input);
      return value > 0 && value < Infinity ? value : refuse("option.positive", { name, input });
    },
    /** One of some words. */
    choice:
      <T extends string>(name: string, values: readonly T[]) =>
      (input: string): T =>
        values.find((value) => value === input) ??
        refuse("option.choice", { name, input, values: values.join(", ") }),
    /** A port to listen at; 0 is any that is free. */
    port: (name: string) => (input: string) => {
      const value = wholeNumber(input);
      return value <= 65535 ? value : refuse("option.seed", { name, input, most: 65535 });
    },
    /** A language that there is; main.ts has chosen by it already. */
    language: (input: string) =>
      /^(en|pt)\b/i.test(input.replace("_", "-")) ? input : refuse("option.language", { input }),
    /** A folder that is there. */
    folder: (name: string) => (input: string) =>
      isFolder(input) ? input : refuse("option.folder", { name, input }),
    /** A file that is there. */
    existing: (name: string) => (input: string) =>
      statSync(input, { throwIfNoEntry: false })?.isFile() === true
        ? input
        : refuse("option.existing", { name, input }),
    /** A file to be written, in a folder that is there. */
    file: (name: string) => (input: string) => {
      if (isFolder(input)) return refuse("option.fileIsFolder", { name, input });
      const folder = dirname(input);
      return isFolder(folder) ? input : refuse("option.file", { name, input, folder });
    },
  };
}

/** The number that digits alone say; nan, which no bound holds for, of anything else. */
function wholeNumber(input: string): number {
  return /^\d+$/.test(input) ? Number(input) : Number.NaN;
}

/** A number without a sign, such as 0.1 or 1e-3; else nan. */
function decimal(input: string): number {
  return /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(input) ? Number(input) : Number.NaN;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
