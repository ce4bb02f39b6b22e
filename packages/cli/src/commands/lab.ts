import { buildCommand } from "@stricli/core";
import type { Context } from "../context.js";
import type { Say } from "../language.js";
import { optionReaders } from "../options.js";
import { labFolder, serve } from "../serve.js";

/** What pages keep for a person belongs to their address: so the lab has the same one each time. */
const PORT = 8033;

interface Flags {
  readonly port: number;
  readonly lang?: string;
}

/** `camada lab`: serves the lab to this machine until Ctrl-C. */
export function labCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<Flags, [], Context>({
    docs: { brief: say("lab.brief"), fullDescription: say("lab.full") },
    parameters: {
      flags: {
        port: { kind: "parsed", parse: read.port("port"), brief: say("lab.port"), default: String(PORT) },
        lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true },
      },
    },
    async func({ port }) {
      const folder = labFolder();
      if (folder === undefined) throw new Error(say("lab.missing"));
      const { server, address } = await serve(folder, port).catch((error: Error) => {
        throw new Error(say("lab.taken", { port, reason: error.message }));
      });
      this.process.stdout.write(`${say("lab.at", { address })}\n`);
      await new Promise<void>((resolve) => this.process.once("SIGINT", resolve));
      server.close();
      server.closeAllConnections();
    },
  });
}
