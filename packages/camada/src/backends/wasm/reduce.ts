import { loadsIn, viewed } from "../../compile/expression.js";
import type { KernelOf, Reduction } from "../../compile/kernel.js";
import type { View } from "../../compile/view.js";
import { type Sizes, sizeOf } from "../../shape/shape.js";
import { type DType, isFloat } from "../../storage/dtype.js";
import type { Code } from "./assembler/index.js";
import { Loop } from "./loop.js";
import { type Nest, nestOf } from "./nest.js";
import { takeTogether } from "./pairs.js";
import { type Form, formOf, lanesOf, type Value } from "./values.js";
import { type Emitted, noteFault, type Target, type Writer } from "./writer.js";

/** So many vectors are taken together: several sums side by side keep the machine busy. */
const SIDE = 4;
/** How many sums there are side by side of values that lie together. */
const sideAlong = ({ wide }: Target): number => (wide ? 2 * SIDE : SIDE);

/**
 * A loop that takes values along an axis to one. Where they lie together the vectors run along that axis, and
 * their lanes are taken together at the end; else they run across it, each lane a result of its own. Either way
 * results do not depend on how the work is cut: it is cut between results.
 */
export function emitReduce(writer: Writer, kernel: KernelOf<"reduce">): Emitted[] {
  const { size, value, stores } = kernel;
  const isAlong =
    stores.length > 0 ||
    (AGAINST[kernel.by].horizontal &&
      isFloat(kernel.into.buffer.dtype) &&
      size >= 8 &&
      loadsIn([value]).every(({ strides }) => strides.at(-1) === 1 || strides.at(-1) === 0));
  return isAlong ? [along(writer, kernel)] : across(writer, kernel);
}

/** How one value is taken together with what there is, by the form in which it is computed. */
interface How {
  /** Whether lanes can be taken together as values are. */
  readonly horizontal: boolean;
  readonly start: (form: Form, isEmpty: boolean) => number;
  readonly instruction: (form: Form) => Parameters<Code["op"]>[0];
}

const shaped = (form: Form): "f64x2" | "f32x4" | "i32x4" =>
  form === "float64" ? "f64x2" : form === "float32" ? "f32x4" : "i32x4";
// -0 is the only start that leaves a sum of -0 alone
const sum: How = {
  horizontal: true,
  start: (form, isEmpty) => (isEmpty || form === "int32" ? 0 : -0),
  instruction: (form) => `${shaped(form)}.add`,
};
const extreme = (sign: 1 | -1): How => ({
  horizontal: true,
  start: (form) => (form === "int32" ? (sign > 0 ? 2 ** 31 - 1 : -(2 ** 31)) : sign * Infinity),
  instruction: (form) =>
    form === "int32"
      ? sign > 0
        ? "i32x4.min_s"
        : "i32x4.max_s"
      : `${shaped(form) as "f64x2"}.${sign > 0 ? "min" : "max"}`,
});
const truth = (start: number, instruction: "v128.or" | "v128.and"): How => ({
  horizontal: false,
  start: () => start,
  instruction: () => instruction,
});

const AGAINST: { readonly [R in Reduction]: How } = {
  sum,
  wrappingSum: sum,
  prod: { horizontal: true, start: () => 1, instruction: (form) => `${shaped(form)}.mul` },
  max: extreme(-1),
  min: extreme(1),
  argmax: { ...extreme(-1), horizontal: false },
  argmin: { ...extreme(1), horizontal: false },
  any: truth(0, "v128.or"),
  all: truth(1, "v128.and"),
};

/** The form in which values are taken together: sums of whole numbers so that none is too large. */
function formFor(by: Reduction, dtype: DType): Form {
  if (by === "any" || by === "all") return "mask32";
  if (isFloat(dtype)) return formOf(dtype);
  return by === "sum" || by === "prod" ? "float64" : "int32";
}

/** The loops over the results, and inside them the one along the axis. */
function withAxis(outer: Nest, size: number): Nest {
  return {
    sizes: [...outer.sizes, size],
    fixed: 0,
    stepsOf: (view) => [...outer.stepsOf(withoutLast(view)), view.strides.at(-1)!],
  };
}

function withoutLast(view: View): View {
  return { ...view, shape: view.shape.slice(0, -1), strides: view.strides.slice(0, -1) };
}

/** A view of the results that stays where it is along the axis. */
function repeated(view: View, size: number): View {
  return { ...view, shape: [...view.shape, size], strides: [...view.strides, 0] };
}

