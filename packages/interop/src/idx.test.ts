import { type CamadaError, fromTypedArray, type NDArray } from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../../../tests/oracle/expected.js";
import { itRefuses, type Refusal } from "../../../tests/refusedFile.js";
import { InteropError, readIdx, writeIdx } from "./index.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";

const KINDS = {
  uint8: Uint8Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
type Kind = keyof typeof KINDS;

const arrays = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
    shape: fc.array(fc.constantFrom<number[]>(0, 1, 2, 3, 5), { maxLength: 4 }),
  })
  .chain(({ kind, shape }) => {
    const size = shape.reduce((n, s) => n * s, 1);
    const whole = fc.integer(kind === "uint8" ? { min: 0, max: 255 } : {});
    const value = kind.startsWith("float") ? fc.oneof(fc.float(), fc.constantFrom(-0, 1e-40)) : whole;
    return fc.array(value, { minLength: size, maxLength: size }).map((values) => ({ kind, shape, values }));
  });

const make = ({ kind, shape, values }: { kind: Kind; shape: number[]; values: number[] }) =>
  fromTypedArray(KINDS[kind].from(values), shape) as NDArray;

/** A header for 2 axes of 3 and 2, and 6 bytes. */
const GOOD = [0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6];
const changed = (changes: { [at: number]: number }, length = GOOD.length) =>
  Uint8Array.from({ length }, (_, i) => changes[i] ?? GOOD[i] ?? 0);

/** NumPy's bytes for an array: the values big-endian, after a header packed by struct. */
const SCRIPT = `
import struct
CODES = {"uint8": 8, "int32": 12, "float32": 13, "float64": 14}
def pack(case):
    a = np.array(case["values"], dtype="float64").reshape(case["shape"]).astype(case["kind"])
    header = struct.pack(">HBB", 0, CODES[case["kind"]], a.ndim) + struct.pack(">%dI" % a.ndim, *a.shape)
    return list(header + a.astype(a.dtype.newbyteorder(">")).tobytes())
result = [pack(case) for case in data]
`;

