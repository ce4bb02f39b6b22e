/**
 * What is not read, and why: of ONNX's own tests all that are not here must pass. Nothing may be here that
 * no test has.
 */
export const OPERATORS: { readonly [operator: string]: string } = {
  "ai.onnx.preview.training.Gradient": "names a part of its own graph to differentiate; camada has grad",
  Bernoulli: "draws by chance, of no stream that is agreed on",
  ConcatFromSequence: "camada has no sequences",
  Det: "camada has no determinants",
  GridSample: "takes pixels at places that come as values, between them too",
  If: "has graphs within it",
  Loop: "has graphs within it",
  MelWeightMatrix: "bands of how people hear",
  RandomUniformLike: "draws by chance, of no stream that is agreed on",
  RoiAlign: "takes pixels at places that come as values, between them too",
  Scan: "has graphs within it",
  SequenceAt: "camada has no sequences",
  SequenceConstruct: "camada has no sequences",
  SequenceEmpty: "camada has no sequences",
  SequenceErase: "camada has no sequences",
  SequenceInsert: "camada has no sequences",
  SequenceLength: "camada has no sequences",
  SplitToSequence: "camada has no sequences",
  TfIdfVectorizer: "counts sequences of words",
};

/** Types of values that camada does not have, and how many tests have them. */
export const TYPES: { readonly [type: string]: number } = { string: 18 };

/** How many tests have sequences or optional values going in or out. */
export const SEQUENCES = 24;

/**
 * Tests that contradict themselves. The model of adam_multiple does not say the epsilon of 0.01 that its outputs were
 * computed with (adam.py of ONNX 1.12 leaves it out), so by ONNX's own words it is 1e-6; that camada gives the outputs
 * with an epsilon of 0.01 is a test of its own. The others say sizes (3, 4) of an input that comes with one value.
 */
export const WRONG = [
  "adam_multiple",
  "castlike_BFLOAT16_to_FLOAT",
  "castlike_BFLOAT16_to_FLOAT_expanded",
  "castlike_FLOAT_to_BFLOAT16",
  "castlike_FLOAT_to_BFLOAT16_expanded",
];
