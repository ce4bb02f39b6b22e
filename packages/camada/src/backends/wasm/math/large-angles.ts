import type { Assembler, Code } from "../assembler/index.js";
import { TWO_OVER_PI } from "./coefficients.js";

/**
 * A function from an angle of at least 2^17 to what is left of it after quarter turns, at most π/4 either way,
 * and the turns, of which the last two bits count: M. Payne and R. Hanek, "Radian reduction for trigonometric
 * functions" (1983), with whole numbers of 64 bits, much as in Go's math/trig_reduce.go. The angle is a whole
 * number of 53 bits times a power of 2; of 2/π the 192 bits are taken that matter then: those before them make
 * whole turns, those after them are too small. nan of infinity and nan.
 */
export function reduceLarge(assembler: Assembler): number {
  return assembler.once("large angles", () => {
    const digit = assembler.function(null, ["i32"], ["i64"], digitOf);
    const high = assembler.function(null, ["i64", "i64"], ["i64"], highProduct);
    return assembler.function(null, ["f64"], ["f64", "i64"], (code) => reduction(code, digit, high));
  });
}

/** 64 bits of 2/π. */
function digitOf(code: Code): void {
  const last = TWO_OVER_PI.length - 1;
  for (let i = 0; i <= last; i++) code.block();
  code.get(0).brTable([...TWO_OVER_PI.keys()].slice(0, -1), last);
  for (const [i, bits] of TWO_OVER_PI.entries()) {
    code.end().i64(bits);
    if (i < last) code.return();
  }
}

/** The upper 64 bits of a product of two unsigned numbers of 64, by their halves. */
function highProduct(code: Code): void {
  const [x, y] = [0, 1];
  const [middle, other] = [code.local("i64"), code.local("i64")];
  const lower = (n: number) => code.get(n).i64(0xffffffffn).op("i64.and");
  const upper = (n: number) => code.get(n).i64(32n).op("i64.shr_u");
  lower(x);
  lower(y).op("i64.mul").i64(32n).op("i64.shr_u");
  lower(x);
  upper(y).op("i64.mul").op("i64.add").set(middle);
  upper(x);
  lower(y).op("i64.mul");
  lower(middle).op("i64.add").set(other);
  upper(x);
  upper(y).op("i64.mul");
  upper(middle).op("i64.add");
  upper(other).op("i64.add");
}

function reduction(code: Code, digit: number, high: number): void {
  const angle = 0;
  const number = () => code.local("i64");
  const [whole, top, low, turns, sign, shift] = [number(), number(), number(), number(), number(), number()];
  const exponent = code.local("i32");
  // not finite
  code.get(angle).get(angle).op("f64.sub").get(angle).get(angle).op("f64.sub").op("f64.ne");
  code.if().get(angle).get(angle).op("f64.sub").i64(0n).return().end();
  // |angle| = whole 2^exponent; the window of 2/π begins at the bit exponent + 62
  code.get(angle).op("i64.reinterpret_f64").i64(0xfffffffffffffn).op("i64.and");
  code.i64(0x10000000000000n).op("i64.or").set(whole);
  code.get(angle).op("i64.reinterpret_f64").i64(52n).op("i64.shr_u").op("i32.wrap_i64");
  code
    .i32(0x7ff)
    .op("i32.and")
    .i32(1075 - 62)
    .op("i32.sub")
    .set(exponent);
  code.get(exponent).i32(63).op("i32.and").op("i64.extend_i32_u").set(shift);
  code.get(exponent).i32(6).op("i32.shr_u").set(exponent);
  const window = (index: number): Code => {
    const part = (i: number) => code.get(exponent).i32(i).op("i32.add").call(digit);
    part(index).get(shift).op("i64.shl");
    // shifts count modulo 64: in two steps, so that none of 64 becomes one of 0
    part(index + 1)
      .i64(1n)
      .op("i64.shr_u")
      .i64(63n)
      .get(shift)
      .op("i64.sub")
      .op("i64.shr_u");
    return code.op("i64.or");
  };
  // the product's bits from 2^1 on, 128 of them, in top and low
  code.get(whole);
  window(1).op("i64.mul").get(whole);
  window(2).call(high).op("i64.add").set(low);
  code.get(whole);
  window(0).op("i64.mul").get(whole);
  window(1).call(high).op("i64.add").set(top);
  // a carry out of low: it is then less than what was added
  code.get(low).get(whole);
  window(2).call(high).op("i64.lt_u").op("i64.extend_i32_u").get(top).op("i64.add").set(top);
  // two bits of turns; the rest is a fraction of a turn, and from a half on it is counted from the next turn back
  code.get(top).i64(62n).op("i64.shr_u").set(turns);
  code.get(top).i64(2n).op("i64.shl").get(low).i64(62n).op("i64.shr_u").op("i64.or").set(top);
  code.get(low).i64(2n).op("i64.shl").set(low);
  code.get(top).i64(63n).op("i64.shr_s").set(sign);
  code.get(turns).get(sign).op("i64.sub").set(turns);
  code.get(top).get(sign).op("i64.xor").set(top).get(low).get(sign).op("i64.xor").set(low);
  // its first 64 bits that are not 0, as a float
  code.get(top).op("i64.clz").set(shift);
  code.get(top).get(shift).op("i64.shl");
  code.get(low).i64(64n).get(shift).op("i64.sub").op("i64.shr_u").op("i64.or").op("f64.convert_i64_u");
  code
    .i64(1023n - 64n)
    .get(shift)
    .op("i64.sub")
    .i64(52n)
    .op("i64.shl")
    .op("f64.reinterpret_i64")
    .op("f64.mul");
  code
    .f64(Math.PI / 2)
    .op("f64.mul")
    .f64(1)
    .get(sign)
    .op("f64.convert_i64_s")
    .op("f64.copysign")
    .op("f64.mul");
  // an angle below 0 goes the other way
  code.f64(1).get(angle).op("f64.copysign").op("f64.mul");
  code.get(turns).get(turns).get(turns).op("i64.add").get(angle).f64(0).op("f64.lt");
  code.op("i64.extend_i32_u").op("i64.mul").op("i64.sub");
}
