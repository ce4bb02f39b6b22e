import { describe, expect, it } from "vitest";
import { checkGraph } from "../graph/check.js";
import { trace } from "../graph/trace.js";
import {
  array,
  averagePooling2d,
  batchNorm,
  checkGrads,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  grad,
  input,
  type Layer,
  layerNorm,
  maxPooling2d,
  multiply,
  type NDArray,
  random,
  rescaling,
  reshapeTo,
  Sequential,
  sum,
} from "../index.js";
import { applyNetwork } from "./network.js";

/**
 * The gradients of every layer, by its weights and by what comes in, against central differences in float64,
 * of a random weighted sum of its results.
 */

const IMAGE = [5, 6, 2];
const LAYERS: readonly (readonly [name: string, shape: readonly number[], layers: readonly Layer[]])[] = [
  ["dense", [4], [dense(3)]],
  ["dense along steps", [3, 4], [dense(2)]],
  ["dense of an image's channels", [2, 3, 4], [dense(2)]],
  ["conv2d", IMAGE, [conv2d(3, { kernelSize: [3, 2] })]],
  ["conv2d with strides", IMAGE, [conv2d(2, { kernelSize: 3, strides: 2, padding: "same" })]],
  ["conv2d with dilation", IMAGE, [conv2d(2, { kernelSize: 2, dilation: [2, 3], padding: "same" })]],
  ["conv2d with gaps between windows", IMAGE, [conv2d(2, { kernelSize: 1, strides: 2, useBias: false })]],
  ["maxPooling2d", IMAGE, [maxPooling2d()]],
  ["maxPooling2d with overlaps", IMAGE, [maxPooling2d({ poolSize: 3, strides: [2, 1], padding: "same" })]],
  ["averagePooling2d", IMAGE, [averagePooling2d({ poolSize: [2, 3] })]],
  ["averagePooling2d at the edges", IMAGE, [averagePooling2d({ poolSize: 3, strides: 2, padding: "same" })]],
  ["globalAveragePooling2d", IMAGE, [globalAveragePooling2d()]],
  ["globalMaxPooling2d", IMAGE, [globalMaxPooling2d()]],
  ["batchNorm", [3], [batchNorm()]],
  ["batchNorm of images", [2, 3, 2], [batchNorm({ epsilon: 0.1 })]],
  ["layerNorm", [2, 4], [layerNorm()]],
  ["dropout", [8], [dropout(0.4)]],
  ["rescaling", [3], [rescaling(0.5, 2)]],
  ["reshapeTo", [6], [reshapeTo([3, -1]), dense(2)]],
  ["flatten", [2, 3], [flatten(), dense(2)]],
];

const rng = random.defaultRng(11);
const normal = (shape: readonly number[]): NDArray => rng.standardNormal(shape) as NDArray;
const key = array([3, 4], undefined, { dtype: "int32" }) as NDArray;

type Variables = { readonly [name: string]: NDArray };

/** Weights that are not as they begin, so that no gradient is 0 by chance. */
function randomWeights({ weights }: Sequential): Variables {
  return Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, normal(shape)]));
}

/** Compares, and sees to it that there is something to compare; every graph must be one. */
function expectSlopes(f: (variables: Variables) => unknown, variables: Variables): void {
  checkGrads(f, [variables]);
  checkGraph(trace("test", grad(f), [variables]).graph);
  for (const [name, gradient] of Object.entries(grad(f)(variables))) {
    expect(
      gradient.data.some((slope) => Math.abs(slope) > 1e-3),
      `${name} has a slope`,
    ).toBe(true);
  }
}

describe("gradients of layers", () => {
  it.each(LAYERS)("%s", (_, shape, layers) => {
    const model = new Sequential([input(shape, { dtype: "float64" }), ...layers]);
    const { network } = model;
    const direction = normal([3, ...network.output.shape]);
    const moving = (name: string) => name.includes("moving");
    const fixed = Object.fromEntries(Object.entries(model.weights).filter(([name]) => moving(name)));
    const learnt = Object.entries(randomWeights(model)).filter(([name]) => !moving(name));
    for (const training of [true, false]) {
      const cost = ({ x, ...weights }: Variables) =>
        sum(
          multiply(
            applyNetwork(network, { ...fixed, ...weights }, x!, { training, key }).unnamed(),
            direction,
          ),
        );
      expectSlopes(cost, { ...Object.fromEntries(learnt), x: normal([3, ...shape]) });
    }
  });

  it("embedding", () => {
    const model = new Sequential([input(4, { dtype: "float64" }), embedding(5, 2), flatten(), dense(2)]);
    const x = array([[0, 3, 3, 1], [4, 4, 4, 4]], undefined, { dtype: "int32" }) as NDArray; // biome-ignore format: rows
    const direction = normal([2, 2]);
    const cost = (weights: Variables) =>
      sum(multiply(applyNetwork(model.network, weights, x, { training: true }).unnamed(), direction));
    expectSlopes(cost, randomWeights(model));
  });
});
