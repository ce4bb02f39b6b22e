import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { readPng } from "../index.js";

/** PNG files made by the specification, with NumPy and Python's zlib: every filter, depth and kind of color. */
const SCRIPT = `
import base64, struct, zlib
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
def rows(a, depth):
    if depth == 16: return a.astype(">u2").reshape(len(a), -1).view("u1")
    a = a.reshape(len(a), -1).astype("u1")
    if depth == 8: return a
    bits = np.unpackbits(a[..., None], axis=-1)[..., 8 - depth:].reshape(len(a), -1)
    return np.packbits(bits, axis=-1)
def filtered(lines, step, first):
    out, above = b"", np.zeros(lines.shape[1], int)
    for i, line in enumerate(lines.astype(int)):
        left = np.concatenate([np.zeros(step, int), line])[:len(line)]
        corner = np.concatenate([np.zeros(step, int), above])[:len(line)]
        p = left + above - corner
        pa, pb, pc = abs(p - left), abs(p - above), abs(p - corner)
        paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, above, corner))
        kind = (i + first) % 5
        guess = [0 * line, left, above, (left + above) // 2, paeth][kind]
        out += bytes([kind]) + ((line - guess) % 256).astype("u1").tobytes()
        above = line
    return out
def png(case):
    color, depth, interlaced, height, width = case
    rng = np.random.RandomState(width + 10 * depth + color)
    a = rng.randint(0, 2 ** depth, (height, width, CHANNELS[color]))
    step = max(1, CHANNELS[color] * depth // 8)
    if interlaced:
        parts = [a[y::dy, x::dx] for x, y, dx, dy in PASSES]
        data = b"".join(filtered(rows(p, depth), step, i) for i, p in enumerate(parts) if p.size)
    else: data = filtered(rows(a, depth), step, 0)
    palette = rng.randint(0, 256, (2 ** depth, 3)).astype("u1")
    file = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))
    file += chunk(b"tEXt", b"made\\0by hand")
    if color == 3: file += chunk(b"PLTE", palette.tobytes())
    packed = zlib.compress(data)
    file += chunk(b"IDAT", packed[:5]) + chunk(b"IDAT", packed[5:]) + chunk(b"IEND", b"")
    if color == 3: truth = palette[a[..., 0]]
    else: truth = a * 255 // (2 ** depth - 1) if depth < 8 else a
    if truth.shape[-1] == 1: truth = truth[..., 0]
    return [base64.b64encode(file).decode(), list(truth.shape), truth.ravel().tolist()]
result = [png(case) for case in data]
`;

const DEPTHS = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };
const CASES = Object.entries(DEPTHS).flatMap(([color, depths]) =>
  depths.flatMap((depth) =>
    (depth < 8 ? [0] : [0, 1]).flatMap((interlaced) => [
      [Number(color), depth, interlaced, 7, 9],
      [Number(color), depth, interlaced, 1, 3],
    ]),
  ),
);

const files = expected<[string, number[], number[]]>("png", SCRIPT, CASES);

describe("PNG", () => {
  it.each(CASES.map((c, i) => [c.join(), i] as const))(
    "is read of color, depth, interlace and size %s",
    (_, i) => {
      const [file, shape, values] = files[i]!;
      const a = readPng(Buffer.from(file, "base64"));
      expect([a.shape, a.dtype]).toEqual([shape, CASES[i]![1] === 16 ? "int32" : "uint8"]);
      expect(a.names).toEqual(["row", "column", "channel"].slice(0, shape.length));
      expect([...a.data]).toEqual(values);
    },
  );
});

const crc = (data: Buffer): number => {
  let rest = -1;
  for (const byte of data) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
};
const number = (value: number) => Buffer.from([24, 16, 8, 0].map((shift) => (value >>> shift) & 255));
const chunk = (kind: string, data: Uint8Array) => {
  const body = Buffer.concat([Buffer.from(kind), data]);
  return Buffer.concat([number(data.length), body, number(crc(body))]);
};
const header = (width = 2, height = 1, depth = 8, color = 0, interlace = 0) =>
  chunk("IHDR", Buffer.concat([number(width), number(height), Buffer.of(depth, color, 0, 0, interlace)]));
