import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../../tests/oracle/expected.js";
import { hasNumPy, numpy } from "../../../../../tests/oracle/numpy.js";
import { CamadaError, sentence } from "../../errors/error.js";
import { en } from "../../errors/messages/en.js";
import { ptBR } from "../../errors/messages/pt-BR.js";
import { rowMajor, sizeOf } from "../../shape/shape.js";
import { allocate, type DType } from "../../storage/dtype.js";
import { Strided } from "../../storage/strided.js";
import { getPrintOptions, type PrintOptions, print, setPrintOptions } from "./index.js";

/**
 * Printing against NumPy's `str`, character for character. Some hundreds of cases are recorded for machines
 * without NumPy; with it, thousands more are asked live (`SEED=n` for others).
 */

interface Case {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** The values are worked out from this on both sides, or given. */
  readonly values: readonly number[];
  readonly transposed: boolean;
  readonly options: Partial<PrintOptions>;
}

const SCRIPT = `
result = []
for case in data:
    a = np.array(case["values"], dtype="float64").astype(case["dtype"]).reshape(case["shape"])
    with np.printoptions(**case["options"]):
        result.append(str(a.T if case["transposed"] else a))
`;

const defaults = getPrintOptions();
afterEach(() => setPrintOptions(defaults));

function printed({ dtype, shape, values, transposed, options }: Case): string {
  const buffer = allocate(dtype, values.length);
  values.forEach((value, i) => {
    buffer[i] = value;
  });
  const strides = rowMajor(shape);
  setPrintOptions({ ...defaults, ...options });
  return transposed
    ? print(new Strided(buffer, [...shape].reverse(), [...strides].reverse(), 0, dtype, null))
    : print(new Strided(buffer, shape, strides, 0, dtype, null));
}

/** A seeded stream of numbers in [0, 1): Park and Miller's, enough to vary cases. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const SPECIAL = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const EDGES = [
  ...[
    1e16, 9999999999999998, 1e15, 1e-4, 9.999e-5, 1e-5, 1e8, 99999999, 99999999.99999999, 1e6, 999999.94,
    1000,
  ],
  ...[
    5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 1.4e-45, 1.17549435e-38,
  ],
  ...[3.4028234663852886e38, 0.1, 0.1 + 0.2, 1 / 3, 2 / 3, 0.5, 2.5, 0.125, 1.005, 1e22, 1e23, 123456789.125],
  ...[0.000000005, 0.000000015, 4.9999999e-9, 16777216, 16777217, 9007199254740992, 0.99999999, 0.999999995],
];

/** A power of ten, the same in every engine: `**` may differ in the last digit. */
const ten = (power: number) => Number(`1e${power}`);

/** Ways to draw floats, each a kind of array that people print. */
function floats(random: () => number): () => number {
  const sign = () => (random() < 0.3 ? -1 : 1);
  const digits = Math.floor(random() * 9);
  const power = Math.floor(random() * 2100) - 1074;
  const kinds: (() => number)[] = [
    () => sign() * random(),
    () => sign() * Math.round(random() * 1000),
    () => sign() * Math.round(random() * ten(digits)) * ten(-Math.floor(random() * 9)),
    () => sign() * random() * ten(Math.floor(random() * 8) - 4),
    () => sign() * random() * ten(Math.floor(random() * 40) - 20),
    () => sign() * 2 ** (Math.floor(random() * 2098) - 1074),
    () => sign() * random() * 2 ** power,
    () => sign() * 2 ** Math.floor(random() * 60 - 30),
    () => sign() * (Math.floor(random() * 64) / 64),
    () => sign() * EDGES[Math.floor(random() * EDGES.length)]!,
    () => sign() * Math.round(random() * 1e9) * 5e-9,
  ];
  const kind = kinds[Math.floor(random() * kinds.length)]!;
  const specials = random() < 0.3 ? random() * 0.6 : 0;
  return () => (random() < specials ? SPECIAL[Math.floor(random() * SPECIAL.length)]! : kind());
}

function values(dtype: DType, count: number, random: () => number): number[] {
  if (dtype === "bool") return Array.from({ length: count }, () => (random() < 0.5 ? 0 : 1));
  if (dtype === "uint8") return Array.from({ length: count }, () => Math.floor(random() * 256));
  if (dtype === "int32") {
    const most = 2 ** Math.floor(random() * 32);
    const low = random() < 0.5 ? 0 : -most;
    return Array.from({ length: count }, () =>
      Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.floor(low + random() * (most - low)))),
    );
  }
  const draw = floats(random);
  return Array.from({ length: count }, () => (dtype === "float32" ? Math.fround(draw()) : draw()));
}

function shapeOf(random: () => number, size: number): number[] {
  const ndim = Math.floor(random() * 5.2);
  if (random() < 0.02) return Array.from({ length: ndim }, () => Math.floor(random() * 3));
  const most = [0, 30, 9, 5, 3, 3][ndim]! * size;
  return Array.from({ length: ndim }, () => 1 + Math.floor(random() * most));
}