function along(writer: Writer, { shape, size, by, value, into, stores }: KernelOf<"reduce">): Emitted {
  const { dtype } = into.buffer;
  const form = formFor(by, dtype);
  const how = AGAINST[by];
  const roots = [value, ...stores.map((store) => store.value)];
  const lanes = lanesOf(roots);
  const target = repeated(into, size);
  const views = [...stores.map(({ view }) => view), ...loadsIn(roots)];
  const outer = nestOf(shape, [into, ...views.map(withoutLast)]);
  const nest = withAxis(outer, size);
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    const loop = new Loop(code, writer, lanes, nest, [target, ...views]);
    const side = Math.min(sideAlong(writer.target), Math.ceil(size / lanes));
    const totals = Array.from({ length: side }, () => code.local("v128"));
    const start = startOf(loop, how.start(form, size === 0), form);
    const take = (total: number, more: number): void => {
      code.get(total).get(more).op(how.instruction(form)).set(total);
    };
    loop.write(
      roots,
      (vector) => {
        const { of, values } = vector;
        for (const { view, value } of stores) {
          vector.store(view, values.as(of(value), formOf(view.buffer.dtype)));
        }
        const found = values.as(of(value), form).local;
        const total = totals[vector.index % totals.length]!;
        if (vector.count < lanes) take(total, masked(code, form, found, start, vector.count));
        else take(total, found);
      },
      totals.length,
      {
        axis: nest.sizes.length - 1,
        before: () => {
          for (const total of totals) code.get(start).set(total);
        },
        after: () => {
          takeTogether(code, writer, totals, how.instruction(form));
          const other = code.local("v128");
          for (let half = 8; half * lanes >= 16; half /= 2) {
            const bytes = Array.from({ length: 16 }, (_, i) => (i + half) % 16);
            code
              .get(totals[0]!)
              .get(totals[0]!)
              .shuffle(...bytes)
              .set(other);
            take(totals[0]!, other);
          }
          loop.vector(0, 1).store(target, { local: totals[0]!, form });
        },
      },
    );
  });
  return { fn, units: nest.sizes[0]!, work: (sizeOf(shape) * (size + 16)) / lanes };
}

/** The start of a reduction in a local that is set once. */
function startOf(loop: Loop, start: number, form: Form): number {
  return loop.vector(0, loop.lanes).values.constant(start, form).local;
}

/** The first `count` lanes of a vector, and `start` in the others. */
function masked(code: Code, form: Form, vector: number, start: number, count: number): number {
  const width = form === "float64" ? 8 : 4;
  const bytes = Array.from({ length: 16 }, (_, i) => (i < count * width ? i : 16 + i));
  const local = code.local("v128");
  code
    .get(vector)
    .get(start)
    .shuffle(...bytes)
    .set(local);
  return local;
}

function across(writer: Writer, kernel: KernelOf<"reduce">): Emitted[] {
  const { shape, size, by, value, into } = kernel;
  const form = formFor(
    by,
    into.buffer.dtype === "int32" && by.startsWith("arg") ? value.dtype : into.buffer.dtype,
  );
  const lanes = form === "float64" ? 2 : lanesOf([value]);
  const target = repeated(into, size);
  const views = [target, ...loadsIn([value])];
  const axis = vectorAxis(shape, loadsIn([value]), into);
  const others = shape.map((_, i) => i).filter((i) => i !== axis);
  const pick = (list: Sizes): Sizes => others.map((i) => list[i]!);
  const outer = nestOf(
    pick(shape),
    views.map((view) => ({ ...view, shape: pick(view.shape), strides: pick(view.strides) })),
  );
  const length = axis < 0 ? 1 : shape[axis]!;
  const block = SIDE * lanes;
  const whole = Math.floor(length / block);
  /** The results from `start` on along the vectors' axis: `blocks` times `width`. */
  const part = (start: number, blocks: number, width: number): Emitted => {
    const stepOf = (view: View): number => (axis < 0 ? 0 : view.strides[axis]!);
    const moved = (view: View): View => ({ ...view, offset: view.offset + start * stepOf(view) });
    const steps = (view: View): Sizes => outer.stepsOf({ ...view, strides: pick(view.strides) });
    const around = outer.sizes.length > 1 || outer.sizes[0]! > 1;
    const nest: Nest = {
      sizes: [...(around ? outer.sizes : []), blocks, size, width],
      fixed: 0,
      stepsOf: (view) => [
        ...(around ? steps(view) : []),
        width * stepOf(view),
        view.strides.at(-1)!,
        stepOf(view),
      ],
    };
    const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
      const root = viewed(moved)(value);
      const results = moved(target);
      const loop = new Loop(code, writer, lanes, nest, [results, ...loadsIn([root])]);
      const counts = Array.from({ length: Math.ceil(width / lanes) }, (_, i) =>
        Math.min(lanes, width - i * lanes),
      );
      const state = { code, loop, writer, by, form, size, vectors: counts.length };
      const { take, before, after } = by === "argmax" || by === "argmin" ? positions(state) : totals(state);
      loop.write([root], (vector) => take(vector.index, vector.values.as(vector.of(root), form)), SIDE, {
        axis: nest.sizes.length - 2,
        before,
        after: () => {
          after((index, result) => {
            const vector = loop.vector(index, counts[index]!);
            if (isChecked(by, into.buffer.dtype)) checkFits(code, writer, result.local, counts[index]!);
            const settled = vector.values.as(result, formOf(into.buffer.dtype));
            vector.store(results, settled);
          });
        },
      });
    });
    return { fn, units: nest.sizes[0]!, work: (sizeOf(shape) * size * 2 * blocks * width) / length / lanes };
  };
  return [
    ...(whole > 0 ? [part(0, whole, block)] : []),
    ...(length % block > 0 ? [part(whole * block, 1, length % block)] : []),
  ];
}

