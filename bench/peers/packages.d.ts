// Of each package what is measured, so that types are checked where the packages are not installed.

declare module "numpy-ts" {
  interface Matrix {
    readonly data: ArrayLike<number>;
  }
  export function array(data: unknown, dtype: string): Matrix;
  export function dot(a: Matrix, b: Matrix): Matrix;
  export function add(a: Matrix, b: Matrix): Matrix;
  export function transpose(a: Matrix): Matrix;
}

declare module "brain.js" {
  interface Described {
    readonly layers: readonly { weights: readonly number[][]; biases: readonly number[] }[];
  }
  class NeuralNetwork {
    constructor(options: {
      inputSize: number;
      hiddenLayers: readonly number[];
      outputSize: number;
      activation: string;
    });
    initialize(): void;
    toJSON(): Described;
    fromJSON(described: Described): void;
    run(input: readonly number[]): ArrayLike<number>;
  }
  const brain: { readonly NeuralNetwork: typeof NeuralNetwork };
  export default brain;
}

declare module "@jax-js/jax" {
  export interface Value {
    readonly ref: Value;
    readonly shape: number[];
    add(other: Value): Value;
    sub(other: Value): Value;
    mul(other: Value | number): Value;
    sum(): Value;
    reshape(shape: number[]): Value;
    dataSync(): Float32Array | Float64Array | Int32Array;
    blockUntilReady(): Promise<Value>;
    dispose(): void;
  }
  type Values = readonly Value[];
  export function init(device: string): Promise<unknown>;
  export function defaultDevice(device: string): unknown;
  export function jit<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R;
  export function valueAndGrad<R extends readonly Value[]>(
    f: (first: Values, ...rest: R) => Value,
  ): (first: Values, ...rest: R) => readonly [Value, Values];
  export const tree: { ref(values: Values): Values };
  export const numpy: {
    array(values: ArrayLike<number>, options: { shape: readonly number[]; dtype?: string }): Value;
    dot(a: Value, b: Value): Value;
    transpose(a: Value, axes?: number[]): Value;
  };
  export const nn: {
    relu(x: Value): Value;
    sigmoid(x: Value): Value;
    logSoftmax(x: Value): Value;
    oneHot(x: Value, classes: number): Value;
  };
  export const lax: {
    conv(x: Value, windows: Value, strides: number[], padding: "VALID"): Value;
  };
}

declare module "@tensorflow/tfjs" {
  export interface Tensor {
    readonly shape: number[];
    matMul(other: Tensor): Tensor;
    add(other: Tensor): Tensor;
    relu(): Tensor;
    sigmoid(): Tensor;
    gather(indices: Tensor): Tensor;
    reshape(shape: number[]): Tensor;
    transpose(axes?: number[]): Tensor;
    dataSync(): Float32Array;
    dispose(): void;
  }
  export function setBackend(name: string): Promise<boolean>;
  export function tensor(
    values: Float32Array | Int32Array,
    shape: readonly number[],
    dtype?: "int32",
  ): Tensor;
  export function variable(initial: Tensor): Tensor;
  export function tidy<T>(f: () => T): T;
  export function oneHot(labels: Tensor, classes: number): Tensor;
  export function conv2d(x: Tensor, windows: Tensor, strides: number, padding: "valid"): Tensor;
  export function conv2dTranspose(
    x: Tensor,
    windows: Tensor,
    shape: number[],
    strides: number,
    padding: "valid",
  ): Tensor;
  export function customGrad(
    f: (
      x: Tensor,
      windows: Tensor,
      save: (tensors: Tensor[]) => void,
    ) => { value: Tensor; gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor[] },
  ): (x: Tensor, windows: Tensor) => Tensor;
  export const losses: { softmaxCrossEntropy(truth: Tensor, logits: Tensor): Tensor };
  export const train: {
    sgd(rate: number): {
      minimize(loss: () => Tensor, returnCost: true, of: readonly Tensor[]): Tensor | null;
    };
  };
}

declare module "@tensorflow/tfjs-backend-wasm" {
  export function setWasmPaths(folder: string): void;
  export function setThreadsCount(count: number): void;
}

declare module "onnxruntime-web" {
  export interface SessionOptions {
    readonly executionProviders: readonly string[];
    readonly intraOpNumThreads?: number;
  }
  interface Data {
    readonly data: ArrayLike<number>;
  }
  interface Session {
    run(feeds: { readonly [name: string]: Data }): Promise<{ readonly [name: string]: Data }>;
  }
  export interface Runtime {
    readonly InferenceSession: { create(model: Uint8Array, options: SessionOptions): Promise<Session> };
    readonly Tensor: new (
      dtype: string,
      values: Float32Array | Float64Array,
      shape: readonly number[],
    ) => Data;
  }
  export const InferenceSession: Runtime["InferenceSession"];
  export const Tensor: Runtime["Tensor"];
  export const env: { readonly wasm: { numThreads: number; wasmPaths: string } };
}

declare module "onnxruntime-node" {
  import type { Runtime } from "onnxruntime-web";
  export const InferenceSession: Runtime["InferenceSession"];
  export const Tensor: Runtime["Tensor"];
}
