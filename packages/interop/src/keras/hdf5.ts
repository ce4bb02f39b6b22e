import { fromTypedArray, type NDArray } from "camada";
import { checkLength, copyOf, countOf } from "../bytes.js";
import { InteropError } from "../error.js";
import { decodeValues, ENCODINGS, type EncodingCode } from "../values.js";

/*
 * As much of HDF5 as files of weights have (The HDF Group, "HDF5 File Format Specification", version 3.0): groups
 * by names, and in them arrays of floats that lie in one piece, as h5py writes them unless it is told otherwise.
 * Numbers are little-endian, addresses have eight bytes. What an address leads to is read once only, and all that is
 * read has no more bytes than the file: so whatever a file says, reading it ends.
 */

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const NOWHERE = 2 ** 64;
/** The kinds of message in an object's header that matter here. */
const MESSAGES = {
  dataspace: 0x01,
  datatype: 0x03,
  layout: 0x08,
  filters: 0x0b,
  continuation: 0x10,
  group: 0x11,
};
const SHARED = 0x02;
/** How many bytes an entry of a group has, and a name in it at most. */
const SYMBOL = 40;
const MAX_NAME = 1024;

/** The floats that there are, by their sizes in bytes: offset and precision, exponent, fraction, bias. */
const FLOATS: { readonly [size: number]: { readonly code: EncodingCode; readonly bits: string } } = {
  2: { code: "f2", bits: [0, 16, 10, 5, 0, 10, 15].join() },
  4: { code: "f4", bits: [0, 32, 23, 8, 0, 23, 127].join() },
  8: { code: "f8", bits: [0, 64, 52, 11, 0, 52, 1023].join() },
};

interface Message {
  readonly kind: number;
  readonly at: number;
  readonly size: number;
}

/** A file, which gives what is in it by addresses. */
export class Hdf5 {
  /** The address of the outermost group. */
  readonly root: number;
  private readonly op: string;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly visited = new Set<number>();
  private left: number;

  /** @throws InteropError `hdf5.signature`, `hdf5.version`, `hdf5.place` */
  constructor(op: string, bytes: Uint8Array) {
    this.op = op;
    this.bytes = bytes;
    this.left = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new InteropError("hdf5.signature", { op });
    const version = this.number(8, 1);
    if (version > 1 || this.number(13, 1) !== 8 || this.number(14, 1) !== 8 || this.number(24, 8) !== 0) {
      throw new InteropError("hdf5.version", { op, version });
    }
    this.root = this.number(version === 0 ? 64 : 68, 8);
  }

  /**
   * What a group has, by name: the addresses of groups and arrays.
   * @throws InteropError `hdf5.place`, `hdf5.kind`
   */
  group(address: number): Map<string, number> {
    const message = this.messages(address).find(({ kind }) => kind === MESSAGES.group);
    if (message === undefined) throw new InteropError("hdf5.kind", { op: this.op, at: address });
    const [tree, heap] = [this.number(message.at, 8), this.number(message.at + 8, 8)];
    this.expect(heap, "HEAP");
    const names = this.number(heap + 24, 8);
    const entries = new Map<string, number>();
    this.walk(tree, (name, to) => entries.set(this.text(names + name), to));
    return entries;
  }

  /**
   * The array at an address: a copy.
   * @throws InteropError `hdf5.place`, `hdf5.kind`, `hdf5.dtype`, `hdf5.layout`, `file.overflow`, `file.short`,
   * `file.long`
   */
  array(address: number): NDArray {
    const messages = this.messages(address);
    const [space, type, layout] = (["dataspace", "datatype", "layout"] as const).map((name) => {
      const message = messages.find(({ kind }) => kind === MESSAGES[name]);
      if (message === undefined) throw new InteropError("hdf5.kind", { op: this.op, at: address });
      return message.at;
    }) as [number, number, number];
    if (messages.some(({ kind }) => kind === MESSAGES.filters)) {
      throw new InteropError("hdf5.layout", { op: this.op, at: address });
    }
    const shape = this.shape(space);
    const { code, bigEndian } = this.float(type);
    const { begin, size } = this.place(layout, address);
    checkLength(this.op, shape, countOf(this.op, shape) * ENCODINGS[code].size, size);
    this.spend(size, address);
    const values = decodeValues(this.op, code, copyOf(this.bytes.subarray(begin, begin + size)), bigEndian);
    return fromTypedArray(values, shape) as NDArray;
  }

