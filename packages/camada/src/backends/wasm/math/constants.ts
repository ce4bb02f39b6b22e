/**
 * ln 2 in two parts, the first of so few bits that its product with any exponent is exact: Cephes's for
 * float32, fdlibm's for float64.
 */
export const LN2 = {
  float32: { high: 0.693359375, low: -2.1219444005469057e-4 },
  float64: { high: 0.6931471803691238, low: 1.9082149292705877e-10 },
} as const;
