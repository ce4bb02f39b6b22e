import { buildCommand } from "@stricli/core";
import type { Context } from "../context.js";
import { readAny } from "../formats.js";
import { described, inspectionText } from "../inspection.js";
import type { Say } from "../language.js";
import { optionReaders } from "../options.js";

/** `camada inspect file`: what is in a file, whatever its format. */
export function inspectCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<{ readonly json: boolean; readonly lang?: string }, [string], Context>({
    docs: { brief: say("inspect.brief"), fullDescription: say("inspect.full") },
    parameters: {
      flags: {
        json: { kind: "boolean", brief: say("inspect.json"), default: false },
        lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true },
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: say("inspect.file"), placeholder: "file", parse: read.existing("file") }],
      },
    },
    func({ json }, file) {
      const contents = readAny(file, say);
      const { stdout } = this.process;
      stdout.write(
        json ? `${JSON.stringify(described(file, contents, say))}\n` : inspectionText(file, contents, say),
      );
    },
  });
}
