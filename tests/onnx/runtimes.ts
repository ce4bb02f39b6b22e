/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NamedArrays } from "@camada/interop";
import { type DType, fromTypedArray, type NDArray } from "camada";
import * as node from "onnxruntime-node";
import * as web from "onnxruntime-web/wasm";

// one thread, so that a test does not take the machine
web.env.wasm.numThreads = 1;

const TYPES: { readonly [dtype in DType]: string } = {
  float32: "float32",
  float64: "float64",
  int32: "int32",
  uint8: "uint8",
  bool: "bool",
};

/** What Microsoft's runtime makes of a file: its native one, and that of WebAssembly. */
export const RUNTIMES = { "onnxruntime-node": node, "onnxruntime-web": web } as const;

export async function runBy(
  runtime: keyof typeof RUNTIMES,
  bytes: Uint8Array,
  inputs: NamedArrays,
): Promise<{ [name: string]: NDArray }> {
  const { InferenceSession, Tensor } = RUNTIMES[runtime] as typeof node;
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const feeds = Object.entries(inputs).map(([name, { dtype, data, shape }]) => [
    name,
    new Tensor(TYPES[dtype] as "float32", data.slice() as Float32Array, shape),
  ]);
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims, type }]) => [
      name,
      fromTypedArray(data as Float32Array, [...dims], undefined, { dtype: type as DType }) as NDArray,
    ]),
  );
}

const PYTHON = "/usr/bin/python3";

/** Whether Debian's python3-onnx is here, whose checker knows what a valid file is. */
export const hasChecker = spawnSync(PYTHON, ["-c", "import onnx"]).status === 0;

const CHECK = `
import sys, glob, onnx
for file in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
    try:
        onnx.checker.check_model(file, full_check=True)
    except Exception as error:
        print(file, error)
`;

/** What ONNX's own checker, which infers all shapes, has to say against files. */
export function checked(files: readonly Uint8Array[]): string {
  const folder = mkdtempSync(join(tmpdir(), "camada-onnx-"));
  try {
    files.forEach((bytes, i) => {
      writeFileSync(join(folder, `${i}.onnx`), bytes);
    });
    const { stdout, stderr, status } = spawnSync(PYTHON, ["-c", CHECK, folder], { encoding: "utf8" });
    return status === 0 ? stdout : stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
