import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import {
  allClose,
  array,
  blobs,
  CamadaError,
  circles,
  configure,
  moons,
  random,
  sine,
  spiral,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

/**
 * The published definitions, by hand: CS231n's and nnfs' spiral, nnfs' wave, and scikit-learn's moons,
 * circles and blobs, all drawn from np.random.RandomState(seed).
 */
const SCRIPT = `
def spiral(r, points=100, classes=3, noise=0.2):
    x, y = np.zeros((points * classes, 2)), np.zeros(points * classes, dtype=int)
    for k in range(classes):
        rows = range(points * k, points * (k + 1))
        radius = np.linspace(0.0, 1, points)
        t = np.linspace(k * 4, (k + 1) * 4, points) + r.randn(points) * noise
        x[rows] = np.c_[radius * np.sin(t * 2.5), radius * np.cos(t * 2.5)]
        y[rows] = k
    return x, y
def scatter(r, x, y, noise, shuffle):
    if shuffle:
        order = np.arange(len(x))
        r.shuffle(order)
        x, y = x[order], y[order]
    if noise: x = x + r.normal(scale=noise, size=x.shape)
    return x, y
def moons(r, samples=100, noise=0, shuffle=True):
    out = samples // 2
    a, b = np.linspace(0, np.pi, out), np.linspace(0, np.pi, samples - out)
    x = np.vstack([np.append(np.cos(a), 1 - np.cos(b)), np.append(np.sin(a), 1 - np.sin(b) - 0.5)]).T
    return scatter(r, x, np.r_[np.zeros(out), np.ones(samples - out)], noise, shuffle)
def circles(r, samples=100, noise=0, factor=0.8, shuffle=True):
    out = samples // 2
    a = np.linspace(0, 2 * np.pi, out, endpoint=False)
    b = np.linspace(0, 2 * np.pi, samples - out, endpoint=False)
    x = np.vstack([np.append(np.cos(a), np.cos(b) * factor), np.append(np.sin(a), np.sin(b) * factor)]).T
    return scatter(r, x, np.r_[np.zeros(out), np.ones(samples - out)], noise, shuffle)
def blobs(r, samples=100, centers=3, noise=1, shuffle=True):
    c = r.uniform(-10, 10, size=(centers, 2)) if isinstance(centers, int) else np.array(centers)
    counts = [samples // len(c) + (k < samples % len(c)) for k in range(len(c))]
    x = np.concatenate([r.normal(loc=c[k], scale=noise, size=(n, 2)) for k, n in enumerate(counts)])
    return scatter(r, x, np.repeat(np.arange(len(c)), counts), 0, shuffle)
def sine(r, samples=1000, noise=0):
    x = np.arange(samples).reshape(-1, 1) / samples
    y = np.sin(2 * np.pi * x)
    return x, y + r.normal(scale=noise, size=y.shape) if noise else y
def answer(case):
    options = dict(case["options"])
    x, y = globals()[case["name"]](np.random.RandomState(options.pop("seed")), **options)
    return {"x": x, "y": y}
result = [answer(case) for case in data]
`;

const fromRows = (rows: number[][]) => array(rows);
const SETS = { spiral, moons, circles, blobs, sine } as const;
type Name = keyof typeof SETS;
type Make = (options: object) => { x: ReturnType<typeof sine>["x"]; y: ReturnType<typeof sine>["y"] };
const make = (name: Name, options: object) => (SETS[name] as unknown as Make)(options);

const CASES: readonly { readonly name: Name; readonly options: object }[] = [
  { name: "spiral", options: { seed: 0 } },
  { name: "spiral", options: { seed: 7, points: 20, classes: 5, noise: 0.5 } },
  { name: "spiral", options: { seed: 7, points: 1, classes: 1, noise: 0 } },
  { name: "moons", options: { seed: 1, samples: 31, noise: 0.1 } },
  { name: "moons", options: { seed: 2, samples: 8, shuffle: false } },
  { name: "moons", options: { seed: 2, samples: 1 } },
  { name: "circles", options: { seed: 3, samples: 31, noise: 0.05, factor: 0.4 } },
  { name: "circles", options: { seed: 4, samples: 20 } },
  { name: "circles", options: { seed: 4, samples: 5, shuffle: false } },
  { name: "blobs", options: { seed: 5, samples: 50 } },
  { name: "blobs", options: { seed: 6, samples: 11, centers: 4, noise: 0.5, shuffle: false } },
  { name: "blobs", options: { seed: 6, samples: 11, centers: [[-3, 2], [4, 9.5]] } }, // biome-ignore format: rows
  { name: "sine", options: { seed: 8, samples: 30, noise: 0.1 } },
  { name: "sine", options: { seed: 8 } },
];

describe("generated sets", () => {
  const answers = expected<{ x: number[][]; y: number[] | number[][] }>("generated", SCRIPT, CASES);

  it.each(CASES.map((c, i) => ({ ...c, answer: answers[i]! })))("$name $options is as published", (c) => {
    const { x, y } = make(c.name, c.options);
    const isSine = c.name === "sine";
    expect(x.shape).toEqual([c.answer.x.length, isSine ? 1 : 2]);
    expect(allClose(x, fromRows(c.answer.x), { rtol: 1e-14, atol: 1e-15 })).toBe(true);
    if (isSine)
      expect(allClose(y, fromRows(c.answer.y as number[][]), { rtol: 1e-14, atol: 1e-15 })).toBe(true);
    else expect(y.toArray()).toEqual(c.answer.y);
    expect([x.dtype, y.dtype]).toEqual(["float64", isSine ? "float64" : "int32"]);
    expect([x.names, y.names]).toEqual([["batch", "feature"], isSine ? ["batch", null] : ["batch"]]);
  });

  it.each(Object.keys(SETS) as Name[])("%s without a seed draws from the shared stream", (name) => {
    random.seed(9);
    const [first, second] = [make(name, { noise: 0.1 }), make(name, { noise: 0.1 })];
    expect(first.x.toArray()).toEqual(make(name, { noise: 0.1, seed: 9 }).x.toArray());
    expect([second.x.toArray(), second.y.toArray()]).not.toEqual([first.x.toArray(), first.y.toArray()]);
  });
});

const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  [
    "value.integer",
    "spiral: points must be a whole number, not 1.5",
    "spiral: points deve ser",
    () => spiral({ points: 1.5 }),
  ],
  [
    "value.positive",
    "moons: samples must be more than 0, not 0",
    "moons: samples deve ser",
    () => moons({ samples: 0 }),
  ],
  [
    "random.negative",
    "sine: noise must not be negative, not -1",
    "sine: noise não pode ser",
    () => sine({ noise: -1 }),
  ],
  [
    "random.infinite",
    "blobs: noise must be a finite number, not NaN",
    "blobs: noise deve ser",
    () => blobs({ noise: Number.NaN }),
  ],
  [
    "value.share",
    "circles: factor must be a number from 0 to 1, not 1.1",
    "circles: factor deve ser um número de 0 a 1, e não 1.1",
    () => circles({ factor: 1.1 }),
  ],
  [
    "blobs.centers",
    "blobs: each center must be a pair of numbers, as in [[0, 0], [3, 1]]; given: (1, 3)",
    "blobs: cada centro deve ser um par de números, como em [[0, 0], [3, 1]]; dados: (1, 3)",
    () => blobs({ centers: [[1, 2, 3]] as never }),
  ],
  [
    "random.infinite",
    "blobs: centers must be",
    "blobs: centers deve ser",
    () => blobs({ centers: [[1, Infinity]] }),
  ],
  [
    "shape.overflow",
    "the shape (10000000000, 2) has too many",
    "tem valores demais",
    () => spiral({ points: 1e10, classes: 1 }),
  ],
  ["random.seed", "seed: a seed must be", "seed: uma semente", () => moons({ seed: -1 })],
];

describe("what makes no set", () => {
  it.each(REFUSED)(
    "is refused in both languages, and nothing is drawn: %s",
    (code, english, portuguese, f) => {
      random.seed(3);
      const next = random.rand();
      random.seed(3);
      for (const lang of ["en", "pt-BR"] as const) {
        configure({ lang });
        let error: unknown;
        try {
          f();
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toBeInstanceOf(CamadaError);
        expect((error as CamadaError).code).toBe(code);
        expect((error as CamadaError).message).toContain(lang === "en" ? english : portuguese);
      }
      expect(random.rand()).toBe(next);
    },
  );
});
