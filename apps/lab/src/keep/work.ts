import type { Language } from "camada";
import { filesFromJson } from "../data/own.js";
import { button, fileButton, h } from "../dom.js";
import { type Message, say } from "../messages/index.js";
import type { Keeper } from "./keeper.js";
import { nothing, readSaved } from "./saved.js";

/** Hands the reader a file. */
function download(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
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
      button(say(lang, "report"), () =>
        download(`${name()}.html`, "text/html", report(student.value.trim() || say(lang, "report.nobody"))),
      ),
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
