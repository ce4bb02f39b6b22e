import { fromTypedArray, type NDArray } from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InteropError, readOnnx } from "../../index.js";
import { encode } from "../message.js";
import { ATTRIBUTE_TYPES, type AttributeDraft, MODEL } from "../schema.js";
import { int64Tensor, tensorOf } from "../tensor.js";
import { OPERATORS } from "./index.js";

/** Every operator with its domain. */
const ALL = [...OPERATORS].flatMap(([domain, operators]) =>
  [...operators].map(([opType, operator]) => ({ domain, opType, operator })),
);

const whole = fc.oneof(
  fc.integer({ min: -3, max: 5 }),
  fc.constantFrom(-(2 ** 62), -(2 ** 31), 65, 1000, 2 ** 20, 2 ** 31, 2 ** 32, 2 ** 62),
);
const values = {
  float: fc.oneof(fc.float(), fc.constantFrom(0, 1, -1)).map((f) => ({ f })),
  int: whole.map((i) => ({ i })),
  string: fc.constantFrom("", "mean", "SAME_UPPER", "...ij,jk->ik", "ii").map((text) => ({ s: new TextEncoder().encode(text) })),
  tensor: fc.constant({ t: int64Tensor("t", [7]) }),
  ints: fc.array(whole, { maxLength: 5 }).map((ints) => ({ ints })),
  floats: fc.array(fc.float(), { maxLength: 5 }).map((floats) => ({ floats })),
  graph: fc.constant({}),
  strings: fc.constant({}),
}; // biome-ignore format: a table

/** Constants of every type and of shapes that go together and that do not. */
const constant = fc.oneof(
  fc.array(whole, { maxLength: 4 }).map((numbers) => int64Tensor("", numbers)),
  fc
    .record({
      shape: fc.array(fc.constantFrom(1, 2, 3, 0), { maxLength: 5 }),
      kind: fc.constantFrom("float32", "float32", "float64", "int32", "uint8", "bool"),
    })
    .map(({ shape, kind }) => {
      const size = shape.reduce<number>((n, s) => n * s, 1);
      const makers: { readonly [dtype: string]: { from(values: Iterable<number>): unknown } } = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array, bool: Uint8Array }; // biome-ignore format: one line
      const data = Array.from({ length: size }, (_, i) => (kind === "bool" ? i % 2 : (i % 5) - (kind === "uint8" ? 0 : 2))); // biome-ignore format: one line
      return tensorOf("", { data: makers[kind]!.from(data), shape, dtype: kind } as unknown as NDArray); // biome-ignore format: one line
    }),
);

/** A node of any operator, with some of its attributes, on some constants. */
const node = fc.constantFrom(...ALL).chain(({ domain, opType, operator }) => {
  const attributes = Object.entries(operator.attributes).map(([name, { type }]) =>
    fc.option(
      values[type].map((value) => ({ name, type: ATTRIBUTE_TYPES[type], ...value }) as AttributeDraft),
    ),
  );
  const [least, most] = operator.inputs;
  return fc.record({
    domain: fc.constant(domain),
    opType: fc.constant(opType),
    attribute: fc.tuple(...attributes).map((all) => all.filter((each) => each !== null)),
    constants: fc.array(constant, { minLength: least, maxLength: Math.min(most, least + 2) }),
    outputs: fc.integer({ min: 1, max: Math.min(operator.outputs, 3) }),
    opset: fc.integer({ min: 1, max: domain === "" ? 23 : 1 }),
  });
});

describe("any operator", () => {
  it("on anything, told anything, gives arrays or is refused with words", () => {
    const given = new Set<string>();
    const refused = new Set<string>();
    fc.assert(
      fc.property(node, ({ domain, opType, attribute, constants, outputs, opset }) => {
        const names = Array.from({ length: outputs }, (_, i) => `y${i}`);
        const bytes = encode(MODEL, {
          opsetImport: [{ domain, version: opset }],
          graph: {
            node: [{ domain, opType, attribute, input: constants.map((_, i) => `c${i}`), output: names }],
            initializer: constants.map((tensor, i) => ({ ...tensor, name: `c${i}` })),
            output: names.map((name) => ({ name, type: { tensorType: { elemType: 1 } } })),
          },
        });
        try {
          for (const a of Object.values(readOnnx(bytes, { maxValues: 2 ** 16 }).run({}))) {
            expect(a.size).toBeLessThanOrEqual(2 ** 16);
            expect(a.data.length).toBe(a.size);
          }
          given.add(opType);
        } catch (error) {
          expect(error, `${opType}: ${(error as Error).stack}`).toBeInstanceOf(InteropError);
          refused.add(opType);
        }
      }),
      { numRuns: 6000 },
    );
    // most operators are seen both ways
    expect(given.size).toBeGreaterThan(90);
    expect(refused.size).toBeGreaterThan(90);
  });
});

describe("the inverses of sin, cos and tan", () => {
  it.each(["Asin", "Acos", "Atan"] as const)(
    "%s agrees with the engine's own to the last digits",
    (opType) => {
      const far = opType === "Atan" ? [-Infinity, -1e300, -7, 1.5, 20, 1e18, Infinity] : [-1.5, 2];
      const values = Float64Array.from([...Array.from({ length: 401 }, (_, i) => i / 200 - 1), 1e-300, -1e-9, ...far]); // biome-ignore format: one line
      const model = readOnnx(
        encode(MODEL, {
          opsetImport: [{ domain: "", version: 17 }],
          graph: {
            node: [{ opType, input: ["x"], output: ["y"] }],
            initializer: [tensorOf("x", fromTypedArray(values, [values.length]) as NDArray)],
            output: [{ name: "y", type: { tensorType: { elemType: 11 } } }],
          },
        }),
      );
      const found = model.run({})["y"]!.data as Float64Array;
      const own = { Asin: Math.asin, Acos: Math.acos, Atan: Math.atan }[opType];
      values.forEach((x, i) => {
        const y = own(x);
        if (Number.isNaN(y)) expect(found[i]).toBeNaN();
        else expect(Math.abs(found[i]! - y), `${x}`).toBeLessThanOrEqual(4e-15 * Math.abs(y));
      });
    },
  );
});
