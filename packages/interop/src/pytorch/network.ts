import type { LayerConfig } from "camada";
import { InteropError } from "../error.js";
import { literal } from "./python.js";

/** A layer in PyTorch: the module that it has as an attribute, if any, and what is done to `x`. */
interface TorchLayer {
  readonly module?: string;
  readonly step: string;
  /** Our names of its weights, and PyTorch's. */
  readonly weights?: readonly (readonly [ours: string, theirs: string])[];
}

type Sizes = readonly number[];
type Settings = { readonly [name: string]: unknown };

/** What a function of `torch` or `F` does to `x`. */
const called = (f: string) => (): TorchLayer => ({ step: `x = ${f}` });

/** Each kind of layer that there is in both, from its settings, its name and the sizes of what comes in. */
const LAYERS: { readonly [kind: string]: (settings: Settings, name: string, input: Sizes) => TorchLayer } = {
  dense: ({ neurons, useBias }, name, input) => ({
    module: `nn.Linear(${input.at(-1)}, ${neurons}${useBias === false ? ", bias=False" : ""})`,
    step: `x = self.${name}(x)`,
    weights: [["weights", "weight"], ...(useBias === false ? [] : [["biases", "bias"] as const])],
  }),
  dropout: ({ rate }, name) => ({ module: `nn.Dropout(${rate})`, step: `x = self.${name}(x)` }),
  elu: ({ alpha }) => ({ step: `x = F.elu(x, ${alpha})` }),
  flatten: called("x.flatten(1)"),
  gelu: called("F.gelu(x)"),
  layerNorm: ({ epsilon }, name, input) => ({
    module: `nn.LayerNorm(${input.at(-1)}, eps=${epsilon})`,
    step: `x = self.${name}(x)`,
    weights: [
      ["gamma", "weight"],
      ["beta", "bias"],
    ],
  }),
  leakyRelu: ({ slope }) => ({ step: `x = F.leaky_relu(x, ${slope})` }),
  linear: called("x"),
  relu: called("F.relu(x)"),
  rescaling: ({ scale, offset }) => ({ step: `x = x * ${scale} + ${offset}` }),
  reshapeTo: ({ shape }) => ({ step: `x = x.reshape(len(x), ${(shape as Sizes).join(", ")})` }),
  sigmoid: called("torch.sigmoid(x)"),
  softmax: ({ axis }) => ({ step: `x = F.softmax(x, ${axis})` }),
  // PyTorch's own gives x itself beyond a threshold, ours nowhere
  softplus: called("torch.logaddexp(x, torch.zeros_like(x))"),
  tanh: called("torch.tanh(x)"),
};

/** A layer as a model's configuration has it, and the sizes of what comes in, the batch aside. */
export interface PlacedConfig {
  readonly config: LayerConfig;
  readonly input: Sizes;
}

/**
 * The network as a class of PyTorch.
 * @throws InteropError `pytorch.layer`, `pytorch.setting`
 */
export function networkClass(layers: readonly PlacedConfig[]): string {
  const made = layers.filter(({ config }) => config.kind !== "input").map((placed) => ({ ...torchLayer(placed), name: placed.config.name })); // biome-ignore format: one line
  const modules = made.filter(({ module }) => module !== undefined);
  const names = made.flatMap(({ name, weights = [] }) =>
    weights.map(([ours, theirs]) => `    ${literal(`${name}.${ours}`)}: ${literal(`${name}.${theirs}`)},`),
  );
  return `# the names of the weights in weights.npz, and in PyTorch
WEIGHTS = {
${names.join("\n")}
}


class Network(nn.Module):
    def __init__(self):
        super().__init__()
${modules.map(({ name, module }) => `        self.${name} = ${module}`).join("\n")}

    def forward(self, x):
${made.map(({ step }) => `        ${step}`).join("\n")}
        return x
`;
}

function torchLayer({ config, input }: PlacedConfig): TorchLayer {
  const { kind, name, ...settings } = config;
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new InteropError("pytorch.name", { layer: name });
  if (!Object.hasOwn(LAYERS, kind)) throw new InteropError("pytorch.layer", { layer: name, kind, known: Object.keys(LAYERS).join(", ") }); // biome-ignore format: one line
  if (settings["regularizer"] != null) throw new InteropError("pytorch.regularizer", { layer: name });
  return LAYERS[kind]!(settings, name, input);
}
