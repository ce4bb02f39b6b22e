import {
  activation,
  averagePooling2d,
  batchNorm,
  CamadaError,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  input,
  type Layer,
  layerNorm,
  maxPooling2d,
  type NDArray,
  type Padding,
  random,
  rescaling,
  Sequential,
} from "camada";
import fc from "fast-check";
import { expect, it } from "vitest";
import { loadModel, openSafetensors, readOnnx, saveModel, writeOnnx } from "../index.js";

/*
 * The whole path, of networks that nobody has thought of: from a model to a file, back, and to a prediction, which is
 * the same to the last bit; and through ONNX, whose operators add in other orders.
 */

const size = fc.integer({ min: 1, max: 4 });
const padding = fc.constantFrom<Padding>("valid", "same");
const pair = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

/** Layers of any axes. */
const keeping: fc.Arbitrary<Layer> = fc.oneof(
  fc.constantFrom("elu", "gelu", "leakyRelu", "relu", "sigmoid", "softmax", "softplus", "tanh").map((name) => activation(name)), // biome-ignore format: one line
  fc.double({ min: 0, max: 0.9, noNaN: true }).map((rate) => dropout(rate)),
  fc.constant(0).map(() => rescaling(0.5, -0.25)),
  fc.constant(0).map(() => batchNorm()),
  fc.constant(0).map(() => layerNorm()),
);

const ofRows: fc.Arbitrary<Layer> = fc.oneof(
  keeping,
  fc.tuple(size, fc.boolean()).map(([neurons, useBias]) => dense(neurons, { useBias })),
);

const pool = fc.record({ poolSize: pair, strides: pair, padding });
const ofImages: fc.Arbitrary<Layer> = fc.oneof(
  keeping,
  fc
    .record({ kernelSize: pair, strides: pair, padding, useBias: fc.boolean() })
    .chain((options) => size.map((filters) => conv2d(filters, options))),
  pool.map((options) => maxPooling2d(options)),
  pool.map((options) => averagePooling2d(options)),
);

const rows = fc.array(ofRows, { maxLength: 4 });
const layers: fc.Arbitrary<readonly Layer[]> = fc.oneof(
  fc.tuple(size, rows).map(([features, rest]) => [input(features), dense(3), ...rest]),
  fc
    .tuple(fc.array(ofImages, { maxLength: 4 }), fc.constantFrom(flatten, globalAveragePooling2d, globalMaxPooling2d), rows)
    .map(([first, end, rest]) => [input([6, 5, 2]), ...first, end() as Layer, ...rest]),
  fc.tuple(size, rows).map(([steps, rest]) => [input(steps), embedding(9, 3), flatten(), ...rest]),
); // biome-ignore format: three lines

/** A network with weights that nothing could be mistaken for; undefined where its layers do not fit. */
function made(of: readonly Layer[], seed: number): Sequential | undefined {
  try {
    const model = new Sequential(of);
    const rng = random.defaultRng(seed);
    const drawn = Object.entries(model.weights).map(([name, a]) => {
      const values = rng.standardNormal([...a.shape]) as NDArray;
      // variances are above 0
      return [name, name.endsWith("movingVariance") ? (values.multiply(values).add(0.1) as NDArray) : values];
    });
    return model.setWeights(Object.fromEntries(drawn));
  } catch (error) {
    if (error instanceof CamadaError) return undefined;
    throw error;
  }
}

const bits = ({ data }: NDArray) =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

it("from a model through a file to a prediction, any network gives the same", async () => {
  let seen = 0;
  const property = fc.asyncProperty(layers, fc.nat(1000), async (of, seed) => {
    const model = made(of, seed);
    if (model === undefined) return;
    seen++;
    const indices = model.network.first.layer.indicesBelow !== undefined;
    const rng = random.defaultRng(seed + 1);
    const shape = [3, ...model.network.input.shape];
    const x = (indices ? rng.integers(0, 9, shape) : rng.standardNormal(shape).astype("float32")) as NDArray;
    const expected = model.forward(x);
    const file = saveModel(model);
    const again = loadModel(file);
    expect(bits(again.forward(x))).toBe(bits(expected));
    expect(saveModel(again)).toEqual(file);
    const opened = await openSafetensors(new Blob([file]));
    for (const name of opened.names) expect(bits(await opened.read(name))).toBe(bits(model.weights[name]!));
    const other = readOnnx(writeOnnx(model)).run({ input: x })["output"]!;
    expect(other.shape).toEqual(expected.shape);
    expected.data.forEach((value: number, i: number) => {
      expect(Math.abs(other.data[i]! - value)).toBeLessThanOrEqual(2e-4 * (1 + Math.abs(value)));
    });
  });
  await fc.assert(property, { numRuns: 80 });
  expect(seen).toBeGreaterThan(30);
}, 120_000);
