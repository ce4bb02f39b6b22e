import { arange, array, fromTypedArray, linspace } from "../array/creation.js";
import type { NDArray } from "../array/ndarray.js";
import { checkFinite, checkScale } from "../array/random/checks.js";
import { RandomState, random } from "../array/random/index.js";
import { takeRows } from "../array/random/rows.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { add, divide, multiply, subtract } from "../ops/arithmetic.js";
import { concatenate, stack } from "../ops/joining.js";
import { cos, sin } from "../ops/math.js";
import { checkShape } from "../shape/shape.js";
import type { NamedArray } from "../shape/types.js";
import type { Strided } from "../storage/strided.js";
import { checkCount } from "./checks.js";

/*
 * Sets to learn on, drawn as their first authors draw them: with NumPy's legacy stream, so that the same
 * seed gives the same points. Without a seed they come from the stream that `random.seed` starts.
 */

/** Points of a plane, and the class of each. */
export interface LabeledPoints {
  /** The points: float64 (batch, feature 2). */
  readonly x: NamedArray<[number, 2], ["batch", "feature"]>;
  /** The class of each: int32 (batch). */
  readonly y: NamedArray<[number], ["batch"]>;
}

/** Numbers, and the number that belongs to each. */
export interface Targets {
  /** Where: float64 (batch, feature 1). */
  readonly x: NamedArray<[number, 1], ["batch", "feature"]>;
  /** The second axis has no name: it meets whatever a network gives. */
  readonly y: NamedArray<[number, 1], ["batch", string]>;
}

interface Seeded {
  /** NumPy's legacy seed; without it the points come from the shared stream, `random`. */
  readonly seed?: number | readonly number[];
}

/** Options of `spiral`. */
export interface SpiralOptions extends Seeded {
  /** Points in each arm (100). */
  readonly points?: number;
  /** Arms (3). */
  readonly classes?: number;
  /** Standard deviation of each point's turn (0.2). */
  readonly noise?: number;
}

interface PlaneOptions extends Seeded {
  /** Points in all (100). */
  readonly samples?: number;
  /** Whether the points come in random order (true), or class after class. */
  readonly shuffle?: boolean;
}

/** Options of `moons`. */
export interface MoonsOptions extends PlaneOptions {
  /** Standard deviation of what is added to each coordinate (0). */
  readonly noise?: number;
}

/** Options of `circles`. */
export interface CirclesOptions extends MoonsOptions {
  /** The inner circle's radius; the outer one's is 1 (0.8). */
  readonly factor?: number;
}

/** Options of `blobs`. */
export interface BlobsOptions extends PlaneOptions {
  /** Where the blobs are, or how many at random places between -10 and 10 (3). */
  readonly centers?: number | readonly (readonly [number, number])[];
  /** Standard deviation of a blob (1). */
  readonly noise?: number;
}

/** Options of `sine`. */
export interface SineOptions extends Seeded {
  /** Points in all (1000). */
  readonly samples?: number;
  /** Standard deviation of what is added to each target (0). */
  readonly noise?: number;
}

/**
 * Arms of a spiral, one a class, which no straight line can part: float64 (points · classes, 2) and int32
 * labels, arm after arm. Those of CS231n (Karpathy) and of Kinsley and Kukieła's book: the same seed gives
 * the points of `nnfs.datasets.spiral_data`, but for the last bit of some sines.
 * @throws CamadaError `value.integer`, `value.positive`, `random.negative`, `random.infinite`,
 * `random.seed`, `shape.overflow`
 * @example
 * const { x, y } = spiral({ seed: 0 });
 * x.shape; // [300, 2]
 * x.slice([1, 3]); // [[0.00299556 0.00964661]
 *                  //  [0.01288097 0.01556285]]
 */
