import { buildApplication, buildRouteMap, run } from "@stricli/core";
import { configure, type Language } from "camada";
import { drawCommand } from "./commands/draw.js";
import { lessonCommand } from "./commands/lesson.js";
import { trainCommand } from "./commands/train.js";
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
      },
      docs: { brief: say("app.brief") },
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
  await run(application(lang, version), args, { process });
  // the framework's own codes are all of arguments, and negative
  if (Number(process.exitCode) < 0) process.exitCode = CODE.usage;
}
