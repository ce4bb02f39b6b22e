import type { NDArray } from "camada";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { named, readFrom, type Source, sized } from "../parts.js";
import { directoryOf } from "../zip/directory.js";
import { checkSizes, contentOf, type ReadOptions, readZip, writeZip } from "../zip/zip.js";
import { readNpyAs, writeNpy } from "./npy.js";

/** Arrays by name. A name is only a name: `__proto__` too, where they stand in a Map. */
export type Arrays = ReadonlyMap<string, NDArray> | { readonly [name: string]: NDArray };

const SUFFIX = ".npy";

/**
 * The arrays in an .npz file, by name, in the file's order: copies. Their dtypes are those of `readNpy`. Files
 * are inflated a piece at a time and counted: what takes more than `maxBytes` (1 GiB unless given) is refused, as
 * is what inflates to a hundred times its size and more than 256 MiB.
 * @throws InteropError `npz.entry`, `zip.end`, `zip.record`, `zip.encrypted`, `zip.method`,
 * `zip.twice`, `zip.overlap`, `zip.large`, `zip.ratio`, `zip.content`, and what `readNpy` throws, with the
 * array's name
 * @example
 * const arrays = readNpz(writeNpz({ x: array([1, 2]), y: zeros([3]) }));
 * [...arrays.keys()]; // ["x","y"]
 * arrays.get("x"); // [1. 2.]
 */
export function readNpz(bytes: Uint8Array, options: ReadOptions = {}): Map<string, NDArray> {
  const op = "readNpz";
  checkBytes(op, bytes);
  const arrays = new Map<string, NDArray>();
  for (const [entry, content] of readZip(op, bytes, options)) {
    arrays.set(arrayName(op, entry), readNpyAs(`${op}, ${entry}`, content));
  }
  return arrays;
}

/** @throws InteropError `npz.entry` */
function arrayName(op: string, entry: string): string {
  if (!entry.endsWith(SUFFIX)) throw new InteropError("npz.entry", { op, entry });
  return entry.slice(0, -SUFFIX.length);
}

/** An .npz file of which only the directory has been read. */
export interface OpenNpz {
  /** The names of the arrays, in the file's order. */
  readonly names: readonly string[];
  /**
   * The array of a name, read from the file now; of more than `maxBytes` it is refused, as `readNpz` refuses a file.
   * @throws InteropError `file.name`, `file.part`, `zip.large`, `zip.ratio`, `zip.content`, and what `readNpy` throws
   */
  read(name: string): Promise<NDArray>;
}

/**
 * Opens an .npz file too large to have in memory: a `Blob` or `File`, or what `open` of node:fs/promises gives, which
 * stays open until its owner closes it. Its directory is read and checked as by `readNpz`; an array is read when it
 * is asked for, and nothing else with it. Archives of more than 4 GiB (zip64) are read, here and by `readNpz`.
 * @throws InteropError `file.source`, `file.part`, `npz.entry`, `zip.end`, `zip.record`, `zip.encrypted`,
 * `zip.method`, `zip.twice`, `zip.overlap`
 * @example
 * const file = await openNpz(new Blob([writeNpz({ x: array([1, 2]), y: zeros([3]) })]));
 * file.names; // ["x","y"]
 * await file.read("x"); // [1. 2.]
 */
export async function openNpz(source: Source, options: ReadOptions = {}): Promise<OpenNpz> {
  const op = "openNpz";
  const file = await sized(op, source);
  const directory = await readFrom(op, directoryOf(op, file.size), file);
  const entries = new Map(directory.map((entry) => [arrayName(op, entry.name), entry]));
  return {
    names: [...entries.keys()],
    read: async (name) => {
      const entry = named(op, entries, name);
      checkSizes(op, [entry], options);
      return readNpyAs(`${op}, ${entry.name}`, await readFrom(op, contentOf(op, entry), file));
    },
  };
}

/** Options of `writeNpz`. */
export interface WriteNpzOptions {
  /** Whether to compress, as NumPy's `savez_compressed` does. */
  readonly compress?: boolean | undefined;
}

/**
 * The bytes of an .npz file with the arrays under their names, as NumPy's `np.savez` writes it; the same arrays
 * give the same bytes. Axis names are not kept, as the format has none.
 * @throws InteropError `npy.axes`, `zip.name`, `zip.tooMuch`
 * @example
 * readNpz(writeNpz({ weights: eye(2) }, { compress: true })).get("weights").shape; // [2, 2]
 */
export function writeNpz(arrays: Arrays, options: WriteNpzOptions = {}): Uint8Array<ArrayBuffer> {
  const files = entriesOf(arrays).map(([name, a]) => [`${name}${SUFFIX}`, writeNpy(a)] as const);
  return writeZip("writeNpz", new Map(files), options.compress === true);
}

/** Arrays with their names, however they were given. */
export function entriesOf(arrays: Arrays): [name: string, array: NDArray][] {
  return arrays instanceof Map ? [...arrays] : Object.entries(arrays);
}
