import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writePytorch } from "@camada/interop";
import { toFile } from "@camada/interop/node";
import { buildCommand } from "@stricli/core";
import type { Context } from "../context.js";
import type { Say } from "../language.js";
import { readTrained } from "../modelFile.js";
import { optionReaders } from "../options.js";
import { tell } from "../results.js";

interface Flags {
  readonly to: "pytorch";
  readonly lang?: string;
}

/** `camada export --to pytorch model.safetensors folder`: a program with the same network, data and training. */
export function exportCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<Flags, [string, string], Context>({
    docs: { brief: say("export.brief"), fullDescription: say("export.full") },
    parameters: {
      flags: {
        to: { kind: "enum", values: ["pytorch"], brief: say("export.to"), default: "pytorch" },
        lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true },
      },
      positional: {
        kind: "tuple",
        parameters: [
          { brief: say("predict.model"), placeholder: "model", parse: read.existing("model") },
          { brief: say("export.folder"), placeholder: "folder", parse: String },
        ],
      },
    },
    func(_, modelFile, folder) {
      const { model, training, preparation } = readTrained(modelFile, say);
      if (training === undefined) throw new Error(say("export.noTraining", { file: modelFile }));
      const files = writePytorch(model, { training, ...(preparation === undefined ? {} : { preparation }) });
      try {
        mkdirSync(folder, { recursive: true });
      } catch (error) {
        throw new Error(say("file.write", { file: folder, reason: (error as Error).message }));
      }
      for (const [name, bytes] of files) {
        toFile(join(folder, name), bytes);
        tell(this.process.stdout, say("file.written", { file: join(folder, name) }));
      }
    },
  });
}
