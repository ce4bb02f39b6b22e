/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { bun, deno, fetched, foundOrSkipped, node } from "../fetched.js";
import { files, learn } from "./program.js";
import { writeProgram } from "./written.js";

/** The installed packages in every engine that people run them on, with the results that the sources give here. */

const ENGINES = {
  "this Node": { find: () => process.execPath, args: [] },
  "Node 20": { find: () => fetched(node("20")), args: [] },
  "Node 22": { find: () => fetched(node("22")), args: [] },
  "Node 24": { find: () => fetched(node("24")), args: [] },
  "Node 26": { find: () => fetched(node("26")), args: [] },
  Deno: { find: () => fetched(deno), args: ["run", "--allow-all"] },
  Bun: { find: () => fetched(bun), args: [] },
} as const;

const CALLER = `
import { fromFile, toFile } from "@camada/interop/node";
import { files, learn, share } from "./program.js";
const file = \`model-\${process.argv[2]}.safetensors\`;
const keep = async (bytes) => {
  await toFile(file, bytes);
  return fromFile(file, (bytes) => bytes);
};
console.log(JSON.stringify({ ...(await learn(keep)), files: files(), threads: await share(20) }));
`;

const folder = inject("folder");
let program: string;
let expected: Awaited<ReturnType<typeof learn>>;

beforeAll(async () => {
  program = writeProgram(folder, "engine.js", CALLER);
  expected = await learn();
});

describe("a network trains, is saved, loaded, and predicts", () => {
  it.for(Object.entries(ENGINES))("%s", { timeout: 180_000 }, ([name, { find, args }], { skip }) => {
    const engine = foundOrSkipped(find, skip);
    const said = execFileSync(engine, [...args, program, name.replace(" ", "-")], {
      cwd: folder,
      encoding: "utf8",
    });
    const { loss, accuracy, ...rest } = JSON.parse(said);
    expect(rest).toEqual({ same: true, files: files(), threads: { shared: true, same: true } });
    // engines may fuse a product with a sum or not, as their processor does
    expect([loss, accuracy]).toEqual([expect.closeTo(expected.loss, 6), expected.accuracy]);
    expect(accuracy).toBeGreaterThan(0.95);
  });
});