  /** The messages in an object's header, and in what continues it. */
  private messages(address: number): Message[] {
    this.visit(address);
    if (this.number(address, 1) !== 1) throw new InteropError("hdf5.kind", { op: this.op, at: address });
    const blocks = [{ at: address + 16, size: this.number(address + 8, 4) }];
    const found: Message[] = [];
    for (const block of blocks) {
      this.check(block.at, block.size);
      this.spend(block.size, block.at);
      for (let at = block.at; at + 8 <= block.at + block.size; ) {
        const message = { kind: this.number(at, 2), at: at + 8, size: this.number(at + 2, 2) };
        const shared = (this.number(at + 4, 1) & SHARED) !== 0;
        at = message.at + message.size;
        if (at > block.at + block.size) throw this.wrong(message.at);
        if (message.kind === MESSAGES.continuation) {
          const next = { at: this.number(message.at, 8), size: this.number(message.at + 8, 8) };
          this.visit(next.at);
          blocks.push(next);
        } else if (Object.values(MESSAGES).includes(message.kind)) {
          if (shared) throw new InteropError("hdf5.kind", { op: this.op, at: address });
          found.push(message);
        }
      }
    }
    return found;
  }

  /** Goes through a group's tree of names: where each name is among them, and what it leads to. */
  private walk(tree: number, take: (name: number, address: number) => void): void {
    const nodes = [tree];
    for (const node of nodes) {
      this.visit(node);
      this.expect(node, "TREE");
      const [level, count] = [this.number(node + 5, 1), this.number(node + 6, 2)];
      if (this.number(node + 4, 1) !== 0) throw this.wrong(node);
      for (let i = 0; i < count; i++) {
        const child = this.number(node + 32 + 16 * i, 8);
        if (level > 0) nodes.push(child);
        else this.symbols(child, take);
      }
    }
  }

  private symbols(node: number, take: (name: number, address: number) => void): void {
    this.visit(node);
    this.expect(node, "SNOD");
    const count = this.number(node + 6, 2);
    for (let i = 0; i < count; i++) {
      const entry = node + 8 + SYMBOL * i;
      this.spend(SYMBOL, entry);
      take(this.number(entry, 8), this.number(entry + 8, 8));
    }
  }

  private shape(at: number): number[] {
    const [version, axes, , kind] = [0, 1, 2, 3].map((field) => this.number(at + field, 1));
    const begin = { 1: 8, 2: 4 }[version!];
    if (begin === undefined || (version === 2 && kind! > 1)) throw this.wrong(at);
    return Array.from({ length: axes! }, (_, axis) => this.number(at + begin + 8 * axis, 8));
  }

  private float(at: number): { code: EncodingCode; bigEndian: boolean } {
    const [kind, order] = [this.number(at, 1) & 15, this.number(at + 1, 1)];
    const size = this.number(at + 4, 4);
    const fields = [2, 2, 1, 1, 1, 1, 4];
    let next = at + 8;
    const bits = fields.map((length) => {
      next += length;
      return this.number(next - length, length);
    });
    const float = FLOATS[size];
    const plain = kind === 1 && (order & 0x40) === 0 && bits.join() === float?.bits;
    if (float === undefined || !plain) throw new InteropError("hdf5.dtype", { op: this.op, at });
    return { code: float.code, bigEndian: (order & 1) === 1 };
  }

  /** Where an array's values are. */
  private place(at: number, address: number): { begin: number; size: number } {
    const [version, kind] = [this.number(at, 1), this.number(at + 1, 1)];
    if ((version !== 3 && version !== 4) || kind !== 1) {
      throw new InteropError("hdf5.layout", { op: this.op, at: address });
    }
    const [begin, size] = [this.number(at + 2, 8), this.number(at + 10, 8)];
    // an array without values is nowhere
    if (size === 0 && begin === NOWHERE) return { begin: 0, size };
    this.check(begin, size);
    return { begin, size };
  }

  /** A whole number of one to eight bytes. */
  private number(at: number, length: number): number {
    this.check(at, length);
    if (length === 8) return Number(this.view.getBigUint64(at, true));
    let value = 0;
    for (let i = length - 1; i >= 0; i--) value = value * 256 + this.bytes[at + i]!;
    return value;
  }

  private text(at: number): string {
    const rest = this.bytes.subarray(at, at + MAX_NAME);
    const end = rest.indexOf(0);
    if (end < 0) throw this.wrong(at);
    return new TextDecoder().decode(rest.subarray(0, end));
  }

  private expect(at: number, mark: string): void {
    this.check(at, mark.length);
    if ([...mark].some((letter, i) => letter.charCodeAt(0) !== this.bytes[at + i])) throw this.wrong(at);
  }

  /** Takes so many bytes off those that may still be read. */
  private spend(size: number, at: number): void {
    this.left -= size;
    if (this.left < 0) throw this.wrong(at);
  }

  private visit(at: number): void {
    if (this.visited.has(at)) throw this.wrong(at);
    this.visited.add(at);
  }

  private check(at: number, length: number): void {
    if (at + length > this.bytes.length) throw this.wrong(at);
  }

  private wrong(at: number): InteropError {
    return new InteropError("hdf5.place", { op: this.op, at });
  }
}
