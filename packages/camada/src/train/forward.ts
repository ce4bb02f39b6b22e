import type { Backend } from "../backends/backend.js";
import { isTracing } from "../graph/trace.js";
import { applyNetwork, checkBatch, type Network, weightsOf } from "../nn/network.js";
import type { Named } from "../nn/optimizer.js";
import type { NDArray } from "../shape/types.js";
import { Strided } from "../storage/strided.js";
import { type Compiled, isAlike, Programs } from "../transform/compile.js";

/** A network's weights, and whether they are what they were since they were made. */
export interface Weights {
  readonly values: Named;
  /** Whether somebody has them who could write into their data. */
  readonly isShared: boolean;
}

/** A network's result, by programs that keep the weights: they are copied only where they may have changed. */
export class Forward {
  private readonly network: Network;
  private readonly names: readonly string[];
  private readonly programs: Programs;
  /** The weights that a program has in its memory. */
  private readonly held = new WeakMap<Compiled, Named>();
  /** What ran last, the batch it ran on, and the weights it has. */
  private last: { readonly compiled: Compiled; readonly x: Strided; readonly values: Named } | undefined;

  constructor(network: Network) {
    this.network = network;
    this.names = [...weightsOf(network)].map(([name]) => name);
    this.programs = new Programs("forward", (batch: NDArray, ...values: readonly NDArray[]) => {
      const weights = Object.fromEntries(this.names.map((name, i) => [name, values[i]!]));
      return applyNetwork(network, weights, batch, { training: false });
    });
  }

  /** Refuses a batch that is not the network's. One like the last, which was not refused, is not looked at again. */
  check(x: NDArray): void {
    const { network, last } = this;
    const takesIndices = network.first.layer.indicesBelow !== undefined;
    if (last === undefined || takesIndices || !(x instanceof Strided && isAlike(x, last.x))) {
      checkBatch(network, x);
    }
  }

  run(backend: Backend, weights: Weights, x: NDArray): NDArray {
    if (isTracing()) return this.programs.trace(this.args(weights, x)) as NDArray;
    const batch = x as unknown as Strided;
    let { last } = this;
    if (
      last === undefined ||
      weights.isShared ||
      last.values !== weights.values ||
      last.compiled.backend !== backend ||
      !isAlike(batch, last.x)
    ) {
      last = { compiled: this.prepared(backend, weights, x), x: batch, values: weights.values };
      this.last = last;
    }
    const { program, traced, read } = last.compiled;
    program.upload(0, batch);
    program.run();
    return traced.rebuild(read) as NDArray;
  }

  /** The program for a batch, with the weights. */
  private prepared(backend: Backend, weights: Weights, x: NDArray): Compiled {
    const args = this.args(weights, x);
    const compiled = this.programs.find(backend, args);
    if (weights.isShared || this.held.get(compiled) !== weights.values) {
      for (let i = 1; i < args.length; i++) compiled.program.upload(i, args[i]!);
      this.held.set(compiled, weights.values);
    }
    return compiled;
  }

  private args({ values }: Weights, x: NDArray): Strided[] {
    return [x, ...this.names.map((name) => values[name]!)] as unknown as Strided[];
  }
}
