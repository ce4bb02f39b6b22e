import {
  dot,
  eye,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  type NDArray,
  orthogonal,
  random,
  randomNormal,
  randomUniform,
} from "camada";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";

/** Initializers against NumPy's stream of the same seed, scaled by hand, and NumPy's QR decomposition. */

const SCRIPT = `
def answer(c):
    rng = np.random.default_rng(c["seed"])
    shape, scale = c["shape"], eval(c["scale"], {"np": np, "i": c["in"], "o": c["out"]})
    if c["kind"] == "uniform": return rng.uniform(-scale, scale, shape)
    if c["kind"] == "normal": return scale * rng.standard_normal(shape)
    a = rng.standard_normal(shape).reshape(shape[0], -1)
    wide = a.shape[0] < a.shape[1]
    q, r = np.linalg.qr(a.T if wide else a)
    q = q * np.sign(np.diag(r))
    return (scale * (q.T if wide else q)).reshape(shape)
result = [answer(c).ravel() for c in data]
`;

const SUBJECTS: readonly (readonly [Initializer, kind: string, scale: string])[] = [
  [glorotUniform(), "uniform", "np.sqrt(6 / (i + o))"],
  [glorotNormal(), "normal", "np.sqrt(2 / (i + o))"],
  [heUniform(), "uniform", "np.sqrt(6 / i)"],
  [heNormal(), "normal", "np.sqrt(2 / i)"],
  [lecunUniform(), "uniform", "np.sqrt(3 / i)"],
  [lecunNormal(), "normal", "np.sqrt(1 / i)"],
  [randomNormal(), "normal", "0.1"],
  [randomUniform(), "uniform", "0.05"],
  [orthogonal(), "orthogonal", "1"],
  [orthogonal({ gain: 2 }), "orthogonal", "2"],
];
const SHAPES = [[5, 3], [3, 5], [4, 4], [4, 2, 3], [7, 1]]; // biome-ignore format: one line

const CASES = SUBJECTS.flatMap(([initializer, kind, scale]) =>
  SHAPES.map((shape, seed) => {
    const [out, ...ins] = shape as [number, ...number[]];
    return { initializer, seed, shape, kind, scale, in: ins.reduce((a, b) => a * b), out };
  }),
);

describe("initializers", () => {
  const answers = expected<readonly number[]>(
    "initializers",
    SCRIPT,
    CASES.map(({ initializer, ...c }) => c),
  );

  it.each(CASES.map((c, i) => ({ ...c, name: c.initializer.name, values: answers[i]! })))(
    "$name of $shape is NumPy's",
    ({ initializer, seed, shape, values, ...fan }) => {
      const made = initializer.init(random.defaultRng(seed), shape, fan);
      expect(made.shape).toEqual(shape);
      expect(made.dtype).toBe("float64");
      made.data.forEach((value, i) => {
        expect(Math.abs(value - values[i]!)).toBeLessThan(1e-13);
      });
    },
  );

  it.each([
    [300, 120],
    [120, 300],
    [200, 200],
  ])("orthogonal stays so to the last digits at %i x %i", (rows, columns) => {
    const q = orthogonal().init(random.defaultRng(3), [rows, columns], { in: columns, out: rows });
    const product = (rows < columns ? dot(q, q.T) : dot(q.T, q)) as NDArray;
    const identity = eye(Math.min(rows, columns)).data;
    const worst = Array.from(product.data).reduce(
      (most, x, i) => Math.max(most, Math.abs(x - identity[i]!)),
      0,
    );
    expect(worst).toBeLessThan(4e-15);
  });
});
