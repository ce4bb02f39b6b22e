import { describe, expect, it } from "vitest";
import { checkGraph } from "../graph/check.js";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../index.js";
import {
  add,
  array,
  compile,
  cos,
  dot,
  exp,
  grad,
  log,
  mean,
  multiply,
  ones,
  power,
  random,
  sin,
  square,
  sum,
  tanh,
  valueAndGrad,
} from "../index.js";

const total = (x: unknown) => sum(x as NDArray);
const names = (a: unknown) => (a as NDArray).names;

describe("grad", () => {
  it("has the form of the argument", () => {
    const loss = (p: { w: NDArray; more: (NDArray | number)[]; kind: string }) =>
      total(multiply(multiply(p.w, p.more[0] as NDArray), p.more[1] as number));
    const p = { w: array([1, 2]), more: [array([3, 4]), 5], kind: "text" };
    const gradient = grad(loss)(p);
    expect(JSON.parse(JSON.stringify(gradient))).toEqual({ w: [15, 20], more: [[5, 10], 11], kind: "text" });
  });

  it("is by the argument that is asked for", () => {
    const f = (x: NDArray, y: NDArray, n: number) => total(multiply(multiply(x, power(y, 2)), n));
    const args = [array([1, 2]), array([3, 4]), 2] as const;
    const by = (argnums: number) => grad(f, { argnums })(...args) as unknown;
    expect((by(0) as NDArray).toArray()).toEqual([18, 32]);
    expect((by(1) as NDArray).toArray()).toEqual([12, 32]);
    expect(by(2)).toBe(41);
  });

  it("of a number is a number, however often", () => {
    const f = (x: number) => sin(x);
    const derivatives = [f, grad(f), grad(grad(f)), grad(grad(grad(f))), grad(grad(grad(grad(f))))];
    expect(derivatives.map((d) => d(0.5))).toEqual([
      Math.sin(0.5),
      Math.cos(0.5),
      -Math.sin(0.5),
      -Math.cos(0.5),
      Math.sin(0.5),
    ]);
  });

  it("is 0 where the function does not depend on the argument, and 1 where it is the argument", () => {
    expect(grad((_: number) => 5)(3)).toBe(0);
    expect(grad((x: number) => x)(3)).toBe(1);
    expect(grad((_: NDArray) => total(array([1])))(array([1, 2])).toArray()).toEqual([0, 0]);
    expect(
      grad((x: NDArray, _: NDArray) => total(x), { argnums: 1 })(ones([1]), ones([2])).toArray(),
    ).toEqual([0, 0]);
  });

  it("adds up what an argument does by several ways, each time it is used", () => {
    const x = array([0.5, 2]);
    const f = (x: NDArray) => total(add(multiply(x, x), multiply(exp(x), x)));
    const expected = [0.5, 2].map((x) => 2 * x + Math.exp(x) * (1 + x));
    (grad(f)(x).toArray() as number[]).forEach((g, i) => {
      expect(g).toBeCloseTo(expected[i]!, 12);
    });
  });

  it("takes an array as itself, not as what it was made of", () => {
    const inner = (y: NDArray) => total(square(y));
    const outer = (x: NDArray) => total(grad(inner)(exp(x)));
    const x = array([0.5, 1]);
    expect(outer(x)).toBeCloseTo(2 * (Math.exp(0.5) + Math.E), 12);
    const slopes = grad(outer)(x).toArray() as number[];
    for (const [i, value] of [0.5, 1].entries()) expect(slopes[i]).toBeCloseTo(2 * Math.exp(value), 12);
  });

  it("works through compile, within it, and around it", () => {
    const x = array([0.1, 0.2]);
    const f = (x: NDArray) => total(tanh(x));
    const plain = grad(f)(x).toArray();
    expect(grad(compile(f))(x).toArray()).toEqual(plain);
    expect(compile(grad(f))(x).toArray()).toEqual(plain);
    expect(compile((x: NDArray) => grad(compile(f))(x))(x).toArray()).toEqual(plain);
    const second = grad((x: NDArray) => total(grad(f)(x)))(x).toArray();
    expect(grad(compile((x: NDArray) => total(compile(grad(compile(f)))(x))))(x).toArray()).toEqual(second);
  });

  it("sees what the function around it has at hand", () => {
    const f = (x: NDArray) => total(grad((w: NDArray) => total(multiply(square(w), x)))(array([1, 2])));
    expect(f(array([3, 4]))).toBe(22);
    expect(compile(f)(array([3, 4]))).toBe(22);
    expect(grad(f)(array([3, 4])).toArray()).toEqual([2, 4]);
  });

  it("gives value and gradient at once", () => {
    const [value, gradient] = valueAndGrad((x: NDArray) => total(square(x)))(array([1, 2]));
    expect([value, gradient.toArray()]).toEqual([5, [2, 4]]);
    const [list] = valueAndGrad((x: NDArray) => [total(x)])(array([1, 2]));
    expect(list).toEqual([3]);
  });

  it("holds deep functions", () => {
    const deep = (x: NDArray) => {
      let y = x;
      for (let i = 0; i < 5_000; i++) y = multiply(y, 1.0001) as NDArray;
      return total(y);
    };
    expect((grad(deep)(ones([1])).toArray() as number[])[0]).toBeCloseTo(1.0001 ** 5000, 9);
  });
});

