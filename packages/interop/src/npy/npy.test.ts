import { array, fromTypedArray, type NDArray, type TypedArray, zeros } from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { hasNumPy, numpyBytes } from "../../../../tests/oracle/numpy.js";
import { itRefuses, type Refusal, refusedFile } from "../../../../tests/refusedFile.js";
import { readNpy, writeNpy } from "../index.js";

const KINDS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;
type Kind = keyof typeof KINDS;

/** Arrays of every dtype and of up to four axes, some of them empty. */
const arrays = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
    shape: fc.array(fc.constantFrom<number[]>(0, 1, 2, 3, 5), { maxLength: 4 }),
  })
  .chain(({ kind, shape }) => {
    const size = shape.reduce((n, s) => n * s, 1);
    const most = { bool: { min: 0, max: 1 }, uint8: { min: 0, max: 255 } };
    const whole = fc.integer(kind === "bool" || kind === "uint8" ? most[kind] : {});
    const value = kind.startsWith("float") ? fc.oneof(fc.float(), fc.constantFrom(-0, 1e-40)) : whole;
    return fc.array(value, { minLength: size, maxLength: size }).map((values) => ({ kind, shape, values }));
  });

const make = ({ kind, shape, values }: { kind: Kind; shape: number[]; values: readonly number[] }) =>
  fromTypedArray(KINDS[kind].from(values), shape, undefined, { dtype: kind }) as NDArray;

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));

const SAVED = `
import base64, io
def saved(case):
    file = io.BytesIO()
    np.save(file, np.array(case["values"], dtype="float64").reshape(case["shape"]).astype(case["kind"]))
    return base64.b64encode(file.getvalue()).decode()
result = [saved(case) for case in data]
`;

/** An array of each dtype that NumPy has, with the values that it holds at most and at least. */
const WRITTEN = `
import base64, io
def written(case):
    kind, order, layout, version = case
    t = np.dtype(kind)
    if t.kind == "f": values = [0.5, -0.0, float(np.finfo(t).max), float(np.finfo(t).smallest_subnormal), np.nan, -np.inf]
    elif t.kind == "b": values = [0, 1, 1, 0, 0, 1]
    else:
        low = max(np.iinfo(t).min, -2**31)
        high = min(np.iinfo(t).max, 2**31 - 1)
        values = [low, high, 1, 0, 2, high - 1]
    a = np.array(values, dtype=t).reshape(2, 3, 1).astype(t.newbyteorder(order), order=layout)
    file = io.BytesIO()
    np.lib.format.write_array(file, a, version=tuple(version))
    return [base64.b64encode(file.getvalue()).decode(), a.astype("float64").ravel().tolist()]
result = [written(case) for case in data]
`;

const DTYPES = {
  f8: "float64",
  f4: "float32",
  f2: "float32",
  i1: "int32",
  i2: "int32",
  i4: "int32",
  i8: "int32",
  u1: "uint8",
  u2: "int32",
  u4: "int32",
  u8: "int32",
  "?": "bool",
} as const;

