import * as camada from "camada";
import {
  accuracy,
  adam,
  batchNorm,
  chain,
  checkpoint,
  clipByGlobalNorm,
  dense,
  dropout,
  huber,
  input,
  meanSquaredError,
  type NDArray,
  piecewiseConstant,
  precision,
  r2,
  random,
  relu,
  Sequential,
  sgd,
  softmaxCrossEntropy,
  type TrainingState,
  topKAccuracy,
  warmup,
  weightDecay,
} from "camada";
import { describe, expect, it } from "vitest";
import { refused } from "../../../../tests/refused.js";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import * as losses from "../../../camada/src/nn/losses.js";
import * as metrics from "../../../camada/src/nn/metrics.js";
import * as optimizers from "../../../camada/src/nn/optimizers.js";
import * as schedules from "../../../camada/src/nn/schedules.js";
import {
  loadModel,
  loadTraining,
  loadTrainingState,
  readSafetensors,
  saveModel,
  type TrainedWith,
  writeSafetensors,
} from "../index.js";

const model = new Sequential([input(2), dense(3)]).initialize(1);
const saved = (training: TrainedWith) => saveModel(model, { training });
const bits = ({ data }: NDArray) =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

/** Something of everything that a function makes: with its defaults, and with settings of its own. */
const OPTIONS: { readonly [name: string]: readonly unknown[] } = {
  accuracy: [{ threshold: 0.3 }],
  binaryCrossEntropy: [{ fromLogits: true }],
  categoricalCrossEntropy: [{ labelSmoothing: 0.1 }],
  confusionMatrix: [{ classes: 4, threshold: 0.2 }],
  constantRate: [0.1],
  cosineDecay: [0.1, { decaySteps: 9, alpha: 0.5 }],
  exponentialDecay: [0.1, { decaySteps: 9, decayRate: 0.5, staircase: true }],
  f1: [{ average: "micro" }],
  huber: [{ delta: 2 }],
  inverseTimeDecay: [0.1, { decayRate: 0.5 }],
  piecewiseConstant: [
    [1, 2],
    [0.1, 0.2, 0.3],
  ],
  polynomialDecay: [0.1, { decaySteps: 3, power: 2 }],
  precision: [{ average: "macro", classes: 3 }],
  recall: [{ average: "binary" }],
  softmaxCrossEntropy: [{ labelSmoothing: 0.2 }],
  topKAccuracy: [3],
  warmup: [5, camada.exponentialDecay(0.1, { decaySteps: 2, decayRate: 0.9 })],
};

type Make = (...options: readonly unknown[]) => unknown;
const makers = (module: object): [string, Make][] =>
  Object.entries(module).filter(([name, f]) => typeof f === "function" && name !== "evaluateMetric") as never;

describe("what a model is trained with", () => {
  it.each(makers(losses))("comes back: the loss %s", (name, make) => {
    for (const loss of [make(), make(...(OPTIONS[name] ?? []))] as camada.Loss[]) {
      expect(loss.config!["name"]).toBe(name);
      const found = loadTraining(saved({ loss })).loss;
      expect([found.name, found.config, found.expects]).toEqual([loss.name, loss.config, loss.expects]);
    }
  });

  it.each(makers(metrics))("comes back: the metric %s", (name, make) => {
    for (const options of [name === "topKAccuracy" ? [1] : [], OPTIONS[name] ?? []]) {
      const metric = make(...options) as camada.Metric;
      const found = loadTraining(saved({ loss: meanSquaredError(), metrics: [metric] })).metrics![0]!;
      expect([found.name, found.config]).toEqual([metric.name, metric.config]);
    }
  });

  const rates = makers(schedules).filter(([name]) => Object.hasOwn(OPTIONS, name));

  it("knows every schedule", () => {
    const helpers = ["scheduleOf", "rateConfig", "withConfig"];
    expect([...rates.map(([name]) => name), ...helpers].sort()).toEqual(Object.keys(schedules).sort());
  });

  it.each(makers(optimizers))(
    "comes back: the optimizer %s, with every schedule and chained",
    (name, make) => {
      const all = [
        make(),
        make(0.2),
        ...rates.map(([rate, of]) => make(of(...OPTIONS[rate]!))),
      ] as camada.Optimizer[];
      const stages = [clipByGlobalNorm(1), camada.clipByNorm(2), camada.clipByValue(3), weightDecay(0.1)];
      for (const optimizer of [...all, chain(...stages, all.at(-1)!)]) {
        const found = loadTraining(saved({ loss: huber(), optimizer })).optimizer!;
        expect([found.name, found.config]).toEqual([optimizer.name, optimizer.config]);
        const [gradients, weights] = [
          { w: camada.array([3, -4]) as NDArray },
          { w: camada.array([1, 2]) as NDArray },
        ];
        const [ours, theirs] = [optimizer, found].map((each) => each.update(gradients, each.init(weights), weights, camada.full([], 7) as NDArray)); // biome-ignore format: one line
        expect(theirs!.updates["w"]!.toArray()).toEqual(ours!.updates["w"]!.toArray());
        expect(optimizer.config!["name"]).toBe(
          optimizer === all.at(-1) || all.includes(optimizer) ? name : "chain",
        );
      }
    },
  );

  it("lets a training go on from a file alone, to the bits of one that never stopped", async () => {
    const x = random.defaultRng(3).standardNormal([24, 4]) as NDArray;
    const y = random.defaultRng(4).integers(0, 3, [24]) as NDArray;
    const training: TrainedWith = {
      loss: softmaxCrossEntropy({ labelSmoothing: 0.1 }),
      optimizer: chain(clipByGlobalNorm(0.5), adam({ learningRate: warmup(3, piecewiseConstant([8], [0.1, 0.01])), beta1: 0.8 })), // biome-ignore format: one line
      metrics: [accuracy(), topKAccuracy(2)],
    };
    const how = { batchSize: 5, seed: 9, epochs: 4 };
    const whole = new Sequential([
      input(4),
      dense(5),
      batchNorm(),
      relu(),
      dropout(0.2),
      dense(3),
    ]).initialize(1);
    const files: Uint8Array[] = [];
    const keep = (state: TrainingState) => void files.push(saveModel(whole, { state, training }));
    const history = await whole.fit(x, y, { ...training, ...how, callbacks: [checkpoint(keep)] });
    const file = files[1]!;
    const rest = loadModel(file);
    const later = await rest.fit(x, y, { ...loadTraining(file), ...how, resume: loadTrainingState(file) });
    for (const [name, a] of Object.entries(whole.weights))
      expect(bits(rest.weights[name]!), name).toBe(bits(a));
    expect([later.names, later.series("top2Accuracy")]).toEqual([
      history.names,
      history.series("top2Accuracy").slice(2),
    ]);
  });

  it("is not in older files, which load as before", () => {
    const older = saveModel(model);
    expect([...readSafetensors(older).metadata.keys()]).toEqual(["format", "camada.version", "camada.model"]);
    expect(bits(loadModel(older).weights["dense1.weights"]!)).toBe(bits(model.weights["dense1.weights"]!));
    expect(loadTraining(saved({ loss: huber(), metrics: [r2(), precision()] }))).not.toHaveProperty(
      "optimizer",
    );
  });
});

