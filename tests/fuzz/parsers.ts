import { InteropError, readIdx, readNpy, readNpz, writeIdx, writeNpy, writeNpz } from "@camada/interop";
import { arange, linspace, type NDArray } from "camada";

/** A reader that any bytes may be given to. */
export interface Parser {
  /** Valid files, which are then changed. */
  readonly seeds: readonly Uint8Array[];
  /** Reads bytes, or refuses them; throws an Error where what it has made of them is not what they say. */
  readonly read: (bytes: Uint8Array) => void | Promise<void>;
}

const DTYPES = ["float64", "float32", "int32", "uint8", "bool"] as const;
const ARRAYS = DTYPES.map((dtype) => arange(6).reshape([2, 3]).astype(dtype) as NDArray);
const NAMED = new Map([...ARRAYS, linspace(-1, 1, 300) as NDArray].map((a, i) => [`array${i}`, a]));

/** Every reader of files, by its name on the command line. */
export const PARSERS: { readonly [name: string]: Parser } = {
  idx: {
    seeds: ARRAYS.filter(({ dtype }) => dtype !== "bool").map(writeIdx),
    read: (bytes) => {
      const a = readIdx(bytes);
      // int8 and int16, which become int32, cannot be written again
      if (bytes[2] !== 9 && bytes[2] !== 11) same(writeIdx(a), bytes);
    },
  },
  npy: {
    seeds: ARRAYS.map(writeNpy),
    read: (bytes) => {
      const a = readNpy(bytes);
      const values = bytes.length - bytes.indexOf(0x0a, 10) - 1;
      if (a.data.length !== a.size) throw new Error("there are other values than the shape says");
      if (![1, 2, 4, 8].some((size) => size * a.size <= values))
        throw new Error("there are more values than bytes");
      same(writeNpy(readNpy(writeNpy(a))), writeNpy(a));
    },
  },
  npz: {
    seeds: [writeNpz(NAMED), writeNpz(NAMED, { compress: true }), writeNpz({})],
    // names may change, but whoever passes the checksum is one of the arrays that were there
    read: (bytes) => {
      const known = [...NAMED.values()].map(writeNpy);
      for (const a of readNpz(bytes).values()) oneOf(known, writeNpy(a));
    },
  },
};

/** Whether an error is how files are refused: by a code. */
export const isRefusal = (error: unknown): boolean => error instanceof InteropError;

function same(made: Uint8Array, bytes: Uint8Array): void {
  if (Buffer.compare(made, bytes) !== 0) throw new Error("what was read is not what the file says");
}

function oneOf(known: readonly Uint8Array[], made: Uint8Array): void {
  if (!known.some((one) => Buffer.compare(one, made) === 0)) throw new Error("an array came of no array");
}
