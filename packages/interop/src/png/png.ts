import { fromTypedArray, type NDArray } from "camada";
import { convertIndexedToRgb, decode } from "fast-png";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { type Header, readChunks } from "./chunks.js";

/**
 * The pixels of a PNG image: uint8, or int32 where samples have 16 bits, of axes (row, column) where it is gray, and
 * (row, column, channel) else, with two channels for gray and opacity, three for red, green and blue, four with
 * opacity. Fewer than eight bits are spread over 0 to 255; colors of a palette are looked up in it. A color that
 * stands for transparency is not taken into account.
 * @throws InteropError `file.bytes`, `file.overflow`, `png.signature`, `png.chunk`, `png.header`, `png.pixels`,
 * `png.interlaced` of fewer than eight bits
 * @example
 * const base64 = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=";
 * readPng(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))); // [[  0 255]]
 */
export function readPng(bytes: Uint8Array): NDArray {
  const op = "readPng";
  checkBytes(op, bytes);
  const { header, plain } = readChunks(op, bytes);
  const { values, channels } = pixelsOf(op, header, plain);
  const shape = channels === 1 ? [header.height, header.width] : [header.height, header.width, channels];
  return fromTypedArray(values, shape, ["row", "column", "channel"].slice(0, shape.length)) as NDArray;
}

function pixelsOf(
  op: string,
  { width, height, depth, channels, indexed }: Header,
  plain: Uint8Array,
): { values: Uint8Array | Int32Array; channels: number } {
  try {
    const image = decode(plain);
    if (indexed) {
      const values = convertIndexedToRgb(image);
      return { values: Uint8Array.from(values), channels: values.length / (width * height) };
    }
    if (depth === 16) return { values: Int32Array.from(image.data), channels };
    const bytes = Uint8Array.from(image.data);
    return { values: depth === 8 ? bytes : spread(bytes, width, height, depth), channels };
  } catch {
    throw new InteropError("png.pixels", { op, needed: width * height });
  }
}

/** Samples of fewer than eight bits, several in a byte, each row in bytes of its own: over 0 to 255. */
function spread(bytes: Uint8Array, width: number, height: number, depth: number): Uint8Array {
  const values = new Uint8Array(width * height);
  const line = Math.ceil((width * depth) / 8);
  const most = 2 ** depth - 1;
  for (let i = 0; i < values.length; i++) {
    const column = i % width;
    const bit = column * depth;
    const byte = bytes[Math.floor(i / width) * line + (bit >> 3)]!;
    values[i] = ((byte >> (8 - depth - (bit & 7))) & most) * (255 / most);
  }
  return values;
}
