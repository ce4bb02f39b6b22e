import type { BackendChoice } from "camada";
import type { Say } from "../language.js";
import { optionReaders } from "../options.js";
import type { TableOptions } from "../tables.js";
import { ACTIVATIONS, OPTIMIZERS, type Plan } from "../training.js";

type BackendName = Extract<BackendChoice, string>;
/** All of them: one that is missing here does not compile. */
const BACKENDS: { readonly [name in BackendName]: true } = { reference: true, wasm: true };

export interface TrainFlags extends TableOptions {
  readonly layers?: readonly number[];
  readonly activation: Plan["activation"];
  readonly dropout: number;
  readonly batchSize?: number;
  readonly epochs?: number;
  readonly optimizer?: Plan["optimizer"];
  readonly learningRate?: number;
  readonly seed: number;
  readonly validationSplit?: number;
  readonly patience?: number;
  readonly data?: string;
  readonly backend?: BackendName;
  readonly out?: string;
  readonly curves?: string;
  readonly confusion?: string;
  readonly report?: string;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly lang?: string;
}

/** The options of `camada train`, as the command line framework takes them. */
export function trainFlags(say: Say) {
  const read = optionReaders(say);
  const parsed = <T>(brief: string, parse: (input: string) => T) =>
    ({ kind: "parsed", brief, parse }) as const;
  const optional = { optional: true } as const;
  const off = { kind: "boolean", default: false } as const;
  return {
    target: { ...parsed(say("train.target"), String), ...optional },
    ignore: { ...parsed(say("train.ignore"), read.names), ...optional },
    task: {
      kind: "enum",
      values: ["classification", "regression"] as const,
      brief: say("train.task"),
      ...optional,
    },
    testSize: { ...parsed(say("train.testSize"), read.share("test-size")), ...optional },
    layers: { ...parsed(say("train.layers"), read.sizes("layers")), ...optional },
    activation: { kind: "enum", values: ACTIVATIONS, brief: say("train.activation"), default: "relu" },
    dropout: { ...parsed(say("train.dropout"), read.fraction("dropout")), default: "0" },
    batchSize: { ...parsed(say("train.batchSize"), read.count("batch-size", 1)), ...optional },
    epochs: { ...parsed(say("train.epochs"), read.count("epochs", 1)), ...optional },
    optimizer: {
      kind: "enum",
      values: Object.keys(OPTIMIZERS) as Plan["optimizer"][],
      brief: say("train.optimizer"),
      ...optional,
    },
    learningRate: { ...parsed(say("train.learningRate"), read.positive("learning-rate")), ...optional },
    seed: { ...parsed(say("train.seed"), read.seed("seed")), default: "0" },
    validationSplit: {
      ...parsed(say("train.validationSplit"), read.fraction("validation-split")),
      ...optional,
    },
    patience: { ...parsed(say("train.patience"), read.count("patience", 1)), ...optional },
    data: { ...parsed(say("train.data"), read.folder("data")), ...optional },
    backend: {
      kind: "enum",
      values: Object.keys(BACKENDS) as BackendName[],
      brief: say("train.backend"),
      ...optional,
    },
    out: { ...parsed(say("train.out"), read.file("out")), ...optional },
    curves: { ...parsed(say("train.curves"), read.file("curves")), ...optional },
    confusion: { ...parsed(say("train.confusion"), read.file("confusion")), ...optional },
    report: { ...parsed(say("train.report"), read.file("report")), ...optional },
    quiet: { ...off, brief: say("train.quiet") },
    json: { ...off, brief: say("train.json") },
    lang: { ...parsed(say("flag.lang"), read.language), ...optional },
  } as const;
}
