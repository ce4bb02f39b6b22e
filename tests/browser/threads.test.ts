/// <reference types="node" />
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { en } from "../../packages/camada/src/errors/messages/networks/en.js";
import { launchBrowser } from "./launch.js";

/** What threads and WebAssembly are to pages that have them, and to those that do not. */

/** Each entry of `window` is a way of computing the same two products: to the last bit, or refused. */
const PROGRAM = `
import { compile, exp, matmul, random, wasmBackend } from "camada";
const of = (...shape) => random.defaultRng(0).standardNormal(shape).astype("float32");
const [a, b] = [of(150, 170), of(170, 130)];
let steps = 0;
const { add } = Atomics;
Atomics.add = (...args) => (steps++, add(...args));
const bits = (options) => {
  const f = compile((a, b) => exp(matmul(a, b)), options);
  return [f, [...f(a, b).data]];
};
window.alone = () => bits({ backend: wasmBackend({ threads: 1 }) })[1];
window.shared = async () => {
  const [f] = bits({ backend: wasmBackend({ threads: 3 }) });
  const joined = steps;
  while (steps === joined) {
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

let server: Server;
let browser: Browser;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    write: false,
    conditions: ["camada-source"],
    tsconfigRaw: {},
  });
  const thread = readFileSync(
    new URL("../../packages/camada/src/backends/wasm/thread.js", import.meta.url),
    "utf8",
  );
  const scripts: Readonly<Record<string, string>> = {
    "/program.js": outputFiles[0]!.text,
    "/thread.js": thread,
  };
  server = createServer((request, response) => {
    const script = scripts[request.url!];
    const headers = HEADERS[request.url!] ?? ISOLATED;
    const type = script === undefined ? "text/html" : "text/javascript";
    const page = '<!doctype html><script type="module" src="/program.js"></script>';
    response.writeHead(200, { "content-type": type, ...headers }).end(script ?? page);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

type Name = "alone" | "shared" | "unasked" | "refused" | "reference";

async function open(path: string) {
  const page = await browser.newPage();
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning") warnings.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
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
