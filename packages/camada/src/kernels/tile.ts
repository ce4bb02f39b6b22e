/**
 * Four rows by two vectors of columns of a product in WebAssembly, multiplied and added one after the other, so that
 * every engine gives the same bits: those of plain loops in the dtype. The module is written here, byte by
 * byte (WebAssembly Core Specification 2.0, sections 5.4 and 5.5): no file to load, nothing to build.
 */
export interface Tile {
  /** How many columns: two vectors of the dtype. */
  readonly columns: 4 | 8;
  /**
   * Sums over `k`: from a panel at address `a` (k times 4 rows) and one at `b` (k times the columns) to four
   * rows of results at `out` and every so many bytes after it.
   */
  readonly run: (a: number, b: number, k: number, out: number, rowBytes: number) => void;
  readonly memory: Memory;
}

/** How many rows a tile has. */
export const ROWS = 4;

export type TileDType = "float64" | "float32";

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Of WebAssembly's interface what is used here: so neither Node's nor the DOM's types are needed. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { readonly [name: string]: unknown } };
}

/** Opcodes, named as in the specification. */
const op = {
  loop: 0x03,
  end: 0x0b,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Add: 0x6a,
  v128Load: [0xfd, 0x00],
  v128Store: [0xfd, 0x0b],
} as const;
/** And those that depend on the dtype: v128.load32_splat, f32x4.add, f32x4.mul; v128.load64_splat and so on. */
const of = {
  float32: { bytes: 4, align: 2, splat: [0xfd, 0x09], add: [0xfd, 0xe4, 0x01], mul: [0xfd, 0xe6, 0x01] },
  float64: { bytes: 8, align: 3, splat: [0xfd, 0x0a], add: [0xfd, 0xf0, 0x01], mul: [0xfd, 0xf2, 0x01] },
} as const;
const type = { i32: 0x7f, v128: 0x7b, func: 0x60, empty: 0x40 } as const;

// locals: the five parameters, eight sums, two vectors of b, one splat of a
const [A, B, K, OUT, ROW, SUMS, B0, B1, X] = [0, 1, 2, 3, 4, 5, 13, 14, 15];
/** Bytes that the panel of b goes on by for each step of k: two vectors. */
export const STEP = 32;

const vector = (bytes: readonly number[]): number[] => [bytes.length, ...bytes];
const section = (id: number, content: readonly number[]): number[] => {
  // sizes up to 16383, in LEB128
  const size = content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return [id, ...size, ...content];
};

function moduleBytes(dtype: TileDType): Uint8Array<ArrayBuffer> {
  const { bytes, align, splat, add, mul } = of[dtype];
  const sum = (row: number, half: number): number => SUMS + row * 2 + half;
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  const advance = (local: number, by: readonly number[]) => [
    ...[op.localGet, local, ...by, op.i32Add, op.localSet, local],
  ];
  const step = [
    ...[op.localGet, B, ...op.v128Load, 3, 0, op.localSet, B0],
    ...[op.localGet, B, ...op.v128Load, 3, 16, op.localSet, B1],
    ...rows.flatMap((row) => [
      ...[op.localGet, A, ...splat, align, row * bytes, op.localSet, X],
      ...[0, 1].flatMap((half) => [
        ...[op.localGet, sum(row, half), op.localGet, X, op.localGet, half === 0 ? B0 : B1],
        ...[...mul, ...add, op.localSet, sum(row, half)],
      ]),
    ]),
    ...advance(A, [op.i32Const, ROWS * bytes]),
    ...advance(B, [op.i32Const, STEP]),
    ...[op.localGet, K, op.i32Const, 0x7f, op.i32Add, op.localTee, K], // 0x7f: -1
  ];
  const store = rows.flatMap((row) => [
    ...[0, 1].flatMap((half) => [
      ...[op.localGet, OUT, op.localGet, sum(row, half), ...op.v128Store, 3, half * 16],
    ]),
    ...advance(OUT, [op.localGet, ROW]),
  ]);
  const code = [1, 11, type.v128, op.loop, type.empty, ...step, op.brIf, 0, op.end, ...store, op.end];
  const body = section(0, code).slice(1); // a size and the code
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, type.func, ...vector(new Array<number>(5).fill(type.i32)), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...vector([0x72]), 0, 0, ...vector([0x6d]), 2, 0]), // "r": the function, "m": the memory
    ...section(10, [1, ...body]),
  ]);
}

const made: { [dtype in TileDType]?: Tile | null } = {};

/** The tile of a dtype, made on first use; null where the engine or the page's security policy has no WebAssembly. */
export function tile(dtype: TileDType): Tile | null {
  let known = made[dtype];
  if (known === undefined) {
    try {
      const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
      const { exports } = new engine.Instance(new engine.Module(moduleBytes(dtype)));
      const { r: run, m: memory } = exports as unknown as { r: Tile["run"]; m: Memory };
      known = { columns: dtype === "float32" ? 8 : 4, run, memory };
    } catch {
      known = null;
    }
    made[dtype] = known;
  }
  return known;
}

/** The bytes of the tile's memory, at least so many; null if there are not so many. */
export function tileMemory({ memory }: Tile, bytes: number): ArrayBuffer | null {
  const missing = bytes - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  } catch {
    return null;
  }
  return memory.buffer;
}
