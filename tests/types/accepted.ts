import {
  add,
  allClose,
  argmax,
  argsort,
  array,
  broadcastTo,
  clip,
  concatenate,
  cumsum,
  dot,
  einsum,
  exp,
  expandDims,
  flip,
  greater,
  matmul,
  mean,
  type NamedArray,
  type NDArray,
  ones,
  sort,
  spiral,
  split,
  squeeze,
  stack,
  standardize,
  sum,
  trainTestSplit,
  unique,
  where,
  zeros,
} from "camada";

/** What must compile, with exactly these types. */
type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T>() {
  return <U>(x: U, _ok: Eq<T, U> extends true ? "ok" : ["expected", T, "got", U]) => x;
}

// literals
const m23 = is<NDArray<[2, 3]>>()(array([[0.47, 0.42, 0.46], [0.12, -0.15, -0.01]]), "ok"); // biome-ignore format: rows
const v3 = is<NDArray<[3]>>()(array([1, 2, 3]), "ok");
is<NDArray<[1, 2, 3]>>()(array([[[1, 2, 3], [4, 5, 6]]]), "ok"); // biome-ignore format: rows
declare const nested: number[][];
const dynamic = is<NDArray<[number, number]>>()(array(nested), "ok");
is<NDArray<[2]>>()(array([true, false]), "ok");

// names
const inputs = is<NamedArray<[4, 3], ["batch", "feature"]>>()(zeros([4, 3], ["batch", "feature"]), "ok");
const weights = is<NamedArray<[3, 3], ["neuron", "feature"]>>()(
  ones([3, 3]).named("neuron", "feature"),
  "ok",
);
const biases = is<NamedArray<[3], ["neuron"]>>()(array([1, 2, 3], ["neuron"]), "ok");
is<NamedArray<[3, 3], ["feature", "neuron"]>>()(weights.T, "ok");
is<NamedArray<[4, 3], ["batch", "pixel"]>>()(inputs.rename({ feature: "pixel" }), "ok");
is<NDArray<[4, 3]>>()(inputs.unnamed(), "ok");

// products
const layer = is<NamedArray<[4, 3], ["batch", "neuron"]>>()(dot(inputs, weights.T), "ok");
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(inputs.dot(weights.T).add(biases), "ok");
is<number>()(dot(v3, v3), "ok");
is<NDArray<[2]>>()(dot(m23, v3), "ok");
is<NDArray<[7, 5, 2, 4]>>()(matmul(zeros([7, 1, 2, 3]), zeros([5, 3, 4])), "ok");
is<NDArray<[number, 2]>>()(dot(dynamic, m23.T), "ok");

// element by element
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(add(layer, 2), "ok");
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(add(2, layer), "ok");
is<number>()(add(2, 3), "ok");
is<number>()(add(zeros([]), 3), "ok");
is<number>()(exp(zeros([])), "ok");
is<NDArray<[5, 4, 3]>>()(add(zeros([5, 1, 3]), zeros([4, 1])), "ok");
is<typeof inputs>()(exp(inputs), "ok");
is<typeof inputs>()(greater(inputs, 0), "ok");

// reductions
is<number>()(sum(m23), "ok");
is<NDArray<[3]>>()(sum(m23, 0), "ok");
is<NDArray<[2, 1]>>()(sum(m23, -1, { keepdims: true }), "ok");
is<NamedArray<[3], ["feature"]>>()(mean(inputs, "batch"), "ok");
is<NamedArray<[4], ["batch"]>>()(argmax(inputs, "feature"), "ok");

// shapes and parts
is<NDArray<[3, 2]>>()(m23.reshape([3, -1]), "ok");
is<NDArray<[60000, 784]>>()(zeros([60000, 28, 28]).reshape([60000, 784]), "ok");
is<NamedArray<[3, 4], ["feature", "batch"]>>()(inputs.transpose("feature", "batch"), "ok");
is<NamedArray<[3], ["feature"]>>()(inputs.at(0), "ok");
is<number>()(inputs.at(0, 1), "ok");
is<NamedArray<[4], ["batch"]>>()(inputs.slice(null, 0), "ok");
is<NamedArray<[2, 3], ["batch", "feature"]>>()(inputs.slice([0, 2]), "ok");
is<NamedArray<[3, 2], ["batch", "feature"]>>()(inputs.slice([1, 9], [null, 2]), "ok");
is<NamedArray<[number, 3], ["batch", "feature"]>>()(inputs.slice([-2, null]), "ok");
is<NDArray<[999, 3]>>()(zeros([1200, 3]).slice([1, 1000]), "ok");
is<NamedArray<[4, 3], ["feature", "batch"]>>()(inputs.rename({ batch: "feature", feature: "batch" }), "ok");
is<NDArray<[2, 3, 1]>>()(expandDims(m23, -1), "ok");
is<NamedArray<[4, 1, 3], ["batch", string, "feature"]>>()(expandDims(inputs, 1), "ok");
is<typeof inputs>()(squeeze(expandDims(inputs, 1)), "ok");
is<NamedArray<[3], ["feature"]>>()(squeeze(zeros([1, 3], ["batch", "feature"]), "batch"), "ok");
is<number>()(squeeze(zeros([1, 1])), "ok");
is<NDArray<[4, 2, 3]>>()(broadcastTo(m23, [4, 2, 3]), "ok");
is<NamedArray<[2, 4, 3], [string, "batch", "feature"]>>()(broadcastTo(inputs, [2, 4, 3]), "ok");

