import type { Operator } from "../operator.js";
import { ELEMENTWISE } from "./elementwise.js";
import { INDEXING } from "./indexing.js";
import { LOSSES, OPTIMIZERS } from "./losses.js";
import { NORMALIZATION } from "./normalization.js";
import { POOLING } from "./pooling.js";
import { PRODUCTS } from "./products.js";
import { QUANTIZATION } from "./quantization.js";
import { RECURRENT } from "./recurrent.js";
import { REDUCTIONS } from "./reductions.js";
import { RESAMPLING } from "./resampling.js";
import { SCATTERING } from "./scattering.js";
import { SEARCHING } from "./searching.js";
import { SHAPING } from "./shaping.js";
import { SIGNALS } from "./signals.js";

/** The operators that there are, by domain and name: what a file says is only looked up. */
export const OPERATORS: ReadonlyMap<string, ReadonlyMap<string, Operator>> = new Map([
  ["", new Map(Object.entries({ ...ELEMENTWISE, ...REDUCTIONS, ...PRODUCTS, ...POOLING, ...NORMALIZATION, ...LOSSES, ...SHAPING, ...INDEXING, ...SCATTERING, ...SEARCHING, ...QUANTIZATION, ...RECURRENT, ...RESAMPLING, ...SIGNALS }))], // biome-ignore format: one line
  ["ai.onnx.preview.training", new Map(Object.entries(OPTIMIZERS))],
]);

/** The versions of the operators of each domain whose meanings these are. */
export const LATEST: ReadonlyMap<string, number> = new Map([
  ["", 23],
  ["ai.onnx.preview.training", 1],
]);
