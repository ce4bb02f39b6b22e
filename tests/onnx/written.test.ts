/// <reference types="node" />
import { type NamedArrays, readOnnx, writeOnnx } from "@camada/interop";
import * as camada from "camada";
import {activation, all, any, 
  argmax, argmin, argsort, array, averagePooling2d, batchNorm, concatenate, conv2d, cumsum, type DType, dense, dot,
  dropout, type ElementwiseOperation, einsum, elu, embedding, flatten, flip, gelu, globalAveragePooling2d,
  globalMaxPooling2d, grad, input, layerNorm, leakyRelu, linear, max, maxPooling2d, mean, min, multiply, type NDArray, pad,
  prod, random, relu, rescaling, reshape, reshapeTo, type Sequential, sequential, sigmoid, slidingWindowView, softmax,
  softplus, sort, square, step, sum, take, tanh, variance, where,
} from "camada"; // biome-ignore format: a list
import { describe, expect, it } from "vitest";
import { refused } from "../refused.js";
import { checked, hasChecker, RUNTIMES, runBy } from "./runtimes.js";

/**
 * What we write is run by those that we did not write: ONNX Runtime, native and in WebAssembly; and checked by
 * ONNX's own checker where Debian's python3-onnx is.
 */

const runtimes = Object.keys(RUNTIMES) as (keyof typeof RUNTIMES)[];

/** Normal deviates; whole numbers and bools from them. */
function drawn(shape: readonly number[], dtype: DType = "float32", seed = 1): NDArray {
  const values = random.defaultRng(seed).standardNormal([...shape]) as NDArray;
  if (dtype.startsWith("float")) return values.astype(dtype) as NDArray;
  return (dtype === "bool" ? camada.greater(values, 0) : camada.floor(multiply(camada.abs(values), 4)).astype(dtype)) as NDArray; // biome-ignore format: one line
}

function near(found: NDArray, expected: NDArray | number, tolerance = 1e-5): void {
  const values = typeof expected === "number" ? [expected] : expected.data;
  expect(found.shape).toEqual(typeof expected === "number" ? [] : expected.shape);
  if (typeof expected !== "number") expect(found.dtype).toBe(expected.dtype);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [found.data[i]!, values[i]!];
    const same = x === y || (Number.isNaN(x) && Number.isNaN(y));
    if (!same && !(Math.abs(x - y) <= tolerance * (1 + Math.abs(y)))) expect([i, x]).toEqual([i, y]);
  }
}

/** A file and what it should give; run by everything that runs such files. */
async function runEverywhere(
  bytes: Uint8Array,
  inputs: NamedArrays,
  expected: { readonly [name: string]: NDArray | number },
  tolerance?: number,
): Promise<void> {
  const ours = readOnnx(bytes).run(inputs);
  for (const [name, value] of Object.entries(expected)) near(ours[name]!, value, tolerance);
  for (const runtime of runtimes) {
    const theirs = await runBy(runtime, bytes, inputs);
    for (const [name, value] of Object.entries(expected)) near(theirs[name]!, value, tolerance);
  }
}

const MODELS: { readonly [name: string]: () => Sequential } = {
  "dense layers": () => sequential(input(4), dense(8), relu(), dropout(0.5), dense(3), softmax()) as never,
  "no biases": () => sequential(input(4), dense(3, { useBias: false }), tanh()) as never,
  "dense along steps": () => sequential(input([3, 4]), dense(2), layerNorm(), dense(2, { useBias: false })) as never,
  activations: () =>
    sequential(
      input(5),
      ...([leakyRelu({ slope: 0.2 }), elu({ alpha: 0.5 }), linear(), softplus(), gelu(), sigmoid(), step()] as never[]),
    ) as never,
  "a convolutional network": () =>
    sequential(
      input([12, 11, 2]),
      conv2d(4, { kernelSize: 3, padding: "same", strides: [2, 1] }),
      batchNorm(),
      relu(),
      maxPooling2d({ padding: "same" }),
      conv2d(3, { kernelSize: [2, 3], dilation: [1, 2] }),
      averagePooling2d({ poolSize: 2, strides: 1, padding: "same" }),
      tanh(),
      flatten(),
      dense(3),
    ) as never,
  "images all the way": () => sequential(input([6, 6, 3]), conv2d(2, { kernelSize: 3 }), softmax()) as never,
  "global means": () => sequential(input([4, 5, 3]), globalAveragePooling2d(), dense(2)) as never,
  "global maxima": () => sequential(input([4, 5, 3]), rescaling(0.5, -1), globalMaxPooling2d()) as never,
  "rows to images": () => sequential(input(12), reshapeTo([2, 2, 3]), conv2d(2, { kernelSize: 2 })) as never,
  words: () => sequential(input(3), embedding(10, 4), flatten(), dense(2)) as never,
  "normalized steps": () => sequential(input([3, 4]), batchNorm(), relu()) as never,
  nothing: () => sequential(input(3), linear()) as never,
}; // biome-ignore format: a table

