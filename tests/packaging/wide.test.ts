/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { fetched, foundOrSkipped, node } from "../fetched.js";

/** A product whose sums and what follows them are both kept: as in the forward pass of a training. */
const LAYER = `
const [x, w] = [ones([24, 40]), ones([40, 48])].map((array) => array.astype("float32"));
const layer = (x, w) => {
  const sums = matmul(x, w);
  return [sums, maximum(sums, 0)];
};
compile(layer, { backend })(x, w);
`;

/** How often the engine says that it took multiplications together, and that it could not. */
function counts(engine: string, source: string) {
  const folder = inject("folder");
  const file = join(folder, "wide.js");
  const backend = 'const backend = wasmBackend({ tier: "wide", threads: 1 });';
  writeFileSync(
    file,
    `import { compile, matmul, maximum, ones, wasmBackend } from "camada";\n${backend}${source}`,
  );
  // without its quick compiler each function is optimized where it is first called: otherwise what has
  // been optimized, and told, by the end of the program depends on how busy the machine is
  const flags = ["--no-liftoff", "--trace-wasm-revectorize"];
  const trace = execFileSync(engine, [...flags, file], { cwd: folder, encoding: "utf8" });
  const count = (line: RegExp) => (trace.match(line) ?? []).length;
  return { together: count(/PackNode .*F32x4Qfma/g), refused: count(/Build tree failed/g) };
}

/** Only for these processors do engines take vectors together. */
const isHere = process.arch === "x64";

it.runIf(isHere).for(["24", "26"])(
  "Node %s takes all of a product's vectors two by two",
  (major, { skip }) => {
    const engine = foundOrSkipped(() => fetched(node(major)), skip);
    // the backend tries itself first
    const before = counts(engine, "");
    expect(before.together).toBeGreaterThan(0);
    // six rows of two pairs
    expect(counts(engine, LAYER)).toEqual({ ...before, together: before.together + 12 });
  },
);
