import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, choice, flag, float, floats, int, texts } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";

// Networks that go through a sequence step by step and hand on a state, unrolled: a step of the graph for each.

const ATTRIBUTES = {
  activation_alpha: floats(),
  activation_beta: floats(),
  activations: texts(),
  clip: float(),
  direction: choice("forward", "reverse", "bidirectional"),
  hidden_size: int(),
  layout: int(0),
};

type Given = AttributesOf<typeof ATTRIBUTES>;

const ACTIVATIONS: { readonly [name: string]: (x: NDArray) => NDArray } = {
  relu: (x) => a.maximum(x, 0),
  sigmoid: a.sigmoid,
  softplus: a.softplus,
  softsign: (x) => a.divide(x, a.add(a.abs(x), 1)),
  tanh: a.tanh,
};

/** A sequence of more steps would make a graph that nobody can hold. */
const MOST_STEPS = 10_000;

/** What one direction has: its weights, and its functions in the operator's order. */
interface Direction {
  /** (gates · hidden, hidden), of what was handed on. */
  readonly recurrent: NDArray;
  /** Biases of what was handed on. */
  readonly biases: NDArray;
  /** Those from the cell's state to its gates; 0 where there are none. */
  readonly peepholes: NDArray | undefined;
  readonly f: readonly ((x: NDArray) => NDArray)[];
}

/** A state that is handed on: what comes out, and what an LSTM keeps to itself. */
type State = readonly [output: NDArray, cell?: NDArray];

/** A step: from what comes in, times its weights and with its biases, and a state, to the next state. */
type Step = (x: NDArray, state: State, direction: Direction) => State;

/** The gates of a sum, side by side along the last axis. */
function gates(x: NDArray, count: number): NDArray[] {
  const size = x.shape.at(-1)! / count;
  return a.split(x, Array.from({ length: count - 1 }, (_, i) => (i + 1) * size), x.ndim - 1); // biome-ignore format: one line
}

const through = (x: NDArray, weights: NDArray): NDArray => a.matmul(x, a.transpose(weights, [1, 0]));

/** Elman's network: h ← f(x W + h R + b). */
const simple: Step = (x, [h], { recurrent, biases, f }) => [
  f[0]!(a.add(x, a.add(through(h, recurrent), biases))),
];

/** Long short-term memory (Hochreiter and Schmidhuber 1997, with peepholes: Gers and Schmidhuber 2000). */
const lstm: Step = (x, [h, c], { recurrent, biases, peepholes, f }) => {
  const [input, output, forget, cell] = gates(a.add(x, a.add(through(h, recurrent), biases)), 4) as [NDArray, NDArray, NDArray, NDArray]; // biome-ignore format: one line
  const [toInput, toOutput, toForget] = peepholes === undefined ? [] : gates(peepholes, 3);
  const peeped = (gate: NDArray, state: NDArray, by: NDArray | undefined) =>
    f[0]!(by === undefined ? gate : a.add(gate, a.multiply(state, by)));
  const kept = a.multiply(peeped(forget, c!, toForget), c!);
  const next = a.add(kept, a.multiply(peeped(input, c!, toInput), f[1]!(cell)));
  return [a.multiply(peeped(output, next, toOutput), f[2]!(next)), next];
};

/** Gated recurrent units (Cho et al. 2014); `late` resets what the product gives, not what goes into it. */
const gru =
  (late: boolean): Step =>
  (x, [h], { recurrent, biases, f }) => {
    const [z, r, n] = gates(x, 3) as [NDArray, NDArray, NDArray];
    const size = h.shape[1]!;
    const [ofZ, ofR, ofN] = a.split(recurrent, [size, 2 * size], 0) as [NDArray, NDArray, NDArray];
    const [bZ, bR, bN] = gates(biases, 3) as [NDArray, NDArray, NDArray];
    const update = f[0]!(a.add(z, a.add(through(h, ofZ), bZ)));
    const reset = f[0]!(a.add(r, a.add(through(h, ofR), bR)));
    const past = late
      ? a.multiply(reset, a.add(through(h, ofN), bN))
      : a.add(through(a.multiply(reset, h), ofN), bN);
    const fresh = f[1]!(a.add(n, past));
    return [a.add(a.multiply(a.subtract(1, update), fresh), a.multiply(update, h))];
  };

/** One of the first axis' parts. */
const at = (x: NDArray, i: number): NDArray => a.reshape(a.take(x, a.integers([i]), 0), x.shape.slice(1));
const stacked = (parts: readonly NDArray[], axis: number): NDArray =>
  a.concatenate(parts.map((part) => a.expandDims(part, axis)), axis); // biome-ignore format: one line

/** The functions that an operator's gates have unless the file says others. */
function activationsOf(call: Call, given: Given, usual: readonly string[], directions: number) {
  const names = (given.activations ?? []).length > 0 ? given.activations! : Array.from({ length: directions }, () => usual).flat(); // biome-ignore format: one line
  const known = names.map((name) => name.toLowerCase()).filter((name) => Object.hasOwn(ACTIVATIONS, name));
  if (known.length !== usual.length * directions) call.refuse(`activations = [${names.join(", ")}]`);
  return known.map((name) => ACTIVATIONS[name]!);
}

