/**
 * What is not read, and why: of ONNX's own tests all that are not here must pass. Nothing may be here that
 * no test has.
 */
export const OPERATORS: { readonly [operator: string]: string } = {
  Acos: "camada has no inverse of cos",
  "ai.onnx.preview.training.Gradient": "names a part of its own graph to differentiate; camada has grad",
  Asin: "camada has no inverse of sin",
  Atan: "camada has no inverse of tan",
  Bernoulli: "draws by chance, of no stream that is agreed on",
  BitShift: "camada has no operations on bits",
  BlackmanWindow: "a window for signals",
  ConcatFromSequence: "camada has no sequences",
  ConvInteger: "quantized: of int8 and scales",
  DequantizeLinear: "quantized: of int8 and scales",
  Det: "camada has no determinants",
  DFT: "camada has no complex numbers",
  DynamicQuantizeLinear: "quantized: of int8 and scales",
  GridSample: "resamples images",
  GRU: "camada has no recurrent layers",
  HammingWindow: "a window for signals",
  HannWindow: "a window for signals",
  If: "has graphs within it",
  Loop: "has graphs within it",
  LSTM: "camada has no recurrent layers",
  MatMulInteger: "quantized: of int8 and scales",
  MaxUnpool: "writes at places that come as values; camada has no operation for it",
  MelWeightMatrix: "a window for signals",
  NonMaxSuppression: "a shape that depends on values",
  NonZero: "a shape that depends on values",
  QLinearConv: "quantized: of int8 and scales",
  QLinearMatMul: "quantized: of int8 and scales",
  QuantizeLinear: "quantized: of int8 and scales",
  RandomUniformLike: "draws by chance, of no stream that is agreed on",
  Resize: "resamples images",
  ReverseSequence: "of parts of different lengths; camada has no operation for it",
  RNN: "camada has no recurrent layers",
  RoiAlign: "resamples images",
  Scan: "has graphs within it",
  Scatter: "writes at places that come as values; camada has no operation for it",
  ScatterElements: "writes at places that come as values; camada has no operation for it",
  ScatterND: "writes at places that come as values; camada has no operation for it",
  SequenceAt: "camada has no sequences",
  SequenceConstruct: "camada has no sequences",
  SequenceEmpty: "camada has no sequences",
  SequenceErase: "camada has no sequences",
  SequenceInsert: "camada has no sequences",
  SequenceLength: "camada has no sequences",
  SplitToSequence: "camada has no sequences",
  STFT: "camada has no complex numbers",
  TfIdfVectorizer: "of words in texts",
  Unique: "a shape that depends on values",
  Upsample: "resamples images",
};

/** Types of values that camada does not have, and how many tests have them. */
export const TYPES: { readonly [type: string]: number } = {
  bfloat16: 6,
  float16: 15,
  int16: 3,
  int8: 6,
  string: 18,
  uint16: 5,
  uint32: 6,
  uint64: 6,
};

/** How many tests have sequences or optional values going in or out. */
export const SEQUENCES = 24;

/** Tests of opset 6 whose additions broadcast by attributes, as they did before opset 7. */
export const ATTRIBUTES = [
  "operator_add_broadcast",
  "operator_add_size1_broadcast",
  "operator_add_size1_right_broadcast",
  "operator_add_size1_singleton_broadcast",
  "operator_addconstant",
  "Softsign",
];

/**
 * Its model does not say the epsilon of 0.01 that its outputs were computed with (adam.py of ONNX 1.12 leaves
 * it out), so by ONNX's own words it is 1e-6. That camada gives the outputs with an epsilon of 0.01 is a test
 * of its own.
 */
export const WRONG = ["adam_multiple"];
