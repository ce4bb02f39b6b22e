import { buildApplication, buildRouteMap } from "@stricli/core";
import type { Language } from "camada";
import { drawCommand } from "./commands/draw.js";
import { lessonCommand } from "./commands/lesson.js";
import { sayIn } from "./language.js";
import { frameworkText } from "./text.js";

/** The whole command line, speaking one language. */
export function application(lang: Language, currentVersion: string) {
  const say = sayIn(lang);
  return buildApplication(
    buildRouteMap({
      routes: { lesson: lessonCommand(lang, say), draw: drawCommand(lang, say) },
      docs: { brief: say("app.brief") },
    }),
    {
      name: "camada",
      versionInfo: { currentVersion },
      scanner: { caseStyle: "allow-kebab-for-camel" },
      localization: { text: frameworkText(say) },
    },
  );
}