/** The axis of the results that vectors run along: one along which what is read lies together, or the longest. */
function vectorAxis(shape: Sizes, loads: readonly View[], into: View): number {
  const axes = shape.map((_, i) => i).filter((i) => shape[i]! > 1);
  const together = axes.find((i) => loads.some(({ strides }) => strides[i] === 1));
  if (together !== undefined) return together;
  return axes.sort((i, j) => shape[j]! - shape[i]! || into.strides[i]! - into.strides[j]!)[0] ?? -1;
}

interface State {
  readonly code: Code;
  readonly loop: Loop;
  readonly writer: Writer;
  readonly by: Reduction;
  readonly form: Form;
  readonly size: number;
  readonly vectors: number;
}

interface Taking {
  readonly before: () => void;
  readonly take: (index: number, value: Value) => void;
  readonly after: (give: (index: number, result: Value) => void) => void;
}

/** Vectors that each value is taken together with. */
function totals({ code, loop, by, form, size, vectors }: State): Taking {
  const how = AGAINST[by];
  const start = startOf(loop, how.start(form, size === 0), form);
  const all = Array.from({ length: vectors }, () => code.local("v128"));
  return {
    before: () => {
      for (const total of all) code.get(start).set(total);
    },
    take: (index, { local }) => {
      code.get(all[index]!).get(local).op(how.instruction(form)).set(all[index]!);
    },
    after: (give) => {
      all.forEach((local, index) => {
        give(index, { local, form });
      });
    },
  };
}

/** The best value so far and where it was. What is not a number is better than any: the first of them stays. */
function positions({ code, loop, by, form, vectors }: State): Taking {
  const type = shaped(form);
  const start = startOf(loop, AGAINST[by].start(form, false), form);
  const one = code.local("v128");
  const counted = form === "float64" ? "i64x2" : "i32x4";
  if (counted === "i64x2") code.i64(1n).op("i64x2.splat").set(one);
  else code.i32(1).op("i32x4.splat").set(one);
  const place = code.local("v128");
  const better = code.local("v128");
  const all = Array.from({ length: vectors }, () => [code.local("v128"), code.local("v128")] as const);
  return {
    before: () => {
      code.get(one).op(`${counted}.neg`).set(place);
      for (const [best, at] of all) {
        code.get(start).set(best).get(one).get(one).op(`${counted}.sub`).set(at);
      }
    },
    take: (index, { local }) => {
      const [best, at] = all[index]!;
      if (index === 0) code.get(place).get(one).op(`${counted}.add`).set(place);
      code.get(local).get(best);
      if (type === "i32x4") code.op(by === "argmax" ? "i32x4.gt_s" : "i32x4.lt_s");
      else {
        code.op(by === "argmax" ? `${type}.gt` : `${type}.lt`);
        code
          .get(local)
          .get(local)
          .op(`${type}.ne`)
          .get(best)
          .get(best)
          .op(`${type}.eq`)
          .op("v128.and")
          .op("v128.or");
      }
      code.set(better);
      code.get(local).get(best).get(better).op("v128.bitselect").set(best);
      code.get(place).get(at).get(better).op("v128.bitselect").set(at);
    },
    after: (give) => {
      all.forEach(([, at], index) => {
        if (counted === "i64x2") {
          code.get(at).get(at).shuffle(0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11).set(at);
        }
        give(index, { local: at, form: "int32" });
      });
    },
  };
}

function isChecked(by: Reduction, dtype: DType): boolean {
  return (by === "sum" || by === "prod") && dtype === "int32";
}

/** Notes the first of two float64 that int32 cannot hold as what went wrong. */
function checkFits(code: Code, { fault }: Writer, local: number, count: number): void {
  const value = code.local("f64");
  for (let lane = 0; lane < count; lane++) {
    code.get(local).lane("f64x2.extract_lane", lane).tee(value);
    code.get(value).op("i32.trunc_sat_f64_s").op("f64.convert_i32_s").op("f64.ne").if();
    noteFault(code, fault, () => code.get(value));
    code.end();
  }
}
