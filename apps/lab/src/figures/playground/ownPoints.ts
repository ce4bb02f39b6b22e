import type { Language } from "camada";
import { button, h } from "../../dom.js";
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
