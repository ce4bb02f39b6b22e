import type { ElementwiseOperation } from "../../ops/elementwise.js";
import type { Lanes } from "../../ops/lanes.js";
import { type DType, isFloat } from "../../storage/dtype.js";
import type { Code } from "./assembler/index.js";
import { erf } from "./math/erf.js";
import { exp, expm1, logistic, tanh } from "./math/exponential.js";
import { log, log1p } from "./math/logarithm.js";
import { power } from "./math/power.js";
import { cos, sin } from "./math/trigonometric.js";

/** What the engine has beyond SIMD. */
export interface Tier {
  /** Instructions that multiply and add, with one rounding where the machine can. */
  readonly relaxed: boolean;
  /** Whether the engine takes two vectors together, which it cannot do with all instructions. */
  readonly wide?: boolean;
}

export type LaneType = "float32" | "float64" | "int32";
type Instruction = Parameters<Code["op"]>[0];

const SHAPES = { float32: "f32x4", float64: "f64x2", int32: "i32x4" } as const;
const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

/** From so many coefficients on a polynomial is computed in pairs. */
const LONG = 8;

const LOWER = [0, 1, 2, 3, 4, 5, 6, 7];
const UPPER = LOWER.map((byte) => byte + 8);

/**
 * Instructions on WebAssembly's vectors of 128 bits: four float32, two float64 or four int32. A value is the
 * index of a local, which costs nothing where an optimizing engine compiles it; a mask is all ones or all
 * zeros in each lane. Beside what operations are made of it has what mathematical functions need. Of int32 it
 * has what `canLower` says.
 */
export class WasmLanes implements Lanes<number> {
  readonly code: Code;
  readonly dtype: LaneType;
  readonly tier: Tier;
  private readonly shape: (typeof SHAPES)[LaneType];
  /** Whole numbers as wide as the lanes. */
  private readonly integers: "i32x4" | "i64x2";
  /** The constants that are not nan. */
  private readonly numbers = new Set<number>();

  constructor(code: Code, dtype: LaneType, tier: Tier) {
    this.code = code;
    this.dtype = dtype;
    this.tier = tier;
    this.shape = SHAPES[dtype];
    this.integers = dtype === "float64" ? "i64x2" : "i32x4";
  }

  /** The same instructions in the same place, on another dtype. */
  as(dtype: LaneType): WasmLanes {
    return new WasmLanes(this.code, dtype, this.tier);
  }

  /** The same number in each lane: a global of the module, which in a loop is faster than a constant there. */
  constant(value: number): number {
    if (this.tier.wide === true && this.dtype !== "int32") {
      // engines that take two vectors together stumble over globals, and over numbers that are not the same one
      const type = this.dtype === "float32" ? "f32" : "f64";
      const local = this.keep(this.code.get(this.code.number(type, value)).op(`${this.float}.splat`));
      if (!Number.isNaN(value)) this.numbers.add(local);
      return local;
    }
    const Array = ARRAYS[this.dtype];
    const local = this.global(String(Object.is(value, -0) ? "-0" : value), new Array(16 / Array.BYTES_PER_ELEMENT).fill(value)); // biome-ignore format: one line
    if (!Number.isNaN(value)) this.numbers.add(local);
    return local;
  }

  /** The same bits in each lane. */
  bits(value: bigint): number {
    const wide = this.dtype === "float64";
    const lanes = wide ? BigUint64Array.of(value, value) : new Uint32Array(4).fill(Number(value));
    return this.global(`${value}n`, lanes);
  }

  add(x: number, y: number): number {
    return this.op(`${this.shape}.add`, x, y);
  }

  subtract(x: number, y: number): number {
    return this.op(`${this.shape}.sub`, x, y);
  }

  multiply(x: number, y: number): number {
    return this.op(`${this.shape}.mul`, x, y);
  }

  divide(x: number, y: number): number {
    return this.op(`${this.float}.div`, x, y);
  }

  min(x: number, y: number): number {
    if (this.dtype === "int32") return this.op("i32x4.min_s", x, y);
    return this.unlessNaN(
      y,
      this.tier.wide === true ? this.select(this.less(y, x), y, x) : this.op(`${this.float}.pmin`, x, y),
    );
  }

