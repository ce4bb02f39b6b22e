/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "../../packages/camada/src/errors/messages/networks/en.js";
import { useProgram } from "./program.js";

/** What threads and WebAssembly are to pages that have them, and to those that do not. */

/** Each entry of `window` is a way of computing the same two products: to the last bit, or refused. */
const PROGRAM = `
import { compile, exp, matmul, random, wasmBackend } from "camada";
const of = (...shape) => random.defaultRng(0).standardNormal(shape).astype("float32");
const [a, b] = [of(150, 170), of(170, 130)];
// the page is late: what changes in memory between the call of the others and its own work is their doing
const memories = [];
const { Memory } = WebAssembly;
WebAssembly.Memory = class extends Memory {
  constructor(limits) {
    super(limits);
    memories.push(new Int32Array(this.buffer));
  }
};
let isShared = false;
const late = (call) => (...args) => {
  const result = call(...args);
  const before = memories.map((words) => words.slice());
  for (const until = performance.now() + 5; performance.now() < until; );
  isShared ||= memories.some((words, i) => words.some((word, at) => word !== before[i][at]));
  return result;
};
// those that sleep are woken after the first
Object.assign(Atomics, { add: late(Atomics.add), notify: late(Atomics.notify) });
const bits = (options) => {
  const f = compile((a, b) => exp(matmul(a, b)), options);
  return [f, [...f(a, b).data]];
};
window.alone = () => bits({ backend: wasmBackend({ threads: 1 }) })[1];
window.shared = async () => {
  const [f] = bits({ backend: wasmBackend({ threads: 3 }) });
  while (!isShared) {
    await new Promise((next) => setTimeout(next));
    f(a, b);
  }
  return [...f(a, b).data];
};
window.unasked = () => (bits({ threads: 2 }), bits({ threads: 3 })[1]);
window.refused = () => {
  try {
    return bits({ backend: "wasm" });
  } catch ({ code, message }) {
    return { code, message };
  }
};
window.reference = () => bits({ backend: "reference" })[1];
`;
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/isolated": ISOLATED,
  "/plain": {},
  "/strict": { "content-security-policy": "default-src 'none'; script-src 'self'" },
};

const thread = readFileSync(
  new URL("../../packages/camada/src/backends/wasm/thread.js", import.meta.url),
  "utf8",
);
const visit = useProgram(PROGRAM, (path) => HEADERS[path] ?? ISOLATED, { "/thread.js": thread });

type Name = "alone" | "shared" | "unasked" | "refused" | "reference";

async function open(path: string) {
  const warnings: string[] = [];
  const page = await visit(path, (page) =>
    page.on("console", (message) => {
      if (message.type() === "warning") warnings.push(message.text());
    }),
  );
  const call = (name: Name) =>
    page.evaluate(
      (name) => (globalThis as unknown as Record<Name, () => unknown>)[name](),
      name,
    ) as Promise<never>;
  return { warnings, call };
}

test("an isolated page shares its work among threads, with the bits of one", async () => {
  const { call, warnings } = await open("/isolated");
  expect(await call("shared")).toEqual(await call("alone"));
  expect(warnings).toEqual([]);
});

test("a page that is not isolated uses one thread, and says once what it lacks", async () => {
  const { call, warnings } = await open("/plain");
  expect(await call("unasked")).toEqual(await call("alone"));
  expect(warnings).toEqual([en["warning.threads"]]);
});

test("a page whose policy forbids WebAssembly is told so where it asks for it, and goes on where it does not", async () => {
  const { call, warnings } = await open("/strict");
  const { code, message } = (await call("refused")) as { code: string; message: string };
  expect(code).toBe("backend.refused");
  expect(message).toContain("'wasm-unsafe-eval'");
  expect(warnings).toEqual([]);
  expect(await call("unasked")).toEqual(await call("reference"));
  expect(warnings).toEqual([en["warning.reference"]]);
});
