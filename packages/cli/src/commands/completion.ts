import { buildCommand } from "@stricli/core";
import { SCRIPTS } from "../completion.js";
import type { Context } from "../context.js";
import type { Say } from "../language.js";
import { optionReaders } from "../options.js";

type Shell = keyof typeof SCRIPTS;
const SHELLS = Object.keys(SCRIPTS) as Shell[];

/** `camada completion bash`: prints what makes a shell complete camada's commands and options. */
export function completionCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<{ readonly lang?: string }, [Shell], Context>({
    docs: { brief: say("completion.brief"), fullDescription: say("completion.full") },
    parameters: {
      flags: { lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true } },
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: say("completion.shell"),
            placeholder: "shell",
            parse: read.choice("shell", SHELLS),
            proposeCompletions: () => SHELLS,
          },
        ],
      },
    },
    func(_, shell) {
      this.process.stdout.write(SCRIPTS[shell]);
    },
  });
}