describe("IDX", () => {
  it("is written and read as Python's struct and NumPy do it", () => {
    const cases = fc.sample(arrays, { seed: 3, numRuns: 60 });
    const files = expected<number[]>("idx", SCRIPT, cases);
    cases.forEach((c, i) => {
      const a = make(c);
      expect([...writeIdx(a)]).toEqual(files[i]);
      const back = readIdx(Uint8Array.from(files[i]!));
      expect([back.dtype, back.shape]).toEqual([a.dtype, a.shape]);
      expect(back.data).toEqual(a.data);
    });
  });

  it("comes back from a view, and from bytes that do not begin a buffer", () => {
    fc.assert(
      fc.property(arrays, fc.nat(9), (c, shift) => {
        const a = make(c).T as NDArray;
        const bytes = writeIdx(a);
        const shifted = new Uint8Array(bytes.length + shift + 3).subarray(shift, shift + bytes.length);
        shifted.set(bytes);
        expect(readIdx(shifted).toArray()).toEqual(a.toArray());
      }),
    );
  });

  it("is read of narrow integers, as int32", () => {
    const narrow = readIdx(Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 2, 255, 127));
    const wide = readIdx(Uint8Array.of(0, 0, 11, 1, 0, 0, 0, 2, 128, 0, 1, 2));
    expect([narrow.dtype, narrow.toArray(), wide.toArray()]).toEqual(["int32", [-1, 127], [-32768, 258]]);
  });

  it("of bytes is a view of them, not a copy", () => {
    const bytes = Uint8Array.from(GOOD);
    const a = readIdx(bytes);
    bytes[12] = 200;
    expect(a.toArray()).toEqual([
      [200, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(a.data.buffer).toBe(bytes.buffer);
  });
});

const REFUSED: readonly Refusal[] = [
  [
    "file.bytes",
    "readIdx: takes the bytes of a file, as a Uint8Array",
    "readIdx: recebe os bytes de um arquivo, como Uint8Array",
    () => readIdx("0" as never),
  ],
  [
    "idx.header",
    "needs 4 bytes, but there are 0.",
    "precisa de 4 bytes, mas há 0.",
    () => readIdx(new Uint8Array(0)),
  ],
  ["idx.header", "needs 12 bytes, but there are 11.", "mas há 11.", () => readIdx(changed({}, 11))],
  [
    "idx.gzip",
    "with gunzipSync of node:zlib say",
    "Descomprima-os antes",
    () => readIdx(changed({ 0: 0x1f, 1: 0x8b })),
  ],
  ["idx.magic", "this one with 3c 21.", "este com 3c 21.", () => readIdx(changed({ 0: 0x3c, 1: 0x21 }))],
  ["idx.type", "no type of values 0x0a in IDX", "o tipo de valores 0x0a", () => readIdx(changed({ 2: 10 }))],
  [
    "file.overflow",
    "the sizes (4278190083, 4278190082) make more values than an array can hold",
    "dão mais valores do que cabem em um array",
    () => readIdx(changed({ 4: 255, 8: 255 })),
  ],
  [
    "file.short",
    "the sizes (3, 2) need 18 bytes, but there are 17.",
    "os tamanhos (3, 2) precisam de 18 bytes, mas há 17.",
    () => readIdx(changed({}, 17)),
  ],
  ["file.short", "(4, 2) need 20 bytes", "(4, 2) precisam de 20 bytes", () => readIdx(changed({ 7: 4 }))],
  [
    "file.long",
    "need 18 bytes, but there are 19.",
    "Algo vem depois dos valores",
    () => readIdx(changed({}, 19)),
  ],
  [
    "idx.bool",
    "Use .astype('uint8') first",
    "Use antes .astype('uint8')",
    () => writeIdx(fromTypedArray(Uint8Array.of(1), [1], undefined, { dtype: "bool" })),
  ],
  [
    "idx.axes",
    "at most 255 axes, not 256.",
    "no máximo 255 eixos, e não 256.",
    () => writeIdx(fromTypedArray(Uint8Array.of(1), new Array(256).fill(1))),
  ],
];

describe("what is not an IDX file", () => {
  itRefuses(REFUSED);

  it("has its sentences in both languages, with the same blanks", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(Object.keys(ptBR).sort()).toEqual(Object.keys(en).sort());
    for (const code of Object.keys(en) as (keyof typeof en)[]) {
      expect(blanks(ptBR[code]), code).toEqual(blanks(en[code]));
    }
  });

  it("never makes an array that does not fit the bytes, nor fails otherwise", () => {
    const sites = fc.tuple(fc.nat(), fc.nat(255));
    const mutation = fc.record({
      changes: fc.array(sites, { maxLength: 4 }),
      cut: fc.option(fc.nat(24)),
      append: fc.uint8Array({ maxLength: 3 }),
    });
    let read = 0;
    let refusals = 0;
    fc.assert(
      fc.property(arrays, mutation, (c, { changes, cut, append }) => {
        let bytes = writeIdx(make(c));
        // most changes go to the header, where they tell
        for (const [at, value] of changes) bytes[at % Math.min(bytes.length, 24)] = value;
        if (cut !== null) bytes = bytes.slice(0, Math.max(bytes.length - cut, 0));
        bytes = Uint8Array.from([...bytes, ...append]);
        const held = fits(bytes);
        if (held) read++;
        else refusals++;
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(read, refusals)).toBeGreaterThan(50);
  });

  it("of any bytes at all either", () => {
    const header = fc.tuple(
      fc.constantFrom(8, 9, 11, 12, 13, 14),
      fc.nat(255),
      fc.uint8Array({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(header, ([type, axes, rest]) => {
        fits(Uint8Array.from([0, 0, type, axes, ...rest]));
      }),
      { numRuns: 5000 },
    );
  });
});

/** Whether the bytes are read, to an array that takes up all of them; else they must be refused by a code. */
function fits(bytes: Uint8Array): boolean {
  let a: NDArray;
  try {
    a = readIdx(bytes);
  } catch (error) {
    expect(error, String((error as CamadaError).stack)).toBeInstanceOf(InteropError);
    return false;
  }
  const wide = { 9: 4, 11: 2 }[bytes[2]!] ?? 1;
  expect(4 + 4 * a.ndim + a.data.byteLength / wide).toBe(bytes.length);
  expect(a.data.length).toBe(a.size);
  return true;
}
