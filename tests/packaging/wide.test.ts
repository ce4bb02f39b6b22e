/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { fetched, foundOrSkipped, node } from "../fetched.js";

/** A product whose sums and what follows them are both kept: as in the forward pass of a training. */
const PROGRAM = `
import { compile, matmul, maximum, ones, wasmBackend } from "camada";
const backend = wasmBackend({ tier: "wide", threads: 1 });
const [x, w] = [ones([24, 40]), ones([40, 48])].map((array) => array.astype("float32"));
const layer = (x, w) => {
  const sums = matmul(x, w);
  return [sums, maximum(sums, 0)];
};
console.log("from here on");
const [sums, hidden] = compile(layer, { backend })(x, w);
console.log(sums.sum(), hidden.sum());
`;

/** The engine tells what it took together, and where it could not. */
it.for(["24", "26"])("Node %s takes all of a product's vectors two by two", (major, { skip }) => {
  const engine = foundOrSkipped(() => fetched(node(major)), skip);
  const folder = inject("folder");
  const file = join(folder, "wide.js");
  writeFileSync(file, PROGRAM);
  const said = execFileSync(engine, ["--trace-wasm-revectorize", file], { cwd: folder, encoding: "utf8" });
  const trace = said.slice(said.indexOf("from here on"));
  // six rows of two pairs
  expect(trace.match(/PackNode .*F32x4Qfma/g)).toHaveLength(12);
  expect(trace).not.toContain("Build tree failed");
  expect(trace.trim().split("\n").at(-1)).toBe("46080 46080");
});
