import { loadsIn } from "../../compile/expression.js";
import type { KernelOf } from "../../compile/kernel.js";
import { BYTES, bytesOf } from "../../compile/memory.js";
import { isAlongRows } from "../../compile/pack.js";
import type { View } from "../../compile/view.js";
import type { Sizes } from "../../shape/shape.js";
import { loadVector, storeVector } from "./access.js";
import type { Code } from "./assembler/index.js";
import { ByView } from "./by-view.js";
import { nestOf } from "./nest.js";
import { inOrder, takeTogether } from "./pairs.js";
import { formOf, type Value, Values } from "./values.js";
import { advance, pushAddress, type Target, type Writer } from "./writer.js";

export type Product = KernelOf<"product">;

/** What is computed together: some rows, by so many columns, of which the last vector may not be whole. */
interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/** How many sums a result has along k, each of every so-manieth vector: see `takeTogether`. */
export function sumsAlong({ wide }: Target, rows: number): number {
  return wide && rows === 1 ? 4 : 1;
}

/** Writes functions that each compute a tile of a product: a function for each size of tile, made once. */
export class Tiles {
  readonly lanes: 2 | 4;
  /** The axes before the last two, together where they can be. */
  readonly lead: Sizes;
  /** Whether vectors run along what is added up, not along the columns. */
  readonly isAlong: boolean;
  private readonly writer: Writer;
  private readonly kernel: Product;
  private readonly bytes: number;
  private readonly k: number;
  private readonly stepsOf: (view: View) => Sizes;
  private readonly made = new Map<string, number>();

  constructor(writer: Writer, kernel: Product) {
    const { a, b, shape, stores } = kernel;
    const { dtype } = a.buffer;
    this.writer = writer;
    this.kernel = kernel;
    this.lanes = dtype === "float64" ? 2 : 4;
    this.bytes = BYTES[dtype];
    this.k = a.shape.at(-1)!;
    this.isAlong = kernel.panel === undefined && b.strides.at(-1) !== 1 && isAlongRows(a, b);
    const leading = (view: View): View => ({
      ...view,
      shape: view.shape.slice(0, -2),
      strides: view.strides.slice(0, -2),
    });
    const views = [a, b, ...stores.map(({ view }) => view), ...loadsIn(stores.map(({ value }) => value))];
    const nest = nestOf(shape.slice(0, -2), views.map(leading));
    this.lead = nest.sizes;
    this.stepsOf = (view) => nest.stepsOf(leading(view));
  }

  /** The function of a tile, of its place: the indices of the leading axes, its first row, its first column. */
  of(rows: number, columns: number): number {
    const key = `${rows} ${columns}`;
    const fn = this.made.get(key) ?? this.tile({ rows, columns });
    this.made.set(key, fn);
    return fn;
  }

  private tile(tile: Tile): number {
    const params = [...this.lead, 0, 0].map(() => "i32" as const);
    return this.writer.assembler.function(null, params, [], (code) => {
      const sums = this.isAlong ? this.sumsAlong(code, tile) : this.sums(code, tile);
      this.finish(code, tile, sums);
    });
  }

  /** A local that holds the address of a view's value at the tile's place. */
  private pointer(code: Code, view: View, rowStep: number, columnStep: number): number {
    const local = code.local("i32");
    const row = this.lead.length;
    pushAddress(code, this.writer, view);
    [...this.stepsOf(view), rowStep, columnStep].forEach((step, param) => {
      const bytes = step * bytesOf(view.buffer);
      if (bytes !== 0 && (param >= row || this.lead[param]! > 1)) {
        code.get(param).i32(bytes).op("i32.mul").op("i32.add");
      }
    });
    code.set(local);
    return local;
  }

