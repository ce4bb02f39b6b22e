export { InteropError } from "./error.js";
export { readIdx, writeIdx } from "./idx.js";
export type { InteropCode } from "./messages/index.js";
