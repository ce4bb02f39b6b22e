import { array, fromTypedArray, type NDArray, type TypedArray, zeros } from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { readSafetensors, writeSafetensors } from "../index.js";

const of = (data: TypedArray, shape: number[], dtype?: "bool") =>
  fromTypedArray(data, shape, undefined, dtype === undefined ? {} : { dtype }) as NDArray;

const ARRAYS = new Map<string, NDArray>([
  ["__proto__", of(Float32Array.of(1.5, -0, 1e-40, 3), [2, 2])],
  ["constructor", of(Float64Array.of(1e300), [])],
  ["1", of(Int32Array.of(-5, 7), [2, 1])],
  ["0", of(Uint8Array.of(1, 0, 1), [3], "bool")],
  ['"\\ é\n', of(Uint8Array.of(255, 0, 7), [1, 3])],
  ["empty", of(new Float64Array(0), [0, 3])],
]);
const METADATA = { __proto__x: "1", format: "pt", 'say "é"': "\n" };

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const listed = (arrays: ReadonlyMap<string, NDArray>) =>
  [...arrays].map(([name, a]) => [name, a.dtype, a.shape, [...a.data].map(Number)]).sort();

/** Reading and writing by the format's README, with NumPy for the values. */
const PYTHON = `
import base64, struct
T = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U64": "<u8",
     "U32": "<u4", "U16": "<u2", "U8": "u1", "BOOL": "?"}
`;

const READ = `${PYTHON}
def read(text):
    file = base64.b64decode(text)
    length, = struct.unpack("<Q", file[:8])
    header, values = json.loads(file[8:8 + length]), file[8 + length:]
    assert length % 8 == 0
    metadata = header.pop("__metadata__", {})
    spans = sorted(t["data_offsets"] for t in header.values())
    assert [a for a, _ in spans] == [0] + [b for _, b in spans[:-1]] and spans[-1][1] == len(values)
    arrays = []
    for name, t in header.items():
        begin, end = t["data_offsets"]
        assert begin % np.dtype(T[t["dtype"]]).itemsize == 0
        a = np.frombuffer(values[begin:end], T[t["dtype"]]).reshape(t["shape"])
        arrays.append([name, str(a.dtype), list(a.shape), a.ravel().astype("f8").tolist()])
    return [sorted(arrays, key=lambda a: [ord(c) for c in a[0]]), metadata]
result = [read(text) for text in data]
`;

const WRITE = `${PYTHON}
def write(names):
    header, values, truth = {"__metadata__": {"by": "hand"}}, b"", []
    for name in names:
        if name == "BF16":
            wide = np.array([1.5, -2.0, 3.140625, np.inf], "<f4")
            raw = (wide.view("<u4") >> 16).astype("<u2").tobytes()
        else:
            wide = np.array([1, 0, 1, 0] if name == "BOOL" else [1, 2, 100, 7]).astype(T[name])
            if np.dtype(T[name]).kind == "i": wide[0] = -2
            if np.dtype(T[name]).kind == "f": wide[:3] = [0.1, -0.0, np.inf]
            raw = wide.tobytes()
        header[name] = {"dtype": name, "shape": [2, 2], "data_offsets": [len(values), len(values) + len(raw)]}
        values += raw
        truth.append([name, wide.astype("f8").tolist()])
    text = json.dumps(header).encode()
    return [base64.b64encode(struct.pack("<Q", len(text)) + text + values).decode(), truth]
result = [write(names) for names in data]
`;

const DTYPES = {
  F64: "float64",
  F32: "float32",
  F16: "float32",
  BF16: "float32",
  I64: "int32",
  I32: "int32",
  I16: "int32",
  I8: "int32",
  U64: "int32",
  U32: "int32",
  U16: "int32",
  U8: "uint8",
  BOOL: "bool",
} as const;

