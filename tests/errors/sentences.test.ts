import { type Code, configure } from "camada";
import { afterEach, describe, expect, it } from "vitest";
import { en as arrays } from "../../packages/camada/src/errors/messages/en.js";
import { en as networks } from "../../packages/camada/src/errors/messages/networks/en.js";
import { BACKENDS, FALLBACKS } from "./backends.js";
import { DATA } from "./data.js";
import { LOSSES } from "./losses.js";
import { NETWORKS } from "./networks.js";
import { PRODUCTS } from "./products.js";
import { refusalOf } from "./refusal.js";
import { SHAPES } from "./shapes.js";
import { STREAMS } from "./streams.js";
import { TRACING } from "./tracing.js";
import { NOTICES, TRAINING } from "./training.js";
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
  training: TRAINING,
  backends: BACKENDS,
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
  "fit.inRow",
];

afterEach(() => configure({ lang: "en" }));

describe.each(Object.entries(FAMILIES))("%s", (_, refusals) => {
  it.each(refusals)("%s: %s says %s", async (code, call, english, portuguese) => {
    const error = await refusalOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toBe(english);
    expect((await refusalOf(call, "pt-BR")).message).toBe(portuguese);
  });
});

describe("notices", () => {
  it.each([...NOTICES, ...FALLBACKS])("%s: %s says %s", async (_, call, english, portuguese) => {
    expect(await call()).toBe(english);
    configure({ lang: "pt-BR" });
    expect(await call()).toBe(portuguese);
  });
});

describe("every sentence", () => {
  it("is said here", () => {
    const said = new Set<string>([
      ...[...REFUSALS, ...NOTICES, ...FALLBACKS].map(([code]) => code),
      ...PIECES,
    ]);
    expect(Object.keys(SENTENCES).filter((code) => !said.has(code))).toEqual([]);
    for (const piece of PIECES) {
      expect(
        REFUSALS.some(([, , english]) => english.includes(SENTENCES[piece]!.split("{")[0]!)),
        piece,
      ).toBe(true);
    }
  });
});
