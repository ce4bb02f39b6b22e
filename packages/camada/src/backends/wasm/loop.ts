import { type Expression, expressionsIn, loadsIn } from "../../compile/expression.js";
import { bytesOf } from "../../compile/memory.js";
import type { View } from "../../compile/view.js";
import type { Sizes } from "../../shape/shape.js";
import { loadVector, storeVector } from "./access.js";
import type { Code } from "./assembler/index.js";
import { ByView } from "./by-view.js";
import type { Nest } from "./nest.js";
import { inOrder } from "./pairs.js";
import { type Value, Values } from "./values.js";
import { advance, pushAddress, type Writer } from "./writer.js";

/** A view as a loop goes along it: the local that holds the address of its value now, and the steps, in values. */
interface Pointer {
  readonly view: View;
  readonly local: number;
  readonly steps: Sizes;
}

/**
 * Loops over the axes of a nest, the innermost several values at a time. Each view has a pointer, which the loops
 * move along. The loop along `nest.fixed`, the first that may be shared, runs from local 0 to local 1.
 */
export class Loop {
  readonly code: Code;
  readonly writer: Writer;
  readonly lanes: 2 | 4;
  private readonly nest: Nest;
  private readonly pointers: Pointer[] = [];
  private readonly found = new ByView<Pointer>();
  /** What is known before the loops, and then before the innermost. */
  private readonly known = new Map<Expression, Value>();
  private readonly repeated = new Map<Pointer, Value>();
  /** What a vector stores, until all that stand beside it are computed. */
  private waiting: (() => void)[] | undefined;

  constructor(code: Code, writer: Writer, lanes: 2 | 4, nest: Nest, views: readonly View[]) {
    this.code = code;
    this.writer = writer;
    this.lanes = lanes;
    this.nest = nest;
    for (const view of views) {
      const pointer = this.pointerOf(view);
      pushAddress(code, writer, view);
      code.set(pointer.local);
    }
  }

  /**
   * Writes the loops, and `body` for each vector of the innermost, of which up to `unroll` stand side by side. What
   * comes before and after the loop along an axis, for each place in the loops around it, is `around`.
   */
  write(roots: readonly Expression[], body: (vector: Vector) => void, unroll: number, around?: Around): void {
    this.keep(roots, (steps) => steps.every((step) => step === 0));
    this.axis(0, roots, body, unroll, around);
  }

  private pointerOf(view: View): Pointer {
    const steps = this.nest.stepsOf(view);
    return this.found.of(view, steps, () => {
      const pointer = { view, local: this.code.local("i32"), steps };
      this.pointers.push(pointer);
      return pointer;
    });
  }

  /** Computes, where the code stands now, all that depends only on views which do not step from here on. */
  private keep(roots: readonly Expression[], isStill: (steps: Sizes) => boolean): void {
    const still = (view: View): boolean => isStill(this.nest.stepsOf(view));
    for (const view of loadsIn(roots)) {
      const pointer = this.pointerOf(view);
      if (!this.repeated.has(pointer) && still(view)) {
        const { dtype } = view.buffer;
        const value = loadVector(this.code, dtype, this.lanes, {
          pointer: pointer.local,
          offset: 0,
          step: 0,
        });
        this.repeated.set(pointer, value);
      }
    }
    const values = this.valuesAt(0, this.lanes, this.known);
    const ready = new Set<Expression>();
    for (const part of expressionsIn(roots)) {
      const isReady =
        part.kind === "number" ||
        (part.kind === "load" && still(part.view)) ||
        ("args" in part && part.args.every((arg) => ready.has(arg)));
      if (!isReady) continue;
      ready.add(part);
      values.of(part);
    }
  }

  private axis(
    axis: number,
    roots: readonly Expression[],
    body: (vector: Vector) => void,
    unroll: number,
    around?: Around,
  ): void {
    if (around?.axis !== axis) {
      this.loop(axis, roots, body, unroll, around);
      return;
    }
    around.before();
    this.loop(axis, roots, body, unroll, around);
    around.after();
  }

  private loop(
    axis: number,
    roots: readonly Expression[],
    body: (vector: Vector) => void,
    unroll: number,
    around: Around | undefined,
  ): void {
    const { code, nest } = this;
    const last = nest.sizes.length - 1;
    if (axis === last) {
      const before = [new Map(this.known), new Map(this.repeated)] as const;
      this.keep(roots, (steps) => steps[last] === 0);
      if (axis === nest.fixed) this.sharedRow(body, unroll);
      else this.row(body, unroll);
      // what was known in the loop is not known after it
      restore(this.known, before[0]);
      restore(this.repeated, before[1]);
      return;
    }
    const counter = code.local("i32");
    const isShared = axis === nest.fixed;
    if (isShared) {
      this.jump(0, axis, 1);
      code.get(0).set(counter);
    } else code.i32(0).set(counter);
    code.loop();
    this.axis(axis + 1, roots, body, unroll, around);
    this.move((steps) => steps[axis]!);
    code.get(counter).i32(1).op("i32.add").tee(counter);
    if (isShared) code.get(1);
    else code.i32(nest.sizes[axis]!);
    code.op("i32.lt_u").brIf(0).end();
    if (isShared) this.jump(1, axis, -1);
    else this.move((steps) => -nest.sizes[axis]! * steps[axis]!);
  }