/** Weights, moving means too, that are none of those that layers begin with. */
function shaken(model: Sequential): Sequential {
  const moved = Object.entries(model.weights).map(([name, w], i) => {
    const noise = multiply(drawn(w.shape, "float32", i), 0.3);
    return [name, camada.add(w, name.endsWith("Variance") ? square(noise) : noise) as NDArray];
  });
  return model.setWeights(Object.fromEntries(moved));
}

const written: Uint8Array[] = [];

describe("a model that is written", () => {
  it.each(Object.entries(MODELS))("gives the same: %s", async (name, make) => {
    const model = shaken(make().initialize(7));
    const bytes = writeOnnx(model);
    written.push(bytes);
    const dtype = name === "words" ? "int32" : "float32";
    for (const batch of [1, 5]) {
      const x = drawn([batch, ...model.network.input.shape], dtype);
      await runEverywhere(bytes, { input: x }, { output: model.forward(x).unnamed() });
    }
  });

  it("may have any kind of layer that a model's file may have", () => {
    const { data } = refused(() => camada.modelFromConfig({ layers: [{ kind: "?", name: "?" }] }));
    const kinds = Object.values(MODELS).flatMap((make) => make().layers.map(({ kind }) => kind));
    expect([...new Set(kinds)].sort()).toEqual([...(data["known"] as string[])].sort());
  });

  it("has an operator or two a layer, called as they are", () => {
    const model = MODELS["a convolutional network"]!();
    const { operators, initializers, inputs } = readOnnx(writeOnnx(model));
    expect([...operators]).toEqual([
      ["Transpose", 2], ["Conv", 2], ["BatchNormalization", 1], ["Relu", 1], ["MaxPool", 1], ["AveragePool", 1],
      ["Tanh", 1], ["Flatten", 1], ["Gemm", 1],
    ]); // biome-ignore format: a table
    expect([...initializers.keys()]).toEqual(expect.arrayContaining(["conv2d1.weights", "batchNorm1.gamma"]));
    expect(inputs.get("input")!.shape).toEqual(["batch", 12, 11, 2]);
  });

  it("of a layer of somebody's own is refused, with the way that there is", async () => {
    const model = sequential(
      input(2),
      activation((x) => multiply(x, sigmoid(x))),
    );
    expect(() => writeOnnx(model)).toThrow("the layer 'activation1' (activation)");
    const batch = drawn([2, 2]);
    const bytes = writeOnnx(({ x }) => ({ y: model.forward(x! as never) as NDArray }), { x: batch });
    await runEverywhere(bytes, { x: batch }, { y: model.forward(batch as never) as NDArray });
  });
});

const records = Object.values(camada).flatMap((value) => {
  const { operation } = value as { operation?: ElementwiseOperation };
  return operation?.kind === "elementwise" ? [operation] : [];
});

/** Loosely typed: what is under test has its types tested elsewhere. */
type Loose = (...args: unknown[]) => NDArray | number;
const f = (of: unknown): Loose => of as Loose;

