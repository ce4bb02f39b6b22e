import { Unzlib } from "fflate";
import { countOf, joined } from "../bytes.js";
import { InteropError } from "../error.js";
import { crc32 } from "../zip/crc32.js";

/*
 * What a PNG file is made of (W3C, "Portable Network Graphics (PNG) Specification", third edition): chunks, each
 * with its length, its kind and a checksum. Here they are checked, and what the pixels inflate to is counted, before
 * a decoder sees them; it gets no chunk but those that pixels are made of.
 */

export interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  readonly channels: number;
  readonly indexed: boolean;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** How many channels each type of color has, and the depths that there are of it. */
const COLORS: { readonly [type: number]: { readonly channels: number; readonly depths: readonly number[] } } =
  {
    0: { channels: 1, depths: [1, 2, 4, 8, 16] },
    2: { channels: 3, depths: [8, 16] },
    3: { channels: 1, depths: [1, 2, 4, 8] },
    4: { channels: 2, depths: [8, 16] },
    6: { channels: 4, depths: [8, 16] },
  };
const INDEXED = 3;
/** Where the pixels of each pass of an interlaced image begin, and how far apart they are: column, row. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
/** Deflate cannot make more of a byte. */
const MOST_RATIO = 1032;
const PIECE = 2 ** 14;

/** @throws InteropError `png.signature`, `png.chunk`, `png.header`, `png.interlaced`, `png.pixels`, `file.overflow` */
export function readChunks(op: string, bytes: Uint8Array): { header: Header; plain: Uint8Array } {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new InteropError("png.signature", { op });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE.length)];
  const pixels: Uint8Array[] = [];
  let header: (Header & { readonly inflated: number }) | undefined;
  let at = SIGNATURE.length;
  let kind = "";
  while (kind !== "IEND") {
    const wrong = () => new InteropError("png.chunk", { op, at });
    if (at + 12 > bytes.length) throw wrong();
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw wrong();
    kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if ((kind === "IHDR") !== (header === undefined)) throw wrong();
    const data = bytes.subarray(at + 8, end - 4);
    if (kind === "IHDR") header = readHeader(op, data);
    if (kind === "IDAT") pixels.push(data);
    if (["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].includes(kind)) kept.push(bytes.subarray(at, end));
    // a small letter says that it may be left out
    else if (kind[0]! < "a") throw wrong();
    at = end;
  }
  if (at !== bytes.length) throw new InteropError("png.chunk", { op, at });
  checkPixels(op, pixels, header!.inflated);
  return { header: header!, plain: joined(kept) };
}

function readHeader(op: string, data: Uint8Array): Header & { readonly inflated: number } {
  const wrong = () => new InteropError("png.header", { op });
  if (data.length !== 13) throw wrong();
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, type, compression, filter, interlace] = data.subarray(8) as unknown as number[];
  const color = COLORS[type!];
  const known = color?.depths.includes(depth!) && compression === 0 && filter === 0 && interlace! <= 1;
  if (color === undefined || !known || width === 0 || height === 0) throw wrong();
  // the decoder takes a sample for a byte there
  if (interlace === 1 && depth! < 8) throw new InteropError("png.interlaced", { op, depth: depth! });
  const { channels } = color;
  countOf(op, [height, width, 4]);
  const passes = interlace === 1 ? PASSES : ([[0, 0, 1, 1]] as const);
  const inflated = passes.reduce((sum, [column, row, columns, rows]) => {
    const across = Math.ceil((width - column) / columns);
    const line = across <= 0 ? 0 : 1 + Math.ceil((across * channels * depth!) / 8);
    return sum + line * Math.max(Math.ceil((height - row) / rows), 0);
  }, 0);
  return { width, height, depth: depth!, channels, indexed: type === INDEXED, inflated };
}

/** Refuses pixels that do not inflate to just so many bytes. @throws InteropError `png.pixels` */
function checkPixels(op: string, pixels: readonly Uint8Array[], needed: number): void {
  const packed = pixels.reduce((sum, { length }) => sum + length, 0);
  let count = 0;
  const stream = new Unzlib((piece) => {
    count += piece.length;
  });
  try {
    if (needed > packed * MOST_RATIO) count = -1;
    for (const chunk of pixels) {
      for (let at = 0; at < chunk.length && count >= 0 && count <= needed; at += PIECE) {
        stream.push(chunk.subarray(at, at + PIECE), false);
      }
    }
    if (count === needed) stream.push(new Uint8Array(0), true);
  } catch {
    count = -1;
  }
  if (count !== needed) throw new InteropError("png.pixels", { op, needed });
}