  /** Sums in vectors along columns: for each k, a value of each row times vectors of b. */
  private sums(code: Code, { rows, columns }: Tile): number[][] {
    const { kernel, lanes, bytes, k } = this;
    const [rowOfA, alongA] = kernel.a.strides.slice(-2) as [number, number];
    const [alongB, columnOfB] = kernel.b.strides.slice(-2) as [number, number];
    const vectors = Math.ceil(columns / lanes);
    const a = this.pointer(code, kernel.a, rowOfA, 0);
    const b = code.local("i32");
    if (kernel.panel === undefined) code.get(this.pointer(code, kernel.b, 0, 1)).set(b);
    else {
      // the column's panel times the distance of panels
      const start = this.pointer(code, kernel.b, 0, 0);
      code
        .get(start)
        .get(this.lead.length + 1)
        .i32((columnOfB / kernel.panel) * bytes)
        .op("i32.mul");
      code.op("i32.add").set(b);
    }
    const sums = grid(rows, vectors, () => code.local("v128"));
    const ofB = Array.from({ length: vectors }, () => code.local("v128"));
    const ofA = code.local("v128");
    const left = code.local("i32");
    const splat = bytes === 8 ? ("v128.load64_splat" as const) : ("v128.load32_splat" as const);
    const align = bytes === 8 ? 3 : 2;
    code.i32(k).set(left).loop();
    ofB.forEach((local, j) => {
      code
        .get(b)
        .memory("v128.load", j * 16, align)
        .set(local);
    });
    for (let i = 0; i < rows; i++) {
      code
        .get(a)
        .memory(splat, i * rowOfA * bytes, align)
        .set(ofA);
      ofB.forEach((local, j) => {
        this.addProduct(code, ofA, local, sums[i]![j]!);
      });
    }
    code
      .get(a)
      .i32(alongA * bytes)
      .op("i32.add")
      .set(a);
    code
      .get(b)
      .i32(alongB * bytes)
      .op("i32.add")
      .set(b);
    code.get(left).i32(1).op("i32.sub").tee(left).brIf(0).end();
    return sums;
  }

  /** Sums in vectors along k, one for each result, whose lanes are added at the end. */
  private sumsAlong(code: Code, { rows, columns }: Tile): number[][] {
    const { kernel, lanes, bytes, k } = this;
    const rowOfA = kernel.a.strides.at(-2)!;
    const columnOfB = kernel.b.strides.at(-1)!;
    const a = this.pointer(code, kernel.a, rowOfA, 0);
    const b = this.pointer(code, kernel.b, 0, columnOfB);
    const align = bytes === 8 ? 3 : 2;
    const side = sumsAlong(this.writer.target, rows);
    const partial = Array.from({ length: side }, () => grid(rows, columns, () => code.local("v128")));
    const zero = code.local("v128");
    const ofA = Array.from({ length: rows }, () => code.local("v128"));
    const ofB = code.local("v128");
    const step = (at: number, count: number): void => {
      const first = Array.from({ length: 16 }, (_, i) => (i < count * bytes ? i : 16 + i));
      const load = (pointer: number, offset: number, into: number): void => {
        code.get(pointer).memory("v128.load", offset + at * 16, align);
        // what lies behind the end must not be added, whatever it is times 0
        if (count < lanes) code.get(zero).shuffle(...first);
        code.set(into);
      };
      for (const [i, local] of ofA.entries()) load(a, i * rowOfA * bytes, local);
      for (let j = 0; j < columns; j++) {
        load(b, j * columnOfB * bytes, ofB);
        ofA.forEach((local, i) => {
          this.addProduct(code, local, ofB, partial[at]![i]![j]!);
        });
      }
    };
    const rounds = Math.floor(k / lanes / side);
    if (rounds > 0) {
      const left = code.local("i32");
      code.i32(rounds).set(left).loop();
      for (let at = 0; at < side; at++) step(at, lanes);
      for (const pointer of [a, b]) advance(code, pointer, side * 16);
      code.get(left).i32(1).op("i32.sub").tee(left).brIf(0).end();
    }
    const rest = k - rounds * side * lanes;
    for (let at = 0; at * lanes < rest; at++) step(at, Math.min(lanes, rest - at * lanes));
    const sums = grid(rows, columns, (i, j) => {
      const parts = partial.map((some) => some[i]![j]!);
      return takeTogether(code, this.writer, parts, bytes === 8 ? "f64x2.add" : "f32x4.add");
    });
    return sums.map((row) => {
      const vectors: number[] = [];
      for (let j = 0; j < columns; j += lanes) {
        const four = Array.from({ length: lanes }, (_, i) => row[j + i] ?? zero);
        vectors.push(lanes === 4 ? addedFour(code, four) : addedTwo(code, four));
      }
      return vectors;
    });
  }

