import type { Graph } from "../graph/graph.js";
import {
  castOfWiderCast,
  identities,
  reduceOfEquals,
  reduceOfReshape,
  transposeOfProduct,
  whereDecided,
  whereDecidedBefore,
} from "./algebra.js";
import { constantOfOneValue, constantsFolded } from "./folding.js";
import * as move from "./movement.js";
import { type Rules, rewrite } from "./rewrite.js";
import * as round from "./rounding.js";

const { sameAsInput } = move;
const POINTWISE = [move.pointwiseOfBroadcasts, move.pointwiseOfReshapes, move.pointwiseOfTransposes];

/** The rules that keep every bit. */
export const EXACT: Rules = {
  input: [],
  constant: [constantOfOneValue],
  elementwise: [constantsFolded, identities, ...POINTWISE],
  where: [constantsFolded, whereDecided, whereDecidedBefore, ...POINTWISE],
  cast: [sameAsInput, constantsFolded, castOfWiderCast, ...POINTWISE],
  reduce: [constantsFolded, reduceOfEquals, reduceOfReshape],
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

/** Those, and the rules that may change the last bits. */
const RULES: Rules = {
  ...EXACT,
  elementwise: [
    ...EXACT.elementwise,
    round.factorsTogether,
    round.factorIntoProduct,
    round.factorIntoSum,
    round.powersAsProducts,
  ],
  reduce: [
    ...EXACT.reduce,
    round.sumOfRepeated,
    round.reduceBeforeRepeating,
    round.sumOfNegatives,
    round.reduceOfReduce,
  ],
  matmul: [...EXACT.matmul, round.productWithOneValue],
};

/**
 * The same computation in fewer and smaller steps: inputs and outputs keep their number and order, shapes and
 * dtypes. Values may differ in their last bits; `EXACT` alone keeps them.
 */
export function simplify(graph: Graph): Graph {
  return rewrite(graph, RULES);
}
