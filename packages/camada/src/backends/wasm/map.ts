import { expressionsIn, loadsIn } from "../../compile/expression.js";
import type { KernelOf } from "../../compile/kernel.js";
import type { View } from "../../compile/view.js";
import { sizeOf } from "../../shape/shape.js";
import { Loop } from "./loop.js";
import { type Nest, nestOf } from "./nest.js";
import { formOf, lanesOf } from "./values.js";
import type { Emitted, Writer } from "./writer.js";

/** So many instructions at most stand side by side in a loop's body. */
const BODY = 48;

/** A loop that computes values place by place. */
export function emitMap(writer: Writer, { shape, stores, ordered }: KernelOf<"map">): Emitted {
  const roots = stores.map(({ value }) => value);
  const lanes = lanesOf(roots);
  const views = [...stores.map(({ view }) => view), ...loadsIn(roots)];
  const nest = nestOf(shape, views, ordered);
  const steps = expressionsIn(roots).length;
  const unroll = Math.max(1, Math.min(4, Math.floor(BODY / steps)));
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    const loop = new Loop(code, writer, lanes, nest, views);
    loop.write(
      roots,
      ({ of, values, store }) => {
        const computed = stores.map(({ view, value }) => ({
          view,
          value: values.as(of(value), formOf(value.dtype)),
        }));
        for (const { view, value } of computed) store(view, value);
      },
      unroll,
    );
  });
  const shared = nest.sizes[nest.fixed]!;
  const units = nest.fixed === nest.sizes.length - 1 ? Math.floor(shared / lanes) : shared;
  // where places come again along the ordered axes, those of one thread may be another's
  const isOrdered = ordered > 0 && !stores.every(({ view }) => isApart(nest, view));
  // values that do not lie together are read and written one by one
  const apart = views.filter((view) => Math.abs(nest.stepsOf(view).at(-1)!) > 1).length;
  return { fn, units, isOrdered, work: sizeOf(shape) * (steps / lanes + apart / 2) };
}

/** Whether all places of a view at one index of the shared axis come before those at the next. */
function isApart(nest: Nest, view: View): boolean {
  const spans = nest.stepsOf(view).map((step, axis) => (nest.sizes[axis]! - 1) * Math.abs(step));
  const others = spans.reduce((all, span, axis) => (axis === nest.fixed ? all : all + span), 0);
  return others < Math.abs(nest.stepsOf(view)[nest.fixed]!);
}
