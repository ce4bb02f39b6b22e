/**
 * What an operation can be made of where it is compiled: instructions on values of one dtype, several at a
 * time. `V` is such a value, or a mask: for each lane true or false, which comparisons give and `select`,
 * `and`, `or` and `not` take. NaN, infinities and the signs of zeros come out as in JavaScript, where nothing
 * else is said; compiled functions may differ from `Math`'s in their last bits.
 */
export interface Lanes<V> {
  /** The same number in each lane. */
  constant(value: number): V;
  add(x: V, y: V): V;
  subtract(x: V, y: V): V;
  multiply(x: V, y: V): V;
  divide(x: V, y: V): V;
  /** nan where either is; of equals, such as 0 and -0, the first. */
  min(x: V, y: V): V;
  /** nan where either is; of equals, such as 0 and -0, the first. */
  max(x: V, y: V): V;
  negative(x: V): V;
  abs(x: V): V;
  sqrt(x: V): V;
  floor(x: V): V;
  ceil(x: V): V;
  greater(x: V, y: V): V;
  greaterEqual(x: V, y: V): V;
  less(x: V, y: V): V;
  lessEqual(x: V, y: V): V;
  equal(x: V, y: V): V;
  notEqual(x: V, y: V): V;
  /** Where the mask is true the first, elsewhere the second. */
  select(mask: V, x: V, y: V): V;
  and(x: V, y: V): V;
  or(x: V, y: V): V;
  not(x: V): V;
  exp(x: V): V;
  expm1(x: V): V;
  log(x: V): V;
  log1p(x: V): V;
  tanh(x: V): V;
  sin(x: V): V;
  cos(x: V): V;
  logistic(x: V): V;
  erf(x: V): V;
  /** As NumPy's: 1 of 1 to any power, and of -1 to an infinite one. */
  power(x: V, y: V): V;
}
