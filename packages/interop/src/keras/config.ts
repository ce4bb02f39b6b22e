import { InteropError } from "../error.js";
import { isObject, shown } from "./settings.js";

/** A layer as config.json describes it. */
export interface Entry {
  readonly className: string;
  readonly name: string;
  readonly config: { readonly [name: string]: unknown };
}

type Description = { readonly [name: string]: unknown };

/**
 * The layers of a model, in their order: those of a Sequential model, or of a functional one where each is applied
 * to what comes out of the one before.
 * @throws InteropError `keras.json`, `keras.model`, `keras.chain`
 */
export function layersOf(op: string, bytes: Uint8Array): Entry[] {
  const model = parsed(op, bytes);
  const { class_name: kind, config } = isObject(model) ? model : {};
  if (
    !isObject(config) ||
    !Array.isArray(config["layers"]) ||
    (kind !== "Sequential" && kind !== "Functional")
  ) {
    throw new InteropError("keras.model", { op, found: shown(kind) });
  }
  const descriptions: Description[] = config["layers"].map((layer: unknown) => {
    if (!isObject(layer)) throw new InteropError("keras.json", { op });
    return layer;
  });
  const entries = descriptions.map((description) => entryOf(op, description));
  if (kind === "Functional") checkChain(op, config, descriptions, entries);
  return entries;
}

function parsed(op: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new InteropError("keras.json", { op });
  }
}

function entryOf(op: string, { class_name: className, config }: Description): Entry {
  if (typeof className !== "string" || !isObject(config)) throw new InteropError("keras.json", { op });
  const { name = className } = config;
  if (typeof name !== "string") throw new InteropError("keras.json", { op });
  checkPolicy(op, name, className, config["dtype"]);
  return { className, name, config };
}

/** Refuses what computes in other numbers: half floats, say. */
function checkPolicy(op: string, layer: string, kind: string, dtype: unknown): void {
  const policy = isObject(dtype) && isObject(dtype["config"]) ? dtype["config"]["name"] : dtype;
  if (policy === undefined || policy === "float32" || policy === "float64" || kind === "InputLayer") return;
  const known = '"float32", "float64"';
  throw new InteropError("keras.unsupported", {
    op,
    layer,
    kind,
    name: "dtype",
    found: shown(policy),
    known,
  });
}

/** Refuses a functional model whose layers do not follow one another in the order in which they stand. */
function checkChain(
  op: string,
  config: Description,
  layers: readonly Description[],
  entries: readonly Entry[],
): void {
  layers.forEach((layer, i) => {
    const nodes = layer["inbound_nodes"];
    const before = i === 0 ? [] : [[entries[i - 1]!.name, 0, 0]];
    if (!Array.isArray(nodes) || JSON.stringify(histories(nodes)) !== JSON.stringify(before)) {
      throw new InteropError("keras.chain", { op, layer: entries[i]!.name });
    }
  });
  const ends = [config["input_layers"], config["output_layers"]].map((list) => JSON.stringify(list));
  const own = [entries[0], entries.at(-1)].map((entry) => [
    JSON.stringify([[entry?.name, 0, 0]]),
    // where there is one, Keras writes it without the list around it
    JSON.stringify([entry?.name, 0, 0]),
  ]);
  if (!ends.every((end, i) => own[i]!.includes(end!))) {
    throw new InteropError("keras.chain", { op, layer: entries.at(-1)?.name ?? "" });
  }
}

/** Every tensor that a layer is applied to, as the name of the layer it comes from and two numbers. */
function histories(nodes: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  const pending: unknown[] = [...nodes];
  for (const value of pending) {
    if (isObject(value) && value["class_name"] === "__keras_tensor__") {
      found.push(isObject(value["config"]) ? value["config"]["keras_history"] : null);
    } else if (isObject(value) || Array.isArray(value)) pending.push(...Object.values(value));
  }
  return found;
}
