/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InteropError, type NamedArrays, type OnnxModel, readOnnx } from "@camada/interop";
import { compile, type NDArray } from "camada";
import { decode } from "../../packages/interop/src/onnx/message.js";
import { TENSOR } from "../../packages/interop/src/onnx/schema.js";
import { type OnnxType, readTensor } from "../../packages/interop/src/onnx/tensor.js";

/** Where Debian's libonnx-testdata puts ONNX's own tests. */
const DATA = "/usr/share/libonnx-testdata/data";

export const hasOnnxTests = existsSync(DATA);

/** One of ONNX's tests: a model, what goes in and what must come out. */
export interface OnnxTest {
  readonly name: string;
  readonly folder: string;
}

export function testsIn(group: string): OnnxTest[] {
  const names = readdirSync(join(DATA, group)).sort();
  return names.map((name) => ({ name: name.replace(/^test_/, ""), folder: join(DATA, group, name) }));
}

export function modelOf({ folder }: OnnxTest): OnnxModel {
  return readOnnx(readFileSync(join(folder, "model.onnx")));
}

/** The code of uint16, as which ONNX's tests write the bits of bfloat16, and that of bfloat16. */
const [UINT16, BFLOAT16] = [4, 16];

/** The arrays of a file's name in each data set of a test, in order: those of a model's inputs or outputs. */
function arrays(folder: string, kind: "input" | "output", values: OnnxModel["inputs"]): NDArray[] {
  const types = [...values.values()].map(({ type }) => type);
  const files = readdirSync(folder).filter((file) => file.startsWith(kind));
  const order = (file: string) => Number(/\d+/.exec(file)![0]);
  return files
    .sort((x, y) => order(x) - order(y))
    .map((file, i) => {
      const proto = decode(TENSOR, readFileSync(join(folder, file)), 2 ** 20);
      const isBits = types[i] === "bfloat16" && proto.dataType === UINT16;
      return readTensor(isBits ? { ...proto, dataType: BFLOAT16 } : proto, new Map()).array;
    });
}

/** What a test's model gives, once as it is and once compiled, and what it should. */
export interface Outcome {
  readonly name: string;
  readonly type: OnnxType;
  readonly expected: NDArray;
  readonly found: NDArray;
}

export function* outcomesOf(test: OnnxTest, compiled: boolean, model = modelOf(test)): Generator<Outcome> {
  for (const set of readdirSync(test.folder).filter((name) => name.startsWith("test_data_set"))) {
    const folder = join(test.folder, set);
    const given = arrays(folder, "input", model.inputs);
    const named = Object.fromEntries([...model.inputs.keys()].slice(0, given.length).map((name, i) => [name, given[i]!])); // biome-ignore format: one line
    const results = compiled ? runCompiled(model, named) : model.run(named);
    if (results === undefined) return;
    const expected = arrays(folder, "output", model.outputs);
    for (const [i, { name, type }] of [...model.outputs.values()].entries()) {
      yield { name, type, expected: expected[i]!, found: results[name]! };
    }
  }
}

/**
 * Compiled, but for the last inputs where a node must know their values beforehand; undefined where it must
 * know all.
 */
function runCompiled(model: OnnxModel, named: NamedArrays): NamedArrays | undefined {
  const names = Object.keys(named);
  for (let count = names.length; count > 0; count--) {
    const part = (from: number, to: number) => Object.fromEntries(names.slice(from, to).map((name) => [name, named[name]!])); // biome-ignore format: one line
    const known = part(count, names.length);
    try {
      return compile((values: NamedArrays) => model.run({ ...known, ...values }))(part(0, count));
    } catch (error) {
      if (!(error instanceof InteropError) || error.code !== "onnx.values") throw error;
    }
  }
  return undefined;
}
