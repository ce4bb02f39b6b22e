/// <reference types="node" />
import { spawnSync } from "node:child_process";

/**
 * Live NumPy, where the machine has one: the oracle that we did not write. Tests compare with it when
 * `hasNumPy`, and with fixtures that it once recorded when not.
 */

/** What every script finds: `np`, the input as `data`. It leaves its answer in `result`. */
const PRELUDE = `
import json, math, sys, warnings
import numpy as np
warnings.simplefilter("ignore")
np.seterr(all="ignore")
def _read(pairs):
    return float(pairs["$float"]) if "$float" in pairs else pairs
def _plain(x):
    if isinstance(x, np.ndarray): return _plain(x.tolist())
    if isinstance(x, np.generic): x = x.item()
    if isinstance(x, float) and not math.isfinite(x): return {"$float": str(x)}
    if isinstance(x, (list, tuple)): return [_plain(v) for v in x]
    if isinstance(x, dict): return {k: _plain(v) for k, v in x.items()}
    return x
data = json.load(sys.stdin, object_hook=_read)
result = None
`;

const JSON_OUT = `
json.dump(_plain(result), sys.stdout)
`;

const BYTES_OUT = `
sys.stdout.buffer.write(result if isinstance(result, bytes) else np.ascontiguousarray(result).tobytes())
`;

/** NumPy's version where python3 has one, else "". */
export const numpyVersion: string = versionHere();

/** Whether there is a live NumPy 2 to compare with. */
export const hasNumPy: boolean = numpyVersion.startsWith("2.");

/**
 * Runs a Python script with NumPy as `np` and `input` as `data`; gives back what it leaves in `result`
 * (arrays as nested lists). NaN, infinities and negative zero go both ways unharmed.
 *
 * @example
 * numpy<number[]>("result = np.cumsum(data)", [1, 2, 3]); // [1, 3, 6]
 */
export function numpy<T = unknown>(script: string, input: unknown = null): T {
  return JSON.parse(python(script + JSON_OUT, input).toString("utf8"), (_, value) =>
    isMarked(value) ? Number(value.$float.replace("inf", "Infinity")) : value,
  ) as T;
}

/**
 * As `numpy`, but gives back the raw bytes of `result` (an array, in its own dtype, row by row, or
 * `bytes`): for comparing bit for bit, and for large results.
 */
export function numpyBytes(script: string, input: unknown = null): Uint8Array<ArrayBuffer> {
  return new Uint8Array(python(script + BYTES_OUT, input));
}

function python(script: string, input: unknown): Buffer {
  const run = spawnSync("python3", ["-c", PRELUDE + script], {
    input: JSON.stringify(input, (_, value) => (isPlain(value) ? value : { $float: show(value) })),
    maxBuffer: 2 ** 30,
  });
  if (run.error) throw run.error;
  if (run.status !== 0) throw new Error(`python3 refused the script:\n${run.stderr.toString("utf8")}`);
  return run.stdout;
}

/** Whether JSON carries the value as it is. */
function isPlain(value: unknown): boolean {
  return typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0));
}

function show(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function isMarked(value: unknown): value is { $float: string } {
  return typeof value === "object" && value !== null && "$float" in value;
}

function versionHere(): string {
  const run = spawnSync("python3", ["-c", "import numpy; print(numpy.__version__)"], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim() : "";
}
