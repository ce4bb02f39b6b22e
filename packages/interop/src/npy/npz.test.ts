import { deflateRawSync } from "node:zlib";
import { arange, array, type NDArray, ones, zeros } from "camada";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { type InteropError, readNpy, readNpz, writeNpy, writeNpz } from "../index.js";

/** Names that have done harm elsewhere, and are only names here. */
const NAMES = ["x", "__proto__", "constructor", "../../etc/passwd", "/a\\b", "ação", "a.npy", "", "1", "0"];
const ARRAYS = new Map(NAMES.map((name, i) => [name, arange(i * 3).reshape([i, 3])] as [string, NDArray]));

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const listed = (arrays: ReadonlyMap<string, NDArray>) =>
  [...arrays].map(([name, a]) => [name, a.shape, [...a.data]]);

const READ = `
import base64, io
def read(text):
    with np.load(io.BytesIO(base64.b64decode(text))) as file:
        assert file.zip.testzip() is None
        return [[name[:-4], list(np.shape(a)), np.ravel(a).tolist()]
                for name, a in ((i.filename, np.lib.format.read_array(file.zip.open(i))) for i in file.zip.infolist())]
result = [read(text) for text in data]
`;

const WRITTEN = `
import base64, io
def written(case):
    names, compressed = case
    file = io.BytesIO()
    arrays = {name: np.arange(i * 300.0).reshape(i, 300) for i, name in enumerate(names)}
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()
result = [written(case) for case in data]
`;

/** As NumPy writes what is larger than 4 GiB, of little. */
const WIDE = `
import base64, io, zipfile
zipfile.ZIP64_LIMIT = 10
zipfile.ZIP_FILECOUNT_LIMIT = 0
def wide(compressed):
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, x=np.arange(6.0).reshape(2, 3), y=np.arange(300, dtype="i4"))
    return base64.b64encode(file.getvalue()).decode()
result = [wide(compressed) for compressed in data]
`;
const wide = expected<string>("npz-wide", WIDE, [false, true]).map((text) => Buffer.from(text, "base64"));

describe(".npz", () => {
  it("is read as NumPy writes it with wide numbers (zip64), compressed or not", () => {
    for (const file of wide) {
      expect(file.includes(Buffer.from("PK\u0006\u0006"))).toBe(true);
      const arrays = readNpz(file);
      expect(arrays.get("x")!.toArray()).toEqual([[0, 1, 2], [3, 4, 5]]); // biome-ignore format: a matrix
      expect(Array.from(arrays.get("y")!.data)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    }
  });

  it("is written as NumPy reads it, whatever the names", () => {
    const files = [false, true].map((compress) => writeNpz(ARRAYS, { compress }));
    expect(expected<unknown>("npz-read", READ, files.map(base64))).toEqual([listed(ARRAYS), listed(ARRAYS)]);
    for (const file of files) expect(listed(readNpz(file))).toEqual(listed(ARRAYS));
  });

  it("is read as NumPy writes it, compressed or not", () => {
    const names = ["x", "__proto__", "../y", "ação"];
    const cases = [false, true].map((compressed) => [names, compressed]);
    for (const file of expected<string>("npz-written", WRITTEN, cases)) {
      const arrays = readNpz(Buffer.from(file, "base64"));
      expect([...arrays.keys()]).toEqual(names);
      names.forEach((name, i) => {
        expect(arrays.get(name)!.shape).toEqual([i, 300]);
        expect(arrays.get(name)!.toArray()).toEqual(
          arange(i * 300)
            .reshape([i, 300])
            .toArray(),
        );
      });
    }
  });

  it("takes a plain object, and is the same bytes every time", () => {
    const x = array([1, 2]) as NDArray;
    expect([...readNpz(writeNpz({ x, y: x })).keys()]).toEqual(["x", "y"]);
    expect(writeNpz({ x })).toEqual(writeNpz(new Map([["x", x]])));
    expect(readNpz(writeNpz({}))).toEqual(new Map());
  });

  it("inflates what takes several pieces", () => {
    const a = arange(50_000) as NDArray;
    const file = writeNpz({ a }, { compress: true });
    expect(file.length).toBeLessThan(200_000);
    expect(readNpz(file).get("a")!.data).toEqual(a.data);
  });
});

interface Entry {
  readonly name: string;
  /** Its bytes as they lie in the archive. */
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
  readonly method?: number;
  readonly flags?: number;
  readonly offset?: number;
  /** What its own header says, where that is something else. */
  readonly local?: Partial<Entry>;
}

/** An archive made by hand, so that it can lie. */
function zip(entries: readonly Entry[], end: { count?: number; start?: number; comment?: number } = {}) {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const local = { ...entry, ...entry.local };
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50);
    fields(head, 6, local);
    parts.push(head, Buffer.from(local.name), Buffer.from(entry.packed));
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50);
    fields(record, 8, entry);
    record.writeUInt32LE(entry.offset ?? at, 42);
    central.push(record, Buffer.from(entry.name));
    at += 30 + Buffer.byteLength(local.name) + entry.packed.length;
  }
  const directory = Buffer.concat(central);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50);
  tail.writeUInt16LE(end.count ?? entries.length, 8);
  tail.writeUInt16LE(end.count ?? entries.length, 10);
  tail.writeUInt32LE(directory.length, 12);
  tail.writeUInt32LE(end.start ?? at, 16);
  tail.writeUInt16LE(end.comment ?? 0, 20);
  return Buffer.concat([...parts, directory, tail]);
}