// joined and cut
is<NDArray<[5, 3]>>()(concatenate([m23, zeros([3, 3])]), "ok");
is<NDArray<[2, 6]>>()(concatenate([m23, m23], -1), "ok");
is<NamedArray<[8, 3], ["batch", "feature"]>>()(concatenate([inputs, inputs], "batch"), "ok");
is<NamedArray<[6, 3], ["batch", "feature"]>>()(concatenate([m23, inputs]), "ok");
is<NDArray<[2, 2, 3]>>()(stack([m23, m23]), "ok");
is<NamedArray<[4, 2, 3], ["batch", string, "feature"]>>()(stack([zeros([4, 3]), inputs], 1), "ok");
is<[NDArray<[1, 3]>, NDArray<[1, 3]>]>()(split(m23, 2), "ok");
is<NDArray<[600, 784]>[]>()(split(zeros([60000, 784]), 100), "ok");
is<[NamedArray<[4, 1], ["batch", "feature"]>, NamedArray<[4, 2], ["batch", "feature"]>]>()(
  split(inputs, [1], "feature"),
  "ok",
);
is<[NDArray<[1]>, NDArray<[2]>, NDArray<[0]>]>()(split(v3, [1, 9]), "ok");

// in order, chosen, compared
is<typeof inputs>()(sort(inputs), "ok");
is<typeof inputs>()(argsort(inputs, "batch"), "ok");
is<typeof inputs>()(flip(inputs, -1), "ok");
is<typeof inputs>()(cumsum(inputs, 0), "ok");
is<NDArray<[6]>>()(cumsum(m23), "ok");
is<NDArray<[number]>>()(unique(inputs), "ok");
is<typeof inputs>()(where(greater(inputs, 0), 1, 0), "ok");
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(where(zeros([4, 1]), layer, biases), "ok");
is<typeof inputs>()(clip(inputs, zeros([3], ["feature"]), 1), "ok");
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(clip(zeros([4, 1]), 0, layer), "ok");
is<boolean>()(allClose(layer, biases), "ok");

// einsum, letter by letter
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(einsum("bf,nf->bn", inputs, weights), "ok");
is<NamedArray<[4, 3], ["batch", "neuron"]>>()(einsum("bf, nf", inputs, weights), "ok");
is<NDArray<[4, 3, 2]>>()(
  einsum("cBA", zeros([2, 3, 4]))
    .transpose(1, 0, 2)
    .transpose(1, 0, 2),
  "ok",
);
is<NDArray<[3]>>()(einsum("ii->i", zeros([3, 3])), "ok");
is<number>()(einsum("ii", zeros([3, 3])), "ok");

// rows, one after the other
for (const row of m23) is<NDArray<[3]>>()(row, "ok");
for (const row of inputs) for (const value of row) is<number>()(value, "ok");
for (const [i, row] of [...inputs].entries()) is<number>()(i + row.at(0), "ok");

// sizes widen and names may be forgotten; never the other way round
export const widened: NDArray<[number, 3]> = m23;
export const forgotten: NDArray = inputs;
// @ts-expect-error sizes must not narrow
export const narrowed: NDArray<[2, 3]> = dynamic;
// @ts-expect-error names must not appear from nowhere
export const invented: NamedArray<[2, 3], ["batch", "feature"]> = m23;

// data
const points = spiral();
is<NamedArray<[number, 2], ["batch", "feature"]>>()(standardize(points.x).x, "ok");
const { train } = trainTestSplit(points.x, points.y);
is<NamedArray<[number, 2], ["batch", "feature"]>>()(train.x, "ok");
is<NamedArray<[number], ["batch"]>>()(train.y, "ok");
is<NDArray<[number, 3]>>()(trainTestSplit(ones([4, 3]), ones([4])).test.x, "ok");
