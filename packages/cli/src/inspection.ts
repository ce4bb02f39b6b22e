import { statSync } from "node:fs";
import { type Column, type Notebook, type OnnxValue, type Table, takeTableRows } from "@camada/interop";
import { madeOf } from "@camada/lesson";
import { toNotebook } from "@camada/lesson/build";
import { formatShape, type NDArray } from "camada";
import { arraysOf, type Contents } from "./formats.js";
import type { Say } from "./language.js";

/** How many values stand for all of an array or a column. */
const FIRST = 4;

/** What a file is, as data: what `--json` prints. */
export function described(file: string, contents: Contents, say: Say): object {
  const { format, kind } = contents;
  const facts = { file, format, bytes: statSync(file).size };
  if (kind === "table") {
    const { rows, columns } = contents.table;
    return { ...facts, rows, columns: columns.map(({ name, kind, missing }, i) => ({ name, kind, missing, first: firstOf(contents.table, i) })) }; // biome-ignore format: one line
  }
  const notebook = notebookOf(contents);
  if (notebook !== null) {
    const cells = notebook.cells.map(({ id, kind, source, ...rest }) => ({
      ...(id === undefined ? {} : { id }),
      kind,
      outputs: "outputs" in rest ? rest.outputs.map((output) => output.kind) : [],
      first: firstLine(source),
    }));
    const { lesson = null, lang = null } = madeOf(notebook) ?? {};
    return { ...facts, language: languageOf(notebook), lesson, lang, cells };
  }
  const arrays = [...arraysOf(contents, say)].map(([name, array]) => ({
    name,
    dtype: array.dtype,
    shape: array.shape,
    first: firstValues(array),
  }));
  if (kind === "arrays") return { ...facts, arrays, metadata: Object.fromEntries(contents.metadata) };
  if (kind === "model") {
    const layers = contents.model.layers.map(({ name, kind, placed }) => ({ name, kind, output: placed.plan.output.shape })); // biome-ignore format: one line
    return { ...facts, layers, arrays };
  }
  const { inputs, outputs, operators, opsets, producer } = (contents as Extract<Contents, { kind: "onnx" }>)
    .onnx;
  const values = (all: ReadonlyMap<string, OnnxValue>) => [...all.values()];
  return {
    ...facts,
    producer,
    opsets: Object.fromEntries(opsets),
    inputs: values(inputs),
    outputs: values(outputs),
    operators: Object.fromEntries(operators),
    arrays,
  };
}

/** The same for people. */
export function inspectionText(file: string, contents: Contents, say: Say): string {
  const size = say("inspect.bytes", { bytes: statSync(file).size });
  return `${contentsText(file, size, contents, say)}\n`;
}

function contentsText(file: string, size: string, contents: Contents, say: Say): string {
  const head = (what: string) => `${file}: ${what}, ${size}`;
  switch (contents.kind) {
    case "table": {
      const { table } = contents;
      const about = say("inspect.table", { rows: table.rows, columns: table.columns.length });
      return `${head(about)}\n\n${tableText(table, say)}`;
    }
    case "arrays":
      return [head(say("inspect.arrays", { format: contents.format, count: contents.arrays.size })), "", arraysText(contents.arrays, say), ...[...contents.metadata].map(([name, text]) => `${name}: ${text}`)].join("\n"); // biome-ignore format: one line
    case "model":
      return `${head(say("inspect.model", { format: contents.format }))}\n\n${contents.model.summary()}\n\n${arraysText(arraysOf(contents, say), say)}`;
    case "notebook":
    case "lesson": {
      const notebook = notebookOf(contents)!;
      const about = say("inspect.notebook", { cells: notebook.cells.length, language: languageOf(notebook) });
      const made = madeOf(notebook);
      const lesson = made && say("inspect.lesson", { lesson: shown(made.lesson), lang: shown(made.lang) });
      return [head(about), "", notebookText(notebook, say), ...(lesson === null ? [] : ["", lesson])].join(
        "\n",
      );
    }
    case "onnx": {
      const { inputs, outputs, operators, opsets, producer } = contents.onnx;
      const value = ({ name, type, shape }: OnnxValue) => `${name} ${type} (${shape?.map((size) => size ?? "?").join(", ") ?? "?"})`; // biome-ignore format: one line
      const list = (all: ReadonlyMap<string, OnnxValue>) => [...all.values()].map(value).join("; ");
      return [
        head(say("inspect.onnx", { opset: opsets.get("") ?? "?", producer: producer || "?" })),
        "",
        say("inspect.inputs", { values: list(inputs) }),
        say("inspect.outputs", { values: list(outputs) }),
        say("inspect.operators", { operators: [...operators].map(([name, count]) => `${name} ${count}`).join(", ") }), // biome-ignore format: one line
        "",
        arraysText(arraysOf(contents, say), say),
      ].join("\n");
    }
  }
}

