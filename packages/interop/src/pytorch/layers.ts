import type { LayerConfig } from "camada";

type Sizes = readonly number[];
type Settings = { readonly [name: string]: unknown };

/** A layer as a model's configuration has it, and the sizes of what comes in, the batch aside. */
export interface PlacedConfig {
  readonly config: LayerConfig;
  readonly input: Sizes;
}

/** A layer in PyTorch: which order of axes it takes and leaves, and what it is there. */
interface TorchLayer {
  /** Channels first, as PyTorch has images, or last, as camada has them; or whichever there is. */
  readonly order: "any" | "first" | "last";
  /** What it has as an attribute, if anything. */
  readonly module?: string;
  /** What becomes of `x`; `self` is the attribute. */
  readonly result: string;
  /** Our names of its weights, and PyTorch's. */
  readonly weights?: readonly (readonly [ours: string, theirs: string])[];
}

/** Of whichever order: what a function of `torch` or `F` gives. */
const any = (result: string): TorchLayer => ({ order: "any", result });

const tuple = (values: readonly unknown[]): string => `(${values.join(", ")})`;
const pairOf = (settings: Settings, name: string) => settings[name] as readonly [number, number];

const neurons = ({ useBias }: Settings) => ({
  bias: useBias === false ? ", bias=False" : "",
  weights: [["weights", "weight"], ...(useBias === false ? [] : [["biases", "bias"] as const])] as const,
});

const NORMALIZED = [
  ["gamma", "weight"],
  ["beta", "bias"],
] as const;

/**
 * What is added around the images of `x`, as `F.pad` takes it: left, right, above, below; undefined where nothing
 * is. "same" adds the odd one after, which no module of PyTorch does.
 */
function around(settings: Settings, size: readonly [number, number], input: Sizes): string | undefined {
  if (settings["padding"] === "valid") return undefined;
  const strides = pairOf(settings, "strides");
  const dilation = (settings["dilation"] ?? [1, 1]) as readonly [number, number];
  const [rows, columns] = [0, 1].map((i) => {
    const span = dilation[i]! * (size[i]! - 1) + 1;
    const missing = Math.max((Math.ceil(input[i]! / strides[i]!) - 1) * strides[i]! + span - input[i]!, 0);
    return [Math.floor(missing / 2), Math.ceil(missing / 2)];
  });
  const widths = [...columns!, ...rows!];
  return widths.every((width) => width === 0) ? undefined : tuple(widths);
}

/** A function of `F` that pools windows, of `x` with its frame. */
function pooled(name: string, settings: Settings, frame: (x: string) => string): (x: string) => string {
  const sizes = `${tuple(pairOf(settings, "poolSize"))}, ${tuple(pairOf(settings, "strides"))}`;
  return (x) => `F.${name}(${frame(x)}, ${sizes})`;
}

/** Every kind of layer, from its settings and the sizes of what comes in. */
const LAYERS: { readonly [kind: string]: (settings: Settings, input: Sizes) => TorchLayer } = {
  averagePooling2d: (settings, input) => {
    const padding = around(settings, pairOf(settings, "poolSize"), input);
    const means = pooled("avg_pool2d", settings, (x) => (padding === undefined ? x : `F.pad(${x}, ${padding})`)); // biome-ignore format: one line
    // cells outside the image do not count
    const share = padding === undefined ? "" : ` / ${means("torch.ones_like(x)")}`;
    return { order: "first", result: `${means("x")}${share}` };
  },
  batchNorm: ({ momentum, epsilon }, input) => ({
    order: "last",
    module: `BatchNorm(${input.at(-1)}, momentum=${momentum}, eps=${epsilon})`,
    result: "self(x)",
    weights: [...NORMALIZED, ["movingMean", "running_mean"], ["movingVariance", "running_var"]],
  }),
  conv2d: (settings, input) => {
    const { bias, weights } = neurons(settings);
    const size = pairOf(settings, "kernelSize");
    const padding = around(settings, size, input);
    const window = `${tuple(size)}, stride=${tuple(pairOf(settings, "strides"))}, dilation=${tuple(pairOf(settings, "dilation"))}`;
    return {
      order: "first",
      module: `nn.Conv2d(${input[2]}, ${settings["filters"]}, ${window}${bias})`,
      result: `self(${padding === undefined ? "x" : `F.pad(x, ${padding})`})`,
      weights,
    };
  },
  dense: (settings, input) => {
    const { bias, weights } = neurons(settings);
    const module = `nn.Linear(${input.at(-1)}, ${settings["neurons"]}${bias})`;
    return { order: "last", module, result: "self(x)", weights };
  },
  dropout: ({ rate }) => ({ order: "any", module: `nn.Dropout(${rate})`, result: "self(x)" }),
  elu: ({ alpha }) => any(`F.elu(x, ${alpha})`),
  embedding: ({ vocabulary, size }) => ({
    order: "last",
    module: `nn.Embedding(${vocabulary}, ${size})`,
    result: "self(x.long())",
    weights: [["weights", "weight"]],
  }),
  flatten: () => ({ order: "last", result: "x.flatten(1)" }),
  gelu: () => any("F.gelu(x)"),
  globalAveragePooling2d: () => ({ order: "first", result: "x.mean((2, 3))" }),
  globalMaxPooling2d: () => ({ order: "first", result: "x.amax((2, 3))" }),
  layerNorm: ({ epsilon }, input) => ({
    order: "last",
    module: `nn.LayerNorm(${input.at(-1)}, eps=${epsilon})`,
    result: "self(x)",
    weights: NORMALIZED,
  }),
  leakyRelu: ({ slope }) => any(`F.leaky_relu(x, ${slope})`),
  linear: () => any("x"),
  maxPooling2d: (settings, input) => {
    const padding = around(settings, pairOf(settings, "poolSize"), input);
    const frame = (x: string) => (padding === undefined ? x : `F.pad(${x}, ${padding}, value=-math.inf)`);
    return { order: "first", result: pooled("max_pool2d", settings, frame)("x") };
  },
  relu: () => any("F.relu(x)"),
  rescaling: ({ scale, offset }) => any(`x * ${scale} + ${offset}`),
  reshapeTo: ({ shape }) => ({ order: "last", result: `x.reshape(len(x), ${(shape as Sizes).join(", ")})` }),
  sigmoid: () => any("torch.sigmoid(x)"),
  softmax: ({ axis }) => ({ order: "last", result: `F.softmax(x, ${axis})` }),
  // PyTorch's own gives x itself beyond a threshold, ours nowhere
  softplus: () => any("torch.logaddexp(x, torch.zeros_like(x))"),
  step: () => any("(x >= 0).to(x.dtype)"),
  tanh: () => any("torch.tanh(x)"),
};

export function torchLayer({ config, input }: PlacedConfig): TorchLayer {
  return LAYERS[config.kind]!(config, input);
}
