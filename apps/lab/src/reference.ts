import type { Language } from "camada";
import { button, h } from "./dom.js";
import { keepOffline } from "./offline.js";
import "./reference.css";

const field = document.getElementById("find") as HTMLInputElement;
const find = field.closest("p")!;
const status = find.querySelector<HTMLElement>("[role=status]")!;
const everywhere = find.querySelector<HTMLAnchorElement>("a");
const items = [...document.querySelectorAll<HTMLElement>(".names li")];
const groups = [...document.querySelectorAll<HTMLElement>(".topic, .topics")];
find.hidden = false;

const links = () => items.filter(({ hidden }) => !hidden).map((item) => item.querySelector("a")!);

/** Leaves only the names that have in them what is written, and what they stand in. */
function narrow(): void {
  const asked = field.value.trim().toLowerCase();
  document.body.classList.toggle("finding", asked !== "");
  for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(asked);
  for (const group of groups) group.hidden = group.querySelector(".names li:not([hidden])") === null;
  const count = links().length;
  status.textContent = asked === "" ? "" : status.dataset.count!.replace("{count}", String(count));
  if (everywhere === null) return;
  everywhere.hidden = asked === "";
  everywhere.search = `?find=${encodeURIComponent(field.value.trim())}`;
}

/** The likeliest of the names that are left: what is written itself, or begins with it. */
function likeliest(): HTMLAnchorElement | undefined {
  const asked = field.value.trim().toLowerCase();
  const found = links();
  const by = (test: (name: string) => boolean) => found.find((link) => test(link.textContent.toLowerCase()));
  return (
    by((name) => name === asked) ??
    by((name) => name.startsWith(asked)) ??
    found[0] ??
    everywhere ??
    undefined
  );
}

field.addEventListener("input", narrow);
find.addEventListener("keydown", ({ key }) => {
  if (key === "Enter" && document.activeElement === field && field.value !== "") likeliest()?.click();
});
document.addEventListener("keydown", (event) => {
  const found = links();
  const at = found.indexOf(document.activeElement as HTMLAnchorElement);
  if (document.activeElement !== field && at < 0) return;
  if (event.key === "ArrowDown") (found[at + 1] ?? found[0])?.focus();
  else if (event.key === "ArrowUp") (at <= 0 ? field : found[at - 1]!).focus();
  else if (event.key === "Escape" && at >= 0) field.focus();
  else return;
  event.preventDefault();
});
field.value = new URLSearchParams(location.search).get("find") ?? "";
narrow();

/** Examples that need nothing but camada run where they stand, in the worker that runs cells. */
const lang = document.documentElement.lang as Language;
for (const example of document.querySelectorAll<HTMLElement>(".example[data-uses]")) {
  const code = example.querySelector("pre")!;
  const live = h("div", { class: "live", role: "status" });
  const run = async () => {
    start.disabled = true;
    const { runExample } = await import("./examples/run.js");
    const output = await runExample(code.textContent, example.dataset.uses!, lang);
    live.replaceChildren(h("pre", {}, output));
    start.disabled = false;
  };
  const word = find.dataset.run!;
  const start = button(word, () => void run(), { "aria-label": `${word}: ${code.ariaLabel}` });
  example.append(start, live);
}

/** The other language opens at the entry that is being read, and with what is looked for. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    const above = [...document.querySelectorAll<HTMLElement>(".entry h2, .entry h3, .codes h2")].filter(
      (heading) => heading.getBoundingClientRect().top < innerHeight / 8,
    );
    link.hash = scrollY > 0 ? (above.at(-1)?.id ?? "") : "";
    link.search = everywhere === null && field.value !== "" ? `?find=${encodeURIComponent(field.value)}` : "";
  });
}
void keepOffline();