describe("dtypes of gradients", () => {
  it("are those of the arguments, and nothing widens on the way", () => {
    const x = random.defaultRng(3).random([4, 3]).astype("float32");
    const w = random.defaultRng(4).random([5, 3]).astype("float32");
    const f = (w: NDArray, x: NDArray) => mean(square(log(add(exp(dot(x, w.T as never)), 1.5))) as NDArray);
    const slope = grad(f);
    expect(slope(w, x).dtype).toBe("float32");
    const { graph } = trace("test", grad((w: NDArray, x: NDArray) => total(square(slope(w, x)))) as never, [
      w,
      x,
    ]);
    checkGraph(graph);
    expect(new Set(graph.nodes.map(({ dtype }) => dtype))).toEqual(new Set(["float32"]));
  });

  it("stay each argument's own where dtypes meet", () => {
    const f = (p: { a: NDArray; b: NDArray }) => total(multiply(p.a, p.b));
    const { a, b } = grad(f)({ a: ones([2]).astype("float32"), b: ones([2]) });
    expect([a.dtype, b.dtype]).toEqual(["float32", "float64"]);
  });

  it("pass through no whole numbers", () => {
    const f = (x: NDArray) => total(multiply(x.astype("int32").astype("float64"), x));
    expect(grad(f)(array([1.5, 2.5])).toArray()).toEqual([1, 2]);
  });
});

describe("names of gradients", () => {
  it("are those of the arguments", () => {
    const layer = (p: { weights: NDArray; biases: NDArray }, x: NDArray) =>
      total(tanh(add(dot(x, p.weights.T as never), p.biases)));
    const p = { weights: ones([5, 3], ["neuron", "feature"]), biases: ones([5], ["neuron"]) };
    const gradient = grad(layer)(p, ones([4, 3], ["batch", "feature"]));
    expect([names(gradient.weights), names(gradient.biases)]).toEqual([["neuron", "feature"], ["neuron"]]);
  });

  it("are no hindrance where a step's gradient would have one twice", () => {
    const state = ones([4, 3], ["batch", "feature"]);
    const w = array(
      [
        [0.1, 0.2, 0.3],
        [0.4, 0.5, 0.6],
        [0.7, 0.8, 0.9],
      ],
      [null, "feature"] as never,
    );
    const f = (x: NDArray, w: NDArray) => {
      let state = x;
      for (let step = 0; step < 3; step++) state = tanh(dot(state, w as never) as NDArray);
      return total(state);
    };
    expect(names(dot(state, w as never))).toEqual(["batch", "feature"]);
    for (const [argnums, argument] of [state, w].entries()) {
      const gradient = grad(f, { argnums })(state, w);
      expect([gradient.shape, names(gradient)]).toEqual([argument.shape, argument.names]);
    }
    const square3 = ones([3, 3], ["feature", null] as never);
    expect(names(grad((x: NDArray) => total(dot(x, cos(x) as never)))(square3))).toEqual(["feature", null]);
  });
});