  max(x: number, y: number): number {
    if (this.dtype === "int32") return this.op("i32x4.max_s", x, y);
    return this.unlessNaN(
      y,
      this.tier.wide === true ? this.select(this.less(x, y), y, x) : this.op(`${this.float}.pmax`, x, y),
    );
  }

  negative(x: number): number {
    return this.op(`${this.shape}.neg`, x);
  }

  abs(x: number): number {
    return this.op(`${this.shape}.abs`, x);
  }

  sqrt(x: number): number {
    return this.op(`${this.float}.sqrt`, x);
  }

  floor(x: number): number {
    return this.dtype === "int32" ? x : this.op(`${this.float}.floor`, x);
  }

  ceil(x: number): number {
    return this.dtype === "int32" ? x : this.op(`${this.float}.ceil`, x);
  }

  /** The nearest whole number, the even one of two. */
  nearest(x: number): number {
    return this.op(`${this.float}.nearest`, x);
  }

  greater(x: number, y: number): number {
    return this.op(this.ordering("gt"), x, y);
  }

  greaterEqual(x: number, y: number): number {
    return this.op(this.ordering("ge"), x, y);
  }

  less(x: number, y: number): number {
    return this.op(this.ordering("lt"), x, y);
  }

  lessEqual(x: number, y: number): number {
    return this.op(this.ordering("le"), x, y);
  }

  equal(x: number, y: number): number {
    return this.op(`${this.shape}.eq`, x, y);
  }

  notEqual(x: number, y: number): number {
    return this.op(`${this.shape}.ne`, x, y);
  }

  select(mask: number, x: number, y: number): number {
    return this.op("v128.bitselect", x, y, mask);
  }

  // of bits, and so of masks
  and(x: number, y: number): number {
    return this.op("v128.and", x, y);
  }

  or(x: number, y: number): number {
    return this.op("v128.or", x, y);
  }

  xor(x: number, y: number): number {
    return this.op("v128.xor", x, y);
  }

  not(x: number): number {
    return this.op("v128.not", x);
  }

  /** x with the sign of another. */
  copySign(x: number, sign: number): number {
    return this.select(this.constant(-0), sign, x);
  }

  /** x y + z; with one rounding where tier and machine allow, so never where its error is made use of. */
  madd(x: number, y: number, z: number): number {
    if (this.tier.relaxed) return this.op(`${this.float}.relaxed_madd`, x, y, z);
    return this.add(this.multiply(x, y), z);
  }

  /** z - x y, as `madd`. */
  nmadd(x: number, y: number, z: number): number {
    if (this.tier.relaxed) return this.op(`${this.float}.relaxed_nmadd`, x, y, z);
    return this.subtract(z, this.multiply(x, y));
  }

  /**
   * c[0] + c[1] x + c[2] x² + ...: by Horner's rule, or, where that would be a long wait for one after the other,
   * by Estrin's, which adds pairs, then pairs of pairs, at the same time ("Organization of computer systems", 1960).
   */
  polynomial(x: number, c: readonly number[]): number {
    if (c.length < LONG) {
      let sum = this.constant(c.at(-1)!);
      for (let i = c.length - 2; i >= 0; i--) sum = this.madd(sum, x, this.constant(c[i]!));
      return sum;
    }
    let terms = c.map((value) => this.constant(value));
    for (let power = x; ; power = this.multiply(power, power)) {
      terms = terms.flatMap((low, i) => {
        if (i % 2 === 1) return [];
        const high = terms[i + 1];
        return [high === undefined ? low : this.madd(high, power, low)];
      });
      if (terms.length === 1) return terms[0]!;
    }
  }

  addBits(x: number, y: number): number {
    return this.op(`${this.integers}.add`, x, y);
  }

  subtractBits(x: number, y: number): number {
    return this.op(`${this.integers}.sub`, x, y);
  }

  equalBits(x: number, y: number): number {
    return this.op(`${this.integers}.eq`, x, y);
  }

  shiftLeft(x: number, by: number): number {
    return this.keep(this.code.get(x).i32(by).op(`${this.integers}.shl`));
  }

  /** Zeros come in. */
  shiftRight(x: number, by: number): number {
    return this.keep(this.code.get(x).i32(by).op(`${this.integers}.shr_u`));
  }

  exp(x: number): number {
    return exp(this, x);
  }