function fields(record: Buffer, at: number, { flags = 0, method = 0, crc, packed, size, name }: Entry): void {
  record.writeUInt16LE(flags, at);
  record.writeUInt16LE(method, at + 2);
  for (const [i, value] of [crc, packed.length, size].entries()) record.writeUInt32LE(value, at + 8 + 4 * i);
  record.writeUInt16LE(Buffer.byteLength(name), at + 20);
}

const npy = writeNpy(ones([2]) as NDArray);
const big = writeNpy(zeros([40_000]) as NDArray);
// zlib.crc32 of Python
const CRC = { npy: 0x6bacd674, big: 0xe942fc69 };
const plain: Entry = { name: "a.npy", packed: npy, size: npy.length, crc: CRC.npy };
const inner: Entry = { ...plain, name: "b.npy" };
/** An entry whose bytes are another, with its header. */
const around: Entry = { ...plain, packed: zip([inner]).subarray(0, 35 + npy.length), size: 35 + npy.length };
const packedBig = deflateRawSync(big);
const squeezed: Entry = { name: "b.npy", packed: packedBig, size: big.length, crc: CRC.big, method: 8 };
const read = (entries: readonly Entry[], end?: Parameters<typeof zip>[1]) => () => readNpz(zip(entries, end));
const alter = (change: Partial<Entry>) => read([{ ...plain, ...change }]);
const whole = writeNpz({ a: ones([2]) as NDArray });

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "as a Uint8Array", "como Uint8Array", () => readNpz([] as never)],
  ["zip.end", "no zip archive", "não é um arquivo zip", () => readNpz(new Uint8Array(100))],
  ["zip.end", "no zip archive", "não é um arquivo zip", () => readNpz(npy)],
  ["zip.end", "cut off", "está cortado", () => readNpz(whole.slice(0, -1))],
  ["zip.end", "cut off", "está cortado", read([plain], { comment: 1 })],
  ["zip.record", "at byte", "no byte", () => readNpz(whole.slice(1))],
  ["zip.record", "at byte", "no byte", read([plain], { start: 3 })],
  ["zip.record", "at byte", "no byte", read([plain], { count: 0 })],
  ["zip.record", "at byte", "no byte", read([plain], { count: 2 })],
  ["zip.record", "at byte", "no byte", alter({ offset: 1 })],
  ["zip.record", "at byte 99999", "no byte 99999", alter({ offset: 99_999 })],
  ["zip.record", "at byte 0", "no byte 0", alter({ local: { name: "b.npy" } })],
  ["zip.record", "at byte 0", "no byte 0", alter({ local: { size: 1 } })],
  ["zip.record", "at byte 0", "no byte 0", alter({ local: { crc: 1 } })],
  ["zip.record", "at byte 0", "no byte 0", alter({ local: { method: 8 } })],
  ["zip.record", "at byte 0", "no byte 0", alter({ local: { flags: 8 } })],
  ["zip.record", "at byte", "no byte", alter({ size: npy.length - 1 })],
  // wide numbers that stand nowhere
  ["zip.record", "at byte", "no byte", alter({ size: 0xffffffff })],
  ["zip.record", "at byte", "no byte", read([plain], { count: 0xffff })],
  ["zip.encrypted", "'a.npy' is encrypted", "'a.npy' está cifrado", alter({ flags: 1 })],
  ["zip.method", "by method 12;", "pelo método 12;", alter({ method: 12 })],
  ["zip.twice", "'a.npy' is in the archive twice", "duas vezes", read([plain, plain])],
  ["zip.overlap", "'b.npy' and 'a.npy' share", "compartilham", read([around, { ...inner, offset: 35 }])],
  ["zip.content", "'a.npy' does not inflate to the 144 bytes", "'a.npy' descomprimido", alter({ crc: 1 })],
  ["zip.content", "to the 1000 bytes", "não tem os 1000 bytes", read([{ ...squeezed, size: 1000 }])],
  ["zip.content", "to the 320129 bytes", "320129 bytes", read([{ ...squeezed, size: big.length + 1 }])],
  ["zip.content", "to the 260000000 bytes", "260000000", read([{ ...squeezed, size: 260_000_000 }])],
  [
    "zip.content",
    "to the 320128 bytes",
    "320128",
    read([{ ...squeezed, packed: packedBig.subarray(0, -9) }]),
  ],
  ["zip.ratio", "as much as only a bomb does", "tanto só uma bomba", read([{ ...squeezed, size: 2 ** 29 }])],
  [
    "zip.large",
    "let maxBytes be more than 1073741824",
    "maior que 1073741824",
    read([{ ...squeezed, size: 2 ** 31 }]),
  ],
  ["zip.large", "144 bytes. If you trust", "144 bytes. Se você", () => readNpz(whole, { maxBytes: 143 })],
  ["npz.entry", "'a.txt' in the archive is no .npy", "não é um .npy", alter({ name: "a.txt" })],
  ["npz.entry", "'a.npy/' in the", "'a.npy/'", alter({ name: "a.npy/" })],
  [
    "npy.header",
    "readNpz, a.npy: the header",
    "readNpz, a.npy: o cabeçalho",
    alter({ packed: new Uint8Array(0), size: 0, crc: 0 }),
  ],
  [
    "zip.tooMuch",
    "4 GiB or 65534 files",
    "4 GiB ou 65534 arquivos",
    () => writeNpz(new Map(Array.from({ length: 65_535 }, (_, i) => [`${i}`, ones([1]) as NDArray]))),
  ],
  [
    "zip.name",
    "at most 65535 bytes",
    "no máximo 65535 bytes",
    () => writeNpz({ ["é".repeat(33_000)]: ones([1]) as NDArray }),
  ],
];

