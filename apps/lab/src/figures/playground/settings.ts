/** What a playground's training follows from: the same settings give the same network, in the page and outside. */
export interface Settings {
  readonly data: (typeof SETS)[number];
  /** How far points stray. */
  readonly noise: number;
  readonly samples: number;
  /** The sizes of the hidden layers. */
  readonly layers: readonly number[];
  readonly activation: (typeof ACTIVATIONS)[number];
  readonly optimizer: (typeof OPTIMIZERS)[number];
  readonly learningRate: number;
  readonly batchSize: number;
  /** How much squared weights cost. */
  readonly l2: number;
  readonly seed: number;
  /** The learner's own points, where data is "own": x, y and class. */
  readonly own: readonly OwnPoint[];
}

export type OwnPoint = readonly [x: number, y: number, label: number];

export const SETS = ["spiral", "moons", "circles", "blobs", "own"] as const;
export const ACTIVATIONS = ["relu", "tanh", "sigmoid", "leakyRelu", "gelu", "linear"] as const;
export const OPTIMIZERS = ["adam", "sgd", "momentum", "rmsprop"] as const;
export const RATES = [0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] as const;
export const BATCHES = [1, 4, 8, 16, 32, 64, 128, 256] as const;
export const PENALTIES = [0, 0.0001, 0.001, 0.01, 0.1] as const;
export const MOST = { layers: 6, neurons: 16, own: 200, classes: 4, samples: 600 } as const;

export const DEFAULTS: Settings = {
  data: "spiral",
  noise: 0.1,
  samples: 240,
  layers: [16, 16],
  activation: "relu",
  optimizer: "adam",
  learningRate: 0.03,
  batchSize: 32,
  l2: 0,
  seed: 1,
  own: [],
};

/** The settings as the end of an address, without those that are as they always are. */
export function toQuery(settings: Settings): string {
  const parts = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS) as (keyof Settings)[]) {
    const text = written(name, settings);
    if (text !== written(name, DEFAULTS)) parts.set(name, text);
  }
  return parts.toString();
}

function written(name: keyof Settings, settings: Settings): string {
  if (name === "own") return settings.own.map((point) => point.join("_")).join("..");
  return name === "layers" ? settings.layers.join("-") : String(settings[name]);
}

/** The settings of an address; whatever is missing or makes no sense is as it always is. */
export function fromQuery(query: string): Settings {
  const parts = new URLSearchParams(query);
  const one = <T extends string>(name: keyof Settings, known: readonly T[]): T => {
    const text = parts.get(name);
    return known.find((choice) => choice === text) ?? (DEFAULTS[name] as T);
  };
  const number = (name: keyof Settings, least: number, most: number, whole = false): number => {
    const text = parts.get(name) ?? "";
    const value = text === "" ? Number.NaN : Number(text);
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits ? value : (DEFAULTS[name] as number);
  };
  const sizes = (parts.get("layers") ?? DEFAULTS.layers.join("-")).split("-").filter(Boolean).map(Number);
  const sound =
    sizes.length <= MOST.layers && sizes.every((n) => Number.isInteger(n) && n >= 1 && n <= MOST.neurons);
  return {
    data: one("data", SETS),
    noise: number("noise", 0, 1),
    samples: number("samples", 12, MOST.samples, true),
    layers: sound ? sizes : DEFAULTS.layers,
    activation: one("activation", ACTIVATIONS),
    optimizer: one("optimizer", OPTIMIZERS),
    learningRate: number("learningRate", 1e-6, 100),
    batchSize: number("batchSize", 1, 1024, true),
    l2: number("l2", 0, 10),
    seed: number("seed", 0, 2 ** 31 - 1, true),
    own: ownPoints(parts.get("own") ?? ""),
  };
}

function ownPoints(text: string): OwnPoint[] {
  const points = text
    .split("..")
    .filter(Boolean)
    .slice(0, MOST.own)
    .map((point) => point.split("_").map(Number));
  return points.flatMap(([x = Number.NaN, y = Number.NaN, label = Number.NaN, ...more]): OwnPoint[] => {
    const inPlane = Math.abs(x) <= 10 && Math.abs(y) <= 10 && more.length === 0;
    return inPlane && Number.isInteger(label) && label >= 0 && label < MOST.classes ? [[x, y, label]] : [];
  });
}
