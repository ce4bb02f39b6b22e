import { decisionsOf, type Extent, extentOf } from "@camada/figures";
import {
  accuracy,
  activation,
  adam,
  blobs,
  type Callback,
  circles,
  dense,
  fromTypedArray,
  type History,
  input,
  type LabeledPoints,
  type Layer,
  l2,
  momentum,
  moons,
  type NDArray,
  rmsprop,
  Sequential,
  sgd,
  softmaxCrossEntropy,
  spiral,
  trainTestSplit,
} from "camada";
import type { Settings } from "./settings.js";

const optimizers = { adam, sgd, momentum, rmsprop } as const;

/** Where the blobs lie. */
export const CENTERS = [[-0.8, -0.6], [0.8, -0.6], [0, 0.8], [0, -0.1]] as const; // biome-ignore format: places

/** How many classes the points have. */
export function classesOf({ data, own }: Settings): number {
  if (data === "own") return Math.max(2, ...own.map(([, , label]) => label + 1));
  return { spiral: 3, moons: 2, circles: 2, blobs: CENTERS.length }[data];
}

/** Points to learn from, and points to judge by, which there are none of among one's own. */
export interface Points {
  readonly train: LabeledPoints;
  readonly test: LabeledPoints | null;
}

/** The points that the settings ask for. */
export function pointsOf({ data, noise, samples, seed, own }: Settings): Points {
  if (data === "own") {
    const places = Float64Array.from(own.flatMap((point) => point.slice(0, 2)));
    const x = fromTypedArray(places, [own.length, 2], ["batch", "feature"]);
    const y = fromTypedArray(
      Int32Array.from(own, ([, , label]) => label),
      [own.length],
      ["batch"],
    );
    return { train: { x, y } as unknown as LabeledPoints, test: null };
  }
  const { x, y } = {
    spiral: () => spiral({ points: Math.floor(samples / 3), noise, seed }),
    moons: () => moons({ samples, noise, seed }),
    circles: () => circles({ samples, noise, factor: 0.5, seed }),
    blobs: () => blobs({ samples, centers: CENTERS, noise, seed }),
  }[data]();
  const { train, test } = trainTestSplit(x as NDArray, y as NDArray, { testSize: 0.25, seed });
  return { train, test } as unknown as Points;
}

/** The network that the settings ask for, before it has learnt anything. */
export function networkOf(settings: Settings): Sequential {
  const { layers, activation: name, l2: penalty, seed } = settings;
  const options = penalty === 0 ? {} : { regularizer: l2(penalty) };
  const hidden = layers.flatMap((neurons): Layer[] => [dense(neurons, options), activation(name)]);
  return new Sequential([input(2), ...hidden, dense(classesOf(settings), options)]).initialize(seed);
}

/** Trains it, for so many epochs at most. */
export function train(
  model: Sequential,
  { train, test }: Points,
  { optimizer, learningRate, batchSize, seed }: Settings,
  epochs: number,
  callbacks: readonly Callback[] = [],
  signal?: AbortSignal,
): Promise<History> {
  return model.fit(train.x as NDArray, train.y as NDArray, {
    loss: softmaxCrossEntropy(),
    optimizer: optimizers[optimizer](learningRate),
    metrics: [accuracy()],
    ...(test === null ? {} : { validationData: [test.x as NDArray, test.y as NDArray] as const }),
    epochs,
    batchSize,
    seed,
    callbacks,
    // the page says by itself where training runs away
    onWarning: () => {},
    ...(signal === undefined ? {} : { signal }),
  });
}

/** How many cells lie along a side of the grid that a network is asked for. */
export const SIDE = 40;

/** The part of the plane that is shown. */
export function extentFor({ data }: Settings, { train: { x } }: Points): Extent {
  return data === "own" ? [-1.1, 1.1, -1.1, 1.1] : extentOf(x.toArray() as [number, number][]);
}

/** The class that a network gives each place, and how sure it is. */
export const judge = (model: Sequential, places: NDArray) => decisionsOf(model.forward(places) as NDArray);
