import { modelConfig, modelFromConfig, type Sequential, type TrainingState } from "camada";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { readSafetensors, type Safetensors, writeSafetensors } from "../safetensors/safetensors.js";
import { describeState, STATE, stateOf, tensorsOfState } from "./state.js";
import { describeTraining, type TrainedWith, trainedWith } from "./training.js";

/*
 * A model as one safetensors file: the weights under their own names, and its layers as JSON in the metadata. No
 * file names code: there is a fixed list of kinds of layer.
 */

const FORMAT = "camada";
const VERSION = 1;
const VERSION_KEY = "camada.version";
const MODEL = "camada.model";
const STATE_KEY = "camada.training";
const TRAINED_WITH = "camada.trainedWith";

/** What is saved beside the model. */
export interface SaveOptions {
  /** Where its training stands, to go on from: what `loadTrainingState` gives back. */
  readonly state?: TrainingState | undefined;
  /** What it is trained with: what `loadTraining` gives back. */
  readonly training?: TrainedWith | undefined;
  /** What else should stay with it, as texts by name: `readSafetensors(bytes).metadata` gives them back. */
  readonly metadata?: { readonly [name: string]: string };
}

/**
 * The bytes of a model's file: its layers with their settings, its weights to the last bit, and, if given, what it is
 * trained with and the state of its training. It is a safetensors file, so others can read the weights too.
 * @throws InteropError `model.name`, `model.metadata`, `model.own`; CamadaError `config.kind`, `config.setting` for layers, activations and
 * initializers of somebody's own
 * @example
 * const model = sequential(input(2), dense(3), relu());
 * const again = loadModel(saveModel(model));
 * allClose(again.forward(ones([1, 2])), model.forward(ones([1, 2])), { rtol: 0, atol: 0 }); // true
 */
export function saveModel(
  model: Pick<Sequential, "network" | "weights">,
  { state, training, metadata: more = {} }: SaveOptions = {},
): Uint8Array<ArrayBuffer> {
  const weights = Object.entries(model.weights);
  const taken = weights.find(([name]) => name.startsWith(STATE));
  if (taken !== undefined) throw new InteropError("model.name", { op: "saveModel", name: taken[0] });
  const own = Object.keys(more).find((name) => name === "format" || name.startsWith(`${FORMAT}.`));
  if (own !== undefined) throw new InteropError("model.metadata", { op: "saveModel", name: own });
  const metadata = new Map([
    ...Object.entries(more),
    ["format", FORMAT],
    [VERSION_KEY, String(VERSION)],
    [MODEL, JSON.stringify(modelConfig(model))],
  ]);
  if (training !== undefined) metadata.set(TRAINED_WITH, describeTraining(training));
  if (state !== undefined) metadata.set(STATE_KEY, describeState(state));
  return writeSafetensors(
    new Map([...weights, ...(state === undefined ? [] : tensorsOfState(state))]),
    metadata,
  );
}

/**
 * The model in a file that `saveModel` wrote, with its weights to the last bit. Nothing in the file is run, and
 * nothing of the size that it asks for is made before all its weights are found to be there.
 * @throws InteropError `model.format`, `model.version`, `model.description`, and what `readSafetensors` throws;
 * CamadaError `weights.unknown`, `weights.missing`; ShapeError `weights.shape`; and what `modelFromConfig` throws
 * @example
 * loadModel(saveModel(sequential(input(4), dense(2)))).network.output.shape; // [2]
 */
export function loadModel(bytes: Uint8Array): Sequential {
  const op = "loadModel";
  const { tensors, metadata } = openModel(op, bytes);
  const weights = [...tensors].filter(([name]) => !name.startsWith(STATE));
  return modelFromConfig(described(op, metadata), Object.fromEntries(weights));
}

/**
 * The state of a model's training in a file that `saveModel` wrote with one, for `fit`'s `resume`: going on from it
 * gives the very weights that not having stopped would have given.
 * @throws InteropError `model.noState`, `model.state`, `model.format`, `model.version`, and what `readSafetensors`
 * throws
 * @example
 * const model = sequential(input(2), dense(1));
 * let state;
 * const options = { loss: meanSquaredError(), epochs: 2, callbacks: [checkpoint((now) => { state = now; })] };
 * await model.fit(ones([8, 2]), ones([8, 1]), options);
 * loadTrainingState(saveModel(model, { state })).epoch; // 2
 */
export function loadTrainingState(bytes: Uint8Array): TrainingState {
  const op = "loadTrainingState";
  const { tensors, metadata } = openModel(op, bytes);
  const description = metadata.get(STATE_KEY);
  if (description === undefined) throw new InteropError("model.noState", { op });
  return stateOf(op, description, tensors);
}

/**
 * What a model is trained with, from a file that `saveModel` wrote with it, for `fit`: loss, optimizer and metrics, with
 * all their settings. Nothing in the file is run: there are fixed lists of them.
 * @throws InteropError `model.noTraining`, `model.training`, `model.format`, `model.version`, and what
 * `readSafetensors` throws; CamadaError where a setting is out of its bounds
 * @example
 * const model = sequential(input(2), dense(1));
 * const bytes = saveModel(model, { training: { loss: huber({ delta: 2 }), optimizer: adam(0.01) } });
 * loadTraining(bytes).loss.config; // {"name":"huber","delta":2}
 * const history = await loadModel(bytes).fit(ones([8, 2]), ones([8, 1]), loadTraining(bytes));
 */
export function loadTraining(bytes: Uint8Array): TrainedWith {
  const op = "loadTraining";
  const description = openModel(op, bytes).metadata.get(TRAINED_WITH);
  if (description === undefined) throw new InteropError("model.noTraining", { op });
  return trainedWith(op, description);
}

/** A model's file, taken apart. @throws InteropError `file.bytes`, `model.format`, `model.version` */
function openModel(op: string, bytes: Uint8Array): Safetensors {
  checkBytes(op, bytes);
  const file = readSafetensors(bytes);
  const version = file.metadata.get(VERSION_KEY);
  if (file.metadata.get("format") !== FORMAT || version === undefined)
    throw new InteropError("model.format", { op });
  if (version !== String(VERSION)) {
    throw new InteropError("model.version", { op, found: version.slice(0, 20), known: VERSION });
  }
  return file;
}

function described(op: string, metadata: ReadonlyMap<string, string>): unknown {
  try {
    return JSON.parse(metadata.get(MODEL) ?? "");
  } catch {
    throw new InteropError("model.description", { op });
  }
}