const { tensors, metadata } = readSafetensors(saved({ loss: huber(), optimizer: sgd() }));
const said = (training: unknown) => () =>
  loadTraining(
    writeSafetensors(
      tensors,
      new Map([
        ...metadata,
        ["camada.trainedWith", typeof training === "string" ? training : JSON.stringify(training)],
      ]),
    ),
  );
const optimizer = (config: unknown) => said({ loss: { name: "huber" }, metrics: [], optimizer: config });
const deep = `${'{"name":"warmup","steps":1,"rate":'.repeat(1e5)}1${"}".repeat(1e5)}`;

const REFUSED: readonly Refusal[] = [
  ["model.noTraining", "not what it is trained with", "não com o que ele é treinado", () => loadTraining(saveModel(model))],
  ["model.own", "'mine', given as loss,", "'mine', dado como loss,", () => saved({ loss: { ...huber(), config: undefined as never, name: "mine" } })],
  ["model.own", "given as loss", "dado como loss", () => saved({ loss: (() => {}) as never })],
  ["model.own", "'adam', given as optimizer", "'adam', dado como optimizer", () => saved({ loss: huber(), optimizer: adam({ learningRate: () => 0.1 }) })],
  ["model.own", "'adam', given as optimizer", "'adam', dado como optimizer", () => saved({ loss: huber(), optimizer: chain((gradients) => gradients, adam()) })],
  ["model.own", "'m', given as metrics", "'m', dado como metrics", () => saved({ loss: huber(), metrics: [{ ...accuracy(), name: "m", config: undefined as never }] })],
  ["model.training", "'loss' is missing or wrong", "'loss' falta ou está errado", said("{")],
  ["model.training", "'loss' is missing", "'loss' falta", said(null)],
  ["model.training", "'loss' is missing", "'loss' falta", said({ metrics: [] })],
  ["model.training", "'metrics' is missing", "'metrics' falta", said({ loss: { name: "huber" } })],
  ["model.training", "'code' is missing or wrong", "'code' falta", said({ loss: { name: "huber" }, metrics: [], code: "" })],
  ["model.training", "'loss'", "'loss'", said({ loss: { name: "constructor" }, metrics: [] })],
  ["model.training", "'loss'", "'loss'", said({ loss: { name: "huber", __proto: 1 }, metrics: [] })],
  ["model.training", "'loss'", "'loss'", said('{"loss":{"name":"huber","__proto__":{}},"metrics":[]}')],
  ["model.training", "'loss'", "'loss'", said({ loss: { name: "huber", delta: "2" }, metrics: [] })],
  ["model.training", "'metrics'", "'metrics'", said({ loss: { name: "huber" }, metrics: [{ name: "f1", average: "all" }] })],
  ["model.training", "'optimizer'", "'optimizer'", optimizer({ name: "sgd", nesterov: 1 })],
  ["model.training", "'optimizer'", "'optimizer'", optimizer({ name: "sgd", learningRate: { name: "piecewiseConstant", boundaries: ["1"], rates: [1, 2] } })],
  ["model.training", "'optimizer'", "'optimizer'", optimizer({ name: "chain", transforms: [{ name: "eval" }], optimizer: { name: "sgd" } })],
  ["model.training", "'optimizer'", "'optimizer'", said(`{"loss":{"name":"huber"},"metrics":[],"optimizer":{"name":"sgd","learningRate":${deep}}}`)],
]; // biome-ignore format: a table

describe("what no model is trained with", () => {
  itRefuses(REFUSED);

  it.each([
    ["number.positive", optimizer({ name: "adam", learningRate: -1 })],
    ["number.fraction", optimizer({ name: "adam", beta1: 2 })],
    ["number.positive", optimizer({ name: "sgd", learningRate: { name: "exponentialDecay", rate: 1 } })],
    ["value.positive", said({ loss: { name: "huber" }, metrics: [{ name: "topKAccuracy", k: 0 }] })],
  ])("is refused by the library: %s", (code, call) => {
    expect(refused(call).code).toBe(code);
  });
});
