import { cellsOf, type Scope } from "@camada/lesson";
import { buildCommand } from "@stricli/core";
import type { Language } from "camada";
import { type Context, hasColors } from "../context.js";
import { drawFigure } from "../figure.js";
import type { Say } from "../language.js";
import { lessonCalled, runLesson, savedBeside } from "../lessons.js";
import { optionReaders } from "../options.js";
import { indent, proseText } from "../prose.js";

const WIDTH = 76;

/** `camada lesson 03`: prints a lesson, running each cell on the way; ends with 1 if an output differs. */
export function lessonCommand(lang: Language, say: Say) {
  return buildCommand<{ readonly lang?: string }, [string], Context>({
    docs: { brief: say("lesson.brief"), fullDescription: say("lesson.full") },
    parameters: {
      flags: {
        lang: { kind: "parsed", parse: optionReaders(say).language, brief: say("flag.lang"), optional: true },
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: say("lesson.argument"), placeholder: "lesson", parse: String }],
      },
    },
    async func(_, name) {
      const lesson = lessonCalled(name, lang, say);
      const { stdout } = this.process;
      const colors = hasColors(this);
      const print = (text: string) => stdout.write(`${text}\n\n`);
      const scope: Scope = {};
      const results = runLesson(lesson, scope);
      let different = 0;
      for (const block of lesson.blocks) {
        if (block.kind === "prose" || block.kind === "exercise")
          print(proseText(block.markdown, WIDTH, colors));
        else if (block.kind === "figure")
          print(
            indent(drawFigure(block, scope, lang, colors ? "colored" : "text", savedBeside(lesson)), "  "),
          );
        else {
          print(indent(block.code, "    "));
          const { output } = (await results.next()).value as { output: string };
          if (output !== "") print(output);
          if (output === (block.output ?? "")) continue;
          different++;
          print(`${say("lesson.expected")}\n${block.output ?? ""}`);
        }
      }
      const total = cellsOf(lesson).length;
      if (different === 0) print(say("lesson.same", { count: total }).trimEnd());
      else print(say("lesson.different", { count: different, total }));
      if (different > 0) this.process.exitCode = 1;
    },
  });
}