function optionsOf(random: () => number): Partial<PrintOptions> {
  const some = <T>(...choices: T[]) => choices[Math.floor(random() * choices.length)]!;
  const all: PrintOptions = {
    precision: some(0, 1, 2, 3, 5, 8, 12, 17, 25),
    threshold: some(0, 5, 20, 1000),
    edgeitems: some(0, 1, 2, 3, 5),
    linewidth: some(0, 1, 10, 20, 40, 75, 120),
    suppress: some(false, true),
    floatmode: some("fixed", "unique", "maxprec", "maxprec_equal"),
    sign: some("-", "+", " "),
    nanstr: some("nan", "NA", "not a number", ""),
    infstr: some("inf", "Infinity", "oo"),
  };
  const share = random() < 0.5 ? 0.2 : 0.8;
  return Object.fromEntries(Object.entries(all).filter(() => random() < share));
}

function cases(seed: number, count: number, { withOptions = false, size = 1 } = {}): Case[] {
  const random = stream(seed);
  return Array.from({ length: count }, () => {
    const dtypes = ["float64", "float64", "float64", "float32", "float32", "int32", "uint8", "bool"] as const;
    const dtype = dtypes[Math.floor(random() * dtypes.length)]!;
    const shape = shapeOf(random, size);
    return {
      dtype,
      shape,
      values: values(dtype, sizeOf(shape), random),
      transposed: random() < 0.2,
      options: withOptions ? optionsOf(random) : {},
    };
  });
}

/** Arrays past the threshold, of one to four axes. */
function large(seed: number, count: number): Case[] {
  const random = stream(seed);
  const shapes = [
    [1001],
    [40, 26],
    [1000],
    [2000],
    [7, 200],
    [6, 200],
    [2, 600],
    [600, 2],
    [11, 11, 11],
    [3, 7, 5, 10],
  ];
  return shapes.slice(0, count).flatMap((shape) =>
    (["float64", "float32", "int32", "uint8", "bool"] as const).map((dtype) => ({
      dtype,
      shape,
      values: values(dtype, sizeOf(shape), random),
      transposed: random() < 0.3,
      options: {},
    })),
  );
}

/** Each value by itself, without axes and with one. */
const single: Case[] = [...EDGES, ...SPECIAL, ...EDGES.map((x) => -x)].flatMap((value) =>
  (["float64", "float32"] as const).flatMap((dtype) =>
    [[], [1]].map((shape) => ({ dtype, shape, values: [value], transposed: false, options: {} })),
  ),
);

function check(all: readonly Case[], answers: readonly string[]): void {
  expect(answers.length).toBe(all.length);
  all.forEach((one, i) => {
    const ours = printed(one);
    if (ours !== answers[i]) expect({ ...one, text: ours }).toEqual({ ...one, text: answers[i] });
  });
}

describe("print", () => {
  it("is NumPy's print, for values on their own, arrays of all kinds, and all options", () => {
    const all = [...single, ...cases(1, 400), ...cases(2, 250, { withOptions: true }), ...large(3, 2)];
    check(all, expected("print", SCRIPT, all));
  });

  it.runIf(hasNumPy)("is NumPy's print, for thousands of arrays more", () => {
    const seed = Number(process.env["SEED"] ?? 4);
    const all = [
      ...cases(seed, 2500),
      ...cases(seed + 1, 2500, { withOptions: true }),
      ...large(seed + 2, 10),
    ];
    check(all, numpy<string[]>(SCRIPT, all));
  });

  it("shows a view's values in the view's order", () => {
    const backwards = new Strided(Int32Array.of(1, 2, 3, 4), [2], [-2], 3, "int32", null);
    expect(print(backwards)).toBe("[4 2]");
  });
});

describe("setPrintOptions", () => {
  it("keeps what is not given", () => {
    setPrintOptions({ precision: 2 });
    setPrintOptions({ sign: "+" });
    expect(getPrintOptions()).toEqual({ ...defaults, precision: 2, sign: "+" });
  });

  it.each([
    ["precision", -1],
    ["precision", 2.5],
    ["threshold", Number.NaN],
    ["edgeitems", "3"],
    ["linewidth", Number.POSITIVE_INFINITY],
    ["suppress", 1],
    ["floatmode", "short"],
    ["sign", ""],
    ["nanstr", null],
  ])("refuses %s: %s, and changes nothing", (option, value) => {
    const refused = caught(() => setPrintOptions({ edgeitems: 1, [option]: value }));
    expect([refused.code, refused.data]).toEqual(["print.value", { option, value: String(value) }]);
    expect(getPrintOptions()).toEqual(defaults);
  });

  it("refuses an option that there is not, in both languages", () => {
    const { code, data } = caught(() => setPrintOptions({ digits: 3 } as Partial<PrintOptions>));
    expect(sentence(code as "print.value", data, en)).toMatch(
      /^setPrintOptions: there is no option 'digits'. There are: precision, /,
    );
    expect(sentence(code as "print.value", data, ptBR)).toMatch(
      /^setPrintOptions: não existe a opção 'digits'. Existem: precision, /,
    );
    const value = { option: "sign", value: "x" };
    expect(sentence("print.value", value, en)).toBe("setPrintOptions: sign cannot be x");
    expect(sentence("print.value", value, ptBR)).toBe("setPrintOptions: sign não pode ser x");
  });
});

function caught(action: () => void): CamadaError {
  try {
    action();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