/** A notebook, or the one that a lesson makes; null where there is neither. */
function notebookOf(contents: Contents): Notebook | null {
  if (contents.kind === "lesson") return toNotebook(contents.lesson);
  return contents.kind === "notebook" ? contents.notebook : null;
}

/** The programming language of a notebook, as far as it says. */
function languageOf({ metadata }: Notebook): string {
  const of = (part: string, name: string): unknown =>
    (metadata[part] as { [name: string]: unknown } | undefined)?.[name];
  const named = of("language_info", "name") ?? of("kernelspec", "language");
  return typeof named === "string" ? shown(named) : "?";
}

const firstLine = (text: string): string => text.trim().split("\n", 1)[0]!;

function notebookText({ cells }: Notebook, say: Say): string {
  return aligned([
    [say("inspect.cell"), say("inspect.kind"), say("inspect.shown"), say("inspect.firstLine")],
    ...cells.map((cell, i) => [
      String(i + 1),
      say(`inspect.cell.${cell.kind}`),
      cell.kind === "code" ? String(cell.outputs.length) : "-",
      shortened(firstLine(cell.source), 60),
    ]),
  ]);
}

function tableText(table: Table, say: Say): string {
  const kinds = { number: "inspect.number", boolean: "inspect.boolean", category: "inspect.category", text: "inspect.text" } as const; // biome-ignore format: one line
  return aligned([
    [say("inspect.column"), say("inspect.kind"), say("inspect.missing"), say("inspect.first")],
    ...table.columns.map((column, i) => [
      column.name,
      say(kinds[column.kind]) + wordsOf(column),
      String(column.missing),
      firstOf(table, i).map(shown).join(", "),
    ]),
  ]);
}

function wordsOf(column: Column): string {
  return column.kind === "category" ? ` (${column.categories.length})` : "";
}

function arraysText(arrays: ReadonlyMap<string, NDArray>, say: Say): string {
  return aligned([
    [say("inspect.name"), say("inspect.dtype"), say("inspect.shape"), say("inspect.first")],
    ...[...arrays].map(([name, array]) => [
      name === "" ? "-" : name,
      array.dtype,
      formatShape(array.shape),
      `${firstValues(array).map(shown).join(", ")}${array.size > FIRST ? ", …" : ""}`,
    ]),
  ]);
}

function firstValues(array: NDArray): (number | boolean)[] {
  const few = array.size <= FIRST ? array : (array.reshape([array.size]).slice([0, FIRST]) as NDArray);
  return Array.from(few.data as ArrayLike<number>, (value) => (array.dtype === "bool" ? value !== 0 : value));
}

/** The first values of a column; null where they are missing. */
function firstOf(table: Table, column: number): (number | string | null)[] {
  const few = takeTableRows(
    table,
    Array.from({ length: Math.min(FIRST, table.rows) }, (_, i) => i),
  );
  const { kind, values, ...rest } = few.columns[column]!;
  if (kind === "text") return [...(values as readonly (string | null)[])];
  const words = "categories" in rest ? (rest.categories as readonly string[]) : undefined;
  return Array.from(values as ArrayLike<number>, (value) => (words === undefined ? (Number.isNaN(value) ? null : value) : (words[value] ?? null))); // biome-ignore format: one line
}

/** A value in little room. */
function shown(value: number | string | boolean | null): string {
  if (value === null) return "?";
  if (typeof value === "number") return String(Number(value.toPrecision(6)));
  return typeof value === "boolean" ? String(value) : shortened(value, 24);
}

/** A text in little room; what could control a terminal is shown as what it is. */
function shortened(text: string, most: number): string {
  const safe = JSON.stringify(text).slice(1, -1);
  return safe.length > most ? `${safe.slice(0, most)}…` : safe;
}

/** Cells under one another, two spaces apart. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map((row) => row[k]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