  expm1(x: number): number {
    return this.call("expm1", expm1, x);
  }

  log(x: number): number {
    return this.call("log", log, x);
  }

  log1p(x: number): number {
    return this.call("log1p", log1p, x);
  }

  tanh(x: number): number {
    return tanh(this, x);
  }

  sin(x: number): number {
    return this.call("sin", sin, x);
  }

  cos(x: number): number {
    return this.call("cos", cos, x);
  }

  logistic(x: number): number {
    return logistic(this, x);
  }

  erf(x: number): number {
    return this.call("erf", erf, x);
  }

  power(x: number, y: number): number {
    return this.call("power", power, x, y);
  }

  /** Four float32 as twice two float64. */
  widen(x: number): [low: number, high: number] {
    const high = this.keep(
      this.code
        .get(x)
        .get(x)
        .shuffle(...UPPER, ...UPPER),
    );
    return [this.op("f64x2.promote_low_f32x4", x), this.op("f64x2.promote_low_f32x4", high)];
  }

  /** Twice two float64 as four float32. */
  narrow(low: number, high: number): number {
    for (const half of [low, high]) this.code.get(half).op("f32x4.demote_f64x2_zero");
    return this.keep(this.code.shuffle(...LOWER, ...LOWER.map((byte) => byte + 16)));
  }

  /** The result of an instruction. */
  op(name: Instruction, ...operands: readonly number[]): number {
    for (const operand of operands) this.code.get(operand);
    return this.keep(this.code.op(name));
  }

  /** What is on the stack, as a value. */
  keep(code: Code): number {
    const local = code.local("v128");
    code.set(local);
    return local;
  }

  /** By a function of the module's own, written once: what is long, and would be longer in each place. */
  private call(
    name: string,
    body: (b: WasmLanes, x: number, y: number) => number,
    ...operands: readonly number[]
  ): number {
    const { code, dtype, tier } = this;
    const index = code.assembler.once(`${dtype}.${name}`, () =>
      code.assembler.function(
        null,
        operands.map(() => "v128"),
        ["v128"],
        (inner) => inner.get(body(new WasmLanes(inner, dtype, tier), 0, 1)),
      ),
    );
    for (const operand of operands) code.get(operand);
    return this.keep(code.call(index));
  }

  private global(name: string, lanes: ArrayBufferView): number {
    const { assembler } = this.code;
    const make = () => assembler.constant("v128", (code) => code.v128(lanes));
    return this.keep(this.code.globalGet(assembler.once(`${this.dtype} ${name}`, make)));
  }

  private get float(): "f32x4" | "f64x2" {
    if (this.shape === "i32x4") throw new Error("no instruction for int32: ask canLower first");
    return this.shape;
  }

  private ordering(name: "gt" | "ge" | "lt" | "le"): Instruction {
    return this.dtype === "int32" ? `i32x4.${name}_s` : `${this.float}.${name}`;
  }

  /** pmin and pmax are one instruction of the machine, and have all that is wanted but a nan that comes second. */
  private unlessNaN(y: number, result: number): number {
    return this.numbers.has(y) ? result : this.select(this.equal(y, y), result, y);
  }
}

const WHOLE: ReadonlySet<string> = new Set<keyof Lanes<unknown>>([
  ...(["add", "subtract", "multiply", "min", "max", "negative", "abs", "floor", "ceil"] as const),
  ...(["greater", "greaterEqual", "less", "lessEqual", "equal", "notEqual"] as const),
  ...(["select", "and", "or", "not"] as const),
]);

/**
 * Whether an operation can be compiled, on the dtype it computes in: what are no floats, as int32 lanes (of
 * uint8 and bool, results cut to a byte). Where not, it is `reference`, value by value.
 */
export function canLower({ lower, bools }: ElementwiseOperation, dtype: DType): boolean {
  if (lower === undefined) return false;
  if (isFloat(dtype)) return true;
  // "and" and "or" of bools are other operations than those of numbers
  if (dtype === "bool" && typeof bools === "function") return false;
  let can = true;
  const asked = new Proxy({} as Lanes<number>, {
    get: (_, name: string) => (value: number) => {
      can &&= name === "constant" ? Number.isInteger(value) : WHOLE.has(name);
      return 0;
    },
  });
  lower(asked, 0, 0);
  return can;
}