describe(".npy", () => {
  it("is written byte for byte as NumPy does", () => {
    const cases = fc.sample(arrays, { seed: 7, numRuns: 80 });
    const files = expected<string>("npy-saved", SAVED, cases);
    cases.forEach((c, i) => {
      expect(Buffer.from(writeNpy(make(c))).toString("base64")).toEqual(files[i]);
    });
  });

  it("is read of every dtype, byte order, order of axes and version", () => {
    const orders = (kind: string) => (/1|\?/.test(kind) ? ["|"] : ["<", ">"]);
    const cases = Object.keys(DTYPES).flatMap((kind) =>
      orders(kind).flatMap((order) =>
        ["C", "F"].flatMap((layout) => [1, 2, 3].map((major) => [kind, order, layout, [major, 0]] as const)),
      ),
    );
    expect(cases.length).toBe((9 * 2 + 3) * 2 * 3);
    const files = expected<[string, number[]]>("npy-written", WRITTEN, cases);
    cases.forEach(([kind], i) => {
      const a = readNpy(bytesOf(files[i]![0]));
      expect([a.dtype, a.shape], kind).toEqual([DTYPES[kind as keyof typeof DTYPES], [2, 3, 1]]);
      expect([...a.data], kind).toEqual(files[i]![1]);
    });
  });

  it.runIf(hasNumPy)("is read of every float16 that there is", () => {
    const script = (end: string) => `
import io
a = np.arange(65536, dtype="u2").view("f2")
file = io.BytesIO()
np.save(file, a)
result = ${end}`;
    const halves = readNpy(numpyBytes(script("file.getvalue()")));
    const floats = new Float32Array(numpyBytes(script("a.astype('f4')")).buffer);
    expect(halves.data).toEqual(floats);
  });

  it("comes back, of views too, and from bytes that do not begin a buffer", () => {
    fc.assert(
      fc.property(arrays, fc.nat(9), (c, shift) => {
        const a = make(c).T;
        const bytes = writeNpy(a);
        const shifted = Buffer.alloc(bytes.length + shift + 3).subarray(shift, shift + bytes.length);
        shifted.set(bytes);
        const back = readNpy(shifted);
        expect([back.dtype, back.shape]).toEqual([a.dtype, a.shape]);
        expect(back.data).toEqual(a.data as TypedArray);
        shifted.fill(0);
        expect(back.data).toEqual(a.data as TypedArray);
      }),
    );
  });

  it("loses the axes' names, which it has no place for", () => {
    expect(readNpy(writeNpy(array([1, 2], ["batch"]) as NDArray)).names).toBeNull();
  });
});

/** A file of a header's text and its values. */
function file(header: string, values: readonly number[] = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0];
  return Uint8Array.from([0x93, ...Buffer.from("NUMPY"), version, 0, ...length, ...text, ...values]);
}

