import type { Named, OptimizerState } from "../nn/optimizer.js";

/**
 * Where training stands between two epochs, as plain data: `fit(x, y, { resume: state })` goes on from there,
 * exactly, given the same data and options.
 */
export interface TrainingState {
  /** How many epochs are done. */
  readonly epoch: number;
  /** How many batches are done, in all epochs together. */
  readonly step: number;
  /** What order and chance follow from. */
  readonly seed: number;
  readonly weights: Named;
  readonly optimizer: OptimizerState;
  /** What the learning rate is multiplied by. */
  readonly rate: number;
}