  /** Moves all pointers by so many steps of an axis, times a number in a local. */
  private jump(local: number, axis: number, times: number): void {
    for (const { view, local: pointer, steps } of this.pointers) {
      const bytes = steps[axis]! * bytesOf(view.buffer) * times;
      if (bytes !== 0) this.code.get(pointer).get(local).i32(bytes).op("i32.mul").op("i32.add").set(pointer);
    }
  }

  private move(values: (steps: Sizes) => number): void {
    for (const { view, local, steps } of this.pointers) {
      advance(this.code, local, values(steps) * bytesOf(view.buffer));
    }
  }

  /** The innermost loop over all of its axis. */
  private row(body: (vector: Vector) => void, unroll: number): void {
    const { code, lanes } = this;
    const size = this.nest.sizes.at(-1)!;
    const whole = Math.floor(size / lanes);
    const rounds = whole > 2 * unroll ? Math.floor(whole / unroll) : 0;
    const along = (vectors: number) => (steps: Sizes) => steps.at(-1)! * lanes * vectors;
    if (rounds > 0) {
      const counter = code.local("i32");
      code.i32(rounds).set(counter).loop();
      this.side(body, unroll);
      this.move(along(unroll));
      code.get(counter).i32(1).op("i32.sub").tee(counter).brIf(0).end();
    }
    const rest = whole - rounds * unroll;
    this.side(body, rest);
    if (size % lanes > 0) body(this.vector(rest, size % lanes));
    this.move(along(-rounds * unroll));
  }

  /** The innermost loop over the vectors from local 0 to local 1: those at its end that are not whole come last. */
  private sharedRow(body: (vector: Vector) => void, unroll: number): void {
    const { code, lanes } = this;
    const size = this.nest.sizes.at(-1)!;
    const whole = Math.floor(size / lanes);
    const axis = this.nest.sizes.length - 1;
    this.jump(0, axis, lanes);
    const left = code.local("i32");
    code.get(1).get(0).op("i32.sub").set(left);
    if (whole > 0) {
      for (const vectors of unroll > 1 ? [unroll, 1] : [1]) {
        code.block().loop();
        code.get(left).i32(vectors).op("i32.lt_s").brIf(1);
        this.side(body, vectors);
        this.move((steps) => steps.at(-1)! * lanes * vectors);
        code.get(left).i32(vectors).op("i32.sub").set(left).br(0).end().end();
      }
    }
    if (size % lanes > 0) {
      code.get(1).i32(whole).op("i32.eq").if();
      body(this.vector(0, size % lanes));
      code.end();
    }
    this.jump(1, axis, -lanes);
  }

  /** Writes `body` for so many whole vectors side by side. Where they may be taken together, all stores come last. */
  private side(body: (vector: Vector) => void, vectors: number): void {
    const { lanes, writer } = this;
    this.waiting = writer.target.wide ? [] : undefined;
    for (let i = 0; i < vectors; i++) body(this.vector(i, lanes));
    for (const store of inOrder(writer, this.waiting ?? [])) store();
    this.waiting = undefined;
  }

  /** Where the innermost loop is, so many vectors on. */
  vector(index: number, count: number): Vector {
    const values = this.valuesAt(index, count, new Map(this.known));
    return {
      count,
      index,
      of: (expression) => values.of(expression),
      values,
      store: (view, value) => {
        const { local, steps } = this.pointerOf(view);
        const step = steps.at(-1)!;
        const offset = index * this.lanes * step * bytesOf(view.buffer);
        const { dtype } = view.buffer;
        const write = () =>
          storeVector(this.code, dtype, this.lanes, value, { pointer: local, offset, step, count });
        if (this.waiting === undefined) write();
        else this.waiting.push(write);
      },
    };
  }

  private valuesAt(index: number, count: number, known: Map<Expression, Value>): Values {
    const here = new Map<Pointer, Value>();
    const loadView = (view: View): Value => {
      const pointer = this.pointerOf(view);
      const still = this.repeated.get(pointer) ?? here.get(pointer);
      if (still !== undefined) return still;
      const step = pointer.steps.at(-1)!;
      const offset = index * this.lanes * step * bytesOf(view.buffer);
      const value = loadVector(this.code, view.buffer.dtype, this.lanes, {
        pointer: pointer.local,
        offset,
        step,
        count,
      });
      here.set(pointer, value);
      return value;
    };
    return new Values(this.code, this.writer, this.lanes, loadView, { known });
  }
}

/** What comes before and after the loop along an axis. */
export interface Around {
  readonly axis: number;
  readonly before: () => void;
  readonly after: () => void;
}

/** A vector of places in the innermost loop, as a body sees it. */
export interface Vector {
  /** How many of its places there are: all lanes but at the end of the axis. */
  readonly count: number;
  /** Which one it is of those that are written side by side. */
  readonly index: number;
  readonly of: (expression: Expression) => Value;
  readonly values: Values;
  readonly store: (view: View, value: Value) => void;
}

function restore<K, V>(map: Map<K, V>, before: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of before) map.set(key, value);
}