const header = ({ descr = "'|u1'", fortran = "False", shape = "(2,)" } = {}) =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
const of = (descr: string) => () => readNpy(file(header({ descr: `'${descr}'` }), new Array(64).fill(0)));
const read = (text: string, values?: readonly number[]) => () => readNpy(file(text, values));
const good = file(header(), [1, 2]);

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "as a Uint8Array", "como Uint8Array", () => readNpy(good.buffer as never)],
  ["npy.magic", "this one with 3c 68 74 6d 6c 3e", "este com 3c", () => readNpy(Buffer.from("<html>1234"))],
  ["npy.header", "needs 10 bytes, but there are 0.", "mas há 0.", () => readNpy(new Uint8Array(0))],
  ["npy.header", "needs 10 bytes, but there are 9.", "mas há 9.", () => readNpy(good.slice(0, 9))],
  [
    "npy.header",
    "needs 12 bytes, but there are 11.",
    "mas há 11.",
    () => readNpy(file("", [], 2).slice(0, 11)),
  ],
  ["npy.header", "needs 67 bytes, but there are 40.", "mas há 40.", () => readNpy(good.slice(0, 40))],
  ["npy.version", "no 4.0", "não 4.0", () => readNpy(file(header(), [1, 2], 4))],
  ["npy.version", "no 0.0", "não 0.0", () => readNpy(file(header(), [1, 2], 0))],
  ["npy.large", "it has 10001 bytes, but NumPy takes 10000", "tem 10001 bytes", read(" ".repeat(10_001))],
  ["npy.literal", "from character 0 on: .", "a partir do caractere 0", read(" ")],
  ["npy.literal", "from character 0 on: 5", "caractere 0", read("5")],
  ["npy.literal", "on: __import__", "a partir", read("{'descr': __import__('os').system('ls')}")],
  ["npy.literal", "character 52 on: ), }", "a partir", read(header({ shape: "(2)" }), [1, 2])],
  ["npy.literal", "on: , 3", "a partir", read(header({ shape: "(, 3)" }))],
  ["npy.literal", "on: -1", "a partir", read(header({ shape: "(-1,)" }))],
  ["npy.literal", "on: 3)", "a partir", read(header({ shape: "(2 3)" }))],
  ["npy.literal", "on: 3,", "a partir", read(header({ shape: "(03,)" }))],
  ["npy.literal", "on: .5", "a partir", read(header({ shape: "(2.5,)" }))],
  ["npy.literal", "on: ((", "a partir", read(header({ shape: "(((2,),),)" }))],
  ["npy.literal", "on: None", "a partir", read(header({ fortran: "None" }))],
  ["npy.literal", "on: 'fortran", "a partir", read("{'descr': '|u1' 'fortran_order': False}")],
  ["npy.literal", "on: 'a\\x41'", "a partir", read(header({ descr: "'a\\x41'" }))],
  ["npy.literal", "on: print", "a partir", read(`${header()} print`)],
  ["npy.literal", "on: .", "a partir", read("{'descr': '|u1'")],
  ["npy.literal", "on: .", "a partir", read("{".repeat(1))],
  ["npy.keys", "nothing else", "nada mais", read("{}")],
  ["npy.keys", "nothing else", "nada mais", read(header().replace("}", "'__proto__': (1,)}"))],
  ["npy.keys", "nothing else", "nada mais", read(header().replace("}", "'descr': '<f8'}"))],
  ["npy.keys", "nothing else", "nada mais", read(header({ fortran: "'False'" }))],
  ["npy.objects", "to run code", "executar código", of("|O")],
  ["npy.complex", "a.real and a.imag", "a.real e a.imag", of("<c16")],
  ["npy.text", "classes, say", "classes, por exemplo", of("<U5")],
  ["npy.text", "classes, say", "classes, por exemplo", of("|S5")],
  ["npy.dates", "days since", "dias desde", of("<M8[ns]")],
  ["npy.structured", "of several fields", "de vários campos", of("|V8")],
  ["npy.structured", "of several", "de vários", read(header({ descr: "[('a', '<f8')]" }))],
  ["npy.dtype", "no dtype <f16", "o dtype <f16", of("<f16")],
  ["npy.dtype", "no dtype <bf2", "o dtype <bf2", of("<bf2")],
  ["npy.dtype", "no dtype |f8", "o dtype |f8", of("|f8")],
  ["npy.dtype", "no dtype <toString", "o dtype <toString", of("<toString")],
  ["npy.axes", "64 axes, not 65", "64 eixos, e não 65", read(header({ shape: `(${"1,".repeat(65)})` }), [1])],
  [
    "npy.axes",
    "64 axes, not 65",
    "64 eixos, e não 65",
    () => writeNpy(zeros(new Array(65).fill(1)) as NDArray),
  ],
  [
    "file.overflow",
    "(0, 100000000000000000000)",
    "do que cabem",
    read(header({ shape: "(0, 99999999999999999999)" })),
  ],
  ["file.overflow", "(65536, 65536)", "do que cabem", read(header({ shape: "(65536, 65536)" }))],
  [
    "file.short",
    "need 75 bytes, but there are 74.",
    "está cortado",
    read(header({ shape: "(3, 2)" }), [1, 2, 3, 4, 5]),
  ],
  ["file.long", "need 69 bytes, but there are 70.", "Algo vem depois", read(header(), [1, 2, 3])],
  ["file.truth", "position 1 is 2.", "posição 1 é 2.", read(header({ descr: "'|b1'" }), [1, 2])],
  [
    "file.range",
    "4294967295 at position 0",
    "uint32 é lido",
    read(header({ descr: "'>u4'", shape: "()" }), [255, 255, 255, 255]),
  ],
];

describe("what is not an .npy file", () => {
  itRefuses(REFUSED);

  it.each([
    ["int64", "<i8", -(2n ** 31n) - 1n],
    ["int64", ">i8", 2n ** 31n],
    ["int64", "<i8", 2n ** 62n],
    ["int64", "<i8", -(2n ** 63n)],
    ["uint64", "<u8", 2n ** 31n],
    ["uint64", ">u8", 2n ** 64n - 1n],
  ])("has wide integers that do not fit: %s, %s, %s", (dtype, descr, value) => {
    const raw = new DataView(new ArrayBuffer(16));
    raw.setBigUint64(8, BigInt.asUintN(64, value), descr[0] === "<");
    const bytes = file(header({ descr: `'${descr}'` }), [...new Uint8Array(raw.buffer)]);
    expect(refusedFile(() => readNpy(bytes)).data).toMatchObject({
      position: 1,
      value: String(value),
      dtype,
    });
  });

  it("is not refused for how Python may write it as well", () => {
    const text = `  { "shape" :( 2 ),'fortran_order':True,"descr":'<u1'}\n`;
    expect(readNpy(file(text.replace("( 2 )", "( 2 ,)"), [1, 2])).toArray()).toEqual([1, 2]);
    expect(readNpy(file(header({ shape: "()" }), [7], 3)).shape).toEqual([]);
  });
});
