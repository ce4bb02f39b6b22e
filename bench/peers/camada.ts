import {
  type Configuration,
  compile,
  configure,
  conv2d,
  dense,
  dot,
  flatten,
  fromTypedArray,
  input,
  type Layer,
  type NDArray,
  relu,
  Sequential,
  sgd,
  sigmoid,
  softmaxCrossEntropy,
  type Tier,
  wasmBackend,
} from "camada";
import {
  changes,
  convolutionsOf,
  factorsOf,
  type LayerData,
  networkOf,
  observations,
  rowsOf,
} from "../data.js";
import { CHECKED_STEPS, IMAGE, LEARNING_RATE, ROWS } from "../tasks.js";
import { awaited, type Peer, repeated, type Work } from "./peer.js";

const float64 = (values: Float32Array, shape: readonly number[]) =>
  fromTypedArray(Float64Array.from(values), shape);

export const camada: Peer = {
  prepare: async (task, { packages: _, tier, ...options }) => {
    const { threads } = options;
    const backend = tier && wasmBackend({ tier: tier as Tier, ...(threads && { threads }) });
    configure({ ...(options as Configuration), ...(backend && { backend }) });
    switch (task.kind) {
      case "layer": {
        const { weights, biases } = lesson(1)[0]!;
        const x = float64(observations(12), [4, 3]);
        const run = () => dot(x, weights.T as never).add(biases) as NDArray;
        return { result: [run().data], run: repeated(run) };
      }
      case "layers": {
        const x = float64(observations(12), [4, 3]);
        const layers = compile((x: NDArray) =>
          lesson(2).reduce(
            (values, { weights, biases }) => dot(values, weights.T as never).add(biases) as NDArray,
            x,
          ),
        );
        return { result: [layers(x).data], run: repeated(() => layers(x)) };
      }
      case "product": {
        const { size, dtype } = task;
        const [a, b] = factorsOf(size).map((values) => fromTypedArray(values, [size, size]).astype(dtype));
        const run = () => dot(a!, b!) as NDArray;
        return { result: [run().data], run: repeated(run) };
      }
      case "tiny": {
        const layers = networkOf(task.widths).flatMap((layer) => [given(layer, "float64"), sigmoid()]);
        const model = new Sequential([input(task.widths[0]!), ...layers]);
        const x = float64(observations(task.widths[0]!), [1, task.widths[0]!]);
        return { result: [model.forward(x as never).data], run: repeated(() => model.forward(x as never)) };
      }
      case "predict": {
        const model = new Sequential([input(task.widths[0]!), ...hidden(networkOf(task.widths))]);
        const x = fromTypedArray(observations(task.batch * task.widths[0]!), [task.batch, task.widths[0]!]);
        const run = () => model.predict(x as never);
        return { result: [(await run()).data], run: awaited(run) };
      }
      case "step": {
        const layers = networkOf(task.widths);
        return training(
          () => new Sequential([input(task.widths[0]!), ...hidden(layers)]),
          layers,
          task.batch,
          [task.widths[0]!],
        );
      }
      case "convolution": {
        const layers = convolutionsOf(task.filters);
        const shape = [IMAGE.side, IMAGE.side, 1] as const;
        const make = () => new Sequential([input(shape), ...convolutional(layers)]);
        return training(make, layers, task.batch, shape);
      }
    }
  },
};

/** The lesson's layers: three neurons that look at three features. */
function lesson(count: number): { readonly weights: NDArray; readonly biases: NDArray }[] {
  return networkOf(Array(count + 1).fill(3)).map(({ weights, biases }) => ({
    weights: float64(weights, [3, 3]),
    biases: float64(biases, [3]),
  }));
}

function given(
  { weights, biases, inputs, outputs }: LayerData,
  dtype: "float32" | "float64" = "float32",
): Layer {
  return dense({
    weights: fromTypedArray(weights, [outputs, inputs]).astype(dtype) as NDArray,
    biases: fromTypedArray(biases, [outputs]).astype(dtype) as NDArray,
  }) as Layer;
}

const hidden = (layers: readonly LayerData[]): Layer[] =>
  layers.flatMap((layer, i) => (i === 0 ? [given(layer)] : [relu() as Layer, given(layer)]));

function convolutional(layers: readonly LayerData[]): Layer[] {
  const windows = layers.slice(0, -1).flatMap(({ weights, biases, inputs, outputs }) => {
    const { window } = IMAGE;
    const shape = [outputs, window, window, inputs / window ** 2];
    const layer = conv2d({
      weights: fromTypedArray(weights, shape),
      biases: fromTypedArray(biases, [outputs]),
    });
    return [layer as Layer, relu() as Layer];
  });
  return [...windows, flatten() as Layer, given(layers.at(-1)!)];
}

/** A `fit` that goes on between the rounds: its callback waits until more steps are asked for. */
async function training(
  make: () => Sequential,
  layers: readonly LayerData[],
  batch: number,
  shape: readonly number[],
): Promise<Work> {
  const { x, y } = rowsOf();
  const options = { loss: softmaxCrossEntropy(), optimizer: sgd(LEARNING_RATE), batchSize: batch };
  const rows = (count: number) =>
    [
      fromTypedArray(x.subarray(0, (count * x.length) / ROWS), [count, ...shape]) as never,
      fromTypedArray(y.subarray(0, count), [count]) as NDArray,
    ] as const;

  const checked = make();
  await checked.fit(...rows(CHECKED_STEPS * batch), { ...options, shuffle: false });
  const result = changes(
    layers,
    Object.values(checked.weights).map(({ data }) => data),
  );

  let left = 0;
  let resume = () => {};
  let done = () => {};
  let failed = (_: unknown) => {};
  const wait = () => new Promise<void>((resolve) => (resume = resolve));
  const onBatchEnd = () => {
    if (--left > 0) return;
    done();
    return wait();
  };
  make()
    .fit(...rows(ROWS), {
      ...options,
      epochs: Number.MAX_SAFE_INTEGER,
      callbacks: [{ onTrainBegin: wait, onBatchEnd }],
    })
    .catch((error) => failed(error));
  const run = (count: number) => {
    left = count;
    return new Promise<void>((resolve, reject) => {
      [done, failed] = [resolve, reject];
      resume();
    });
  };
  return { result, run };
}
