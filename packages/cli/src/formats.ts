import { dirname, extname } from "node:path";
import {
  loadKerasModel,
  loadModel,
  type Notebook,
  type OnnxModel,
  readCsv,
  readIdx,
  readNotebook,
  readNpy,
  readNpz,
  readOnnx,
  readSafetensors,
  saveModel,
  type Table,
  writeCsv,
  writeIdx,
  writeNotebook,
  writeNpy,
  writeNpz,
  writeOnnx,
  writeSafetensors,
} from "@camada/interop";
import { fromFile } from "@camada/interop/node";
import type { Figure, Lesson } from "@camada/lesson";
import { fromNotebook, parse, toNotebook } from "@camada/lesson/build";
import { fromTypedArray, type NDArray, type Sequential, stack } from "camada";
import type { Say } from "./language.js";

/** What is in a file, in the form that its kind has. */
export type Contents = { readonly format: Format } & (
  | {
      readonly kind: "arrays";
      readonly arrays: ReadonlyMap<string, NDArray>;
      readonly metadata: ReadonlyMap<string, string>;
    }
  | { readonly kind: "model"; readonly model: Sequential; readonly metadata: ReadonlyMap<string, string> }
  | { readonly kind: "table"; readonly table: Table }
  | { readonly kind: "onnx"; readonly onnx: OnnxModel }
  | { readonly kind: "notebook"; readonly notebook: Notebook }
  | { readonly kind: "lesson"; readonly lesson: Lesson; readonly folder: string }
);

/** The formats that there are; of those with one array only it has no name. */
export const FORMATS = ["csv", "npy", "npz", "safetensors", "onnx", "idx", "keras", "ipynb", "md"] as const;
export type Format = (typeof FORMATS)[number];

/** By how names end; what is not here goes by how the contents begin. */
const ENDINGS: { readonly [ending: string]: Format } = {
  ".csv": "csv",
  ".tsv": "csv",
  ".txt": "csv",
  ".npy": "npy",
  ".npz": "npz",
  ".safetensors": "safetensors",
  ".onnx": "onnx",
  ".idx": "idx",
  ".keras": "keras",
  ".ipynb": "ipynb",
  ".md": "md",
};

/** The format that a file's name says, or undefined. */
export function formatNamed(file: string): Format | undefined {
  return ENDINGS[extname(file).toLowerCase()] ?? (/-idx\d-[a-z]+$/.test(file) ? "idx" : undefined);
}

/** Reads a file of any format. Refused where neither its name nor its first bytes say which. */
export function readAny(file: string, say: Say): Contents {
  return fromFile(file, (bytes): Contents => {
    const format = formatNamed(file) ?? formatOf(bytes);
    if (format === undefined) throw new Error(say("file.format", { known: FORMATS.join(", ") }));
    return contentsOf(format, bytes, dirname(file));
  });
}

/** By the first bytes. A CSV file has none of its own, but is text. */
function formatOf(bytes: Uint8Array): Format | undefined {
  const first = String.fromCharCode(...bytes.subarray(0, 9));
  if (first.startsWith("\u0093NUMPY")) return "npy";
  if (first.startsWith("PK\u0003\u0004")) return "npz";
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2]! >= 8 && bytes[2]! <= 14) return "idx";
  if (first[8] === "{") return "safetensors";
  return undefined;
}

function contentsOf(format: Format, bytes: Uint8Array, folder: string): Contents {
  const none = new Map<string, string>();
  switch (format) {
    case "csv":
      return { format, kind: "table", table: readCsv(bytes) };
    case "onnx":
      return { format, kind: "onnx", onnx: readOnnx(bytes) };
    case "keras":
      return { format, kind: "model", model: loadKerasModel(bytes), metadata: none };
    case "ipynb":
      return { format, kind: "notebook", notebook: readNotebook(bytes) };
    case "md":
      return { format, kind: "lesson", lesson: parse(new TextDecoder().decode(bytes)), folder };
    case "npy":
      return { format, kind: "arrays", arrays: new Map([["", readNpy(bytes)]]), metadata: none };
    case "idx":
      return { format, kind: "arrays", arrays: new Map([["", readIdx(bytes)]]), metadata: none };
    case "npz":
      return { format, kind: "arrays", arrays: readNpz(bytes), metadata: none };
    case "safetensors": {
      const { tensors, metadata } = readSafetensors(bytes);
      if (metadata.get("format") === "camada")
        return { format, kind: "model", model: loadModel(bytes), metadata };
      return { format, kind: "arrays", arrays: tensors, metadata };
    }
  }
}

