import { loadMnist } from "@camada/interop/node";
import { blobs, circles, moons, type NDArray, spiral } from "camada";

/** Rows, (batch, feature), and the class of each, (batch). */
export interface Labeled {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** A set to train on: its rows, and what suits it where nothing else is asked for. */
export interface LearningSet {
  /** Rows to learn from, and others to judge by; from a folder, of a set that comes from files. */
  load(seed: number, folder: string | undefined): { readonly train: Labeled; readonly test: Labeled };
  readonly fromFiles: boolean;
  /** What brings the values near 0. */
  readonly scale: number;
  readonly layers: readonly number[];
  readonly batchSize: number;
  readonly epochs: number;
  /** Adam's; undefined for its own. */
  readonly learningRate: number | undefined;
}

/** Points in a plane: those to judge by are drawn from the next seed. */
function points(draw: (seed: number) => { readonly x: unknown; readonly y: unknown }): LearningSet {
  const drawn = (seed: number) => draw(seed) as Labeled;
  return {
    load: (seed) => ({ train: drawn(seed), test: drawn(seed + 1) }),
    fromFiles: false,
    scale: 1,
    layers: [64],
    batchSize: 32,
    epochs: 100,
    learningRate: 0.02,
  };
}

const PLANE = { samples: 300 };

export const SETS = {
  mnist: {
    load: (_, folder) => {
      const { train, test } = loadMnist(folder);
      const rows = ({ images, labels }: typeof train): Labeled => ({
        x: images.reshape([images.shape[0]!, -1]) as NDArray,
        y: labels,
      });
      return { train: rows(train), test: rows(test) };
    },
    fromFiles: true,
    scale: 1 / 255,
    layers: [128],
    batchSize: 128,
    epochs: 10,
    learningRate: undefined,
  },
  // all rows at once, and many epochs, as Kinsley and Kukieła train on it
  spiral: {
    ...points((seed) => spiral({ points: 100, seed })),
    batchSize: 300,
    epochs: 10_000,
  },
  moons: points((seed) => moons({ ...PLANE, noise: 0.2, seed })),
  circles: points((seed) => circles({ ...PLANE, noise: 0.1, factor: 0.5, seed })),
  // the same centers for every seed, so that new points are of the same classes
  blobs: points((seed) => blobs({ ...PLANE, centers: [[-4, 0], [0, 5], [4, 0]], seed })), // biome-ignore format: a list
} as const satisfies { readonly [name: string]: LearningSet };