export function spiral({ points = 100, classes = 3, noise = 0.2, seed }: SpiralOptions = {}): LabeledPoints {
  checkCount("spiral", "points", points);
  checkCount("spiral", "classes", classes);
  checkShape("spiral", [points * classes, 2]);
  checkScale("spiral", "noise", noise);
  const stream = streamOf(seed);
  const radius = linspace(0, 1, points);
  const arms = Array.from({ length: classes }, (_, k) => {
    const turn = multiply(
      add(linspace(4 * k, 4 * (k + 1), points), multiply(stream.randn(points), noise)),
      2.5,
    );
    return stack([multiply(radius, sin(turn)), multiply(radius, cos(turn))], 1);
  });
  return labeled(joined(arms), new Array(classes).fill(points));
}

/**
 * Two half circles that reach into one another: float64 (samples, 2) and int32 labels 0 and 1. As
 * scikit-learn's `make_moons`, whose `random_state` is the seed.
 * @throws CamadaError `value.integer`, `value.positive`, `random.negative`, `random.infinite`,
 * `random.seed`, `shape.overflow`
 * @example
 * moons({ samples: 4, shuffle: false }).x; // [[ 1.0000000e+00  0.0000000e+00]
 *                                          //  [-1.0000000e+00  1.2246468e-16]
 *                                          //  [ 0.0000000e+00  5.0000000e-01]
 *                                          //  [ 2.0000000e+00  5.0000000e-01]]
 */
export function moons({ samples = 100, noise = 0, shuffle = true, seed }: MoonsOptions = {}): LabeledPoints {
  checkPlane("moons", samples, noise);
  const [outer, inner] = halves(samples);
  const a = linspace(0, Math.PI, outer);
  const b = linspace(0, Math.PI, inner);
  const upper = stack([cos(a), sin(a)], 1);
  const lower = stack([subtract(1, cos(b)), subtract(subtract(1, sin(b)), 0.5)], 1);
  return scattered(joined([upper, lower]), [outer, inner], { noise, shuffle, seed });
}

/**
 * A circle within another: float64 (samples, 2) and int32 labels, 0 outside and 1 inside. As scikit-learn's
 * `make_circles`, whose `random_state` is the seed.
 * @throws CamadaError `value.integer`, `value.positive`, `value.share` (of the factor), `random.negative`,
 * `random.infinite`, `random.seed`, `shape.overflow`
 * @example
 * circles({ samples: 5, factor: 0.5, shuffle: false }).y; // [0 0 1 1 1]
 */
export function circles({
  samples = 100,
  noise = 0,
  factor = 0.8,
  shuffle = true,
  seed,
}: CirclesOptions = {}): LabeledPoints {
  checkPlane("circles", samples, noise);
  if (!(factor >= 0 && factor <= 1)) {
    throw new NetworkError("value.share", { op: "circles", name: "factor", value: String(factor) });
  }
  const [outer, inner] = halves(samples);
  const circle = (count: number, radius: number): NDArray => {
    const turn = multiply(arange(count), (2 * Math.PI) / count);
    return stack([multiply(cos(turn), radius), multiply(sin(turn), radius)], 1);
  };
  return scattered(joined([circle(outer, 1), circle(inner, factor)]), [outer, inner], {
    noise,
    shuffle,
    seed,
  });
}

/**
 * Round clouds of points, one a class: float64 (samples, 2) and int32 labels. As scikit-learn's
 * `make_blobs`, whose `random_state` is the seed and whose `cluster_std` is the noise.
 * @throws CamadaError `value.integer`, `value.positive`, `random.negative`, `random.infinite`,
 * `random.seed`, `shape.overflow`; ShapeError `blobs.centers`, `array.ragged`
 * @example
 * blobs({ samples: 4, centers: [[0, 0], [9, 9]], noise: 0, shuffle: false }).x; // [[0. 0.]
 *                                                                               //  [0. 0.]
 *                                                                               //  [9. 9.]
 *                                                                               //  [9. 9.]]
 */
