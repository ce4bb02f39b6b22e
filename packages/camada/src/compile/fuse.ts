import { isFloat } from "../storage/dtype.js";
import { type Expression, expressionsIn, load, loadsIn, replaced } from "./expression.js";
import { type Kernel, type KernelOf, readBy, type Store, writtenBy } from "./kernel.js";
import { type Buffer, sameView, type View } from "./view.js";

/**
 * Joins loops: a loop over the places that another one, or a product, has just written becomes part of that, and
 * takes the values before they go to memory. What nothing reads then is no longer written.
 */
export function fuse(kernels: readonly Kernel[], outputs: readonly Buffer[]): readonly Kernel[] {
  const joined: Kernel[] = [];
  for (const kernel of raised(kernels)) {
    let [whole, place] = [kernel, joined.length];
    // what has become part of one loop may with it become part of another
    for (;;) {
      const at = lastBefore(joined, whole);
      const more = at < 0 ? null : joinedTo(joined[at]!, whole);
      if (more === null) break;
      joined.splice(at, 1);
      [whole, place] = [more, at];
    }
    joined.splice(place, 0, whole);
  }
  return needed(joined, outputs);
}

/** A loop's body stays below this: so that its values keep to registers, and its code stays small. */
const MOST_STEPS = 96;
/** From how many values on a row is worth adding up while it is made. */
export const LONG_ROW = 64;

/** Maps as early as what they read is there: so that they stand between no two that could be joined. */
function raised(kernels: readonly Kernel[]): readonly Kernel[] {
  const order: Kernel[] = [];
  for (const kernel of kernels) {
    if (kernel.kind === "map") order.splice(lastBefore(order, kernel) + 1, 0, kernel);
    else order.push(kernel);
  }
  return order;
}

/** The place of the last kernel that must come before: one that writes what is read or written. */
function lastBefore(kernels: readonly Kernel[], kernel: Kernel): number {
  const buffers = new Set([...readBy(kernel), ...writtenBy(kernel)].map(({ buffer }) => buffer));
  return kernels.findLastIndex((before) => writtenBy(before).some(({ buffer }) => buffers.has(buffer)));
}

/** A loop with another one, which runs over the same places; null where it does not, or reads other places. */
function joinedTo(before: Kernel, kernel: Kernel): Kernel | null {
  if (kernel.kind === "map") return withMap(before, kernel);
  return kernel.kind === "reduce" && before.kind === "map" ? withReduction(before, kernel) : null;
}

function withMap(before: Kernel, { stores, ordered }: KernelOf<"map">): Kernel | null {
  if (before.kind !== "map" && before.kind !== "product") return null;
  if (ordered > 0 || (before.kind === "map" && before.ordered > 0)) return null;
  const written = new Map(before.stores.map((store) => [store.view.buffer, store]));
  if (stores.some(({ view }) => written.has(view.buffer))) return null;
  const change = placesOf(before, written, stores);
  if (change === null) return null;
  let fits = true;
  const visit = replaced((leaf): Expression => {
    if (leaf.kind !== "load") return leaf;
    const view = change(leaf.view);
    const store = written.get(view.buffer);
    if (store === undefined) return load(view);
    fits &&= sameView(view, store.view);
    return store.value;
  });
  const added = stores.map(({ view, value }): Store => ({ view: change(view), value: visit(value) }));
  const all = [...before.stores, ...added];
  const parts = expressionsIn(all.map(({ value }) => value));
  if (!fits || parts.length > MOST_STEPS) return null;
  if (before.kind === "product") {
    // a product's vectors have as many values as fit its own dtype, and are stored whole
    const { dtype } = before.a.buffer;
    if (added.some(({ view }) => view.buffer.dtype !== dtype)) return null;
    if (dtype === "float32" && parts.some((part) => part.dtype === "float64")) return null;
  }
  return { ...before, stores: all };
}

/** Rows of values that lie together, long enough to be worth it, are added up as they are made. */
function withReduction(
  { shape, stores, ordered }: KernelOf<"map">,
  kernel: KernelOf<"reduce">,
): Kernel | null {
  const rows = [...kernel.shape, kernel.size];
  if (kernel.by !== "sum" || kernel.size < LONG_ROW || ordered > 0) return null;
  if (shape.length !== rows.length || shape.some((size, axis) => size !== rows[axis])) return null;
  const written = new Map(stores.map((store) => [store.view.buffer, store]));
  let fits = true;
  const value = replaced((leaf): Expression => {
    const store = leaf.kind === "load" ? written.get(leaf.view.buffer) : undefined;
    if (leaf.kind !== "load" || store === undefined) return leaf;
    fits &&= sameView(leaf.view, store.view);
    return store.value;
  })(kernel.value);
  const roots = [value, ...stores.map((store) => store.value)];
  const parts = expressionsIn(roots);
  const { dtype } = kernel.into.buffer;
  fits &&= isFloat(dtype) && parts.length <= MOST_STEPS && parts.every((part) => part.dtype === dtype);
  fits &&= stores.every(({ view }) => view.strides.at(-1) === 1);
  fits &&= loadsIn(roots).every(({ strides }) => strides.at(-1) === 1 || strides.at(-1) === 0);
  return fits ? { ...kernel, value, stores } : null;
}

/**
 * How views of the second loop are views of the first, whose axes may be others for the same places: found from
 * what the second reads of what the first writes. Axes of one place may be left out or added.
 */
function placesOf(
  before: KernelOf<"map" | "product">,
  written: ReadonlyMap<Buffer, Store>,
  stores: readonly Store[],
): ((view: View) => View) | null {
  for (const part of expressionsIn(stores.map(({ value }) => value))) {
    if (part.kind !== "load") continue;
    const { view: reads } = part;
    const writes = written.get(reads.buffer)?.view;
    if (writes === undefined) continue;
    const sizes = (view: View) => view.shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
    const [from, to] = [sizes(reads), sizes(writes)];
    const axes = from.map((axis) =>
      to.find((i) => writes.shape[i] === reads.shape[axis] && writes.strides[i] === reads.strides[axis]),
    );
    if (from.length !== to.length || new Set(axes).size !== to.length || axes.includes(undefined))
      return null;
    return (view) => {
      const strides = before.shape.map(() => 0);
      from.forEach((axis, i) => {
        strides[axes[i]!] = view.strides[axis]!;
      });
      return { ...view, shape: before.shape, strides };
    };
  }
  return null;
}

/** What leads to the outputs. */
function needed(kernels: readonly Kernel[], outputs: readonly Buffer[]): readonly Kernel[] {
  const wanted = new Set(outputs);
  const kept: Kernel[] = [];
  for (const kernel of kernels.toReversed()) {
    const isWanted = (view: View): boolean => wanted.has(view.buffer);
    if (!writtenBy(kernel).some(isWanted)) continue;
    const own: Kernel =
      "stores" in kernel ? { ...kernel, stores: kernel.stores.filter(({ view }) => isWanted(view)) } : kernel;
    for (const { buffer } of readBy(own)) wanted.add(buffer);
    kept.push(own);
  }
  return kept.reverse();
}
