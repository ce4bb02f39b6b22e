import { CamadaError, type Code, configure, type Language } from "camada";
import { afterEach, describe, expect, it } from "vitest";
import { en as arrays } from "../../packages/camada/src/errors/messages/en.js";
import { en as networks } from "../../packages/camada/src/errors/messages/networks/en.js";
import { DATA } from "./data.js";
import { LOSSES } from "./losses.js";
import { NETWORKS } from "./networks.js";
import { PRODUCTS } from "./products.js";
import { SHAPES } from "./shapes.js";
import { STREAMS } from "./streams.js";
import { TRACING } from "./tracing.js";
import { VALUES } from "./values.js";

/** Every sentence, thrown by a real call, as a person reads it. */
const FAMILIES = {
  products: PRODUCTS,
  shapes: SHAPES,
  values: VALUES,
  streams: STREAMS,
  tracing: TRACING,
  data: DATA,
  networks: NETWORKS,
  losses: LOSSES,
};
const REFUSALS = Object.values(FAMILIES).flat();

const SENTENCES: { readonly [code: string]: string } = { ...arrays, ...networks };

/** Sentences that are only said within others. */
const PIECES: readonly Code[] = [
  "remedy.none",
  "remedy.transposeSecond",
  "remedy.oneObservation",
  "remedy.expandTargets",
  "remedy.squeezeTargets",
  "remedy.outputs",
  "remedy.observations",
  "count.none",
];

function thrown(call: () => unknown, lang: Language): CamadaError {
  configure({ lang });
  try {
    call();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

afterEach(() => configure({ lang: "en" }));

describe.each(Object.entries(FAMILIES))("%s", (_, refusals) => {
  it.each(refusals)("%s: %s says %s", (code, call, english, portuguese) => {
    const error = thrown(call, "en");
    expect(error.code).toBe(code);
    expect(error.message).toBe(english);
    expect(thrown(call, "pt-BR").message).toBe(portuguese);
  });
});

describe("every sentence", () => {
  it("is said here", () => {
    const said = new Set<string>([...REFUSALS.map(([code]) => code), ...PIECES]);
    expect(Object.keys(SENTENCES).filter((code) => !said.has(code))).toEqual([]);
    for (const piece of PIECES) {
      expect(
        REFUSALS.some(([, , english]) => english.includes(SENTENCES[piece]!)),
        piece,
      ).toBe(true);
    }
  });
});
