import { describe, expect, it } from "vitest";
import { dependentsOf, isStale, makersOf, type Node, orderFor, runsByItself } from "./graph.js";

/** Cells `a`, `b` of `a`, `c` of `b`, and `d` that stands alone, all run in order. */
function cells(): Node[] {
  const ran = (turn: number) => ({ code: "1", turn, milliseconds: 5, alive: true });
  return [
    { code: "1", makes: ["a"], takes: [], ran: ran(1), stopped: false },
    { code: "1", makes: ["b"], takes: ["a"], ran: ran(2), stopped: false },
    { code: "1", makes: ["c"], takes: ["b"], ran: ran(3), stopped: false },
    { code: "1", makes: ["d"], takes: [], ran: ran(4), stopped: false },
  ];
}
const changed = (nodes: readonly Node[], at: number, change: Partial<Node>): Node[] =>
  nodes.map((node, i) => (i === at ? { ...node, ...change } : node));
const stale = (nodes: readonly Node[]) => nodes.flatMap((_, at) => (isStale(nodes, at) ? [at] : []));

describe("the graph of cells", () => {
  it("follows names to the last cell before that makes them", () => {
    const twice = changed(cells(), 1, { makes: ["a", "b"] });
    expect(makersOf(changed(twice, 2, { takes: ["a", "b", "zeros"] }), 2)).toEqual([1]);
    expect(dependentsOf(cells(), 0)).toEqual([1, 2]);
    expect(dependentsOf(cells(), 3)).toEqual([]);
  });

  it("is out of date after an edit, down to the last dependent, until the code is as it was", () => {
    expect(stale(cells())).toEqual([]);
    const edited = changed(cells(), 0, { code: "2" });
    expect(stale(edited)).toEqual([0, 1, 2]);
    expect(stale(changed(edited, 0, { code: "1" }))).toEqual([]);
  });

  it("is out of date where a cell above has run again, or the values are gone", () => {
    const again = changed(cells(), 1, { ran: { code: "1", turn: 9, milliseconds: 5, alive: true } });
    expect(stale(again)).toEqual([2]);
    const lost = cells().map((node) => ({ ...node, ran: { ...node.ran!, alive: false } }));
    expect(stale(lost)).toEqual([0, 1, 2, 3]);
    expect(orderFor(lost, 1)).toEqual([0, 1]);
  });

  it("runs first what has not run, and what is out of date below the cell", () => {
    expect(orderFor(changed(cells(), 0, { code: "2" }), 2)).toEqual([0, 1, 2]);
    expect(orderFor(changed(cells(), 0, { code: "2" }), 3)).toEqual([3]);
    expect(orderFor(changed(cells(), 3, { ran: null }), 2)).toEqual([2]);
    expect(orderFor(changed(cells(), 0, { ran: null }), 3)).toEqual([0, 3]);
    const stopped = changed(cells(), 0, { ran: null, stopped: true });
    expect(orderFor(stopped, 3)).toEqual([3]);
    expect(orderFor(stopped, 1)).toEqual([0, 1]);
  });

  it("runs again by itself what is cheap, unchanged and waits for nothing slow", () => {
    const again = (milliseconds: number) =>
      changed(cells(), 0, { ran: { code: "1", turn: 9, milliseconds, alive: true } });
    expect(runsByItself(again(5))).toEqual([1, 2]);
    const slow = changed(again(5), 1, { ran: { code: "1", turn: 2, milliseconds: 900, alive: true } });
    expect(runsByItself(slow)).toEqual([]);
    expect(runsByItself(changed(again(5), 1, { code: "2" }))).toEqual([]);
    expect(runsByItself(again(5_000))).toEqual([1, 2]);
  });
});
