import { buildCommand } from "@stricli/core";
import { type Context, canRewrite } from "../context.js";
import { type Facts, factsHere, type Measure, measure, type ProductSpeed } from "../examination.js";
import type { Say } from "../language.js";
import { optionReaders } from "../options.js";
import { CLEAR } from "../progress.js";
import { tell } from "../results.js";

interface Flags {
  readonly json: boolean;
  readonly lang?: string;
}

/** `camada doctor`: what the machine offers, what of it is used and why, and how fast it is. */
export function doctorCommand(say: Say) {
  return buildCommand<Flags, [], Context>({
    docs: { brief: say("doctor.brief"), fullDescription: say("doctor.full") },
    parameters: {
      flags: {
        json: { kind: "boolean", default: false, brief: say("doctor.json") },
        lang: { kind: "parsed", parse: optionReaders(say).language, brief: say("flag.lang"), optional: true },
      },
    },
    async func({ json }) {
      const { stdout } = this.process;
      const facts = factsHere();
      const measures: Measure[] = [];
      // a line that the next one takes the place of
      const isShown = !json && canRewrite(this);
      const wait = () => isShown && stdout.write(say("doctor.measuring"));
      const show = (line: string) => {
        if (isShown) stdout.write(CLEAR);
        if (!json) tell(stdout, line);
      };
      for (const line of factLines(facts, say)) show(line);
      wait();
      for await (const found of measure(facts)) {
        measures.push(found);
        show(measureLine(found, say));
        wait();
      }
      const advice = adviceOf(facts, measures);
      show(say("doctor.advice", { advice: say(`doctor.advice.${advice.about}`, advice.data) }));
      if (json) stdout.write(`${JSON.stringify({ ...facts, measures, advice: advice.about })}\n`);
    },
  });
}

function factLines(facts: Facts, say: Say): string[] {
  const { tiers, tier, backend, threads, wide, sharesMemory } = facts;
  const yesOrNo = (is: boolean) => say(is ? "doctor.yes" : "doctor.no");
  const flag = !tiers.includes("relaxed") && tiers.includes("simd");
  return [
    say("doctor.machine", said(facts)),
    say("doctor.engine", said(facts)),
    say("doctor.simd", { answer: yesOrNo(tiers.includes("simd")) }),
    say("doctor.relaxed", { answer: flag ? say("doctor.flag") : yesOrNo(tiers.includes("relaxed")) }),
    say("doctor.wide", { answer: say(`doctor.wide.${wide}`) }),
    say("doctor.shared", { answer: yesOrNo(sharesMemory) }),
    tier === undefined
      ? say("doctor.plain", { backend })
      : say("doctor.used", {
          ...{ backend, tier, threads },
          why: say(tier === "simd" ? "doctor.why.simd" : "doctor.why.relaxed"),
        }),
  ];
}

const said = ({ platform, architecture, cpu, cores, node, v8 }: Facts) => {
  return { platform, architecture, cpu, cores, node, v8 };
};

function measureLine(found: Measure, say: Say): string {
  if (found.measured !== "product") return say(`doctor.${found.measured}`, { time: found.time.toFixed(2) });
  const { tier, threads, float32, float64 } = found;
  const speeds = { float32: float32.toFixed(1), float64: float64.toFixed(1) };
  return say("doctor.product", { tier, threads, ...speeds });
}

/** What is less than this many times as fast is not worth an advice: machines are never quite quiet. */
const WORTH = 1.2;

interface Advice {
  readonly about: "simd" | "relaxed" | "threads" | "wide" | "none";
  readonly data?: { readonly [name: string]: string | number };
}

/** What could be better, the first of what applies. */
export function adviceOf({ tier, threads }: Facts, measures: readonly Measure[]): Advice {
  if (tier === undefined) return { about: "simd" };
  if (tier === "simd") return { about: "relaxed" };
  const products = measures.filter((found): found is ProductSpeed => found.measured === "product");
  const alone = products.find((found) => found.tier === tier && found.threads === 1)!;
  const together = products.find((found) => found.threads > 1);
  if (together !== undefined && together.float32 < WORTH * alone.float32) {
    return { about: "threads", data: { threads } };
  }
  const wide = products.find((found) => found.tier === "wide");
  if (wide !== undefined && wide.float32 > WORTH * alone.float32) {
    return { about: "wide", data: { times: (wide.float32 / alone.float32).toFixed(1) } };
  }
  return { about: "none" };
}
