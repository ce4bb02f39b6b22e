import { buildApplication, buildRouteMap, run } from "@stricli/core";
import { configure, type Language } from "camada";
import { completionCommand } from "./commands/completion.js";
import { convertCommand } from "./commands/convert.js";
import { doctorCommand } from "./commands/doctor.js";
import { drawCommand } from "./commands/draw.js";
import { exportCommand } from "./commands/export.js";
import { inspectCommand } from "./commands/inspect.js";
import { labCommand } from "./commands/lab.js";
import { lessonCommand } from "./commands/lesson.js";
import { predictCommand } from "./commands/predict.js";
import { trainCommand } from "./commands/train.js";
import { ASKED, complete } from "./completion.js";
import type { Context } from "./context.js";
import { sayIn } from "./language.js";
import { UsageError } from "./options.js";
import { frameworkText } from "./text.js";

/** What a command ends with: 1 if it did not work, and as shells do 2 if its arguments are not right. */
const CODE = { failed: 1, usage: 2 };

/** The whole command line, speaking one language. */
function application(lang: Language, currentVersion: string) {
  const say = sayIn(lang);
  return buildApplication<Context>(
    buildRouteMap({
      routes: {
        lesson: lessonCommand(lang, say),
        draw: drawCommand(lang, say),
        train: trainCommand(lang, say),
        predict: predictCommand(say),
        inspect: inspectCommand(say),
        convert: convertCommand(say, currentVersion),
        export: exportCommand(say),
        lab: labCommand(say),
        doctor: doctorCommand(say),
        completion: completionCommand(say),
      },
      docs: { brief: say("app.brief"), fullDescription: say("app.full") },
    }),
    {
      name: "camada",
      versionInfo: { currentVersion },
      scanner: { caseStyle: "allow-kebab-for-camel" },
      localization: { text: frameworkText(say) },
      determineExitCode: (error) => (error instanceof UsageError ? CODE.usage : CODE.failed),
    },
  );
}

/** Runs what the arguments ask for; the process has its exit code then. */
export async function runCamada(
  args: readonly string[],
  lang: Language,
  version: string,
  process: Context["process"],
): Promise<void> {
  configure({ lang });
  const app = application(lang, version);
  if (args[0] === ASKED) return complete(app, args.slice(1), process);
  await run(app, args, { process });
  // the framework's own codes are all of arguments, and negative
  if (Number(process.exitCode) < 0) process.exitCode = CODE.usage;
}