const pixels = chunk("IDAT", deflateSync(Buffer.of(0, 1, 2)));
const end = chunk("IEND", Buffer.alloc(0));
const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const png = (...chunks: readonly Uint8Array[]) => Buffer.concat([signature, ...chunks]);
const read =
  (...chunks: readonly Uint8Array[]) =>
  () =>
    readPng(png(...chunks));
const spoilt = png(header(), pixels, end);
spoilt[50] = spoilt[50]! ^ 1;

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "as a Uint8Array", "como Uint8Array", () => readPng([] as never)],
  ["png.signature", "no PNG image", "não é uma imagem PNG", () => readPng(Buffer.from("<html>"))],
  ["png.chunk", "damaged at byte 8", "danificada no byte 8", read()],
  ["png.chunk", "damaged at byte 8", "danificada no byte 8", read(pixels, header(), end)],
  ["png.chunk", "damaged at byte 33", "danificada no byte 33", read(header(), header(), end)],
  ["png.chunk", "damaged at byte 33", "danificada", () => readPng(spoilt)],
  [
    "png.chunk",
    "damaged at byte 33",
    "danificada",
    read(header(), chunk("ABCD", Buffer.alloc(0)), pixels, end),
  ],
  ["png.chunk", "damaged at byte", "danificada", read(header(), pixels)],
  ["png.chunk", "damaged at byte", "danificada", read(header(), pixels, end, Buffer.of(0))],
  ["png.header", "sizes and kinds of color", "tamanhos e tipos de cor", read(header(0), pixels, end)],
  ["png.header", "sizes and kinds", "tamanhos e tipos", read(header(2, 1, 3), pixels, end)],
  ["png.header", "sizes and kinds", "tamanhos e tipos", read(header(2, 1, 8, 5), pixels, end)],
  ["png.header", "sizes and kinds", "tamanhos e tipos", read(header(2, 1, 8, 0, 2), pixels, end)],
  ["png.header", "sizes and kinds", "tamanhos e tipos", read(chunk("IHDR", Buffer.alloc(3)), pixels, end)],
  ["png.interlaced", "of 4 bits", "de 4 bits", read(header(2, 1, 4, 0, 1), pixels, end)],
  [
    "file.overflow",
    "(4294967295, 4294967295, 4)",
    "do que cabem",
    read(header(2 ** 32 - 1, 2 ** 32 - 1), pixels, end),
  ],
  ["png.pixels", "inflate to 4 bytes", "descomprimidos dão 4 bytes", read(header(3), pixels, end)],
  ["png.pixels", "inflate to 2 bytes", "descomprimidos dão 2 bytes", read(header(1), pixels, end)],
  ["png.pixels", "inflate to 3 bytes", "descomprimidos", read(header(), end)],
  [
    "png.pixels",
    "inflate to 3 bytes",
    "descomprimidos",
    read(header(), chunk("IDAT", Buffer.of(1, 2, 3)), end),
  ],
  ["png.pixels", "inflate to 30001 bytes", "descomprimidos", read(header(30_000), pixels, end)],
  [
    "png.pixels",
    "inflate to 3 bytes",
    "descomprimidos",
    read(header(), chunk("IDAT", deflateSync(Buffer.alloc(50_000_000))), end),
  ],
  // a filter that there is not, and a palette that is missing
  [
    "png.pixels",
    "inflate to",
    "descomprimidos",
    read(header(), chunk("IDAT", deflateSync(Buffer.of(9, 1, 2))), end),
  ],
  ["png.pixels", "inflate to", "descomprimidos", read(header(2, 1, 8, 3), pixels, end)],
];

describe("what is no PNG image", () => {
  itRefuses(REFUSED);
});
