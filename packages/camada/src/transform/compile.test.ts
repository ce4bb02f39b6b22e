import { afterEach, describe, expect, it } from "vitest";
import { reference } from "../backends/reference/index.js";
import type { Backend, NDArray } from "../index.js";
import {
  add,
  array,
  compile,
  configure,
  divide,
  dot,
  exp,
  multiply,
  ones,
  sort,
  sum,
  tanh,
  zeros,
} from "../index.js";

afterEach(() => configure({ backend: "reference" }));

/** A compiled function, and how often it has been traced. */
function counted<F extends (...args: never[]) => unknown>(f: F): { run: F; times: () => number } {
  let times = 0;
  const run = compile(((...args: never[]) => {
    times++;
    return f(...args);
  }) as F);
  return { run, times: () => times };
}

/** The reference backend under a name, and how often it has been given a graph. */
function named(name: string): Backend & { prepared: number } {
  const backend = {
    name,
    prepared: 0,
    prepare(graph: Parameters<Backend["prepare"]>[0]) {
      backend.prepared++;
      return reference.prepare(graph);
    },
  };
  return backend;
}

const loose = (value: unknown) => value as never;

describe("compile", () => {
  it("keeps the programs of the last 32 kinds of arguments, and no more", () => {
    const { run, times } = counted((x: NDArray) => add(x, 1));
    const f = compile(run);
    for (let size = 1; size <= 33; size++) f(zeros([size]));
    f(zeros([2]));
    expect(times()).toBe(33);
    f(zeros([1]));
    expect(times()).toBe(34);
  });

  it("traces once for arrays of one kind, whatever their values", () => {
    const { run, times } = counted((x: NDArray) => add(x, 1));
    expect(run(array([1, 2])).toArray()).toEqual([2, 3]);
    expect(run(array([5, 6])).toArray()).toEqual([6, 7]);
    expect(times()).toBe(1);
  });

  it("traces anew for other shapes, dtypes, names, numbers, texts, and forms of the arguments", () => {
    const { run, times } = counted((...args: unknown[]) => args);
    const kinds = [
      [array([1, 2])],
      [array([1, 2, 3])],
      [array([[1, 2]])],
      [array([1, 2], undefined, { dtype: "float32" })],
      [array([1, 2], ["x"])],
      [array([1, 2], ["y"])],
      [0],
      [-0],
      [1],
      [Number.NaN],
      [Infinity],
      ["1"],
      ["NaN"],
      ["-0"],
      ["undefined"],
      [null],
      [undefined],
      [true],
      [],
      [[]],
      [{}],
      [[1]],
      [[[1]]],
      [[1], 1],
      [1, [1]],
      [{ a: 1 }],
      [{ b: 1 }],
      [{ a: undefined }],
      [{ a: null }],
      [["float64 [[2],null]"]],
    ];
    for (const [i, args] of kinds.entries()) {
      run(...args);
      expect(times(), `${i}`).toBe(i + 1);
    }
    for (const args of kinds) run(...args);
    expect(times()).toBe(kinds.length);
  });

  it("knows 0 from -0, and a number from its text", () => {
    const quotient = compile((x: NDArray, by: number) => divide(x, by) as NDArray);
    expect(quotient(array([1]), 0).toArray()).toEqual([Infinity]);
    expect(quotient(array([1]), -0).toArray()).toEqual([-Infinity]);
    const either = compile((x: NDArray, mode: number | string) => add(x, mode === "1" ? 100 : 1));
    expect(either(array([0]), 1).toArray()).toEqual([1]);
    expect(either(array([0]), "1").toArray()).toEqual([100]);
  });

  it("gives back trees, with names, of arrays that are the caller's own", () => {
    const f = compile((p: { x: NDArray; keep: string }) => ({ ...p, list: [p.x, p.x.T, 3, null] }));
    const x = array([[1, 2]], ["batch", "feature"]);
    const { x: same, keep, list } = f({ x, keep: "text" });
    const [again, turned, number, nothing] = list as [NDArray, NDArray, number, null];
    expect([keep, number, nothing]).toEqual(["text", 3, null]);
    expect([same.names, turned.names]).toEqual([
      ["batch", "feature"],
      ["feature", "batch"],
    ]);
    same.set(9, 0, 0);
    expect([x.toArray(), again.toArray(), turned.toArray()]).toEqual([[[1, 2]], [[1, 2]], [[1], [2]]]);
  });

  it("keeps what the function had beside its arguments as it was then", () => {
    const weights = array([1, 2]);
    const f = compile((x: NDArray) => multiply(x, weights) as NDArray);
    expect(f(ones([2])).toArray()).toEqual([1, 2]);
    weights.set(100, 0);
    expect(f(ones([2])).toArray()).toEqual([1, 2]);
  });

  it("takes any view", () => {
    const x = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const f = compile((x: NDArray) => add(x, 0));
    expect(f(x.T).toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(f(x.slice(null, [null, null, -2]) as NDArray).toArray()).toEqual([
      [3, 1],
      [6, 4],
    ]);
  });

  it("works within a traced function, on its arrays, on values, and with both", () => {
    const scaled = compile((x: NDArray, by: NDArray) => multiply(x, by) as NDArray);
    const outer = compile((x: NDArray) => {
      const within = compile((y: NDArray) => add(y, sum(x)) as NDArray);
      return [scaled(x, array([2, 3])), scaled(array([1, 1]), array([5, 5])), within(array([0, 1]))];
    });
    expect(outer(array([1, 2])).map((x) => x.toArray())).toEqual([
      [2, 6],
      [5, 5],
      [3, 4],
    ]);
  });

  it("forgets that it was tracing when the function throws", () => {
    const failing = compile((_: NDArray): NDArray => {
      throw new Error("mine");
    });
    expect(() => failing(array([1]))).toThrow("mine");
    const { run, times } = counted((x: NDArray) => exp(x));
    run(array([1]));
    run(array([2]));
    expect(times()).toBe(1);
  });

  it("holds deep programs", () => {
    const deep = compile((x: NDArray) => {
      let y = x;
      for (let i = 0; i < 20_000; i++) y = add(y, 1);
      return y;
    });
    expect(deep(array([0.5])).toArray()).toEqual([20_000.5]);
  });

  it("runs on the backend that is asked for, else on the one configured now", () => {
    const [one, other] = [named("one"), named("other")];
    const f = compile((x: NDArray) => tanh(x));
    const g = compile((x: NDArray) => tanh(x), { backend: one });
    f(zeros([1]));
    g(zeros([1]));
    expect([one.prepared, other.prepared]).toEqual([1, 0]);
    configure({ backend: other });
    for (let i = 0; i < 2; i++) {
      f(zeros([1]));
      g(zeros([1]));
    }
    expect([one.prepared, other.prepared]).toEqual([1, 1]);
  });

  it("names the result's axes where a backend of somebody's own does not", () => {
    const backend: Backend = {
      name: "unnamed",
      prepare: (graph) => {
        const program = reference.prepare(graph);
        const read = program.read.bind(program);
        return Object.assign(program, { read: (output: number) => read(output) });
      },
    };
    const f = compile((x: NDArray) => tanh(x), { backend });
    expect(f(zeros([2], ["feature"])).names).toEqual(["feature"]);
  });

  it("refuses in the operation's own words", () => {
    const x = zeros([2, 3]);
    expect(() => compile((x: NDArray) => x.at(2))(x)).toThrow("at: the index 2 is outside axis 0");
    expect(() => compile((x: NDArray) => x.slice(2))(x)).toThrow("slice: the index 2 is outside axis 0");
    expect(() => compile((x: NDArray) => sort(x, 2))(x)).toThrow("sort: there is no axis 2 in (2, 3)");
  });

  it("checks axes when it is traced", () => {
    const f = compile((x: NDArray, w: NDArray) => dot(x, loose(w)) as unknown as NDArray);
    const x = zeros([4, 3], ["batch", "feature"]);
    expect(() => f(x, zeros([3, 3], ["neuron", "feature"]))).toThrow(
      "dot: the axes do not match, whatever their sizes: it would multiply 'feature' by 'neuron'",
    );
  });
});