describe("what is not an .npz file", () => {
  itRefuses(REFUSED);

  it("is one of wide numbers that do not agree with all else that it says", () => {
    const [file] = wide as [Buffer];
    const [record, locator] = ["PK\u0006\u0006", "PK\u0006\u0007"].map((text) => file.indexOf(text)) as [number, number]; // biome-ignore format: one line
    const central = file.indexOf("PK\u0001\u0002");
    const extra = central + 46 + file.readUInt16LE(central + 28);
    // in the locator, in the record it leads to, in the directory's extra field and in that of the first entry
    const places = [
      [locator, 0, 4, 8, 12, 16],
      [record, 0, 4, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52],
      [extra, 0, 2, 4, 8, 12, 16],
      [35, 0, 2, 4, 8, 12, 16],
    ] as const;
    for (const [start, ...offsets] of places) {
      for (const offset of offsets) {
        const changed = Buffer.from(file);
        changed[start + offset]! ^= 1;
        let code = "none";
        try {
          readNpz(changed);
        } catch (error) {
          code = (error as InteropError).code;
        }
        expect([start, offset, code]).toEqual([start, offset, expect.stringMatching(/^zip\./)]);
      }
    }
  });

  it("is not refused for a comment, nor for what stands before or between", () => {
    const file = zip([plain]);
    file.writeUInt16LE(3, file.length - 2);
    expect(readNpz(Buffer.concat([file, Buffer.from("abc")])).get("a")).toEqual(readNpy(npy));
  });
});
