import type { JsonObject, Notebook, NotebookCell, NotebookOutput } from "@camada/interop";

/** What a notebook's cell is of a lesson: kept in its metadata under `camada`. Prose needs no mark. */
export type Part = {
  /** The exact Markdown of the block, where it does not follow from what the cell shows. */
  readonly source?: string;
  /** What follows it in the file, where that is not one blank line. */
  readonly end?: string;
} & (
  | { readonly kind: "prose" }
  | { readonly kind: "cell"; readonly id: string; readonly error: string | null }
  | { readonly kind: "figure" }
  | { readonly kind: "exercise" }
  /** The reader's answer to an exercise, as the cell's text. */
  | { readonly kind: "answer"; readonly of: string }
  /** What is said beside the lesson, as by a report. */
  | { readonly kind: "note" }
  /** What a kernel needs before the lesson's first cell. */
  | { readonly kind: "setup" }
);

/** What a notebook has in its metadata of the lesson that it was made of. */
export interface Whole {
  readonly lesson: string;
  readonly lang: string;
  /** The front matter as it stands in the lesson's file. */
  readonly head: string;
}

/** A cell's metadata, with its part in the lesson. */
export function marked(part: Part, more: JsonObject = {}): JsonObject {
  const { kind, ...rest } = part;
  const said = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  if (kind === "prose" && said.length === 0) return more;
  return { camada: { kind, ...Object.fromEntries(said) }, ...more };
}

/** What a cell is of a lesson, as far as its metadata can be believed: anything else is prose, or a new cell. */
export function partOf({ metadata, kind: type }: NotebookCell): Part {
  const mark = Object.hasOwn(metadata, "camada") ? metadata["camada"] : undefined;
  const word = (name: string): string | undefined => {
    if (typeof mark !== "object" || mark === null || !Object.hasOwn(mark, name)) return undefined;
    const value = (mark as JsonObject)[name];
    return typeof value === "string" ? value : undefined;
  };
  const [kind, source, end] = [word("kind"), word("source"), word("end")];
  const [id, of] = [word("id"), word("of")];
  const exact = { ...(source === undefined ? {} : { source }), ...(end === undefined ? {} : { end }) };
  if (type === "code") {
    if (kind === "setup") return { kind };
    return { kind: "cell", id: id ?? "", error: word("error") ?? null, ...exact };
  }
  if (kind === "answer" && of !== undefined) return { kind, of };
  if (kind === "note") return { kind };
  if (kind === "figure" || kind === "exercise") return { kind, ...exact };
  return { kind: "prose", ...exact };
}

/** What lesson a notebook was made of; null where of none. */
export function madeOf({ metadata }: Pick<Notebook, "metadata">): Whole | null {
  const mark = Object.hasOwn(metadata, "camada") ? metadata["camada"] : null;
  if (typeof mark !== "object" || mark === null || Array.isArray(mark)) return null;
  const { lesson, lang, head } = mark as JsonObject;
  if (typeof lesson !== "string" || typeof lang !== "string" || typeof head !== "string") return null;
  return { lesson, lang, head };
}

/** The classes whose sentence alone a cell shows. */
const OWN = new Set(["CamadaError", "ShapeError"]);

/** What a cell has shown, as a notebook has it: lines, and the error of that class which ended it. */
export function outputsOf(shown: string | null, error: string | null): NotebookOutput[] {
  if (shown === null || shown === "") return [];
  const lines = shown.split("\n");
  const last = error === null ? undefined : lines.pop()!;
  const stream = lines.length === 0 ? [] : [stdout(`${lines.join("\n")}\n`)];
  if (error === null || last === undefined) return stream;
  const value = !OWN.has(error) && last.startsWith(`${error}: `) ? last.slice(error.length + 2) : last;
  return [...stream, { kind: "error", name: error, value, traceback: [`${error}: ${value}`] }];
}

/** What a notebook's cell has shown, as a lesson has it: all else than lines and errors is left out. */
export function shownIn(outputs: readonly NotebookOutput[]): {
  readonly text: string;
  readonly error: string | null;
} {
  let [text, error]: [string, string | null] = ["", null];
  for (const output of outputs) {
    if (output.kind === "stream" && output.name === "stdout") text += output.text;
    if (output.kind !== "error") continue;
    error = output.name;
    text += OWN.has(error) ? `${output.value}\n` : `${error}: ${output.value}\n`;
  }
  return { text: text.replace(/\n$/, ""), error };
}

const stdout = (text: string): NotebookOutput => ({ kind: "stream", name: "stdout", text });
