import { availableParallelism, cpus } from "node:os";
import { setImmediate } from "node:timers/promises";
import {
  type Backend,
  CamadaError,
  type Capabilities,
  capabilities,
  compile,
  dense,
  input,
  matmul,
  type NDArray,
  random,
  relu,
  sequential,
  sgd,
  softmaxCrossEntropy,
  type Tier,
  wasmBackend,
  zeros,
} from "camada";

/** What there is, before anything is measured. */
export interface Facts extends Capabilities {
  readonly platform: string;
  readonly architecture: string;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly v8: string;
  /** Whether the engine can take two vectors together, and then gives what it should. */
  readonly wide: "missing" | "wrong" | "right";
}

export type Measure =
  /** In milliseconds. */
  { readonly measured: "firstResult" | "trainingStep"; readonly time: number } | ProductSpeed;

/** Billions of multiplications and additions a second, of a product of matrices. */
export interface ProductSpeed {
  readonly measured: "product";
  readonly tier: Tier;
  readonly threads: number;
  readonly float32: number;
  readonly float64: number;
}

export function factsHere(): Facts {
  const here = capabilities();
  return {
    platform: process.platform,
    architecture: process.arch,
    // some systems do not say
    cpu: cpus()[0]?.model.trim() || "?",
    cores: availableParallelism(),
    node: process.versions.node,
    v8: process.versions.v8,
    ...here,
    wide: !here.tiers.includes("wide") ? "missing" : isWideRight() ? "right" : "wrong",
  };
}

function isWideRight(): boolean {
  try {
    wasmBackend({ tier: "wide" });
    return true;
  } catch (error) {
    if (error instanceof CamadaError && error.code === "backend.tier") return false;
    throw error;
  }
}

/** In milliseconds, how long each thing is done again, and how long at most for so many times. */
const DURATION = { least: 200, most: 1000, times: 20 };
/** Whether the best of so many times, done since then, is what it will be: engines make code better while it runs. */
function isKnown(times: number, since: number): boolean {
  const spent = performance.now() - since;
  return spent > DURATION.least && (times >= DURATION.times || spent > DURATION.most);
}

const SIZE = 512;
const [FEATURES, HIDDEN, CLASSES, BATCH, BATCHES] = [784, 128, 10, 128, 8];

/** Measures one thing after the other; the first result comes first, before the engine has warmed up. */
export async function* measure({ tier, tiers, wide, threads }: Facts): AsyncGenerator<Measure> {
  yield { measured: "firstResult", time: firstResult() };
  for (const each of tiers) {
    if (each !== "wide" || wide === "right") yield await productSpeed(each, 1);
  }
  if (tier !== undefined && threads > 1) yield await productSpeed(tier, threads);
  yield { measured: "trainingStep", time: await trainingStep() };
}

const digits = () => sequential(input(FEATURES), dense(HIDDEN), relu(), dense(CLASSES)).initialize(0);

function firstResult(): number {
  const model = digits();
  const row = zeros([1, FEATURES]).astype("float32");
  const start = performance.now();
  compile((x: typeof row) => model.forward(x))(row);
  return performance.now() - start;
}

async function trainingStep(): Promise<number> {
  const rows = BATCH * BATCHES;
  const x = random.defaultRng(0).standardNormal([rows, FEATURES]).astype("float32");
  const y = zeros([rows]).astype("int32");
  let best = Infinity;
  let times = 0;
  const since = performance.now();
  let last = since;
  await digits().fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.01),
    batchSize: BATCH,
    epochs: Number.MAX_SAFE_INTEGER,
    onWarning: () => {}, // of what is only measured
    callbacks: [
      {
        onBatchEnd: (_, training) => {
          const now = performance.now();
          best = Math.min(best, now - last);
          last = now;
          if (isKnown(++times, since)) training.stop();
        },
      },
    ],
  });
  return best;
}

async function productSpeed(tier: Tier, threads: number): Promise<ProductSpeed> {
  const backend = wasmBackend({ tier, threads });
  const [float32, float64] = [await speedOf("float32", backend), await speedOf("float64", backend)];
  return { measured: "product", tier, threads, float32, float64 };
}

async function speedOf(dtype: "float32" | "float64", backend: Backend): Promise<number> {
  const factors = [0, 1].map((seed) => {
    return random.defaultRng(seed).standardNormal([SIZE, SIZE]).astype(dtype) as NDArray;
  });
  const product = compile((a: NDArray, b: NDArray) => matmul(a, b), { backend });
  let best = Infinity;
  const since = performance.now();
  for (let times = 0; !isKnown(times, since); times++) {
    // threads that start, and Ctrl-C, have their turn
    await setImmediate();
    const start = performance.now();
    product(factors[0]!, factors[1]!);
    best = Math.min(best, performance.now() - start);
  }
  return (2 * SIZE ** 3) / best / 1e6;
}
