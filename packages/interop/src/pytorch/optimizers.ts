/** How weights follow their gradients, in PyTorch: what makes the optimizer, and what is to stand before. */
interface TorchOptimizer {
  readonly make: string;
  readonly before?: string;
  /** What is done before each step; it counts from 1. */
  readonly each?: string;
}

const RMSPROP = `class RMSprop(torch.optim.Optimizer):
    """As Keras and camada have it: epsilon stands within the root."""

    def __init__(self, parameters, lr, rho, epsilon):
        super().__init__(parameters, {"lr": lr, "rho": rho, "epsilon": epsilon})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                v = self.state[p].setdefault("velocity", torch.zeros_like(p))
                v.mul_(group["rho"]).addcmul_(p.grad, p.grad, value=1 - group["rho"])
                p.addcdiv_(p.grad, (v + group["epsilon"]).sqrt(), value=-group["lr"])


`;

/** Keras and camada add epsilon before the start's part is taken out, PyTorch after it: this makes them equal. */
const EPSILON = 'optimizer.param_groups[0]["eps"] = 1e-7 / math.sqrt(1 - 0.999 ** step)';

/** The optimizers by our names, each with our defaults, and the learning rate as LEARNING_RATE. */
export const TORCH_OPTIMIZERS: { readonly [name: string]: TorchOptimizer } = {
  sgd: { make: "torch.optim.SGD(parameters, lr=LEARNING_RATE)" },
  momentum: { make: "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=0.9)" },
  nesterov: { make: "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=0.9, nesterov=True)" },
  adam: { make: "torch.optim.Adam(parameters, lr=LEARNING_RATE, betas=(0.9, 0.999))", each: EPSILON },
  adamw: {
    make: "torch.optim.AdamW(parameters, lr=LEARNING_RATE, betas=(0.9, 0.999), weight_decay=0.004)",
    each: EPSILON,
  },
  // epsilon stands within the root: begun with it, the sum has it always
  adagrad: {
    make: "torch.optim.Adagrad(parameters, lr=LEARNING_RATE, initial_accumulator_value=0.1 + 1e-7, eps=0)",
  },
  rmsprop: { make: "RMSprop(parameters, lr=LEARNING_RATE, rho=0.9, epsilon=1e-7)", before: RMSPROP },
};
