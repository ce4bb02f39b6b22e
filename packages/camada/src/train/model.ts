import { random } from "../array/random/index.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { NetworkError, sentence } from "../errors/network.js";
import type { BatchArg, Chain, FirstOf, InputOf, OutputOf } from "../nn/chain.js";
import type { Layer } from "../nn/layer.js";
import { buildNetwork, checkBatch, initialWeights, type Network, type Placed } from "../nn/network.js";
import type { Named } from "../nn/optimizer.js";
import { summaryText } from "../nn/summary.js";
import { concatenate } from "../ops/joining.js";
import type { Shape } from "../shape/tuples.js";
import type { NDArray, SH } from "../shape/types.js";
import { type EvaluateOptions, evaluateNetwork } from "./evaluate.js";
import { type FitOptions, prepareFit } from "./fit.js";
import { Forward, type Weights } from "./forward.js";
import type { History } from "./history.js";
import type { Trainer } from "./trainer.js";
import { Turns } from "./turn.js";
import { complete, replaced } from "./weights.js";

/** How many observations `predict` takes at once, so that a large set does not fill the memory. */
const CHUNK = 256;

/** Options of `predict` and `forward`, methods of models. */
export interface PredictOptions {
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
  /** How many threads share the work, where the backend can use them: as many as the machine has unless given. */
  readonly threads?: number;
}

/** A layer of a model, with its weights as they are now. */
export class ModelLayer {
  private readonly model: Sequential;
  /** The layer, and where it stands in its network. */
  readonly placed: Placed;

  constructor(model: Sequential, placed: Placed) {
    this.model = model;
    this.placed = placed;
  }

  get name(): string {
    return this.placed.name;
  }

  get kind(): string {
    return this.placed.layer.kind;
  }

  /** (neuron, feature) of a dense layer; undefined where the layer has none. */
  get weights(): NDArray | undefined {
    return this.weight("weights");
  }

  /** (neuron); undefined where the layer has none. */
  get biases(): NDArray | undefined {
    return this.weight("biases");
  }

  /** A weight by its name. */
  weight(name: string): NDArray | undefined {
    return this.model.weights[`${this.name}.${name}`];
  }
}

/**
 * Layers one after the other, with their weights. Made by `sequential`.
 */
export class Sequential<I extends Shape = Shape, O extends Shape = Shape, First extends string = string> {
  /** What it is made of: plain data. */
  readonly network: Network;
  /** Its layers, each with its weights. */
  readonly layers: readonly ModelLayer[];
  private own!: Weights;
  /** The arrays of weights that somebody has. */
  private readonly given = new WeakSet<NDArray>();
  /** Has the weights while the model is being trained. */
  private trainer: Trainer | null = null;
  /** What the last training gave, also one that something ended. */
  history: History | null = null;
  private readonly forwards: Forward;

  /** Weights are drawn unless all are given. @throws as `sequential`; CamadaError as `modelFromConfig` */
  constructor(layers: readonly Layer[], weights?: Named) {
    this.network = buildNetwork(layers);
    this.layers = this.network.layers.map((placed) => new ModelLayer(this as unknown as Sequential, placed));
    this.forwards = new Forward(this.network);
    if (weights === undefined) this.initialize();
    else this.values = complete("sequential", this.network, weights);
  }

  /** All weights by layer and name, such as "dense1.weights". */
  get weights(): Named {
    const { values } = this.current;
    for (const array of Object.values(values)) this.given.add(array);
    this.own = { ...this.own, isShared: true };
    return values;
  }

  private get values(): Named {
    return this.own.values;
  }

  private set values(values: Named) {
    this.own = { values, isShared: Object.values(values).some((array) => this.given.has(array)) };
  }

  /** The weights as they are now, also while the model is being trained. */
  private get current(): Weights {
    return this.trainer === null ? this.own : { values: this.trainer.weights, isShared: true };
  }

  /** @throws CamadaError `fit.running` */
  private checkIdle(op: string): void {
    if (this.trainer !== null) throw new NetworkError("fit.running", { op });
  }

  /**
   * Replaces weights by name, by copies; those that are not named stay.
   * @throws CamadaError `weights.unknown`, `fit.running`; ShapeError `weights.shape`, also of other axis names
   * @example
   * const model = sequential(input(2), dense(1));
   * model.setWeights({ "dense1.weights": array([[1, 2]]) }).forward(array([[1, 1]])); // [[3.]]
   */
  setWeights(weights: Named): this {
    this.checkIdle("setWeights");
    this.values = replaced(this.values, weights);
    return this;
  }

  /**
   * Draws all weights anew, but those that were given to their layer: the same from the same seed.
   * @throws CamadaError `fit.running`, `random.seedLarge`
   */
  initialize(seed: number = random.randint(2 ** 31 - 1)): this {
    this.checkIdle("initialize");
    this.values = initialWeights(this.network, random.defaultRng(seed));
    return this;
  }

