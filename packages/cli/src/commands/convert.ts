import { toFile } from "@camada/interop/node";
import { buildCommand } from "@stricli/core";
import type { Context } from "../context.js";
import { bytesOf, FORMATS, formatNamed, readAny } from "../formats.js";
import type { Say } from "../language.js";
import { optionReaders, UsageError } from "../options.js";
import { tell } from "../results.js";

/** `camada convert in.npz out.safetensors`: what is in a file, in another format. */
export function convertCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<{ readonly lang?: string }, [string, string], Context>({
    docs: { brief: say("convert.brief"), fullDescription: say("convert.full") },
    parameters: {
      flags: { lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true } },
      positional: {
        kind: "tuple",
        parameters: [
          { brief: say("convert.in"), placeholder: "in", parse: read.existing("in") },
          { brief: say("convert.out"), placeholder: "out", parse: read.file("out") },
        ],
      },
    },
    func(_, from, to) {
      const format = formatNamed(to);
      if (format === undefined) throw new UsageError(say("convert.ending", { file: to, known: FORMATS.filter((name) => name !== "keras").map((name) => `.${name}`).join(", ") })); // biome-ignore format: one line
      toFile(to, bytesOf(readAny(from, say), format, say));
      tell(this.process.stdout, say("file.written", { file: to }));
    },
  });
}
