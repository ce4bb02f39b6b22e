/** What is measured, as plain data: it is handed to peers in other processes, in pages and in Python. */
export type Task = { readonly id: string; readonly title: string; readonly threads?: 1 } & Kind;

type Kind =
  /** The lesson's layer, (4, 3)·(3, 3)ᵀ + biases, float64, operation by operation. */
  | { readonly kind: "layer" }
  /** The lesson's two layers as one program, where a peer has programs. */
  | { readonly kind: "layers" }
  | { readonly kind: "product"; readonly size: number; readonly dtype: "float32" | "float64" }
  /** A step of training: rows taken by index, forward, softmax cross-entropy, backward, SGD. */
  | { readonly kind: "step"; readonly widths: readonly number[]; readonly batch: number }
  | { readonly kind: "predict"; readonly widths: readonly number[]; readonly batch: number }
  /** A step of images through two convolutions of 3 x 3 and a dense layer. */
  | { readonly kind: "convolution"; readonly filters: readonly number[]; readonly batch: number }
  /** One observation through a network so small that calls cost more than arithmetic; sigmoid, as brain.js. */
  | { readonly kind: "tiny"; readonly widths: readonly number[] };

export const ROWS = 12_800;
export const IMAGE = { side: 28, window: 3, classes: 10 } as const;
export const LEARNING_RATE = 0.001;
/** Peers are compared by how the weights have changed after so many steps. */
export const CHECKED_STEPS = 8;

const DIGITS = [784, 128, 10];
const WIDE = [784, 512, 512, 10];

const products = [256, 512, 1024].flatMap((size) =>
  (["float32", "float64"] as const).map((dtype): Task => {
    const id = `product-${size}-${dtype}`;
    return { id, title: `${size} x ${size} product, ${dtype}`, threads: 1, kind: "product", size, dtype };
  }),
);

const steps = (name: string, widths: readonly number[], batches: readonly number[]) =>
  batches.map((batch): Task => {
    return {
      id: `${name}-${batch}`,
      title: `${widths.join("-")} step, batch ${batch}`,
      kind: "step",
      widths,
      batch,
    };
  });

export const TASKS: readonly Task[] = [
  { id: "layer", title: "lesson's layer, float64", kind: "layer" },
  { id: "layers", title: "lesson's two layers compiled, float64", kind: "layers" },
  { id: "tiny", title: "2-8-1 forward, one row", kind: "tiny", widths: [2, 8, 1] },
  ...products,
  ...steps("step", DIGITS, [1, 32, 128, 512]),
  ...steps("wide", WIDE, [128]),
  ...[1, 128].map((batch): Task => {
    const title = `${DIGITS.join("-")} predict, batch ${batch}`;
    return { id: `predict-${batch}`, title, kind: "predict", widths: DIGITS, batch };
  }),
  {
    id: "convolution-32",
    title: "conv 8, conv 16, dense step, batch 32",
    kind: "convolution",
    filters: [8, 16],
    batch: 32,
  },
];

/** What a command line asks for: `product --size 512`, `step --batch 128`. */
export interface Selection {
  readonly names: readonly string[];
  readonly batch?: number | undefined;
  readonly size?: number | undefined;
  readonly dtype?: string | undefined;
}

export function selectTasks({ names, batch, size, dtype }: Selection): readonly Task[] {
  const asked = (value: unknown, wanted: unknown) => wanted === undefined || value === wanted;
  return TASKS.filter(
    (task) =>
      (names.length === 0 || names.some((name) => task.id === name || task.id.startsWith(`${name}-`))) &&
      asked("batch" in task ? task.batch : undefined, batch) &&
      asked("size" in task ? task.size : undefined, size) &&
      asked("dtype" in task ? task.dtype : undefined, dtype),
  );
}
