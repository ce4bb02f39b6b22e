import type { Language } from "camada";
import { element } from "../dom.js";
import { type Message, say } from "../messages/index.js";
import type { Outcome } from "../running/worker.js";

const causes = { memory: "cause.memory", recursion: "cause.recursion" } satisfies Record<string, Message>;

/** What a run gave, as elements; `same` says whether it is the saved output, where that can be said. */
export function outputOf(
  { output, failed, cut, cause }: Outcome,
  same: boolean | null,
  lang: Language,
): HTMLElement[] {
  const line = (text: string) => element("p", { class: "label" }, text);
  const heading = line(say(lang, "output.live"));
  if (same !== null) {
    const verdict = element("strong", { class: same ? "same" : "different" });
    verdict.textContent = say(lang, same ? "same" : "different");
    heading.append(": ", verdict);
  }
  const label = say(lang, "output.live");
  const text = element(
    "pre",
    { tabindex: "0", role: "group", "aria-label": label, class: failed ? "error" : null },
    output,
  );
  return [
    heading,
    output === "" ? line(say(lang, "nothing")) : text,
    ...(cause === null ? [] : [line(say(lang, causes[cause]))]),
    ...(cut ? [line(say(lang, "cut"))] : []),
  ];
}
