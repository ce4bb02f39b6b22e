import type { Scope } from "@camada/lesson";
import { buildCommand, type CommandContext } from "@stricli/core";
import { type Language, random } from "camada";
import { drawFigure, drawNetwork, type Form } from "../figure.js";
import { writeText } from "../files.js";
import type { Say } from "../language.js";
import { figuresOf, findLesson, runLesson, savedBeside } from "../lessons.js";
import { optionReaders } from "../options.js";

interface Flags {
  readonly cell?: string;
  readonly kind?: string;
  readonly out?: string;
  readonly text: boolean;
  readonly seed: number;
  readonly lang?: string;
}

/** `camada draw 03 --cell wrong-product --out product.svg`: a figure, to a file or to the terminal. */
export function drawCommand(lang: Language, say: Say) {
  const read = optionReaders(say);
  const optional = { kind: "parsed", parse: String, optional: true } as const;
  return buildCommand({
    docs: { brief: say("draw.brief"), fullDescription: say("draw.full") },
    parameters: {
      flags: {
        cell: { ...optional, brief: say("draw.cell") },
        kind: { ...optional, brief: say("draw.kind") },
        out: { ...optional, brief: say("draw.out") },
        text: { kind: "boolean", brief: say("draw.text"), default: false },
        seed: { kind: "parsed", parse: read.seed("seed"), brief: say("draw.seed"), default: "0" },
        lang: { ...optional, parse: read.language, brief: say("flag.lang") },
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: say("draw.argument"), placeholder: "what", parse: String }],
      },
      aliases: { o: "out" },
    },
    async func(this: CommandContext, { cell, kind, out, text, seed }: Flags, what: string): Promise<void> {
      const form: Form = text ? "text" : "svg";
      const drawing = /^\d+(,\d+)+$/.test(what)
        ? drawNetwork({ layers: randomLayers(what.split(",").map(Number), seed), lang }, form)
        : await lessonFigure(what, { cell, kind }, lang, form, say);
      if (out === undefined) this.process.stdout.write(`${drawing}\n`);
      else {
        writeText(out, drawing, say);
        this.process.stdout.write(`${say("file.written", { file: out })}\n`);
      }
    },
  });
}

/** Weights for layers of these sizes, small ones from a seed. */
function randomLayers(sizes: readonly number[], seed: number) {
  const rng = random.defaultRng(seed);
  return sizes.slice(1).map((neurons, i) => ({
    weights: rng.standardNormal([neurons, sizes[i]!]).named("neuron", "feature"),
    biases: rng.standardNormal([neurons]),
  }));
}

async function lessonFigure(
  name: string,
  { cell, kind }: { readonly cell: string | undefined; readonly kind: string | undefined },
  lang: Language,
  form: Form,
  say: Say,
) {
  const lesson = findLesson(name, lang);
  if (lesson === undefined) throw new Error(say("draw.sizes", { sizes: name }));
  const figures = figuresOf(lesson);
  const figure = figures.find((one) => (cell ?? one.of) === one.of && (kind ?? one.figure) === one.figure);
  if (figure === undefined) {
    throw new Error(
      say("draw.noFigure", {
        cell: [cell, kind].filter(Boolean).join(", "),
        known: figures.map(({ of, figure }) => `${of} (${figure})`).join(", "),
      }),
    );
  }
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, scope));
  return drawFigure(figure, scope, lang, form, savedBeside(lesson));
}
