import { configure, type Language } from "camada";
import { expose } from "comlink";
import { say } from "../messages/index.js";
import { digitPixels } from "./digit.js";
import { imageOf, type Look, lookAt } from "./look.js";
import { type Choice, type TablePoints, tablePoints } from "./points.js";
import { readOwn } from "./read.js";

/** A file to be read, and how. */
export interface Asked {
  readonly content: Blob;
  /** What it is called on the reader's disk. */
  readonly file: string;
  readonly name: string;
  readonly target: string | null;
}

const api = {
  /** What there is to say of a file, or the sentence why it was refused. */
  async look({ content, file, name, target }: Asked, lang: Language): Promise<Look | string> {
    configure({ lang });
    try {
      return lookAt(await readOwn(content, target, lang), file, name, lang);
    } catch (error) {
      return (error as Error).message;
    }
  },

  /** Points of a table for a plane, null where it has none, or the sentence why the file was refused. */
  async points(
    file: Blob,
    choice: Choice,
    most: number,
    classes: number,
    lang: Language,
  ): Promise<TablePoints | null | string> {
    configure({ lang });
    try {
      const own = await readOwn(file, null, lang);
      return own.kind === "table" ? tablePoints(own.table, choice, most, classes) : null;
    } catch (error) {
      return (error as Error).message;
    }
  },

  /** The pixels of a digit in an image, or the sentence why there are none. */
  async digit(file: Blob, lang: Language): Promise<readonly number[] | string> {
    configure({ lang });
    try {
      const own = await readOwn(file, null, lang);
      if (own.kind !== "image") return say(lang, "data.notImage");
      return digitPixels(imageOf(own.array)) ?? say(lang, "data.noInk");
    } catch (error) {
      return (error as Error).message;
    }
  },
};

export type DataApi = typeof api;
expose(api);
