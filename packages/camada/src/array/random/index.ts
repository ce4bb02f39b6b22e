import { defaultRng } from "./generator.js";
import { RandomState } from "./random-state.js";

export { defaultRng, Generator, type GeneratorState, type Seed } from "./generator.js";
export { RandomState, type RandomStateState } from "./random-state.js";
export type { ChoiceOptions } from "./sampler.js";

type Shared =
  | "seed"
  | "rand"
  | "randn"
  | "randint"
  | "randomSample"
  | "uniform"
  | "normal"
  | "standardNormal"
  | "exponential"
  | "standardExponential"
  | "permutation"
  | "shuffle"
  | "choice"
  | "getState"
  | "setState";

/** The functions of one shared legacy stream, and `defaultRng`, which makes streams of one's own. */
export interface Random extends Pick<RandomState, Shared> {
  /** A stream of one's own, NumPy's PCG64: `new Generator(seed)`. */
  readonly defaultRng: typeof defaultRng;
}

/**
 * Random numbers as `np.random` draws them, digit for digit: `random.seed(0)`, then `random.rand(3, 2)`,
 * `random.randn`, `random.randint` and so on, from one stream that all share. Unseeded until `seed` is
 * called: then nobody can foretell its numbers.
 *
 * @example
 * random.seed(0);
 * random.randn(3); // [1.76405235 0.40015721 0.97873798]
 */
export const random: Random = /* @__PURE__ */ shareStream(/* @__PURE__ */ new RandomState());

/** Functions rather than methods, so that they can be taken out: `const { randn } = random`. */
function shareStream(state: RandomState): Random {
  return {
    seed: state.seed.bind(state),
    rand: state.rand.bind(state),
    randn: state.randn.bind(state),
    randint: state.randint.bind(state),
    randomSample: state.randomSample.bind(state),
    uniform: state.uniform.bind(state),
    normal: state.normal.bind(state),
    standardNormal: state.standardNormal.bind(state),
    exponential: state.exponential.bind(state),
    standardExponential: state.standardExponential.bind(state),
    permutation: state.permutation.bind(state),
    shuffle: state.shuffle.bind(state),
    choice: state.choice.bind(state),
    getState: state.getState.bind(state),
    setState: state.setState.bind(state),
    defaultRng,
  };
}
