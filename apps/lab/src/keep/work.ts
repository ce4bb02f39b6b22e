import type { Language } from "camada";
import { filesFromJson } from "../data/own.js";
import { button, download, fileButton, h } from "../dom.js";
import { type Message, say } from "../messages/index.js";
import type { Keeper } from "./keeper.js";
import { nothing, readSaved } from "./saved.js";

/** Who the report is of, as the page says. */
export function studentIn(lang: Language): string {
  const { value } = document.getElementById("student") as HTMLInputElement;
  return value.trim() || say(lang, "report.nobody");
}

/** The part of the page in which the reader's work is kept, taken away and brought back. */
export function showWork(
  place: HTMLElement,
  lang: Language,
  keeper: () => Keeper,
  report: (student: string) => string,
): (message: Message) => void {
  const status = h("span", { role: "status", class: "label" });
  const tell = (message: Message) => {
    const text = say(lang, message);
    if (status.textContent !== text) status.textContent = text;
  };
  const name = () => `${keeper().info.id}.${lang}`;
  const student = h("input", { type: "text", id: "student", autocomplete: "name" });
  place.append(
    h(
      "p",
      { class: "tools" },
      h("label", { for: "student" }, say(lang, "report.student")),
      student,
      button(say(lang, "report"), () => download(`${name()}.html`, "text/html", report(studentIn(lang)))),
    ),
    h(
      "p",
      { class: "tools" },
      button(say(lang, "work.backup"), async () =>
        download(`${name()}.camada.json`, "application/json", await keeper().backup()),
      ),
      ...fileButton(say(lang, "work.restore"), ".json", async (file) => {
        const backup = parsed(await file.text());
        if (backup === null) return tell("work.refused");
        if (backup.saved.lesson !== keeper().info.id) return tell("work.other");
        keeper().take(backup.saved, backup.files);
        tell("work.restored");
      }),
      button(say(lang, "work.reset"), () => {
        if (confirm(say(lang, "work.reset.sure"))) keeper().take(nothing(keeper().info.id), []);
      }),
    ),
    h("p", {}, status),
  );
  return tell;
}

function parsed(content: string) {
  try {
    const value = JSON.parse(content);
    const [saved, files] = [readSaved(value), filesFromJson(value?.files)];
    return saved && files && { saved, files };
  } catch {
    return null;
  }
}