const FUNCTIONS: { readonly [name: string]: readonly [run: (...args: NDArray[]) => unknown, ...args: NDArray[]] } = {
  "sums, products, extremes": [(x) => f(concatenate)([f(sum)(x, 0), f(prod)(x, 0), f(max)(x, 0), f(min)(x, 0), f(mean)(x, 0), f(variance)(x, 0)]), drawn([3, 4])],
  "sums of whole numbers and bools": [(x, y) => f(camada.add)(f(sum)(x, 1), f(sum)(y, 1)), drawn([3, 4], "int32"), drawn([3, 4], "bool")],
  "whether any or all hold": [(x) => f(camada.logicalAnd)(f(any)(x, 0), f(all)(x, 1)), drawn([3, 3], "bool")],
  positions: [(x) => f(camada.add)(f(argmax)(x, 0), f(argmin)(x, 0)), drawn([5, 4])],
  "the order of values": [(x) => f(argsort)(x, 0), drawn([5, 4])],
  sorted: [(x) => f(sort)(x, 1), drawn([3, 6])],
  "running sums": [(x) => f(cumsum)(x, 1), drawn([3, 4])],
  "products of matrices": [(x, y) => f(einsum)("bij,bkj->bik", x, y), drawn([2, 3, 4]), drawn([2, 5, 4])],
  "of vectors": [(x, y) => f(dot)(x, y), drawn([4]), drawn([4], "float32", 2)],
  "parts, forwards and backwards": [(x) => f((a: NDArray) => a.slice([null, null, -2], [1, 4, 2], 0 as never))(x), drawn([5, 6, 2])],
  turned: [(x) => f(flip)(x, 1), drawn([3, 4])],
  padded: [(x) => f(pad)(x, [[1, 2], [0, 3]], 2), drawn([2, 3])],
  windows: [(x) => f(sum)(f(slidingWindowView)(x, [2, 3], [0, 1]), 3), drawn([4, 6])],
  "rows by index": [(x, i) => f(take)(x, i, 1), drawn([3, 5]), array([[0, -1], [2, 2]], undefined, { dtype: "int32" })],
  "by a condition": [(c, x) => f(where)(c, x, 0), drawn([3, 4], "bool"), drawn([3, 4])],
  "other dtypes": [(x) => f(camada.add)(x.astype("int32"), x.astype("bool")), drawn([3, 4])],
  "a gradient through windows": [(x) => grad((a: NDArray) => f(sum)(f(square)(f(slidingWindowView)(a, [2, 2], [0, 1]))) as number)(x), drawn([4, 5])],
  "a gradient through indices": [(x, i) => grad((a: NDArray) => f(sum)(f(square)(f(take)(a, i, 1))) as number)(x), drawn([3, 4]), array([1, 3, 1], undefined, { dtype: "int32" })],
  "a gradient through parts": [(x) => grad((a: NDArray) => f(sum)(f(square)((a as never as { slice: Loose }).slice([4, null, -2], [1, null, 3]))) as number)(x), drawn([5, 9])],
  "an axis more": [(x) => f(reshape)(x, [2, 1, 6]), drawn([3, 4])],
}; // biome-ignore format: a table

describe("a function that is written", () => {
  it("has every operation element by element", async () => {
    const unary = records.filter(({ arity }) => arity === 1);
    const binary = records.filter(({ arity }) => arity === 2);
    expect(unary.length).toBeGreaterThan(15);
    const between = ({ samples: { low, high } }: ElementwiseOperation, seed: number): NDArray =>
      random.defaultRng(seed).random([40]).multiply(high - low).add(low).astype("float32") as NDArray; // biome-ignore format: one line
    const inputs = Object.fromEntries(records.flatMap((r) => [[`${r.name}X`, between(r, 1)], [`${r.name}Y`, between(r, 2)]])); // biome-ignore format: one line
    const all = (given: { readonly [name: string]: NDArray }) =>
      Object.fromEntries([...unary, ...binary].map((r) => [r.name, r.apply(given[`${r.name}X`] as never, given[`${r.name}Y`] as never) as never as NDArray])); // biome-ignore format: one line
    const bytes = writeOnnx(all, inputs);
    written.push(bytes);
    const used = Object.fromEntries([...readOnnx(bytes).inputs.keys()].map((name) => [name, inputs[name]!]));
    await runEverywhere(bytes, used, all(inputs), 3e-6);
  });

  it.each(Object.entries(FUNCTIONS))("gives the same: %s", async (_, [run, ...args]) => {
    const inputs = Object.fromEntries(args.map((a, i) => [`x${i}`, a]));
    const of = (given: { readonly [name: string]: NDArray }) => ({
      y: run(...args.map((_, i) => given[`x${i}`]!)) as NDArray,
    });
    const bytes = writeOnnx(of, inputs);
    written.push(bytes);
    await runEverywhere(bytes, inputs, of(inputs));
  });

  it("gives an input back, one value twice, and a number", async () => {
    const x = drawn([2]);
    const of = ({ x }: { readonly [name: string]: NDArray }) => ({
      same: x!,
      one: f(camada.exp)(x!) as NDArray,
      half: 0.5,
    });
    const twice = ({ x }: { readonly [name: string]: NDArray }) => {
      const { same, one, half } = of({ x: x! });
      return { same, one, other: one, half };
    };
    const bytes = writeOnnx(twice, { x });
    written.push(bytes);
    const y = f(camada.exp)(x);
    await runEverywhere(bytes, { x }, { same: x, one: y, other: y, half: 0.5 });
  });

  it("of chance, or of no named arrays, is refused", () => {
    const x = drawn([2]);
    expect(() => writeOnnx((({ x }: { x: NDArray }) => x) as never, { x })).toThrow(
      "must give arrays by name",
    );
    expect(() => writeOnnx(({ x }) => ({ x: x! }), { x })).toThrow("by other names than it takes");
  });
});

describe("ONNX's own checker (skipped where Debian's python3-onnx is not)", () => {
  it.skipIf(!hasChecker)("finds nothing wrong with what was written here", () => {
    expect(written.length).toBeGreaterThan(30);
    expect(checked(written)).toBe("");
  });
});