describe("safetensors", () => {
  it("are written as Python reads them by the format's description", () => {
    const file = writeSafetensors(ARRAYS, METADATA);
    const [read] = expected<[unknown, object]>("safetensors-read", READ, [base64(file)]);
    expect(read).toEqual([listed(ARRAYS), METADATA]);
  });

  it("are read as Python writes them, of every dtype", () => {
    const names = Object.keys(DTYPES);
    const [written] = expected<[string, [string, number[]][]]>("safetensors-written", WRITE, [names]);
    const { tensors, metadata } = readSafetensors(Buffer.from(written![0], "base64"));
    expect(metadata).toEqual(new Map([["by", "hand"]]));
    expect([...tensors.keys()]).toEqual(names);
    for (const [name, values] of written![1]) {
      const a = tensors.get(name)!;
      expect([a.dtype, a.shape, [...a.data]]).toEqual([DTYPES[name as never], [2, 2], values]);
    }
  });

  it("come back, with their metadata", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", "toString", "7"));
    const named = fc.dictionary(name, fc.array(fc.double()), { noNullPrototype: true });
    fc.assert(
      fc.property(named, fc.dictionary(name, fc.string()), (lists, metadata) => {
        const arrays = new Map(
          Object.entries(lists).map(([key, list]) => [key, of(Float64Array.from(list), [list.length])]),
        );
        const read = readSafetensors(writeSafetensors(arrays, new Map(Object.entries(metadata))));
        expect(new Map(Object.entries(metadata))).toEqual(read.metadata);
        expect(listed(read.tensors)).toEqual(listed(arrays));
      }),
    );
  });

  it("are written of views, and read from bytes that do not begin a buffer", () => {
    const a = array([[1, 2, 3], [4, 5, 6]]).T as NDArray; // biome-ignore format: a matrix
    const file = Buffer.concat([Buffer.alloc(3), writeSafetensors({ a })]).subarray(3);
    expect(readSafetensors(file).tensors.get("a")!.toArray()).toEqual(a.toArray());
    expect(readSafetensors(writeSafetensors({}))).toEqual({ tensors: new Map(), metadata: new Map() });
  });
});

/** A file of a header's text and so many bytes of values. */
function file(header: string, values = 0): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Uint8Array.from(Buffer.concat([length, text, Buffer.alloc(values)]));
}

