/**
 * Four rows by four columns of a product in WebAssembly, two float64 at a time, multiplied and added one
 * after the other: the bits of plain JavaScript, several times as fast. The module is written here, byte by
 * byte (WebAssembly Core Specification 2.0, sections 5.4 and 5.5): no file to load, nothing to build.
 */
export interface Tile {
  /**
   * Sums over `k`: from a panel at address `a` (k times 4 rows) and one at `b` (k times 4 columns) to 16
   * results, row by row, at `out`.
   */
  readonly run: (a: number, b: number, k: number, out: number) => void;
  readonly memory: Memory;
}

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
  v128Load64Splat: [0xfd, 0x0a],
  v128Store: [0xfd, 0x0b],
  f64x2Add: [0xfd, 0xf0, 0x01],
  f64x2Mul: [0xfd, 0xf2, 0x01],
} as const;
const type = { i32: 0x7f, v128: 0x7b, func: 0x60, empty: 0x40 } as const;

// locals: the four parameters, eight sums, two vectors of b, one splat of a
const [A, B, K, OUT, SUMS, B0, B1, X] = [0, 1, 2, 3, 4, 12, 13, 14];
/** Bytes that both panels go on by for each step of k: four float64. */
const STEP = 32;

const vector = (bytes: readonly number[]): number[] => [bytes.length, ...bytes];
const section = (id: number, content: readonly number[]): number[] => {
  // sizes up to 16383, in LEB128
  const size = content.length < 128 ? [content.length] : [(content.length & 127) | 128, content.length >> 7];
  return [id, ...size, ...content];
};

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const sum = (row: number, half: number): number => SUMS + row * 2 + half;
  const rows = [0, 1, 2, 3];
  const step = [
    ...[op.localGet, B, ...op.v128Load, 3, 0, op.localSet, B0],
    ...[op.localGet, B, ...op.v128Load, 3, 16, op.localSet, B1],
    ...rows.flatMap((row) => [
      ...[op.localGet, A, ...op.v128Load64Splat, 3, row * 8, op.localSet, X],
      ...[0, 1].flatMap((half) => [
        ...[op.localGet, sum(row, half), op.localGet, X, op.localGet, half === 0 ? B0 : B1],
        ...[...op.f64x2Mul, ...op.f64x2Add, op.localSet, sum(row, half)],
      ]),
    ]),
    ...[op.localGet, A, op.i32Const, STEP, op.i32Add, op.localSet, A],
    ...[op.localGet, B, op.i32Const, STEP, op.i32Add, op.localSet, B],
    ...[op.localGet, K, op.i32Const, 0x7f, op.i32Add, op.localTee, K], // 0x7f: -1
  ];
  const store = rows.flatMap((row) =>
    [0, 1].flatMap((half) => {
      const offset = row * 32 + half * 16;
      const memarg = offset < 128 ? [3, offset] : [3, (offset & 127) | 128, offset >> 7];
      return [op.localGet, OUT, op.localGet, sum(row, half), ...op.v128Store, ...memarg];
    }),
  );
  const code = [1, 11, type.v128, op.loop, type.empty, ...step, op.brIf, 0, op.end, ...store, op.end];
  const body = section(0, code).slice(1); // a size and the code
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, type.func, ...vector([type.i32, type.i32, type.i32, type.i32]), 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...vector([0x72]), 0, 0, ...vector([0x6d]), 2, 0]), // "r": the function, "m": the memory
    ...section(10, [1, ...body]),
  ]);
}

let made: Tile | null | undefined;

/** The tile, made on first use; null where the engine or the page's security policy has no WebAssembly. */
export function tile(): Tile | null {
  if (made === undefined) {
    try {
      const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
      const { exports } = new engine.Instance(new engine.Module(moduleBytes()));
      made = { run: exports["r"] as Tile["run"], memory: exports["m"] as Memory };
    } catch {
      made = null;
    }
  }
  return made;
}

/** The tile's memory as float64, of at least so many; null if there is not so much. */
export function tileMemory({ memory }: Tile, length: number): Float64Array | null {
  const missing = length * 8 - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  } catch {
    return null;
  }
  return new Float64Array(memory.buffer);
}
