import type { Language } from "camada";
import { button, h } from "../dom.js";
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

/** A button that asks for a file and gives its text. */
function fileButton(text: string, accept: string, take: (content: string) => void): HTMLElement[] {
  const input = h("input", { type: "file", accept, hidden: true, tabindex: "-1" });
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    input.value = "";
    if (file !== undefined) take(await file.text());
  });
  return [button(text, () => input.click()), input];
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
      button(say(lang, "work.backup"), () =>
        download(`${name()}.camada.json`, "application/json", JSON.stringify(keeper().saved, null, 1)),
      ),
      ...fileButton(say(lang, "work.restore"), ".json", (content) => {
        const saved = parsed(content);
        if (saved === null) return tell("work.refused");
        if (saved.lesson !== keeper().info.id) return tell("work.other");
        keeper().take(saved);
        tell("work.restored");
      }),
      button(say(lang, "work.reset"), () => {
        if (confirm(say(lang, "work.reset.sure"))) keeper().take(nothing(keeper().info.id));
      }),
    ),
    h("p", {}, status),
  );
  return tell;
}

function parsed(content: string) {
  try {
    return readSaved(JSON.parse(content));
  } catch {
    return null;
  }
}
