import type { Preparation, Target } from "@camada/interop";
import { loadMnist } from "@camada/interop/node";
import { blobs, circles, moons, type NDArray, spiral } from "camada";

/** Rows, (batch, feature), and the class of each, (batch). */
export interface Labeled {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** What there is to learn: rows to learn from, and others to judge by. */
export interface Learning {
  readonly train: Labeled;
  readonly test: Labeled;
  readonly target: Target;
  /** How the rows of a table became numbers. */
  readonly preparation?: Preparation;
  /** What should be known before training, in sentences. */
  readonly notes: readonly string[];
}

/** A set to train on, and what suits it where nothing else is asked for. */
export interface LearningSet {
  load(seed: number): Learning | Promise<Learning>;
  /** What brings the values near 0. */
  readonly scale: number;
  readonly layers: readonly number[];
  readonly batchSize: number;
  readonly epochs: number;
  /** Adam's; undefined for its own. */
  readonly learningRate: number | undefined;
  readonly validationSplit: number;
  readonly patience: number;
}

/** Classes that are numbered, as many as there are labels. */
function numbered(train: Labeled, test: Labeled): Learning {
  const classes = 1 + Math.max(1, ...[train, test].map(({ y }) => y.max() as number));
  const names = Array.from({ length: classes }, (_, label) => String(label));
  const target: Target = { task: "classification", column: "class", kind: "number", classes: names };
  return { train, test, target, notes: [] };
}

/** Nothing is kept to judge by after each epoch. */
const UNWATCHED = { validationSplit: 0, patience: Infinity };

/** Points in a plane: those to judge by are drawn from the next seed. */
function points(draw: (seed: number) => { readonly x: unknown; readonly y: unknown }): LearningSet {
  const drawn = (seed: number) => draw(seed) as Labeled;
  return {
    load: (seed) => numbered(drawn(seed), drawn(seed + 1)),
    scale: 1,
    layers: [64],
    batchSize: 32,
    epochs: 100,
    learningRate: 0.02,
    ...UNWATCHED,
  };
}

/** Handwritten digits: those of MNIST, or of files like its own in another folder. */
export function digits(folder?: string): LearningSet {
  return {
    load: () => {
      const { train, test } = loadMnist(folder);
      const rows = ({ images, labels }: typeof train): Labeled => ({
        x: images.reshape([images.shape[0]!, -1]) as NDArray,
        y: labels,
      });
      return numbered(rows(train), rows(test));
    },
    scale: 1 / 255,
    layers: [128],
    batchSize: 128,
    epochs: 10,
    learningRate: undefined,
    ...UNWATCHED,
  };
}

const PLANE = { samples: 300 };

/** Sets by their names. */
export const SETS: { readonly [name: string]: LearningSet } = {
  mnist: digits(),
  // all rows at once, and many epochs, as Kinsley and Kukieła train on it
  spiral: { ...points((seed) => spiral({ points: 100, seed })), batchSize: 300, epochs: 10_000 },
  moons: points((seed) => moons({ ...PLANE, noise: 0.2, seed })),
  circles: points((seed) => circles({ ...PLANE, noise: 0.1, factor: 0.5, seed })),
  // the same centers for every seed, so that new points are of the same classes
  blobs: points((seed) => blobs({ ...PLANE, centers: [[-4, 0], [0, 5], [4, 0]], seed })), // biome-ignore format: a list
};
