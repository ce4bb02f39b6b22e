import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import {
  averagePooling2d,
  conv2d,
  fromTypedArray,
  globalAveragePooling2d,
  globalMaxPooling2d,
  input,
  type Layer,
  maxPooling2d,
  type NDArray,
  Sequential,
  ShapeError,
} from "../index.js";

/** Convolution and pooling against loops over every cell of every window, in NumPy. */
const SCRIPT = `
def places(n, k, s, d, padding):
    span = d * (k - 1) + 1
    if padding == "valid": return 0, (n - span) // s + 1
    count = -(-n // s)
    return max((count - 1) * s + span - n, 0) // 2, count

def windows(c, dilation):
    """The real cells of each window: (row, column), with their place in the window."""
    n, k, s, d = c["shape"][1:3], c["size"], c["strides"], dilation
    (top, rows), (left, columns) = [places(n[i], k[i], s[i], d[i], c["padding"]) for i in (0, 1)]
    if rows < 1 or columns < 1: return None
    def cells(r, q):
        for i in range(k[0]):
            for j in range(k[1]):
                row, column = r * s[0] - top + i * d[0], q * s[1] - left + j * d[1]
                if 0 <= row < n[0] and 0 <= column < n[1]: yield i, j, row, column
    return [[list(cells(r, q)) for q in range(columns)] for r in range(rows)]

def over(c, dilation, f):
    places = windows(c, dilation)
    if places is None: return None
    return [[[f(x, cells) for cells in row] for row in places] for x in np.reshape(c["x"], c["shape"])]

def answer(c):
    w = np.reshape(c["weights"], [len(c["biases"]), *c["size"], c["shape"][3]])
    b = np.array(c["biases"])
    return {
        "conv2d": over(c, c["dilation"], lambda x, cells: b + sum(w[:, i, j] @ x[r, q] for i, j, r, q in cells)),
        "maxPooling2d": over(c, [1, 1], lambda x, cells: np.max([x[r, q] for i, j, r, q in cells], axis=0)),
        "averagePooling2d": over(c, [1, 1], lambda x, cells: np.mean([x[r, q] for i, j, r, q in cells], axis=0)),
        "globalMaxPooling2d": np.max(np.reshape(c["x"], c["shape"]), axis=(1, 2)),
        "globalAveragePooling2d": np.mean(np.reshape(c["x"], c["shape"]), axis=(1, 2)),
    }
result = [answer(c) for c in data]
`;

const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
// small whole numbers: their sums of products are exact in any order and in float32
const values = (count: number) =>
  fc.array(fc.integer({ min: -4, max: 4 }), { minLength: count, maxLength: count });
const cases = fc.sample(
  fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      cells: pair(7),
      channels: fc.integer({ min: 1, max: 3 }),
      neurons: fc.integer({ min: 1, max: 3 }),
      size: pair(3),
      strides: pair(3),
      dilation: pair(2),
      padding: fc.constantFrom("valid" as const, "same" as const),
    })
    .chain(({ batch, cells, channels, neurons, ...slide }) =>
      fc.record({
        shape: fc.constant([batch, ...cells, channels] as const),
        x: values(batch * cells[0] * cells[1] * channels),
        weights: values(neurons * slide.size[0] * slide.size[1] * channels),
        biases: values(neurons),
        ...(Object.fromEntries(Object.entries(slide).map(([key, value]) => [key, fc.constant(value)])) as {
          [K in keyof typeof slide]: fc.Arbitrary<(typeof slide)[K]>;
        }),
      }),
    ),
  { seed: 3, numRuns: 120 },
);
type Case = (typeof cases)[number];

const array = (data: readonly number[], shape: readonly number[], dtype: "float32" | "float64"): NDArray =>
  (fromTypedArray(Float64Array.from(data), shape) as NDArray).astype(dtype);

/** What the layer makes of the case's images; null where no window fits. */
function forward({ shape, x }: Case, layer: Layer, dtype: "float32" | "float64"): unknown {
  try {
    const model = new Sequential([input(shape.slice(1), { dtype }), layer]);
    const result = model.forward(array(x, shape, dtype)) as NDArray;
    expect(result.dtype).toBe(dtype);
    return result.toArray();
  } catch (error) {
    if (error instanceof ShapeError && error.code === "layer.window") return null;
    throw error;
  }
}

const LAYERS: { readonly [kind: string]: (c: Case, dtype: "float32" | "float64") => Layer } = {
  conv2d: ({ weights, biases, size, shape, strides, padding, dilation }, dtype) =>
    conv2d({
      weights: array(weights, [biases.length, ...size, shape[3]], dtype),
      biases: array(biases, [biases.length], dtype),
      strides,
      padding,
      dilation,
    }),
  maxPooling2d: ({ size, strides, padding }) => maxPooling2d({ poolSize: size, strides, padding }),
  averagePooling2d: ({ size, strides, padding }) => averagePooling2d({ poolSize: size, strides, padding }),
  globalMaxPooling2d: () => globalMaxPooling2d(),
  globalAveragePooling2d: () => globalAveragePooling2d(),
};

describe("windows over images", () => {
  const answers = expected<Record<string, unknown>>("layers-windows", SCRIPT, cases);

  it("has cases of every kind", () => {
    const refused = answers.filter(({ conv2d }) => conv2d === null).length;
    expect(refused).toBeGreaterThan(10);
    expect(cases.length - refused).toBeGreaterThan(80);
  });

  it.each(Object.entries(LAYERS))("%s gives what loops give", (kind, layer) => {
    cases.forEach((c, i) => {
      expect(near(forward(c, layer(c, "float64"), "float64"), answers[i]![kind], 1e-12), `case ${i}`).toBe(
        true,
      );
      expect(near(forward(c, layer(c, "float32"), "float32"), answers[i]![kind], 1e-6), `case ${i}`).toBe(
        true,
      );
    });
  });
});

function near(found: unknown, wanted: unknown, tolerance: number): boolean {
  if (!Array.isArray(found) || !Array.isArray(wanted)) {
    return found === wanted || Math.abs((found as number) - (wanted as number)) <= tolerance;
  }
  return found.length === wanted.length && found.every((each, i) => near(each, wanted[i], tolerance));
}