const info = (
  begin: unknown,
  end: unknown,
  { dtype = "U8", shape = `[${Number(end) - Number(begin)}]` } = {},
) => `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;
const read = (header: string, values?: number) => () => readSafetensors(file(header, values));
const one = (text: string, values?: number) => read(`{"a":${text}}`, values);
const long = Buffer.alloc(16);
long.writeBigUInt64LE(100_000_001n);

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "as a Uint8Array", "como Uint8Array", () => readSafetensors("" as never)],
  [
    "safetensors.header",
    "needs 8 bytes, but there are 7.",
    "mas há 7.",
    () => readSafetensors(new Uint8Array(7)),
  ],
  [
    "safetensors.header",
    "needs 10 bytes, but there are 9.",
    "mas há 9.",
    () => readSafetensors(file("{}").slice(0, 9)),
  ],
  ["safetensors.large", "100000001 bytes", "100000001 bytes", () => readSafetensors(long)],
  ["safetensors.large", "18446744073709552000", "bytes", () => readSafetensors(new Uint8Array(9).fill(255))],
  ["safetensors.json", "not the JSON", "não é o JSON", read("")],
  ["safetensors.json", "not the JSON", "não é o JSON", read("[]")],
  ["safetensors.json", "not the JSON", "não é o JSON", read(" {}")],
  ["safetensors.json", "not the JSON", "não é o JSON", read("\ufeff{}")],
  ["safetensors.json", "not the JSON", "não é o JSON", read('{"a":')],
  ["safetensors.json", "not the JSON", "não é o JSON", read("{}\u0000")],
  ["safetensors.json", "not the JSON", "não é o JSON", read('{"a\\x":1}')],
  ["safetensors.json", "not the JSON", "não é o JSON", one("[[[[]]]]")],
  ["safetensors.json", "not the JSON", "não é o JSON", one("[".repeat(1e6))],
  [
    "safetensors.json",
    "not the JSON",
    "não é o JSON",
    () => readSafetensors(file('{"a":""}').fill(0xff, 12, 14)),
  ],
  ["safetensors.number", "has -1 where", "tem -1 onde", one(info(-1, 3, { shape: "[4]" }), 3)],
  ["safetensors.number", "has 1.0 where", "tem 1.0 onde", one(info("0", "1.0"), 1)],
  ["safetensors.number", "has 1e0 where", "tem 1e0 onde", one(info("0", "1e0"), 1)],
  ["safetensors.number", "has -0 where", "tem -0 onde", one(info("-0", "1"), 1)],
  [
    "safetensors.twice",
    "has 'a' twice",
    "tem 'a' duas vezes",
    read(`{"a":${info(0, 1)},"\\u0061":${info(1, 2)}}`, 2),
  ],
  [
    "safetensors.twice",
    "has 'dtype' twice",
    "'dtype' duas",
    one('{"dtype":"U8","dtype":"I8","shape":[],"data_offsets":[0,1]}', 1),
  ],
  [
    "safetensors.twice",
    "has '__metadata__' twice",
    "duas",
    read('{"__metadata__":{},"__metadata__":{"a":"b"}}'),
  ],
  ["safetensors.metadata", "'a' is something else", "'a' é outra coisa", read('{"__metadata__":{"a":1}}')],
  ["safetensors.metadata", "'__metadata__' is", "'__metadata__' é", read('{"__metadata__":null}')],
  ["safetensors.metadata", "'__metadata__' is", "'__metadata__' é", read('{"__metadata__":["a"]}')],
  ["safetensors.tensor", "'a' in the header", "'a', no cabeçalho", one("null")],
  ["safetensors.tensor", "'a' in the header", "'a', no cabeçalho", one('{"dtype":"U8","shape":[1]}', 1)],
  [
    "safetensors.tensor",
    "'a' in the",
    "'a', no",
    one('{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":1}', 1),
  ],
  [
    "safetensors.tensor",
    "'a' in the",
    "'a', no",
    one('{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}', 1),
  ],
  ["safetensors.tensor", "'a' in the", "'a', no", one('{"dtype":"U8","shape":[],"data_offsets":[0,1,1]}', 1)],
  ["safetensors.tensor", "'a' in the", "'a', no", one('{"dtype":8,"shape":[],"data_offsets":[0,1]}', 1)],
  ["safetensors.tensor", "'a' in the", "'a', no", one('{"dtype":"U8","shape":[0],"data_offsets":[1,0]}', 1)],
  ["safetensors.dtype", "values of F8_E4M3", "valores F8_E4M3", one(info(0, 1, { dtype: "F8_E4M3" }), 1)],
  ["safetensors.dtype", "values of toString", "valores toString", one(info(0, 1, { dtype: "toString" }), 1)],
  [
    "file.short",
    "readSafetensors, a: the sizes (3,) need 12 bytes",
    "(3,) precisam de 12",
    one(info(0, 4, { dtype: "I32", shape: "[3]" }), 4),
  ],
  [
    "file.long",
    "readSafetensors, a: the sizes (1,) need 1 bytes",
    "mas há 4",
    one(info(0, 4, { shape: "[1]" }), 4),
  ],
  [
    "file.overflow",
    "(4294967296, 4294967296)",
    "do que cabem",
    one(info(0, 0, { shape: "[4294967296,4294967296]" })),
  ],
  [
    "file.overflow",
    "(0, 9007199254740992)",
    "do que cabem",
    one(info(0, 0, { shape: "[0,9007199254740993]" })),
  ],
  [
    "file.truth",
    "readSafetensors, a: a bool",
    "readSafetensors, a: um bool",
    () => readSafetensors(file(`{"a":${info(0, 1, { dtype: "BOOL" })}}`, 1).fill(2, -1)),
  ],
  [
    "file.range",
    "position 0",
    "posição 0",
    () => readSafetensors(file(`{"a":${info(0, 8, { dtype: "U64", shape: "[]" })}}`, 8).fill(255, -8)),
  ],
  [
    "safetensors.place",
    "'a' begins at byte 1 of the values, but those before it end at 0",
    "'a' começa no byte 1",
    one(info(1, 2), 2),
  ],
  [
    "safetensors.place",
    "'b' begins at byte 1 of the values, but those before it end at 2",
    "'b' começa",
    read(`{"a":${info(0, 2)},"b":${info(1, 2)}}`, 2),
  ],
  [
    "safetensors.place",
    "'b' begins at byte 0 of the values, but those before it end at 2",
    "'b' começa",
    read(`{"a":${info(0, 2)},"b":${info(0, 2)}}`, 2),
  ],
  ["safetensors.rest", "end at byte", "terminam no byte", one(info(0, 1), 2)],
  ["safetensors.rest", "end at byte", "terminam no byte", one(info(0, 2), 1)],
  ["safetensors.rest", "end at byte 10 of the file, but it has 11", "mas ele tem 11", read("{}", 1)],
  [
    "safetensors.reserved",
    "'__metadata__' is the name",
    "é o nome",
    () => writeSafetensors({ __metadata__: zeros([1]) as NDArray }),
  ],
];

describe("what is no safetensors file", () => {
  itRefuses(REFUSED);
});
