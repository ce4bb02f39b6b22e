import { sizeOf } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";
import { load } from "./expression.js";
import type { Kernel, KernelOf } from "./kernel.js";
import { BYTES } from "./memory.js";
import { type Buffer, type View, viewOf } from "./view.js";

/** A panel's rows up to which, where they lie far apart, their cache lines fit the nearest cache. */
const NEAR = 256;
/** So many rows of results make up for laying out what they are made of. */
const MANY = 16;
/** Up to so many rows of results, vectors may run along what is added up. */
const FEW_ROWS = 4;

/**
 * Lays out the second factors of products in panels: a few columns, as many as are computed together, row after
 * row in one piece. A loop over rows then reads from one place, whatever the order in which the factor lay.
 */
export function packed(kernels: readonly Kernel[], columnsOf: (dtype: DType) => number): Kernel[] {
  return kernels.flatMap((kernel) =>
    kernel.kind === "product" ? inPanels(kernel, columnsOf(kernel.a.buffer.dtype)) : [kernel],
  );
}

function inPanels(kernel: KernelOf<"product">, panel: number): Kernel[] {
  const before: Kernel[] = [];
  const a = kernel.a.strides.some((stride) => stride < 0) ? copied(kernel.a, before) : kernel.a;
  const b = kernel.b.strides.some((stride) => stride < 0) ? copied(kernel.b, before) : kernel.b;
  const [k, n] = b.shape.slice(-2) as [number, number];
  const [rowStep, columnStep] = b.strides.slice(-2) as [number, number];
  const m = a.shape.at(-2)!;
  const isTogether = columnStep === 1 || n === 1;
  const isNear = k <= NEAR && (rowStep * BYTES[b.buffer.dtype]) % 512 !== 0;
  if (isTogether && (isNear || m < MANY)) return [...before, { ...kernel, a, b }];
  if (isAlongRows(a, b)) return [...before, { ...kernel, a, b }];
  const lead = b.shape.slice(0, -2);
  const panels = Math.ceil(n / panel);
  const shape = [...lead, panels, k, panel];
  const buffer: Buffer = { dtype: b.buffer.dtype, size: sizeOf(shape) };
  const whole = viewOf(buffer, shape);
  const leading = b.strides.slice(0, -2);
  /** Some panels of equal width, from one on. */
  const lay = (from: number, count: number, width: number): Kernel => {
    const cut = [...lead, count, k, width];
    const strides = [...leading, panel * columnStep, rowStep, columnStep];
    const read: View = {
      buffer: b.buffer,
      shape: cut,
      strides,
      offset: b.offset + from * panel * columnStep,
    };
    const view = { ...whole, shape: cut, offset: from * k * panel };
    return { kind: "map", shape: cut, stores: [{ view, value: load(read) }], ordered: 0 };
  };
  const full = Math.floor(n / panel);
  if (full > 0) before.push(lay(0, full, panel));
  if (full < panels) before.push(lay(full, 1, n - full * panel));
  const strides = [...whole.strides.slice(0, -3), panel, k * panel];
  return [...before, { ...kernel, a, b: { ...whole, shape: b.shape, strides }, panel }];
}

/** Whether so few results are made of factors that both lie along what is added up that vectors run along it. */
export function isAlongRows(a: View, b: View): boolean {
  return a.shape.at(-2)! <= FEW_ROWS && a.strides.at(-1) === 1 && b.strides.at(-2) === 1;
}

/** A view's values in row-major order in a buffer of their own. */
function copied(view: View, before: Kernel[]): View {
  const { shape } = view;
  const own = viewOf({ dtype: view.buffer.dtype, size: sizeOf(shape) }, shape);
  before.push({ kind: "map", shape, stores: [{ view: own, value: load(view) }], ordered: 0 });
  return own;
}