/** An operator of `gateCount` gates whose inputs are X, W, R, B, sequence_lens, initial_h, initial_c, P. */
function recurrent(
  call: Call,
  given: Given,
  {
    gateCount,
    usual,
    step,
  }: { readonly gateCount: number; readonly usual: readonly string[]; readonly step: Step },
): readonly NDArray[] {
  const batchFirst = given.layout === 1;
  const x = batchFirst && call.input(0).ndim === 3 ? a.transpose(call.input(0), [1, 0, 2]) : call.input(0);
  const [weights, recurrents] = [call.input(1), call.input(2)];
  const [steps, batch] = x.shape as [number, number];
  const size = recurrents.shape.at(-1) ?? 0;
  const directions = given.direction === "bidirectional" ? 2 : 1;
  const expected = [
    [steps, batch, weights.shape.at(-1) ?? 0],
    [directions, gateCount * size, x.shape.at(-1) ?? 0],
    [directions, gateCount * size, size],
  ];
  const fits = [x, weights, recurrents].every(
    ({ shape }, i) => formatShape(shape) === formatShape(expected[i]!),
  );
  if (!fits || size < 1 || steps < 1 || steps > MOST_STEPS || (given.hidden_size ?? size) !== size) {
    call.refuse(
      `X${formatShape(x.shape)}, W${formatShape(weights.shape)}, R${formatShape(recurrents.shape)}`,
    );
  }
  if (given.clip !== undefined) call.refuse("clip");
  if ((given.activation_alpha ?? given.activation_beta) !== undefined) call.refuse("activation_alpha, activation_beta"); // biome-ignore format: one line
  const functions = activationsOf(call, given, usual, directions);
  const zeros = (shape: readonly number[]) => a.full(shape, 0, x.dtype);
  const first = (i: number, d: number): NDArray => {
    const state = call.optional(i);
    if (state === undefined) return zeros([batch, size]);
    return at(batchFirst ? a.transpose(state, [1, 0, 2]) : state, d);
  };
  const lengths = call.optional(4);
  const results = Array.from({ length: directions }, (_, d) => {
    const [own, back] = call.has(3) ? a.split(at(call.input(3), d), [gateCount * size], 0) : [];
    const direction: Direction = {
      recurrent: at(recurrents, d),
      biases: back ?? zeros([gateCount * size]),
      peepholes: call.has(7) ? at(call.input(7), d) : undefined,
      f: functions.slice(d * usual.length, (d + 1) * usual.length),
    };
    const inputs = through(x, at(weights, d));
    const biased = own === undefined ? inputs : a.add(inputs, own);
    let state: State = [first(5, d), first(6, d)];
    const outputs: NDArray[] = [];
    const order = Array.from({ length: steps }, (_, i) => i);
    for (const t of given.direction === "reverse" || d === 1 ? order.toReversed() : order) {
      const next = step(at(biased, t), state, direction);
      // behind a sequence's end its state stays, and nothing comes out
      const inside = lengths === undefined ? undefined : a.reshape(a.greater(lengths, t), [batch, 1]);
      const kept = (now: NDArray, before: NDArray) => (inside === undefined ? now : a.where(inside, now, before)); // biome-ignore format: one line
      outputs[t] = kept(next[0], zeros([batch, size]));
      state = [
        kept(next[0], state[0]),
        next[1] === undefined ? undefined : kept(next[1], state[1]!),
      ] as State;
    }
    return { outputs: stacked(outputs, 0), state };
  });
  const all = stacked(results.map(({ outputs }) => outputs), 1); // biome-ignore format: one line
  const last = [0, 1].map((i) => {
    const states = results.flatMap(({ state }) => state[i as 0 | 1] ?? []);
    return states.length === 0 ? [] : [stacked(states, batchFirst ? 1 : 0)];
  });
  return [batchFirst ? a.transpose(all, [2, 0, 1, 3]) : all, ...last.flat()];
}

/** Operators with a memory. */
export const RECURRENT: { readonly [name: string]: Operator } = {
  GRU: operator(
    [3, 6],
    { ...ATTRIBUTES, linear_before_reset: flag(false) },
    (call, given) =>
      recurrent(call, given, {
        gateCount: 3,
        usual: ["sigmoid", "tanh"],
        step: gru(given.linear_before_reset),
      }),
    2,
  ),
  LSTM: operator(
    [3, 8],
    { ...ATTRIBUTES, input_forget: flag(false) },
    (call, given) => {
      if (given.input_forget) call.refuse("input_forget");
      return recurrent(call, given, { gateCount: 4, usual: ["sigmoid", "tanh", "tanh"], step: lstm });
    },
    3,
  ),
  RNN: operator(
    [3, 6],
    ATTRIBUTES,
    (call, given) => recurrent(call, given, { gateCount: 1, usual: ["tanh"], step: simple }),
    2,
  ),
};
