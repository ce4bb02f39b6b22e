import {
  formulaHtml,
  fromPlain,
  type PlainArray,
  type ProductOptions,
  productFigure,
  productFormula,
  productTable,
  tableHtml,
} from "@camada/figures";
import { button, h } from "../dom.js";
import { arrow, onWidth, placeUnder, replaceDrawing, stillness } from "./dom.js";
import type { FigureOptions } from "./index.js";
import { say } from "./messages/index.js";

/** What a living product is made of. */
export interface ProductData {
  readonly left: PlainArray;
  readonly right: PlainArray;
  readonly biases?: PlainArray;
  readonly labels: { readonly left?: string; readonly right?: string; readonly result?: string };
}

/**
 * The product, step by step: a row meets a column, and the formula of what they give stands below. The second
 * matrix can be transposed, so that a wrong product comes right, and a right one wrong.
 */
export function mount(figure: HTMLElement, { lang, data }: FigureOptions): () => void {
  const given = data as ProductData;
  const id = `${figure.id || "product"}-live`;
  let { right, labels } = given;
  let step: readonly [number, number] = [0, 0];
  let width = 530;
  const options = (): ProductOptions => ({
    left: fromPlain(given.left),
    right: fromPlain(right),
    ...(given.biases === undefined ? {} : { biases: fromPlain(given.biases) }),
    labels,
    lang,
    step,
    id,
    width,
  });

  const drawing = h("div", {
    class: "drawing",
    tabindex: 0,
    role: "group",
    "aria-label": say(lang, "product.keys"),
  });
  const place = h("p", { class: "label" });
  const formula = h("div", { class: "formula-now" });
  const said = h("div", { "aria-live": "polite" }, place, formula);
  const turn = button("", () => transpose());
  const tools = h(
    "p",
    { class: "figure-tools" },
    button(say(lang, "previous"), () => go(-1)),
    button(say(lang, "next"), () => go(1)),
    turn,
  );
  const table = figure.querySelector("details > .scroll");

  const draw = (): void => {
    const [row, column] = step;
    drawing.innerHTML = productFigure(options());
    place.textContent = say(lang, "product.place", { row: row + 1, column: column + 1 });
    formula.innerHTML = formulaHtml(productFormula(options(), row, column), lang);
    turn.textContent = say(lang, "product.transpose", { label: labels.right ?? "" }).trim();
  };
  const showTable = (): void => {
    const fresh = h("div");
    fresh.innerHTML = tableHtml(productTable(options()));
    table?.replaceChildren(...fresh.firstElementChild!.childNodes);
  };

  const size = () => [given.left.shape[0]!, right.shape[1]!] as const;
  const move = (rows: number, columns: number): void => {
    const [height, length] = size();
    step = [(step[0] + rows + height) % height, (step[1] + columns + length) % length];
    draw();
  };
  /** To the next place in reading order, or the one before. */
  const go = (by: 1 | -1): void => {
    const [height, length] = size();
    const at = (step[0] * length + step[1] + by + height * length) % (height * length);
    step = [Math.floor(at / length), at % length];
    draw();
  };
  const transpose = (): void => {
    const before = places(drawing);
    right = transposed(right);
    const name = labels.right ?? "";
    labels = { ...labels, right: name.endsWith(".T") ? name.slice(0, -2) : `${name}.T` };
    step = [step[0], Math.min(step[1], right.shape[1]! - 1)];
    draw();
    showTable();
    if (!stillness()) animate(before, drawing);
  };

  drawing.addEventListener("keydown", (event) => {
    const way = arrow(event);
    if (way === null) return;
    event.preventDefault();
    move(...way);
  });
  drawing.addEventListener("click", (event) => {
    const [name, i, j] = placeUnder(event) ?? [""];
    if (name === "left") step = [i!, step[1]];
    else if (name === "right" || name === "biases") step = [step[0], j!];
    else if (name === "result") step = [i!, j!];
    else return;
    draw();
  });

  const restore = replaceDrawing(figure, drawing, tools, said);
  const unwatch = onWidth(drawing, (now) => {
    width = Math.max(now / 1.05, 290);
    draw();
  });
  draw();
  showTable();
  return () => {
    unwatch();
    restore();
  };
}

function transposed({ shape, names, values }: PlainArray): PlainArray {
  const rows = values as number[][];
  return {
    shape: [...shape].reverse(),
    names: names && [...names].reverse(),
    values: rows[0]!.map((_, j) => rows.map((row) => row[j]!)),
  };
}

/** Where the values of the second matrix stand on the page. */
function places(drawing: Element): Map<string, DOMRect> {
  const values = drawing.querySelectorAll('[data-at^="right "]');
  return new Map([...values].map((value) => [value.getAttribute("data-at")!, value.getBoundingClientRect()]));
}

/** Lets each value glide from where it stood before its matrix was transposed to where it stands now. */
function animate(before: ReadonlyMap<string, DOMRect>, drawing: Element): void {
  const svg = drawing.querySelector("svg")!;
  const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
  for (const value of svg.querySelectorAll('[data-at^="right "]')) {
    const [name, i, j] = value.getAttribute("data-at")!.split(" ");
    const from = before.get(`${name} ${j} ${i}`);
    if (from === undefined) continue;
    const to = value.getBoundingClientRect();
    const shift = `translate(${(from.x - to.x) * scale}px, ${(from.y - to.y) * scale}px)`;
    value.animate([{ transform: shift }, { transform: "none" }], { duration: 700, easing: "ease-in-out" });
  }
}