/** The arrays in what was read: a model's weights, a table's numbers, the constants of ONNX. */
export function arraysOf(contents: Contents, say: Say): ReadonlyMap<string, NDArray> {
  switch (contents.kind) {
    case "arrays":
      return contents.arrays;
    case "model":
      return new Map(Object.entries(contents.model.weights));
    case "table":
      return new Map([["", numbersOf(contents.table, say)]]);
    case "onnx":
      return new Map([...contents.onnx.initializers].map(([name, tensor]) => [name, tensor.array]));
    case "notebook":
    case "lesson":
      throw new Error(say("convert.noArrays"));
  }
}

/** A table of numbers alone as one array, (row, column). */
function numbersOf(table: Table, say: Say): NDArray {
  const word = table.columns.find(({ kind }) => kind !== "number");
  if (word !== undefined) throw new Error(say("convert.words", { name: word.name }));
  const columns = table.columns.map(
    ({ values }) => fromTypedArray(values as Float64Array, [table.rows]) as NDArray,
  );
  return stack(columns as [NDArray], 1) as NDArray;
}

/** What the bytes of a notebook depend on besides what is in it: camada's version, and drawings, if any are made. */
export interface NotebookOptions {
  readonly version: string;
  readonly draw?: (figure: Figure) => string;
}

/** The bytes of a file with what was read. Refused where the format cannot hold it. */
export function bytesOf(contents: Contents, to: Format, say: Say, options: NotebookOptions): Uint8Array {
  if (to === "ipynb") {
    if (contents.kind === "notebook") return writeNotebook(contents.notebook);
    if (contents.kind === "lesson") return writeNotebook(toNotebook(contents.lesson, options));
    throw new Error(say("convert.notebook"));
  }
  if (to === "md") {
    if (contents.kind === "notebook") return new TextEncoder().encode(fromNotebook(contents.notebook));
    throw new Error(say("convert.lesson"));
  }
  if (to === "keras") throw new Error(say("convert.keras"));
  if (to === "onnx") {
    if (contents.kind === "model") return writeOnnx(contents.model);
    throw new Error(say("convert.onnx"));
  }
  const arrays = arraysOf(contents, say);
  if (to === "npz") return writeNpz(renamed(arrays));
  if (to === "safetensors") {
    const own = (name: string) => name === "format" || name.startsWith("camada.");
    const metadata = "metadata" in contents ? [...contents.metadata].filter(([name]) => !own(name)) : [];
    if (contents.kind === "model")
      return saveModel(contents.model, { metadata: Object.fromEntries(metadata) });
    return writeSafetensors(renamed(arrays), new Map(metadata));
  }
  const [only, ...others] = arrays.values();
  if (only === undefined || others.length > 0) {
    throw new Error(
      say("convert.one", { format: to, count: arrays.size, names: [...arrays.keys()].join(", ") }),
    );
  }
  if (to === "csv")
    return contents.kind === "table" ? writeCsv(contents.table) : writeCsv(tableOf(only, say));
  return to === "npy" ? writeNpy(only) : writeIdx(only);
}

/** Arrays of formats whose one array has no name get one. */
function renamed(arrays: ReadonlyMap<string, NDArray>): Map<string, NDArray> {
  return new Map([...arrays].map(([name, array]) => [name === "" ? "array" : name, array]));
}

function tableOf(array: NDArray, say: Say): Table {
  if (array.ndim < 1 || array.ndim > 2) throw new Error(say("convert.axes", { axes: array.ndim }));
  const rows = array.shape[0]!;
  const width = array.ndim === 1 ? 1 : array.shape[1]!;
  const { data } = array;
  const columns = Array.from({ length: width }, (_, k) => ({
    name: `column${k + 1}`,
    kind: "number" as const,
    values: Float64Array.from({ length: rows }, (_, row) => Number(data[row * width + k])),
    missing: 0,
  }));
  return { rows, columns };
}
