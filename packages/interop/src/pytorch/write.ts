import { modelConfig, type Sequential } from "camada";
import { InteropError } from "../error.js";
import { writeNpz } from "../npy/npz.js";
import type { Preparation } from "../table/preparation.js";
import { dataProgram } from "./data.js";
import { networkClass } from "./network.js";
import { TORCH_OPTIMIZERS } from "./optimizers.js";

/** How a network is trained, by names and numbers. */
export interface TrainingSettings {
  /** sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw, with their defaults. */
  readonly optimizer: string;
  /** Its rate. */
  readonly learningRate: number;
  /** How many rows make one step. */
  readonly batchSize: number;
  /** How often all rows are learnt from. */
  readonly epochs: number;
  /** What chance follows from. */
  readonly seed: number;
}

/** Options of `writePytorch`. */
export interface PytorchOptions {
  /** How the program trains. */
  readonly training: TrainingSettings;
  /** Whether the network tells classes apart, or gives amounts: taken from the preparation if there is one. */
  readonly task?: "classification" | "regression";
  /** How a table becomes numbers; without it the program learns from arrays in an .npz file. */
  readonly preparation?: Preparation;
}

/**
 * A program of PyTorch with the same network, data pipeline and training, and its weights, as files by name:
 * `train.py`, which `torchrun` runs on any number of machines (DistributedDataParallel), and `weights.npz`.
 * A step of several processes is that of one: each takes its share of the batch. Images come in as camada has them,
 * (batch, row, column, channel), and so do the windows of `weights.npz`: the program turns them where PyTorch's
 * layers need channels first. Of equal values in a window of `maxPooling2d`, PyTorch gives the first all of the
 * gradient, and camada a share to each. It computes in float32.
 * @throws InteropError `pytorch.name`, `pytorch.optimizer`; CamadaError `config.kind`, `config.setting` for layers,
 * activations and initializers of somebody's own
 * @example
 * const training = { optimizer: "adam", learningRate: 0.01, batchSize: 32, epochs: 5, seed: 0 };
 * const files = writePytorch(sequential(input(2), dense(3)), { training, task: "regression" });
 * [...files.keys()]; // [train.py, weights.npz]
 */
export function writePytorch(
  model: Sequential,
  options: PytorchOptions,
): Map<string, Uint8Array<ArrayBuffer>> {
  const { training, preparation } = options;
  const optimizer = Object.hasOwn(TORCH_OPTIMIZERS, training.optimizer) ? TORCH_OPTIMIZERS[training.optimizer] : undefined; // biome-ignore format: one line
  if (optimizer === undefined) {
    throw new InteropError("pytorch.optimizer", { name: training.optimizer, known: Object.keys(TORCH_OPTIMIZERS).join(", ") }); // biome-ignore format: one line
  }
  const task = preparation?.target.task ?? options.task ?? "classification";
  const configs = new Map(modelConfig(model).layers.map((config) => [config.name, config]));
  const placed = model.network.layers
    .filter(({ layer }) => layer.kind !== "input")
    .map(({ name, input }) => ({ config: configs.get(name)!, input: input.shape }));
  const program = `${HEAD}
LEARNING_RATE = ${training.learningRate}
BATCH = ${training.batchSize}
EPOCHS = ${training.epochs}
SEED = ${training.seed}


${networkClass(placed)}

${dataProgram(preparation)}

${optimizer.before ?? ""}def optimizer_for(parameters):
    return ${optimizer.make}


def loss_sum(result, y):
    """The loss of all rows together."""
    return ${task === "classification" ? 'F.cross_entropy(result, y, reduction="sum")' : 'F.mse_loss(result, y, reduction="sum") / y.shape[1]'}

${loop(optimizer.each)}`;
  return new Map([
    ["train.py", new TextEncoder().encode(program)],
    ["weights.npz", writeNpz(model.weights)],
  ]);
}

const HEAD = `"""
A network trained by camada, as a program of PyTorch: it goes on from the weights in weights.npz, and writes what
they become to trained.npz, which camada reads.

On one machine:         python3 train.py DATA
With 4 processes:       torchrun --nproc_per_node 4 train.py DATA
On 2 machines:          torchrun --nnodes 2 --nproc_per_node 4 --rdzv_backend c10d --rdzv_endpoint HOST train.py DATA
"""

import argparse
import csv
import math
import os
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.parallel import DistributedDataParallel

HERE = Path(__file__).parent
`;

/** What trains, with what the optimizer needs done before each step. */
const loop = (each: string | undefined) => `
def load_weights(network, path=HERE / "weights.npz"):
    stored = np.load(path)
    network.load_state_dict({theirs: channels_first(torch.from_numpy(stored[ours])) for ours, theirs in WEIGHTS.items()})
    return network


def weights_of(network):
    """The weights by camada's names and in its order of axes."""
    state = network.state_dict()
    return {ours: channels_last(state[theirs]).cpu().numpy() for ours, theirs in WEIGHTS.items()}


def train(network, x, y, epochs, in_order=False, rank=0, world=1):
    network.train()
    own = getattr(network, "module", network)
    optimizer = optimizer_for(network.parameters())
${each === undefined ? "" : "    step = 0\n"}    for epoch in range(epochs):
        # the same order in all processes: each takes its rows of a batch
        chance = torch.Generator().manual_seed(SEED + epoch)
        order = torch.arange(len(x)) if in_order else torch.randperm(len(x), generator=chance)
        total = torch.zeros(1)
        for batch in order.split(BATCH):
            mine = batch[rank::world]
${each === undefined ? "" : `            step += 1\n            ${each}\n`}            optimizer.zero_grad()
            # gradients are averaged over the processes: so the mean of the whole batch comes of it
            loss = loss_sum(network(x[mine]), y[mine]) * world / len(batch) + own.penalty()
            loss.backward()
            optimizer.step()
            total += loss.detach().cpu() * len(batch) / world
        if world > 1:
            dist.all_reduce(total)
        if rank == 0:
            print(f"epoch {epoch + 1}/{epochs}  loss {total.item() / len(x):.4f}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", help="the file to learn from")
    arguments.add_argument("--separator", default=",", help="what separates the fields of a table")
    arguments.add_argument("--epochs", type=int, default=EPOCHS)
    arguments.add_argument("--in-order", action="store_true", help="take the rows as they come, not shuffled")
    arguments.add_argument("--out", default=HERE / "trained.npz")
    given = arguments.parse_args()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    torch.manual_seed(SEED + rank)
    x, y = read_data(given.data, given.separator)
    network = load_weights(Network())
    if world > 1:
        on_gpu = torch.cuda.is_available()
        dist.init_process_group("nccl" if on_gpu else "gloo")
        if on_gpu:
            torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
            network, x, y = network.cuda(), x.cuda(), y.cuda()
        train(DistributedDataParallel(network), x, y, given.epochs, given.in_order, rank, world)
        dist.destroy_process_group()
    else:
        train(network, x, y, given.epochs, given.in_order)
    if rank == 0:
        np.savez(given.out, **weights_of(network))
        print(f"Written: {given.out}")


if __name__ == "__main__":
    main()
`;
