export { type CsvLimits, type CsvOptions, readCsv } from "./csv/read.js";
export type { Separator } from "./csv/records.js";
export type { Decimal } from "./csv/values.js";
export { type WriteCsvOptions, writeCsv } from "./csv/write.js";
export { InteropError } from "./error.js";
export { readIdx, writeIdx } from "./idx.js";
export { loadKerasModel } from "./keras/keras.js";
export type { InteropCode } from "./messages/index.js";
export {
  loadModel,
  loadTraining,
  loadTrainingState,
  type SaveOptions,
  saveModel,
} from "./models/model.js";
export { loadPyTorchWeights } from "./models/pytorch.js";
export type { TrainedWith } from "./models/training.js";
export type {
  CodeCell,
  Json,
  JsonObject,
  MimeBundle,
  Notebook,
  NotebookCell,
  NotebookOutput,
  TextCell,
} from "./notebook/notebook.js";
export { readNotebook } from "./notebook/read.js";
export { writeNotebook } from "./notebook/write.js";
export { readNpy, writeNpy } from "./npy/npy.js";
export { type Arrays, type OpenNpz, openNpz, readNpz, type WriteNpzOptions, writeNpz } from "./npy/npz.js";
export { readNpyStream } from "./npy/stream.js";
export { type NamedArrays, OnnxModel, type OnnxValue } from "./onnx/model.js";
export { type ReadOnnxOptions, readOnnx } from "./onnx/read.js";
export type { ExternalData, OnnxTensor, OnnxType } from "./onnx/tensor.js";
export { writeOnnx } from "./onnx/writing/write.js";
export type { OpenedBlob, OpenedFile, Source } from "./parts.js";
export { readPng } from "./png/png.js";
export { type PytorchOptions, type TrainingSettings, writePytorch } from "./pytorch/write.js";
export {
  type OpenSafetensors,
  openSafetensors,
  readSafetensors,
  type Safetensors,
  writeSafetensors,
} from "./safetensors/safetensors.js";
export type { ByteStream, TextStream } from "./stream.js";
export { applyPreparation, predictionsOf, targetsOf } from "./table/apply.js";
export { type Fitted, fitPreparation, type PreparationOptions, rowsWith } from "./table/fit.js";
export {
  type Feature,
  featureNames,
  type NumberFeature,
  type Preparation,
  readPreparation,
  type Target,
  typesOf,
  type WordFeature,
} from "./table/preparation.js";
export {
  type CategoryColumn,
  type Column,
  type ColumnKind,
  columnOf,
  type NumberColumn,
  type Table,
  type TextColumn,
  takeTableRows,
} from "./table/table.js";
export type { ReadOptions } from "./zip/zip.js";
