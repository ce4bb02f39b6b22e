import { toFile } from "@camada/interop/node";
import type { Figure, Scope } from "@camada/lesson";
import { buildCommand } from "@stricli/core";
import type { Context } from "../context.js";
import { drawFigure } from "../figure.js";
import { bytesOf, type Contents, FORMATS, formatNamed, readAny } from "../formats.js";
import type { Say } from "../language.js";
import { runLesson, savedIn } from "../lessons.js";
import { optionReaders, UsageError } from "../options.js";
import { tell } from "../results.js";

/** `camada convert in.npz out.safetensors`: what is in a file, in another format. */
export function convertCommand(say: Say, version: string) {
  const read = optionReaders(say);
  return buildCommand<{ readonly draw: boolean; readonly lang?: string }, [string, string], Context>({
    docs: { brief: say("convert.brief"), fullDescription: say("convert.full") },
    parameters: {
      flags: {
        draw: { kind: "boolean", brief: say("convert.draw"), default: false },
        lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true },
      },
      positional: {
        kind: "tuple",
        parameters: [
          { brief: say("convert.in"), placeholder: "in", parse: read.existing("in") },
          { brief: say("convert.out"), placeholder: "out", parse: read.file("out") },
        ],
      },
    },
    async func({ draw }, from, to) {
      const format = formatNamed(to);
      if (format === undefined) throw new UsageError(say("convert.ending", { file: to, known: FORMATS.filter((name) => name !== "keras").map((name) => `.${name}`).join(", ") })); // biome-ignore format: one line
      const contents = readAny(from, say);
      const drawn = draw ? await drawingsOf(contents) : {};
      toFile(to, bytesOf(contents, format, say, { version, ...drawn }));
      tell(this.process.stdout, say("file.written", { file: to }));
    },
  });
}

/** Runs a lesson's cells, and draws figures of the values that they leave. */
async function drawingsOf(contents: Contents) {
  if (contents.kind !== "lesson") return {};
  const { lesson, folder } = contents;
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, scope));
  return { draw: (figure: Figure) => drawFigure(figure, scope, lesson.lang, "svg", savedIn(folder)) };
}
