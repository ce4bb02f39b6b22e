import type { WasmLanes } from "../lanes.js";
import { FLOAT32, FLOAT64 } from "./coefficients.js";
import { reduceLarge } from "./large-angles.js";

/** π/2 in parts: two of 36 bits, whose products with the quarter turns of angles up to LIMIT are exact, and the rest. */
const [PART1, PART2, PART3] = [1.5707963267923333, 2.5633441515839558e-12, 1.0562999066987428e-23];
/** Angles beyond are reduced one by one. */
const LIMIT = 2 ** 17;

/** An angle as quarter turns, whose last bits stand in `q`, and what is left: `r`, up to π/4 either way. */
interface Reduced {
  readonly r: number;
  readonly q: number;
}

/**
 * Two float64 angles, as Cody and Waite do it; what the second subtraction rounds off is not lost
 * (Knuth's sum of two, "The art of computer programming" 2, 4.2.2).
 */
function reduceTwo(b: WasmLanes, x: number): Reduced {
  const magic = b.constant(1.5 * 2 ** 52);
  const turns = b.nearest(b.multiply(x, b.constant(2 / Math.PI)));
  const first = b.nmadd(turns, b.constant(PART1), x);
  const second = b.multiply(turns, b.constant(PART2));
  const r = b.subtract(first, second);
  const back = b.add(r, second);
  const lost = b.subtract(b.subtract(first, back), b.subtract(second, b.subtract(back, r)));
  const reduced = { r: b.add(r, b.nmadd(turns, b.constant(PART3), lost)), q: b.add(turns, magic) };
  const ordinary = b.lessEqual(b.abs(x), b.constant(LIMIT));
  b.code.get(b.not(ordinary)).op("v128.any_true").if();
  const large = reduceLarge(b.code.assembler);
  const [angle, rest, last] = [b.code.local("f64"), b.code.local("f64"), b.code.local("i64")];
  for (const lane of [0, 1]) {
    b.code.get(x).lane("f64x2.extract_lane", lane).tee(angle).op("f64.abs").f64(LIMIT).op("f64.le");
    b.code.op("i32.eqz").if().get(angle).call(large).set(last).set(rest);
    b.code.get(reduced.r).get(rest).lane("f64x2.replace_lane", lane).set(reduced.r);
    b.code.get(reduced.q).get(last).lane("i64x2.replace_lane", lane).set(reduced.q).end();
  }
  b.code.end();
  return reduced;
}

/** float32 angles are reduced as float64. */
function reduce(b: WasmLanes, x: number): Reduced {
  if (b.dtype === "float64") return reduceTwo(b, x);
  const wide = b.as("float64");
  const halves = b.widen(x).map((half) => reduceTwo(wide, half));
  const [low, high] = [halves[0]!, halves[1]!];
  b.code.get(low.q).get(high.q).shuffle(0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
  const q = b.keep(b.code);
  return { r: b.narrow(low.r, high.r), q };
}

/**
 * The sine of q quarter turns and r, from polynomials for the sine and the cosine of r: r + r³ p(r²), and
 * 1 - r²/2 + r⁴ p(r²), where what 1 - r²/2 rounds off is added back, as in fdlibm's k_cos.c.
 */
function sineOf(b: WasmLanes, r: number, q: number): number {
  const { SIN, COS } = b.dtype === "float32" ? FLOAT32 : FLOAT64;
  const one = b.constant(1);
  const z = b.multiply(r, r);
  const sine = b.madd(b.multiply(r, z), b.polynomial(z, SIN), r);
  const half = b.multiply(z, b.constant(0.5));
  const head = b.subtract(one, half);
  const lost = b.subtract(b.subtract(one, head), half);
  const cosine = b.add(head, b.madd(b.multiply(z, z), b.polynomial(z, COS), lost));
  const odd = b.equalBits(b.and(q, b.bits(1n)), b.bits(1n));
  const sign = b.and(b.shiftLeft(q, b.dtype === "float32" ? 30 : 62), b.constant(-0));
  return b.xor(b.select(odd, cosine, sine), sign);
}

/** The sine, for angles of any size. At most 2.5 ulp from the true value. */
export function sin(b: WasmLanes, x: number): number {
  const { r, q } = reduce(b, x);
  const near = b.less(b.abs(x), b.constant(2 ** -60)); // there it is x itself, -0 too
  return b.select(near, x, sineOf(b, r, q));
}

/** The cosine: the sine a quarter turn further. At most 2.5 ulp from the true value. */
export function cos(b: WasmLanes, x: number): number {
  const { r, q } = reduce(b, x);
  return sineOf(b, r, b.addBits(q, b.bits(1n)));
}
