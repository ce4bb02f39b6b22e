import { type Peer, repeated } from "./peer.js";

/**
 * Nobody's product, but as many multiplications and additions with nothing to load or store: what 128-bit
 * WebAssembly could reach at best on the machine and engine at hand. It has no result to compare.
 */
export const ceiling: Peer = {
  prepare: async (task) => {
    if (task.kind !== "product") return undefined;
    const { size, dtype } = task;
    const { instance } = await WebAssembly.instantiate(moduleOf(dtype));
    const run = instance.exports["run"] as (rounds: number) => number;
    const rounds = size ** 3 / (CHAINS * LANES[dtype]);
    return { run: repeated(() => run(rounds)) };
  },
};

/** So many sums at a time keep two multipliers and two adders busy, and fit the registers of x86. */
const CHAINS = 12;
const LANES = { float32: 4, float64: 2 } as const;

/** Instructions by dtype, as the specification numbers them; those after 0xfd are SIMD's. */
const CODES = {
  float32: { type: 0x7d, constant: 0x43, splat: 0x13, mul: [0xe6, 1], add: [0xe4, 1], lane: 0x1f },
  float64: { type: 0x7c, constant: 0x44, splat: 0x14, mul: [0xf2, 1], add: [0xf0, 1], lane: 0x21 },
} as const;

/** `run(n)`: n times x = x * factor + term for each chain; the result keeps all of them needed. */
function moduleOf(dtype: keyof typeof CODES): Uint8Array<ArrayBuffer> {
  const { type, constant, splat, mul, add, lane } = CODES[dtype];
  const [factor, term, first] = [1, 2, 3];
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const filled = (local: number, value: number) => [
    constant,
    ...float(dtype, value),
    0xfd,
    splat,
    ...set(local),
  ];
  const chains = Array.from({ length: CHAINS }, (_, i) => first + i);
  const body = [
    ...[1, CHAINS + 2, 0x7b],
    ...filled(factor, 0.999),
    ...filled(term, 0.001),
    ...[0x03, 0x40],
    ...chains.flatMap((x) => [
      ...get(x),
      ...get(factor),
      0xfd,
      ...mul,
      ...get(term),
      0xfd,
      ...add,
      ...set(x),
    ]),
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...get(first),
    ...chains.slice(1).flatMap((x) => [...get(x), 0xfd, ...add]),
    ...[0xfd, lane, 0, 0x0b],
  ];
  const section = (id: number, ...content: number[]) => [id, ...length(content.length), ...content];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 1, 0x7f, 1, type),
    ...section(3, 1, 0),
    ...section(7, 1, 3, ...new TextEncoder().encode("run"), 0, 0),
    ...section(10, 1, ...length(body.length), ...body),
  ]);
}

const length = (count: number) => (count < 128 ? [count] : [(count & 127) | 128, count >> 7]);

function float(dtype: keyof typeof CODES, value: number): Uint8Array {
  const values = dtype === "float32" ? Float32Array.of(value) : Float64Array.of(value);
  return new Uint8Array(values.buffer);
}
