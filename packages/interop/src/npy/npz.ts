import type { NDArray } from "camada";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { type ReadOptions, readZip, writeZip } from "../zip/zip.js";
import { readNpyAs, writeNpy } from "./npy.js";

/** Arrays by name. A name is only a name: `__proto__` too, where they stand in a Map. */
export type Arrays = ReadonlyMap<string, NDArray> | { readonly [name: string]: NDArray };

const SUFFIX = ".npy";

/**
 * The arrays in an .npz file, by name, in the file's order: copies. Their dtypes are those of `readNpy`. Files
 * are inflated a piece at a time and counted: what takes more than `maxBytes` (1 GiB unless given) is refused, as
 * is what inflates to a hundred times its size and more than 256 MiB.
 * @throws InteropError `npz.entry`, `zip.end`, `zip.record`, `zip.wide`, `zip.encrypted`, `zip.method`,
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
    if (!entry.endsWith(SUFFIX)) throw new InteropError("npz.entry", { op, entry });
    arrays.set(entry.slice(0, -SUFFIX.length), readNpyAs(`${op}, ${entry}`, content));
  }
  return arrays;
}

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