  /**
   * The network's result for a batch of axes (batch, ...features), at once.
   * @throws ShapeError `layer.axes`, `layer.names` where the batch's axes are not the network's
   */
  forward<A extends NDArray>(
    x: BatchArg<First, I, A>,
    options?: PredictOptions,
  ): NDArray<readonly [SH<A>[0] & number, ...O]>;
  forward(x: NDArray, options: PredictOptions = {}): NDArray {
    this.forwards.check(x);
    return this.forwards.run(chooseBackend("forward", options), this.current, x);
  }

  /**
   * The network's result for any number of observations, some hundreds at a time: pages and processes get their
   * turn meanwhile. The weights are those of when it was called.
   * @throws ShapeError `layer.axes`, `layer.names` where the batch's axes are not the network's
   */
  async predict<A extends NDArray>(
    x: BatchArg<First, I, A>,
    options?: PredictOptions,
  ): Promise<NDArray<readonly [SH<A>[0] & number, ...O]>>;
  async predict(x: NDArray, options: PredictOptions = {}): Promise<NDArray> {
    checkBatch(this.network, x);
    const [backend, weights, turns] = [chooseBackend("predict", options), this.current, new Turns()];
    const count = x.shape[0]!;
    const parts: NDArray[] = [];
    for (let start = 0; start < Math.max(count, 1); start += CHUNK) {
      const part = count <= CHUNK ? x : (x.slice([start, Math.min(start + CHUNK, count)]) as NDArray);
      parts.push(this.forwards.run(backend, weights, part));
      if (turns.isDue) await turns.take();
    }
    return parts.length === 1 ? parts[0]! : (concatenate(parts as [NDArray]) as NDArray);
  }

  /**
   * Learns from rows of `x` and their truth `y`, some at a time: numbers near 0 work best. Whole-number labels
   * are taken as classes. Gives what each epoch came to; the weights are the model's. Pages and processes get
   * their turn meanwhile. A value that is not finite stops it, as does what a callback throws: the weights
   * are those before.
   * @throws ShapeError `fit.rows`, `fit.eachLoss`, `fit.weights`, `layer.axes`, `layer.names`, and what the loss
   * refuses; CamadaError `fit.data`, `fit.empty`, `fit.running` and other words on what was given; `fit.notFinite`
   * and its kin where training runs away
   * @example
   * const model = sequential(input(2), dense(1));
   * const history = await model.fit(ones([8, 2]), ones([8, 1]), { loss: meanSquaredError(), epochs: 2 });
   * history.epochs.length; // 2
   */
  async fit<A extends NDArray>(x: BatchArg<First, I, A>, y: NDArray, options: FitOptions): Promise<History>;
  async fit(x: NDArray, y: NDArray, options: FitOptions): Promise<History> {
    this.checkIdle("fit");
    // callbacks may come to have them
    const trainer = prepareFit(this.network, this.weights, x, y, options);
    this.trainer = trainer;
    this.history = trainer.history;
    try {
      return await trainer.run();
    } finally {
      this.values = trainer.weights;
      this.trainer = null;
    }
  }

  /**
   * The mean loss over all rows of `x` and `y`, what the weights cost included, and each metric, by name.
   * @throws as `fit`
   * @example
   * const model = sequential(dense({ weights: array([[1]]) }));
   * (await model.evaluate(array([[1], [2]]), array([[1], [4]]), { loss: meanSquaredError() })).loss; // 2
   */
  async evaluate<A extends NDArray>(
    x: BatchArg<First, I, A>,
    y: NDArray,
    options: EvaluateOptions,
  ): Promise<Record<string, number | NDArray>>;
  async evaluate(
    x: NDArray,
    y: NDArray,
    options: EvaluateOptions,
  ): Promise<Record<string, number | NDArray>> {
    return evaluateNetwork(this.network, this.current.values, x, y, options);
  }

  /** A table of the layers, what each gives and how many numbers it learns. */
  summary(): string {
    return summaryText(this.network, {
      layer: sentence("summary.layer", {}),
      output: sentence("summary.output", {}),
      parameters: sentence("summary.parameters", {}),
      total: sentence("summary.total", {}),
    });
  }
}

/**
 * A network of layers one after the other. The first says what comes in; each must fit the one before, or it
 * does not compile, and throws. Weights are drawn from `random`'s stream; `initialize(seed)` draws them anew.
 * @throws CamadaError `network.empty`, `network.input`, `network.names`; ShapeError `layer.features`
 * @example
 * const model = sequential(input(4), dense(3), relu(), dense(2));
 * model.forward(zeros([8, 4])).shape; // [8, 2]
 */
export function sequential<const L extends readonly Layer[]>(
  ...layers: Chain<L>
): Sequential<InputOf<L>, OutputOf<L>, FirstOf<L>> {
  return new Sequential(layers as readonly Layer[]) as never;
}
