import {
  loadModel,
  type Preparation,
  readPreparation,
  readSafetensors,
  saveModel,
  type TrainingSettings,
} from "@camada/interop";
import { fromFile, toFile } from "@camada/interop/node";
import type { Sequential } from "camada";
import type { Say } from "./language.js";

/** A network as `camada train` leaves it. */
export interface Trained {
  readonly model: Sequential;
  readonly training: TrainingSettings;
  /** How the rows of its table became numbers. */
  readonly preparation: Preparation | undefined;
}

/* What the file has beside the network, as JSON under these names. */
const TRAINING = "training";
const PREPARATION = "preparation";

/** Writes a network to a file, whole or not at all. */
export function writeTrained(file: string, { model, training, preparation }: Trained): void {
  const metadata = {
    [TRAINING]: JSON.stringify(training),
    ...(preparation === undefined ? {} : { [PREPARATION]: JSON.stringify(preparation) }),
  };
  toFile(file, saveModel(model, { metadata }));
}

/** Reads what `writeTrained` wrote; also a model that the library saved, which has no more than itself. */
export function readTrained(
  file: string,
  say: Say,
): Omit<Trained, "training"> & { readonly training: TrainingSettings | undefined } {
  return fromFile(file, (bytes) => {
    const model = loadModel(bytes);
    const { metadata } = readSafetensors(bytes);
    const training = metadata.get(TRAINING);
    const preparation = metadata.get(PREPARATION);
    return {
      model,
      training: training === undefined ? undefined : settingsOf(parsed(training, say), say),
      preparation: preparation === undefined ? undefined : readPreparation(parsed(preparation, say)),
    };
  });
}

function parsed(text: string, say: Say): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(say("model.damaged"));
  }
}

/** What each of the settings must be. */
const SETTINGS: { readonly [name in keyof TrainingSettings]: (value: unknown) => boolean } = {
  optimizer: (value) => typeof value === "string",
  learningRate: (value) => typeof value === "number" && value > 0,
  batchSize: isCount,
  epochs: isCount,
  seed: (value) => Number.isInteger(value) && (value as number) >= 0,
};

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0;
}

function settingsOf(data: unknown, say: Say): TrainingSettings {
  const given = data as { readonly [name: string]: unknown } | null;
  const wrong = Object.entries(SETTINGS).find(([name, fits]) => !fits(given?.[name]));
  if (wrong !== undefined) throw new Error(say("model.damaged"));
  return given as unknown as TrainingSettings;
}
