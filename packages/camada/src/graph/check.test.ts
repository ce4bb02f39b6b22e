import { describe, expect, it } from "vitest";
import {
  add,
  argsort,
  array,
  concatenate,
  cumsum,
  dot,
  greater,
  multiply,
  type NDArray,
  pad,
  slidingWindowView,
  sum,
  take,
  valueAndGrad,
  where,
} from "../index.js";
import { uniformFrom } from "../ops/counting-random.js";
import { checkGraph } from "./check.js";
import type { Graph } from "./graph.js";
import type { Kind, Node } from "./node.js";
import { trace } from "./trace.js";

/** A function with every kind of step among its own and its gradient's. */
function everything(x: NDArray, places: NDArray, key: NDArray): unknown {
  const rows = take(where(greater(x, 0), multiply(x, x.slice([0, 1]) as NDArray), x), places, 0);
  const parts = concatenate(
    [
      pad(rows, [
        [1, 1],
        [0, 0],
      ]),
      x.slice([0, 2]) as NDArray,
    ],
    0,
  );
  const windows = slidingWindowView(cumsum(parts, 0), [2], [1]);
  const chance = uniformFrom(key as never, 3, [3, 2]) as unknown as NDArray;
  const product = dot(windows.astype("float32"), chance.slice([0, 2]) as NDArray) as NDArray;
  return sum(add(product, argsort(product, 0)));
}

const INT = { dtype: "int32" } as const;
const args = [
  array([
    [1, 2, 3],
    [4, 5, 6],
  ]),
  array([1, 0], undefined, INT),
  array([7, 8], undefined, INT),
];
const { graph } = trace("check", valueAndGrad(everything as () => number) as never, args);

/** One step of the graph alone, on inputs of its own. */
function alone(node: Node): Graph {
  const inputs = node.inputs.map(
    ({ shape, dtype }): Node => ({
      step: { kind: "input" },
      inputs: [],
      shape,
      dtype,
      names: null,
      scope: "",
    }),
  );
  const same = { ...node, inputs };
  return { inputs, outputs: [same], nodes: [...inputs, same] };
}

/** The same graph with another last node. */
function changed({ inputs, nodes }: Graph, by: Partial<Node>): Graph {
  const last = { ...nodes.at(-1)!, ...by };
  return { inputs, outputs: [last], nodes: [...nodes.slice(0, -1), last] };
}

const steps = graph.nodes
  .filter(({ step }) => step.kind !== "input")
  .map((node) => [node.step.kind, alone(node), node] as const);

describe("checkGraph", () => {
  it("accepts a graph with every kind of step", () => {
    checkGraph(graph);
    const kinds: Record<Kind, true> = {
      input: true,
      constant: true,
      elementwise: true,
      where: true,
      cast: true,
      reduce: true,
      matmul: true,
      transpose: true,
      reshape: true,
      broadcast: true,
      slice: true,
      pad: true,
      concatenate: true,
      take: true,
      scatterAdd: true,
      windows: true,
      overlapAdd: true,
      cumsum: true,
      argsort: true,
      uniform: true,
    };
    expect(new Set(graph.nodes.map(({ step }) => step.kind))).toEqual(new Set(Object.keys(kinds)));
  });

  it.each(steps)("finds what is wrong with %s", (kind, step, node) => {
    checkGraph(step);
    const { shape, dtype, inputs } = node;
    // random numbers have any shape, as has what a single value is repeated to, and what is cast any dtype
    const anyShape = kind === "uniform" || (kind === "broadcast" && inputs[0]!.shape.length === 0);
    const other = kind === "broadcast" ? [] : [...shape, 7];
    if (!anyShape) expect(() => checkGraph(changed(step, { shape: other }))).toThrow("the wrong shape");
    if (kind !== "cast")
      expect(() => checkGraph(changed(step, { dtype: dtype === "bool" ? "int32" : "bool" }))).toThrow(
        "the wrong dtype",
      );
    expect(() => checkGraph(changed(step, { names: [...shape.map(() => "x"), "x"] }))).toThrow(
      "the wrong names",
    );
    const input = { ...step.nodes[0]!, step: { kind: "input" }, inputs: [] } as const;
    const more = changed(step, { inputs: [...step.nodes.at(-1)!.inputs, input] });
    const wider = {
      ...more,
      inputs: [...more.inputs, input],
      nodes: [...more.inputs, input, more.nodes.at(-1)!],
    };
    expect(() => checkGraph(wider)).toThrow(kind === "concatenate" ? "the wrong shape" : "other inputs");
    if (inputs.length > 0) expect(() => checkGraph(changed(step, { inputs: [] }))).toThrow("other inputs");
  });

  it("finds steps out of place", () => {
    const { inputs, outputs, nodes } = graph;
    const first = nodes[inputs.length]!;
    const failing = (change: Partial<Graph>) => expect(() => checkGraph({ ...graph, ...change }));
    failing({ nodes: [...nodes, nodes.at(-1)!] }).toThrow("twice");
    failing({ nodes: [...nodes.slice(1), nodes[0]!] }).toThrow("first nodes");
    failing({ outputs: [...outputs, { ...first }] }).toThrow("an output is not in it");
    failing({ outputs: [nodes.at(-2)!] }).toThrow("nothing needs");
    const end = nodes.at(-1)!;
    failing({ nodes: [...inputs, end, ...nodes.slice(inputs.length, -1)] }).toThrow(
      "before what it works on",
    );
    const stray = { ...inputs[0]! };
    failing({
      nodes: [...inputs, stray, ...nodes.slice(inputs.length)],
      outputs: [...outputs, stray],
    }).toThrow("among others");
  });
});
