import { type BackendChoice, useBackend, useThreads } from "./backends/registry.js";
import { type Language, useCatalog } from "./errors/catalog.js";
import { en } from "./errors/messages/en.js";
import { en as networksEn } from "./errors/messages/networks/en.js";
import { ptBR as networksPtBR } from "./errors/messages/networks/pt-BR.js";
import { ptBR } from "./errors/messages/pt-BR.js";
import { NetworkError } from "./errors/network.js";
import { type Callback, useCallbacks } from "./train/callbacks.js";

const CATALOGS = {
  en: { arrays: en, networks: networksEn },
  "pt-BR": { arrays: ptBR, networks: networksPtBR },
} as const;

/** What the whole library is set to. */
export interface Configuration {
  /** The language of every sentence: English unless set. */
  readonly lang?: Language;
  /**
   * What runs compiled functions and networks where they do not say: "wasm" unless set, or "reference" where no
   * WebAssembly can be compiled, by the engine or by a page's policy, of which the console is told once.
   */
  readonly backend?: BackendChoice;
  /**
   * How many threads share the work where it is not said: as many as the machine has unless set. In a page that is
   * not isolated from other origins there is one, of which the console is told once.
   */
  readonly threads?: number;
  /** Told of every training, before its own callbacks: so a page shows, and may end, what trains in it. */
  readonly callbacks?: readonly Callback[];
}

/**
 * Sets up the library; what is not given stays as it is.
 * @throws CamadaError `backend.unknown`, `value.choice`, `value.integer`, `value.positive`
 * @example
 * configure({ lang: "pt-BR" });
 */
export function configure({ lang, backend, threads, callbacks }: Configuration): void {
  if (lang !== undefined && !Object.hasOwn(CATALOGS, lang)) {
    throw new NetworkError("value.choice", {
      op: "configure",
      name: "lang",
      value: `'${lang}'`,
      known: Object.keys(CATALOGS),
    });
  }
  if (threads !== undefined) useThreads(threads);
  if (backend !== undefined) useBackend(backend);
  if (callbacks !== undefined) useCallbacks(callbacks);
  if (lang === undefined) return;
  const { arrays, networks } = CATALOGS[lang];
  useCatalog(lang, arrays, networks);
}
