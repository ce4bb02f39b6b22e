import type { Graph } from "../graph/graph.js";
import {
  castOfWiderCast,
  identities,
  reduceOfEquals,
  transposeOfProduct,
  whereDecided,
  whereDecidedBefore,
} from "./algebra.js";
import { constantOfOneValue, constantsFolded } from "./folding.js";
import * as move from "./movement.js";
import { type Rules, rewrite } from "./rewrite.js";

const { pointwiseOfBroadcasts, pointwiseOfReshapes, sameAsInput } = move;

/** The rules that keep every bit. */
export const EXACT: Rules = {
  input: [],
  constant: [constantOfOneValue],
  elementwise: [constantsFolded, identities, pointwiseOfBroadcasts, pointwiseOfReshapes],
  where: [constantsFolded, whereDecided, whereDecidedBefore, pointwiseOfBroadcasts, pointwiseOfReshapes],
  cast: [sameAsInput, constantsFolded, castOfWiderCast, pointwiseOfBroadcasts, pointwiseOfReshapes],
  reduce: [constantsFolded, reduceOfEquals],
  matmul: [constantsFolded],
  transpose: [
    constantsFolded,
    move.transposeThatReshapes,
    move.transposeOfTranspose,
    move.transposeOfBroadcast,
    move.transposeOfReshape,
    transposeOfProduct,
  ],
  reshape: [sameAsInput, constantsFolded, move.reshapeOfReshape, move.reshapeOfBroadcast],
  broadcast: [sameAsInput, move.broadcastOfBroadcast, move.broadcastOfLeadingOnes],
  slice: [
    move.wholeInput,
    constantsFolded,
    move.sliceOfSlice,
    move.sliceOfBroadcast,
    move.sliceOfPad,
    move.sliceOfConcatenate,
    move.windowsSideBySide,
  ],
  pad: [constantsFolded, move.wholeInput],
  concatenate: [constantsFolded, move.concatenateOfOne],
  take: [constantsFolded],
  scatterAdd: [constantsFolded],
  windows: [constantsFolded],
  overlapAdd: [constantsFolded, move.overlapSideBySide],
  cumsum: [constantsFolded],
  argsort: [constantsFolded],
  uniform: [constantsFolded],
};

/**
 * The same computation in fewer and smaller steps: inputs and outputs keep their number and order, shapes and
 * dtypes.
 */
export function simplify(graph: Graph): Graph {
  return rewrite(graph, EXACT);
}
