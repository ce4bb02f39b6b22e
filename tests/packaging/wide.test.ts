/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { fetched, foundOrSkipped, node } from "../fetched.js";

const arrays = (...shapes: string[]) =>
  `[${shapes.map((shape) => `ones([${shape}]).astype("float32")`).join(", ")}]`;

/** Programs of loops that are written in different ways, and how many multiplications they take together. */
const PROGRAMS = {
  // six rows of two pairs, in what a training's forward pass is: sums and what follows them are both kept
  "a product's": [
    `const layer = (x, w) => { const sums = matmul(x, w); return [sums, maximum(sums, 0)]; };
     compile(layer, { backend })(...${arrays("24, 40", "40, 48")});`,
    12,
  ],
  // two pairs along what is added up for each of four columns
  "a row's with a matrix": [
    `compile((x, w) => matmul(x, w.T), { backend })(...${arrays("1, 48", "24, 48")});`,
    8,
  ],
  // four pairs, each by the row's number and by 0
  "an update's that is added up": [
    `const update = (w, d, x) => { const to = w.add(d.multiply(x)); return [to, to.multiply(0).sum(1)]; };
     compile(update, { backend })(...${arrays("24, 96", "24, 1", "1, 96")});`,
    8,
  ],
} as const;

/**
 * How often the engine says that it considered multiplications together; and how often it says that it could not,
 * that it was not worth it, and that it takes a pair of stores whose first comes first, which it does once more.
 */
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
  const count = (line: RegExp, isCounted = (..._: number[]) => true) =>
    [...trace.matchAll(line)].filter(([, ...numbers]) => isCounted(...numbers.map(Number))).length;
  return {
    together: count(/PackNode .*F32x4(?:Qfma|Mul)/g),
    refused: count(/Build tree failed/g),
    worthless: count(/Save: (\d+), cost: (\d+)/g, (save, cost) => save! <= cost!),
    twice: count(/PackNode Store\(#(\d+), #(\d+)\)/g, (low, high) => low! < high!),
  };
}

/** Only for these processors do engines take vectors together. */
const isHere = process.arch === "x64";

describe.runIf(isHere).for(["24", "26"])("Node %s", (major) => {
  it.for(Object.entries(PROGRAMS))("takes all of %s vectors two by two", ([, [source, more]], { skip }) => {
    const engine = foundOrSkipped(() => fetched(node(major)), skip);
    // the backend tries itself first
    const before = counts(engine, "");
    expect(before.together).toBeGreaterThan(0);
    expect(counts(engine, source)).toEqual({ ...before, together: before.together + more });
  });
});
