import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add } from "../ops/arithmetic.js";
import { load } from "./expression.js";
import { type Kernel, type Plan, readBy, writtenBy } from "./kernel.js";
import { bytesOf, layoutOf } from "./memory.js";
import { type Buffer, viewOf } from "./view.js";

/** Plans whose kernels each add two buffers that are there, of any sizes: what is read is never more than is there. */
const plans = fc
  .record({
    inputs: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
    kernels: fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 300 }), of: fc.tuple(fc.nat(6), fc.nat(6)) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    ),
    outputs: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }),
    dtype: fc.constantFrom("float64", "float32", "uint8"),
  })
  .map(({ inputs, kernels, outputs, dtype }): Plan => {
    const buffers = inputs.map((size): Buffer => ({ dtype, size }));
    const from = (place: number): Buffer => buffers.at(-1 - (place % buffers.length))!;
    const first = [...buffers];
    const made = kernels.map(({ size, of }): Kernel => {
      const into: Buffer = { dtype, size };
      const args = of.map((place) => load(viewOf(from(place), [from(place).size])));
      buffers.push(into);
      const value = { kind: "apply", operation: add.operation, args, dtype } as const;
      return { kind: "map", shape: [size], stores: [{ view: viewOf(into, [size]), value }], ordered: 0 };
    });
    return { kernels: made, inputs: first, outputs: outputs.map(from) };
  });

/** Which buffers hold values that are still needed, while each kernel runs. */
function neededDuring({ kernels, inputs, outputs }: Plan): Set<Buffer>[] {
  const uses = kernels.map((kernel) => [...readBy(kernel), ...writtenBy(kernel)].map(({ buffer }) => buffer));
  return kernels.map((_, i) => {
    const before = new Set(uses.slice(0, i + 1).flat());
    const after = new Set(uses.slice(i).flat());
    return new Set([...inputs, ...outputs, ...[...before].filter((buffer) => after.has(buffer))]);
  });
}

describe("a layout", () => {
  it("never has two buffers overlap whose values are needed at the same time", () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 10 }), (plan, lines) => {
        const { addresses, end } = layoutOf(plan, lines * 64);
        for (const needed of neededDuring(plan)) {
          const places = [...needed].map((buffer) => {
            const from = addresses.get(buffer)!;
            // a last vector may be read past a buffer's end, but not be written
            return { from, to: from + buffer.size * bytesOf(buffer) };
          });
          places.sort((a, b) => a.from - b.from);
          places.forEach(({ from, to }, i) => {
            expect(from % 64).toBe(0);
            expect(from).toBeGreaterThanOrEqual(places[i - 1]?.to ?? lines * 64);
            expect(to + 16).toBeLessThanOrEqual(end);
          });
        }
      }),
      { seed: 60, numRuns: 500 },
    );
  });

  it("gives one place to what is needed one after the other", () => {
    const chain = Array.from({ length: 10 }, (): Buffer => ({ dtype: "float32", size: 1000 }));
    const kernels = chain.slice(1).map((into, i): Kernel => {
      const view = viewOf(into, [1000]);
      return {
        kind: "map",
        shape: [1000],
        stores: [{ view, value: load(viewOf(chain[i]!, [1000])) }],
        ordered: 0,
      };
    });
    const plan = { kernels, inputs: [chain[0]!], outputs: [chain.at(-1)!] };
    // input, output, and two in turns
    expect(layoutOf(plan, 0).end).toBeLessThan(4 * 4200);
  });
});
