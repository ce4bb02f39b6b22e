import {
  add,
  type CamadaError,
  compile,
  currentLanguage,
  exp,
  type NDArray,
  wasmBackend,
  zeros,
} from "camada";
import { NetworkError } from "../../packages/camada/src/errors/network.js";
import { inProcess } from "../process.js";
import { loose, type Refusal } from "./refusal.js";

/** What engines, pages and machines do not offer, by stand-ins that do not. */

const engine = (globalThis as unknown as { WebAssembly: Record<string, unknown> }).WebAssembly;

/** Calls something while a property of an object is another. */
function standingIn<T>(object: object, name: string, value: unknown, call: () => T): T {
  const own = Object.getOwnPropertyDescriptor(object, name)!;
  Object.defineProperty(object, name, { ...own, value });
  try {
    return call();
  } finally {
    Object.defineProperty(object, name, own);
  }
}

/** Runs a program whose part of a run that is shared fails, as when others do not come. */
async function withoutThreads(): Promise<never> {
  const Instance = engine["Instance"] as new (...args: unknown[]) => { readonly exports: object };
  class Failing {
    readonly exports: object;
    constructor(...args: unknown[]) {
      const share = () => {
        throw new Error("unreachable");
      };
      this.exports = { ...new Instance(...args).exports, share };
    }
  }
  const f = compile(exp as (x: NDArray) => NDArray, { backend: wasmBackend({ threads: 2 }) });
  const x = zeros([50_000]) as NDArray;
  standingIn(engine, "Instance", Failing, () => f(x));
  for (;;) {
    await new Promise((next) => setTimeout(next));
    f(x);
  }
}

/** What is refused in a process whose engine has no WebAssembly: its facts come back, and are put into words here. */
function withoutEngine(): never {
  const { code, data } = inProcess<Pick<CamadaError, "code" | "data">>(`
    delete globalThis.WebAssembly;
    try {
      camada.compile(camada.exp, { backend: "wasm" })(camada.zeros([2]));
    } catch ({ code, data }) {
      result = { code, data };
    }`);
  throw new NetworkError(code, data);
}

export const BACKENDS: readonly Refusal[] = [
  [
    "backend.thread",
    withoutThreads,
    "a thread that shared the work stopped, and so did this run. Weights are as they were before it. Call again: one thread will do all the work",
    "uma thread que dividia o trabalho parou, e com ela esta execução. Os pesos estão como antes dela. Chame de novo: uma só thread fará todo o trabalho",
  ],
  [
    "backend.tier",
    () => standingIn(process, "getBuiltinModule", undefined, () => wasmBackend({ tier: "wide" })),
    "this engine does not have the instructions of the tier 'wide'. Leave the tier out to use the best that it has",
    "este motor não tem as instruções do nível 'wide'. Não informe o nível para usar as melhores que ele tem",
  ],
  [
    "backend.missing",
    withoutEngine,
    "this engine has no WebAssembly with vectors (SIMD). The backend 'reference' works without it, more slowly",
    "este motor não tem WebAssembly com vetores (SIMD). O backend 'reference' funciona sem isso, mais devagar",
  ],
  [
    "backend.memory",
    () => compile((x: NDArray) => add(x, loose(x.T)), { backend: "wasm" })(zeros([40_000, 1]) as NDArray),
    "the program needs 12208 MB of memory, more than it can have: at most 4096 MB, where the machine has so much. Take smaller batches, or less data at once",
    "o programa precisa de 12208 MB de memória, mais do que pode ter: no máximo 4096 MB, onde a máquina os tiver. Use lotes menores, ou menos dados de uma vez",
  ],
  [
    "backend.refused",
    () => {
      class Refusing {
        constructor() {
          throw new Error("the policy forbids it");
        }
      }
      const f = compile(exp as (x: NDArray) => NDArray, { backend: "wasm" });
      return standingIn(engine, "Module", Refusing, () => f(zeros([2]) as NDArray));
    },
    "the engine refused to compile the program: the policy forbids it. A page's content security policy must allow 'wasm-unsafe-eval'; the backend 'reference' works without it, more slowly",
    "o motor recusou-se a compilar o programa: the policy forbids it. A política de segurança da página deve permitir 'wasm-unsafe-eval'; o backend 'reference' funciona sem isso, mais devagar",
  ],
];

/** All that two programs say on the console of a process which lacks something. */
function said(lacking: string, options: string): string {
  return inProcess<string[]>(`
    ${lacking};
    camada.configure({ lang: "${currentLanguage()}" });
    result = [];
    console.warn = (text) => result.push(text);
    for (const f of [camada.exp, camada.tanh]) camada.compile(f, ${options})(camada.zeros([50000]));`).join();
}

/** What is said once, while the work is done by other means. */
export const FALLBACKS: readonly Refusal[] = [
  [
    "warning.threads",
    () => said("delete globalThis.SharedArrayBuffer", "{ threads: 2 }"),
    "one thread does all the work, as this page may not share memory. Serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or set configure({ threads: 1 })",
    "uma só thread faz todo o trabalho, pois esta página não pode compartilhar memória. Sirva-a com os cabeçalhos Cross-Origin-Opener-Policy: same-origin e Cross-Origin-Embedder-Policy: require-corp, ou use configure({ threads: 1 })",
  ],
  [
    "warning.reference",
    () => said("delete globalThis.WebAssembly", "{}"),
    "WebAssembly cannot be used here, so the backend 'reference' is, which is many times slower. In a page, the content security policy must allow 'wasm-unsafe-eval'; elsewhere, take an engine that has vectors (SIMD)",
    "WebAssembly não pode ser usado aqui; por isso é usado o backend 'reference', muitas vezes mais lento. Em uma página, a política de segurança de conteúdo deve permitir 'wasm-unsafe-eval'; fora dela, use um motor que tenha vetores (SIMD)",
  ],
];
