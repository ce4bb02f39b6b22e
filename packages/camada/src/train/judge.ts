import { fromTypedArray, zeros } from "../array/creation.js";
import type { Backend } from "../backends/backend.js";
import { inputLike } from "../graph/traced.js";
import type { Metric } from "../nn/metrics.js";
import type { Network } from "../nn/network.js";
import type { Named } from "../nn/optimizer.js";
import type { Sizes } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import type { DType } from "../storage/dtype.js";
import { Stepper } from "./programs.js";
import { indicesOf } from "./rows.js";
import { type Data, type Recipe, readTotals, type Totals, traceEvaluation } from "./step.js";
import type { Turns } from "./turn.js";

/** Nothing has added up yet. */
export function emptyTotals({ metrics, network }: Recipe, { y }: Data, alive: Named): Totals {
  return {
    loss: zero(),
    count: zero(),
    metrics: metrics.map((metric) => zeros(sumsShape(metric, y, network)) as NDArray),
    alive,
  };
}

function zero(): NDArray {
  return fromTypedArray(new Float64Array(1), []) as unknown as NDArray;
}

/** What shape a metric's sums have: asked of the metric itself, by one row without values. */
function sumsShape(metric: Metric, y: NDArray, { output, dtype }: Network): Sizes {
  const row = (shape: Sizes, of: DType) =>
    inputLike({ shape: [1, ...shape], dtype: of, names: null }) as unknown as NDArray;
  return metric.sums(row(y.shape.slice(1), y.dtype), row(output.shape, dtype)).shape;
}

/** Of each relu layer, that none of its neurons has been active. */
export function noneAlive({ layers }: Network): Named {
  return Object.fromEntries(
    layers
      .filter(({ layer }) => layer.kind === "relu")
      .map(({ name, plan }) => [
        name,
        zeros([plan.output.shape.at(-1)!], undefined, { dtype: "bool" }) as NDArray,
      ]),
  );
}

/** How many rows are judged at once, where nobody says. */
export const JUDGED = 256;

/**
 * Judges a network by rows of data, some at a time: the mean loss and the metrics. What cannot be judged so is
 * refused when it is made.
 */
export class Judge {
  private readonly recipe: Recipe;
  private readonly data: Data;
  private readonly rows: Int32Array;
  private readonly batchSize: number;
  private readonly stepper: Stepper<Totals>;

  constructor(
    recipe: Recipe,
    data: Data,
    rows: Int32Array,
    batchSize: number,
    weights: Named,
    backend: Backend,
  ) {
    this.recipe = recipe;
    this.data = data;
    this.rows = rows;
    this.batchSize = batchSize;
    this.stepper = new Stepper({
      backend,
      carried: emptyTotals(recipe, data, {}),
      fixed: [weights],
      data,
      // each row is looked at once
      holdsData: false,
      trace: (totals, rows, indices) => ({
        graph: traceEvaluation(recipe, totals, weights, rows, indices),
      }),
    });
    this.stepper.prepare(indicesOf(rows, 0, batchSize));
  }

  async judge(weights: Named, turns: Turns): Promise<Record<string, number | NDArray>> {
    this.stepper.carried = emptyTotals(this.recipe, this.data, {});
    this.stepper.replaceFixed([weights]);
    for (let start = 0; start < this.rows.length; start += this.batchSize) {
      this.stepper.run(indicesOf(this.rows, start, this.batchSize));
      if (turns.isDue) await turns.take();
    }
    return readTotals(this.recipe.metrics, this.stepper.carried);
  }
}
