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
import { expect, test } from "vitest";
import { useProgram } from "./program.js";

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

const open = useProgram(PROGRAM, () => ({ "content-security-policy": POLICY }));

test("a page trains to the bits that Node trains to, and stays at hand meanwhile", async () => {
  const errors: string[] = [];
  const page = await open("/", (page) => page.on("pageerror", ({ message }) => errors.push(message)));
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