export function blobs({
  samples = 100,
  centers = 3,
  noise = 1,
  shuffle = true,
  seed,
}: BlobsOptions = {}): LabeledPoints {
  checkPlane("blobs", samples, noise);
  if (typeof centers === "number") checkCount("blobs", "centers", centers);
  const given = typeof centers === "number" ? undefined : readCenters(centers);
  const stream = streamOf(seed);
  const places = given ?? stream.uniform(-10, 10, [centers as number, 2]);
  const classes = places.shape[0]!;
  const counts = Array.from(
    { length: classes },
    (_, k) => Math.floor(samples / classes) + (k < samples % classes ? 1 : 0),
  );
  const clouds = counts.map((count, k) => add(stream.normal(0, noise, [count, 2]), places.at(k)));
  const all = labeled(joined(clouds), counts);
  return shuffle ? reordered(all, stream.permutation(samples)) : all;
}

/**
 * A wave to follow: numbers from 0 to 1, without 1, and sin(2πx), both float64 (samples, 1). Without noise
 * that of `nnfs.datasets.sine_data`.
 * @throws CamadaError `value.integer`, `value.positive`, `random.negative`, `random.infinite`,
 * `random.seed`, `shape.overflow`
 * @example
 * sine({ samples: 4 }).x; // [[0.  ]
 *                         //  [0.25]
 *                         //  [0.5 ]
 *                         //  [0.75]]
 */
export function sine({ samples = 1000, noise = 0, seed }: SineOptions = {}): Targets {
  checkPlane("sine", samples, noise);
  const stream = streamOf(seed);
  const x = divide(arange(samples), samples).reshape([samples, 1]);
  const y = sin(multiply(x, 2 * Math.PI));
  return {
    x: x.named("batch", "feature") as Targets["x"],
    y: (noise === 0 ? y : add(y, stream.normal(0, noise, [samples, 1]))).named(
      "batch",
      null as never,
    ) as unknown as Targets["y"],
  };
}

function streamOf(seed: Seeded["seed"]): Pick<RandomState, "randn" | "normal" | "uniform" | "permutation"> {
  return seed === undefined ? random : new RandomState(seed);
}

function checkPlane(op: string, samples: number, noise: number): void {
  checkCount(op, "samples", samples);
  checkShape(op, [samples, 2]);
  checkScale(op, "noise", noise);
}

function readCenters(centers: readonly (readonly [number, number])[]): NDArray {
  const places = array(centers.map((center) => [...center])) as NDArray;
  if (places.ndim !== 2 || places.shape[1] !== 2) {
    throw new NetworkShapeError("blobs.centers", { array: { shape: places.shape, names: null } });
  }
  for (const value of places.data) checkFinite("blobs", "centers", value);
  return places;
}

/** How many of all belong to the first and to the second class. */
function halves(samples: number): [number, number] {
  const first = Math.floor(samples / 2);
  return [first, samples - first];
}

const joined = (parts: readonly NDArray[]): NDArray =>
  concatenate(parts as readonly [NDArray, ...NDArray[]]) as NDArray;

/** Points that lie class after class, with their labels. */
function labeled(points: NDArray, counts: readonly number[]): LabeledPoints {
  const labels = new Int32Array(points.shape[0]!);
  let from = 0;
  counts.forEach((count, k) => {
    labels.fill(k, from, from + count);
    from += count;
  });
  return {
    x: points.named("batch", "feature") as LabeledPoints["x"],
    y: fromTypedArray(labels, [labels.length], ["batch"]),
  };
}

function reordered({ x, y }: LabeledPoints, order: NDArray): LabeledPoints {
  const take = <A extends NDArray>(a: A): A =>
    takeRows(a as unknown as Strided, order.data as Int32Array, [order.size]) as unknown as A;
  return { x: take(x), y: take(y) };
}

/** The points in random order, then moved a little, in scikit-learn's very order. */
function scattered(
  points: NDArray,
  counts: readonly number[],
  {
    noise,
    shuffle,
    seed,
  }: { readonly noise: number; readonly shuffle: boolean; readonly seed: Seeded["seed"] },
): LabeledPoints {
  const stream = streamOf(seed);
  const all = labeled(points, counts);
  const { x, y } = shuffle ? reordered(all, stream.permutation(points.shape[0]!)) : all;
  return { x: noise === 0 ? x : (add(x, stream.normal(0, noise, [x.shape[0], 2])) as typeof x), y };
}
