export { arange, array, eye, fromTypedArray, full, linspace, ones, zeros } from "./array/creation.js";
export type { SliceArgument } from "./array/indexing.js";
export { NDArray } from "./array/ndarray.js";
export { getPrintOptions, type PrintOptions, setPrintOptions } from "./array/print/index.js";
export {
  type ChoiceOptions,
  Generator,
  type GeneratorState,
  type Random,
  RandomState,
  type RandomStateState,
  random,
  type Seed,
} from "./array/random/index.js";
export type { Backend, Carry, Program } from "./backends/backend.js";
export { type BackendChoice, type Capabilities, capabilities } from "./backends/registry.js";
export { type WasmOptions, wasmBackend } from "./backends/wasm/index.js";
export type { Tier } from "./backends/wasm/target.js";
export { type Configuration, configure } from "./configure.js";
export {
  type BlobsOptions,
  blobs,
  type CirclesOptions,
  circles,
  type LabeledPoints,
  type MoonsOptions,
  moons,
  type SineOptions,
  type SpiralOptions,
  sine,
  spiral,
  type Targets,
} from "./data/generated.js";
export { oneHot } from "./data/labels.js";
export { type Split, type SplitOptions, trainTestSplit } from "./data/split.js";
export { type Standardized, standardize, standardize as standardise } from "./data/standardize.js";
export { type Catalog, type Code, currentLanguage, type Language } from "./errors/catalog.js";
export {
  CamadaError,
  type Described,
  type DescribedAxis,
  describe,
  type ErrorData,
  ShapeError,
} from "./errors/error.js";
export { sentence } from "./errors/network.js";
export type { Graph } from "./graph/graph.js";
export { printGraph } from "./graph/print.js";
export {
  activation,
  elu,
  gelu,
  leakyRelu,
  linear,
  relu,
  sigmoid,
  softmax,
  softplus,
  step,
  tanh,
} from "./nn/activations.js";
export { chain, clipByGlobalNorm, clipByNorm, clipByValue, weightDecay } from "./nn/clipping.js";
export type { LayerConfig, ModelConfig } from "./nn/config.js";
export { type Conv2dOptions, conv2d, type GivenConv2d } from "./nn/conv2d.js";
export { type DenseOptions, dense, type GivenDense } from "./nn/dense.js";
export { dropout } from "./nn/dropout.js";
export { type EmbeddingOptions, embedding } from "./nn/embedding.js";
export {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  initializerOf,
  lecunNormal,
  lecunUniform,
  onesInit,
  orthogonal,
  randomNormal,
  randomUniform,
  zerosInit,
} from "./nn/initializers.js";
export { type InputOptions, input } from "./nn/input.js";
export type {
  Change,
  Config,
  Context,
  Features,
  Layer,
  LayerOptions,
  Plan,
  Weight,
  Weights,
} from "./nn/layer.js";
export type { Expects, Loss, Targets as LossTargets } from "./nn/loss.js";
export * from "./nn/losses.js";
export {
  type AverageOptions,
  accuracy,
  auc,
  type ClassOptions,
  confusionMatrix,
  evaluateMetric,
  f1,
  type Metric,
  meanAbsoluteError as mae,
  meanSquaredError as mse,
  precision,
  r2,
  recall,
  type ThresholdOptions,
  topKAccuracy,
} from "./nn/metrics.js";
export { type BatchNormOptions, batchNorm, type LayerNormOptions, layerNorm } from "./nn/normalization.js";
export type { GradientTransform, Named, Optimizer, OptimizerState } from "./nn/optimizer.js";
export { adagrad, adam, adamw, momentum, nesterov, rmsprop, sgd } from "./nn/optimizers.js";
export {
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling2d,
  type PoolingOptions,
} from "./nn/pooling.js";
export { l1, l1l2, l2, type Regularizer, regularizerOf } from "./nn/regularizers.js";
export {
  constantRate,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  type LearningRate,
  piecewiseConstant,
  polynomialDecay,
  type Schedule,
  warmup,
} from "./nn/schedules.js";
export { flatten, rescaling, reshapeTo } from "./nn/shaping.js";
export { checkTargets } from "./nn/targets.js";
export type { Padding, Pair } from "./nn/windows.js";
export * from "./ops/arithmetic.js";
export * from "./ops/comparison.js";
export { einsum } from "./ops/einsum.js";
export type { ElementwiseOperation, Samples } from "./ops/elementwise.js";
export { concatenate, split, stack } from "./ops/joining.js";
export { cos, exp, expm1, log, log1p, power, sin, sqrt } from "./ops/math.js";
export { broadcastTo, expandDims, flip, reshape, squeeze, transpose } from "./ops/movement.js";
export { dot, matmul } from "./ops/product.js";
export type { ReduceOperation, ReduceOptions } from "./ops/reduce.js";
export {
  all,
  any,
  argmax,
  argmin,
  max,
  mean,
  min,
  prod,
  std,
  sum,
  variance,
  variance as var,
} from "./ops/reductions.js";
export { allClose, clip } from "./ops/selection.js";
export { argsort, cumsum, sort, unique } from "./ops/sorting.js";
export { erf } from "./ops/special.js";
export { take, takeAlongAxis } from "./ops/taking.js";
export { where } from "./ops/where.js";
export { pad, slidingWindowView } from "./ops/windows.js";
export { formatShape } from "./shape/shape.js";
export type { Names, Shape } from "./shape/tuples.js";
export type { NamedArray } from "./shape/types.js";
export type { DType, TypedArray } from "./storage/dtype.js";
export {
  type BatchLog,
  type Callback,
  checkpoint,
  earlyStopping,
  type MonitorOptions,
  reduceLearningRate,
  type Training,
} from "./train/callbacks.js";
export { modelConfig, modelFromConfig } from "./train/config.js";
export type { EvaluateOptions } from "./train/evaluate.js";
export type { FitOptions } from "./train/fit.js";
export { type Ending, type EpochLog, History, type Warning } from "./train/history.js";
export { type ModelLayer, type PredictOptions, Sequential, sequential } from "./train/model.js";
export type { Spread } from "./train/spread.js";
export type { TrainingState } from "./train/state.js";
export {
  batchSizeStudy,
  type Study,
  type StudyOptions,
  type StudyProgress,
  type StudyResult,
  type StudyRun,
} from "./train/study.js";
export { studyText } from "./train/studyText.js";
export { type CheckGradsOptions, checkGrads } from "./transform/check-grads.js";
export { type CompileOptions, compile } from "./transform/compile.js";
export { type GradOptions, grad, valueAndGrad } from "./transform/grad.js";
