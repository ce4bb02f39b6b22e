import { InteropError } from "../error.js";

/** The parts of what is in memory already: so much text is taken apart at once, that nothing is held twice. */
const PART = 2 ** 16;

/** Tells bytes' encoding by their first ones. */
const MARKS = [
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

type TextDecoding = InstanceType<typeof TextDecoder>;

/** Makes text of bytes that come in parts, and refuses more than may come. */
export class Decoder {
  private readonly encoding: string;
  private readonly limit: number;
  private decoder: TextDecoding | undefined;
  private size = 0;

  constructor(encoding: string, limit: number) {
    this.encoding = encoding;
    this.limit = limit;
  }

  /** @throws InteropError `csv.large`, `csv.encoding`, `csv.unknownEncoding` */
  decode(part: Uint8Array | string): string {
    this.size += part.length;
    if (this.size > this.limit) throw new InteropError("csv.large", { limit: this.limit });
    return typeof part === "string" ? part : this.text(part);
  }

  /** What is left of a character that was not whole. */
  end(): string {
    return this.decoder === undefined ? "" : this.text();
  }

  private text(part?: Uint8Array): string {
    this.decoder ??= this.make(part!);
    try {
      return this.decoder.decode(part, { stream: part !== undefined });
    } catch {
      throw new InteropError("csv.encoding", { encoding: this.decoder.encoding });
    }
  }

  private make(first: Uint8Array): TextDecoding {
    const mark = MARKS.find(({ bytes }) => bytes.every((byte, i) => byte === first[i]));
    try {
      return new TextDecoder(mark?.encoding ?? this.encoding, { fatal: true });
    } catch {
      throw new InteropError("csv.unknownEncoding", { encoding: this.encoding });
    }
  }
}

/** Text or bytes, in parts. */
export function* partsOf(source: Uint8Array | string): Generator<Uint8Array | string> {
  for (let start = 0; start < source.length; start += PART) {
    yield typeof source === "string"
      ? source.slice(start, start + PART)
      : source.subarray(start, start + PART);
  }
}

/**
 * Refuses what is no table, judged by how it begins.
 * @throws InteropError `csv.html`, `csv.binary`
 */
export function checkBeginning(text: string): void {
  if (/^\s*<(!doctype|html|head|body|\?xml)\b/i.test(text)) throw new InteropError("csv.html");
  if (text.includes("\0")) throw new InteropError("csv.binary");
}
