import {
  type ArrayCode,
  type Code,
  currentCatalog,
  currentNetworkCatalog,
  type NetworkCode,
} from "./catalog.js";
import { CamadaError, type ErrorData, fill, ShapeError } from "./error.js";
import { en } from "./messages/networks/en.js";

/*
 * Errors of data, graphs, networks and training: as those of arrays, but their sentences come along only with
 * what can say them.
 */

/** What is said in the configured language. */
function textOf(code: Code): string {
  const own = currentNetworkCatalog() ?? en;
  return Object.hasOwn(own, code) ? own[code as NetworkCode] : currentCatalog()[code as ArrayCode];
}

/** The sentence for a code and its data, in the configured language. */
export function sentence(code: Code, data: ErrorData = {}): string {
  return fill(code, data, textOf);
}

export class NetworkError extends CamadaError {
  constructor(code: Code, data: ErrorData = {}) {
    super(code, data, sentence(code, data));
  }
}

export class NetworkShapeError extends ShapeError {
  constructor(code: Code, data: ErrorData = {}) {
    super(code, data, sentence(code, data));
  }
}
