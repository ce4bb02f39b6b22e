import type { Language } from "camada";
import { asking } from "../../data/client.js";
import type { Choice, TablePoints } from "../../data/points.js";
import { button, fileButton, h } from "../../dom.js";
import { say } from "../messages/index.js";
import { MOST, type OwnPoint } from "./settings.js";

/**
 * The learner's own points as a table, where each can be removed, and a form that adds one: what a click in the
 * drawing does, for the keyboard too.
 */
export function ownPointsOf(
  lang: Language,
  change: (points: readonly OwnPoint[]) => void,
): {
  readonly element: HTMLElement;
  /** The class that the next point gets, from 0. */
  next(): number;
  show(points: readonly OwnPoint[]): void;
} {
  let points: readonly OwnPoint[] = [];
  const field = (value: number) => h("input", { type: "number", min: -1.1, max: 1.1, step: 0.05, value });
  const [x, y] = [field(0), field(0)];
  const label = h(
    "select",
    {},
    ...Array.from({ length: MOST.classes }, (_, k) => h("option", { value: k }, String(k + 1))),
  );
  const next = (): number => Number(label.value);
  const add = (): void => {
    const [px, py] = [x.valueAsNumber, y.valueAsNumber];
    if (Math.abs(px) <= 1.1 && Math.abs(py) <= 1.1) change([...points, [px, py, next()]]);
  };
  const labeled = (text: string, control: HTMLElement) => h("label", {}, `${text} `, control);
  const rows = h("tbody");
  const head = ["x", "y", say(lang, "play.class"), ""].map((text) => h("th", { scope: "col" }, text));
  // the last column has a name only for who does not see its buttons
  head[3]!.append(h("span", { class: "unseen" }, say(lang, "play.remove")));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...head)), rows);
  const list = h(
    "details",
    {},
    h("summary", {}, say(lang, "play.points")),
    h("div", { class: "scroll" }, table),
  );
  const read = h("p", { role: "status", class: "label" });
  const columns = h("p", { class: "figure-tools" });
  let asked = 0;
  /** Takes points from a table on the reader's disk, and lets other columns of it be chosen. */
  const take = async (file: File, choice: Choice): Promise<void> => {
    const mine = ++asked;
    const found = await asking(async (reader) => reader.points(file, choice, MOST.own, MOST.classes, lang));
    // another file or column may have been chosen meanwhile
    if (mine !== asked) return;
    if (found === null || typeof found === "string") {
      read.textContent = found ?? say(lang, "play.fileNone", { file: file.name, classes: MOST.classes });
      columns.replaceChildren();
      return;
    }
    change(found.points);
    read.textContent = say(lang, "play.fileTaken", factsOf(found, file.name));
    const focused = columns.querySelector(":focus")?.getAttribute("data-name");
    const pick = (name: keyof Choice, chosen: string, known: readonly string[]) => {
      const options = known.map((column) => h("option", { selected: column === chosen }, column));
      return h("select", { "data-name": name }, ...options);
    };
    const picks = {
      x: pick("x", found.x.column, found.numbers),
      y: pick("y", found.y.column, found.numbers),
      label: pick("label", found.label, found.labels),
    };
    const again = () => take(file, { x: picks.x.value, y: picks.y.value, label: picks.label.value });
    for (const select of Object.values(picks)) select.addEventListener("change", () => void again());
    columns.replaceChildren(
      labeled("x", picks.x),
      labeled("y", picks.y),
      labeled(say(lang, "play.class"), picks.label),
    );
    columns.querySelector<HTMLElement>(`[data-name="${focused}"]`)?.focus();
  };
  const element = h(
    "div",
    { class: "own-points" },
    h("p", { class: "label" }, say(lang, "play.click")),
    h(
      "p",
      { class: "figure-tools" },
      labeled(say(lang, "play.class"), label),
      labeled("x", x),
      labeled("y", y),
      button(say(lang, "play.add"), add),
      button(say(lang, "play.clear"), () => change([])),
    ),
    h("p", { class: "label" }, say(lang, "play.fileAbout", { most: MOST.own })),
    h("p", { class: "figure-tools" }, ...fileButton(say(lang, "play.file"), ".csv,.tsv,.txt,text/csv", (file) => void take(file, {}))), // biome-ignore format: one line
    read,
    columns,
    list,
  );
  const show = (now: readonly OwnPoint[]): void => {
    points = now;
    rows.replaceChildren(
      ...now.map(([px, py, k], i) => {
        const remove = button("×", () => change(points.toSpliced(i, 1)), {
          "aria-label": `${say(lang, "play.remove")} ${i + 1}`,
        });
        const cells = [String(px), String(py), String(k + 1), remove];
        return h("tr", {}, ...cells.map((cell) => h("td", {}, cell)));
      }),
    );
  };
  return { element, next, show };
}

function factsOf({ points, rows, x, y, label, classes }: TablePoints, file: string) {
  const short = (value: number) => Number(value.toPrecision(4));
  return {
    file,
    count: points.length,
    rows,
    x: x.column,
    xLow: short(x.low),
    xHigh: short(x.high),
    y: y.column,
    yLow: short(y.low),
    yHigh: short(y.high),
    label,
    classes: classes.map((name, i) => `${i + 1} ${name}`).join(", "),
  };
}
