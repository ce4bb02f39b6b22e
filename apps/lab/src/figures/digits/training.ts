import { type Strokes, strokesOf } from "@camada/figures";
import {
  accuracy,
  adam,
  batchSizeStudy,
  type Callback,
  dense,
  input,
  l2,
  type NDArray,
  relu,
  rescaling,
  Sequential,
  type Study,
  type StudyOptions,
  sgd,
  softmaxCrossEntropy,
} from "camada";

/** Rows of pixels from 0 to 255, (batch, 784), and the digit that each shows. */
export interface Digits {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** The first rows. */
export const first = ({ x, y }: Digits, count: number): Digits => ({
  x: x.slice([0, count]) as NDArray,
  y: y.slice([0, count]) as NDArray,
});

/** The network that shows what layers see: two hidden layers, so that it is deep. */
export function seeingNetwork(seed: number): Sequential {
  // what costs a little keeps weights smooth where pixels are always paper
  const regularizer = l2(1e-4);
  return new Sequential([
    input(784),
    rescaling(1 / 255),
    dense(48, { regularizer }),
    relu(),
    dense(24, { regularizer }),
    relu(),
    dense(10),
  ]).initialize(seed);
}

export function trainSeeing(
  model: Sequential,
  { x, y }: Digits,
  options: {
    readonly epochs: number;
    readonly seed: number;
    readonly callbacks?: readonly Callback[];
    readonly signal?: AbortSignal;
  },
) {
  return model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: adam(),
    metrics: [accuracy()],
    batchSize: 64,
    onWarning: () => {},
    ...options,
  });
}

/** What the layers of a trained network see in an image of pixels from 0 to 255. */
export function seenIn(model: Sequential, pixels: readonly number[], label?: number): Strokes {
  const seen = strokesOf(model.layers, pixels.map((value) => value / 255)); // biome-ignore format: one line
  return label === undefined ? seen : { ...seen, answer: { ...seen.answer!, label } };
}

/** What a study of batch sizes can be asked. */
export interface StudySettings {
  readonly batchSizes: readonly number[];
  readonly seeds: readonly number[];
  readonly rows: number;
  readonly testRows: number;
  readonly learningRate: number;
  readonly budget: StudyOptions["budget"];
  readonly scale: false | "linear" | "sqrt";
}

/** One network at several batch sizes. */
export function studyDigits(
  train: Digits,
  test: Digits,
  settings: StudySettings,
  more: Pick<StudyOptions, "signal" | "onProgress" | "onRun" | "onEpoch"> = {},
): Promise<Study> {
  const [learnt, judged] = [first(train, settings.rows), first(test, settings.testRows)];
  return batchSizeStudy({
    build: () => new Sequential([input(784), rescaling(1 / 255), dense(32), relu(), dense(10)]),
    train: [learnt.x, learnt.y],
    test: [judged.x, judged.y],
    batchSizes: settings.batchSizes,
    seeds: settings.seeds,
    loss: softmaxCrossEntropy(),
    optimizer: sgd,
    learningRate: settings.learningRate,
    budget: settings.budget,
    scaleLearningRate: settings.scale,
    ...more,
  });
}
