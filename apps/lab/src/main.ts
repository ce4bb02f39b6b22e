import type { CompiledCell } from "@camada/lesson";
import type { Language } from "camada";
import { mountFigures } from "./figures/index.js";
import { say } from "./messages/index.js";
import { Runner } from "./runner.js";
import type { Outcome } from "./worker.js";

const lang = document.documentElement.lang as Language;
const cells = JSON.parse(document.getElementById("cells")!.textContent!) as CompiledCell[];
const runAll = document.getElementById("run-all") as HTMLButtonElement;
const summary = document.getElementById("summary")!;
const runner = new Runner(lang);
const done = new Set<number>();
let busy: AbortController | null = null;

const section = (at: number) => document.getElementById(`cell-${cells[at]!.id}`)!;
const button = (at: number) => section(at).querySelector<HTMLButtonElement>(".run")!;
const live = (at: number) => section(at).querySelector<HTMLElement>(".live")!;

/** Runs the cells of `order` one after the other; `pressed` stops them meanwhile. */
async function run(order: readonly number[], pressed: HTMLButtonElement): Promise<void> {
  const stop = new AbortController();
  busy = stop;
  const all = pressed === runAll;
  const number = all ? 0 : Number(pressed.closest<HTMLElement>(".cell")!.dataset.cell);
  label(pressed, say(lang, "stop"), all ? null : say(lang, "stop.cell", { number }));
  summary.textContent = all ? say(lang, "running") : "";
  let different = 0;
  for (const at of order) {
    live(at).replaceChildren(line(say(lang, "running"), "label"));
    const outcome = await runner.run(cells[at]!, stop.signal).catch((error: unknown) => String(error));
    if (outcome === null || typeof outcome === "string") {
      done.clear();
      const said = outcome === null ? say(lang, "stopped") : say(lang, "broken", { reason: outcome });
      live(at).replaceChildren(line(said, "label"));
      summary.textContent = all ? said : "";
      different = -1;
      break;
    }
    done.add(at);
    if (!show(at, outcome)) different++;
  }
  if (all && different >= 0) {
    const [count, total] = [different || cells.length, cells.length];
    summary.textContent = say(lang, different === 0 ? "all.same" : "all.different", { count, total });
  }
  label(pressed, say(lang, all ? "run.all" : "run"), all ? null : say(lang, "run.cell", { number }));
  busy = null;
}

/** Shows an output beside the saved one, and returns whether it is the same. */
function show(at: number, { output, failed, cut }: Outcome): boolean {
  const same = output === (cells[at]!.output ?? "") && !cut;
  const verdict = document.createElement("strong");
  verdict.className = same ? "same" : "different";
  verdict.textContent = say(lang, same ? "same" : "different");
  const heading = line(`${say(lang, "output.live")}: `, "label");
  heading.append(verdict);
  const text = document.createElement("pre");
  text.textContent = output;
  text.tabIndex = 0;
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", say(lang, "output.live"));
  text.classList.toggle("error", failed);
  const said = output === "" ? line(say(lang, "nothing"), "label") : text;
  live(at).replaceChildren(heading, said, ...(cut ? [line(say(lang, "cut"), "label")] : []));
  return same;
}

function line(text: string, kind: string): HTMLElement {
  const p = document.createElement("p");
  p.textContent = text;
  p.className = kind;
  return p;
}

function label(target: HTMLButtonElement, text: string, full: string | null): void {
  target.textContent = text;
  if (full !== null) target.setAttribute("aria-label", full);
}

function press(pressed: HTMLButtonElement, order: () => number[]): void {
  pressed.addEventListener("click", () => {
    if (busy !== null) busy.abort();
    else void run(order(), pressed);
  });
}

const indices = cells.map((_, at) => at);
press(runAll, () => indices);
// A cell needs what the cells above it make: those that have not run yet run first.
for (const at of indices)
  press(button(at), () => indices.filter((i) => i === at || (i < at && !done.has(i))));
for (const tools of document.querySelectorAll<HTMLElement>("[hidden]")) tools.hidden = false;

mountFigures(lang);

/** The other language opens at the cell that is being read. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    const above = indices.filter((at) => section(at).getBoundingClientRect().top < innerHeight / 2);
    const at = above.at(-1);
    link.hash = scrollY > 0 && at !== undefined ? section(at).id : "";
  });
}