  private addProduct(code: Code, x: number, y: number, sum: number): void {
    const type = this.bytes === 8 ? "f64x2" : "f32x4";
    if (this.writer.target.relaxed) code.get(x).get(y).get(sum).op(`${type}.relaxed_madd`);
    else code.get(sum).get(x).get(y).op(`${type}.mul`).op(`${type}.add`);
    code.set(sum);
  }

  /** Computes what is stored of the sums, row by row, and stores it. */
  private finish(code: Code, { rows, columns }: Tile, sums: readonly (readonly number[])[]): void {
    const { lanes, kernel, writer } = this;
    const { dtype } = kernel.a.buffer;
    const pointers = new ByView<number>();
    const pointerOf = (view: View): number =>
      pointers.of(view, view.strides, () => {
        return this.pointer(code, view, view.strides.at(-2)!, view.strides.at(-1)!);
      });
    const roots = kernel.stores.map(({ value }) => value);
    for (const view of [...loadsIn(roots), ...kernel.stores.map(({ view }) => view)]) pointerOf(view);
    // what does not depend on the row or on the column is read once
    const read = new Map<string, Value>();
    for (let i = 0; i < rows; i++) {
      const made = sums[i]!.map((local, j) => {
        const count = Math.min(lanes, columns - j * lanes);
        const accessOf = (view: View) => {
          const [rowStep, step] = view.strides.slice(-2) as [number, number];
          const offset = (i * rowStep + j * lanes * step) * bytesOf(view.buffer);
          return { pointer: pointerOf(view), offset, step, count };
        };
        const loadView = (view: View): Value => {
          const access = accessOf(view);
          const key = `${access.pointer} ${access.offset}`;
          const value = read.get(key) ?? loadVector(code, view.buffer.dtype, lanes, access);
          if (view.strides.at(-2) === 0 || view.strides.at(-1) === 0) read.set(key, value);
          return value;
        };
        const values = new Values(code, writer, lanes, loadView, {
          product: { local, form: formOf(dtype) },
        });
        return kernel.stores.map(({ view, value }) => {
          const settled = values.as(values.of(value), formOf(value.dtype));
          return { view, settled, access: accessOf(view) };
        });
      });
      kernel.stores.forEach((_, s) => {
        for (const vector of inOrder(writer, made)) {
          const { view, settled, access } = vector[s]!;
          storeVector(code, view.buffer.dtype, lanes, settled, access);
        }
      });
    }
  }
}

function grid<T>(rows: number, columns: number, make: (row: number, column: number) => T): T[][] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => make(i, j)));
}

/** A vector of the sums of the lanes of each of four. */
function addedFour(code: Code, [a, b, c, d]: readonly number[]): number {
  const words = (...of: readonly number[]) =>
    of.flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte));
  const half = (x: number, y: number): number => {
    const local = code.local("v128");
    code
      .get(x)
      .get(y)
      .shuffle(...words(0, 4, 1, 5));
    code
      .get(x)
      .get(y)
      .shuffle(...words(2, 6, 3, 7));
    code.op("f32x4.add").set(local);
    return local;
  };
  const [first, second] = [half(a!, b!), half(c!, d!)];
  const local = code.local("v128");
  code
    .get(first)
    .get(second)
    .shuffle(...words(0, 1, 4, 5));
  code
    .get(first)
    .get(second)
    .shuffle(...words(2, 3, 6, 7));
  code.op("f32x4.add").set(local);
  return local;
}

function addedTwo(code: Code, [a, b]: readonly number[]): number {
  const half = (from: number) => Array.from({ length: 8 }, (_, i) => from + i);
  const local = code.local("v128");
  code
    .get(a!)
    .get(b!)
    .shuffle(...half(0), ...half(16));
  code
    .get(a!)
    .get(b!)
    .shuffle(...half(8), ...half(24));
  code.op("f64x2.add").set(local);
  return local;
}
