import type { LayerConfig } from "camada";
import { InteropError } from "../error.js";
import { type PlacedConfig, torchLayer } from "./layers.js";
import { literal } from "./python.js";

/** What batchNorm is in the program. */
const BATCH_NORM = `class BatchNorm(nn.Module):
    """As Keras and camada have it, of the last axis: the moving variance is of n values, where PyTorch divides by
    n - 1; and of all processes' rows, as if there were one."""

    def __init__(self, features, momentum, eps):
        super().__init__()
        self.momentum, self.eps = momentum, eps
        self.weight, self.bias = nn.Parameter(torch.ones(features)), nn.Parameter(torch.zeros(features))
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))

    def forward(self, x):
        if not self.training:
            return self.scaled(x, self.running_mean, self.running_var)
        rows = x.reshape(-1, x.shape[-1])
        mean = over_all(rows)
        var = over_all((rows - mean).square())
        with torch.no_grad():
            self.running_mean.lerp_(mean, 1 - self.momentum)
            self.running_var.lerp_(var, 1 - self.momentum)
        return self.scaled(x, mean, var)

    def scaled(self, x, mean, var):
        return (x - mean) / (var + self.eps).sqrt() * self.weight + self.bias


def over_all(rows):
    """The mean of the rows of all processes."""
    sums = torch.cat([rows.sum(0), torch.full((1,), float(len(rows)), device=rows.device)])
    if dist.is_initialized():
        from torch.distributed.nn import all_reduce

        sums = all_reduce(sums)
    return sums[:-1] / sums[-1]


`;

/** Between layers of the two orders. */
const ORDERS = `def channels_first(a):
    """PyTorch's order of axes, (batch, channel, row, column), from camada's; of a layer's windows likewise."""
    return a.movedim(-1, 1) if a.ndim > 2 else a


def channels_last(a):
    """camada's order of axes, (batch, row, column, channel), in which images come in, from PyTorch's."""
    return a.movedim(1, -1) if a.ndim > 2 else a
`;

/**
 * The network as a class of PyTorch, and what it is made of. Values keep the order of axes in which a layer leaves
 * them until one needs the other, so that there are few changes of it.
 * @throws InteropError `pytorch.name`
 */
export function networkClass(layers: readonly PlacedConfig[]): string {
  const made = layers.map((placed) => ({ ...placed, ...torchLayer(placed), name: attribute(placed.config) })); // biome-ignore format: one line
  const modules = made.filter(({ module }) => module !== undefined);
  const names = made.flatMap(
    ({ config, name, weights = [] }) =>
    weights.map(([ours, theirs]) => `    ${literal(`${config.name}.${ours}`)}: ${literal(`${name}.${theirs}`)},`), // biome-ignore format: one line
  );
  let order = "last";
  const steps = made.flatMap(({ order: needed, result, name }) => {
    const turn = needed === "any" || needed === order ? [] : [`x = channels_${needed}(x)`];
    if (needed !== "any") order = needed;
    return [...turn, `x = ${result.replace("self(", `self.${name}(`)}`];
  });
  if (order === "first") steps.push("x = channels_last(x)");
  const hasBatchNorm = layers.some(({ config }) => config.kind === "batchNorm");
  return `${ORDERS}

${hasBatchNorm ? BATCH_NORM : ""}# the names of the weights in weights.npz, and in PyTorch
WEIGHTS = {
${names.join("\n")}
}


class Network(nn.Module):
    def __init__(self):
        super().__init__()
${modules.map(({ name, module }) => `        self.${name} = ${module}`).join("\n")}

    def forward(self, x):
${steps.map((step) => `        ${step}`).join("\n")}
        return x

    def penalty(self):
        """What the weights cost, beside the loss."""
        return ${penalties(made).join(" + ") || "0"}
`;
}

/** The name of a layer's attribute; one that camada did not give might be a word of Python, or PyTorch's own. */
function attribute({ kind, name }: LayerConfig): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new InteropError("pytorch.name", { layer: name });
  return name.startsWith(kind) && /^\d+$/.test(name.slice(kind.length)) ? name : `${name}_layer`;
}

/** What each regularizer costs, as Python. */
function penalties(layers: readonly { readonly config: LayerConfig; readonly name: string }[]): string[] {
  return layers.flatMap(({ config, name }) => {
    const { l1, l2 } = (config["regularizer"] ?? { l1: 0, l2: 0 }) as { readonly l1: number; readonly l2: number }; // biome-ignore format: one line
    const weight = `self.${name}.weight`;
    return [
      ...(l1 === 0 ? [] : [`${l1} * ${weight}.abs().sum()`]),
      ...(l2 === 0 ? [] : [`${l2} * ${weight}.square().sum()`]),
    ];
  });
}
