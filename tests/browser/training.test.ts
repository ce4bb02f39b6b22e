import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  accuracy,
  adam,
  dense,
  input,
  moons,
  relu,
  sequential,
  softmaxCrossEntropy,
  wasmBackend,
} from "camada";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch.js";

/** A network is trained in a page, under a policy that lets no text become code. */

/** The same training, in Node and in the page: what it came to, to the last bit. */
async function train(): Promise<{ readonly losses: number[]; readonly weights: number[] }> {
  const { x, y } = moons({ samples: 1000, noise: 0.1, seed: 0 });
  const model = sequential(input(2), dense(32), relu(), dense(2)).initialize(0);
  const history = await model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: adam(0.01),
    metrics: [accuracy()],
    validationSplit: 0.2,
    epochs: 600,
    seed: 0,
    // engines that multiply and add at once round once less: not all do
    backend: wasmBackend({ tier: "simd" }),
  });
  return { losses: history.series("loss"), weights: [...model.weights["dense1.weights"]!.data] };
}

const PROGRAM = `
import { accuracy, adam, dense, input, moons, relu, sequential, softmaxCrossEntropy, wasmBackend } from "camada";
const train = ${train
  .toString()
  .replace(/__vite_ssr_import_\d+__\./g, "")
  .replace(/\(0,(\w+)\)/g, "$1")};
let turns = 0;
setInterval(() => turns++, 1);
window.trained = train().then((result) => ({ ...result, turns }));
`;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

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
  const files: Record<string, readonly [type: string, body: string]> = {
    "/": ["text/html", '<!doctype html><script type="module" src="/program.js"></script>'],
    "/program.js": ["text/javascript", outputFiles[0]!.text],
  };
  server = createServer((request, response) => {
    const [type, body] = files[request.url!] ?? ["text/plain", ""];
    response.setHeader("content-type", type).setHeader("content-security-policy", POLICY).end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

test("a page trains to the bits that Node trains to, and stays at hand meanwhile", async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const result = await page.evaluate(
    () =>
      (globalThis as unknown as { trained: Promise<{ losses: number[]; weights: number[]; turns: number }> })
        .trained,
  );
  expect(errors).toEqual([]);
  const here = await train();
  expect(result.losses).toEqual(here.losses);
  expect(result.weights).toEqual(here.weights);
  // whatever else waits gets its turn, many times
  expect(result.turns).toBeGreaterThan(5);
});
