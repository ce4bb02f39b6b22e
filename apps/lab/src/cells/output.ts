import { tableHtml } from "@camada/figures";
import type { Language } from "camada";
import { h } from "../dom.js";
import { type Message, say } from "../messages/index.js";
import type { Picture } from "../running/pictures.js";
import type { Outcome } from "../running/worker.js";

const causes = { memory: "cause.memory", recursion: "cause.recursion" } satisfies Record<string, Message>;

/** What a run gave, as elements; `same` says whether it is the saved output, where that can be said. */
export function outputOf(
  { output, failed, cut, cause, pictures }: Outcome,
  same: boolean | null,
  lang: Language,
): HTMLElement[] {
  const line = (text: string) => h("p", { class: "label" }, text);
  const heading = line(say(lang, "output.live"));
  if (same !== null) {
    const verdict = h("strong", { class: same ? "same" : "different" });
    verdict.textContent = say(lang, same ? "same" : "different");
    heading.append(": ", verdict);
  }
  const label = say(lang, "output.live");
  const text = h(
    "pre",
    { tabindex: "0", role: "group", "aria-label": label, class: failed ? "error" : null },
    output,
  );
  return [
    heading,
    output === "" ? line(say(lang, "nothing")) : text,
    ...(cause === null ? [] : [line(say(lang, causes[cause]))]),
    ...(cut ? [line(say(lang, "cut"))] : []),
    ...picturesOf(pictures, failed && same !== true, lang),
  ];
}

/** Pictures wait to be opened; that of an error which the lesson does not expect is there at once. */
function picturesOf(pictures: readonly Picture[], open: boolean, lang: Language): HTMLElement[] {
  if (pictures.length === 0) return [];
  const figures = pictures.map((picture) => pictureOf(picture, lang));
  if (open) return figures;
  const summary = h("summary", {}, say(lang, "pictures", { count: figures.length }));
  return [h("details", { class: "pictures" }, summary, ...figures)];
}

/** A drawing that the runner made, and the table behind it. */
export function pictureOf({ svg, table }: Picture, lang: Language): HTMLElement {
  const figure = h("figure", {});
  figure.innerHTML = svg;
  const data = h("details", {}, h("summary", {}, say(lang, "figure.data")));
  data.insertAdjacentHTML("beforeend", tableHtml(table));
  figure.append(data);
  return figure;
}
