import {
  type Axis,
  axisName,
  kindOf,
  type Matrix,
  markOf,
  pick,
  showAxes,
  showAxis,
  showNumber,
} from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { type Kind, type Mark, style } from "./palette.js";
import { type ProductOptions, readProduct } from "./product.js";
import { el, page, type Svg, safeId, wrap } from "./svg.js";

const row = 30;
const glyph = 9.1;
const top = 68;
const margin = 8;
const gap = 34;
const signs = 16;

interface Block {
  readonly svg: (x: number, y: number) => Svg;
  /** How far below its top its numbers begin: blocks on a line stand at one height. */
  readonly head: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Two matrices and their product, side by side, as SVG: a color and a dash for each feature and neuron, and
 * pairs that would be multiplied wrongly outlined in dashed red, with the reason.
 * @throws FigureError for anything but matrices
 * @example
 * const batch = array([[0.47, 0.42]], ["batch", "feature"]);
 * const weights = array([[0.42, -0.22], [-0.04, 0.03]], ["neuron", "feature"]);
 * productFigure({ left: batch, right: weights.T, lang: "en" });
 */
export function productFigure(o: ProductOptions): string {
  const p = readProduct(o);
  const { lang } = o;
  const bad = p.wrong !== null;
  const [i, j] = o.step ?? [null, null];
  const block = (
    name: keyof typeof p.labels,
    bad: Look["bad"],
    row: number | null,
    column: number | null,
  ) => {
    const m = p[name]!;
    const step = o.step === undefined ? null : { name, row, column };
    return matrixBlock(m, { label: p.labels[name], axes: showAxes(m, lang), bad, step }, lang);
  };
  const biases = p.biases && biasesBlock(p.biases, p.right.columns, j, lang, o.step !== undefined);
  const terms = [
    { sign: "", block: block("left", bad ? "columns" : null, i, null) },
    { sign: "·", block: block("right", bad ? "rows" : null, null, j) },
    ...(biases === null ? [] : [{ sign: "+", block: biases }]),
    { sign: "=", block: bad ? impossible(say(lang, "product.impossible")) : block("result", null, i, j) },
  ];
  const blocks = terms.map(({ block }) => block);
  const lines = linesOf(blocks, (o.width ?? Number.POSITIVE_INFINITY) - 2 * margin - signs);
  // where lines begin with a sign, all are set in by its width
  const indent = lines.length > 1 ? signs : 0;
  const drawn: Svg[] = [];
  let [y, width] = [4, 0];
  for (const line of lines) {
    const head = Math.max(...line.map((block) => block.head));
    let x = margin + indent;
    for (const block of line) {
      const { sign } = terms[blocks.indexOf(block)]!;
      const at = block === line[0] ? { x: margin, y: y + 14 } : { x: x - gap / 2 - 4, y: y + head + 40 };
      if (sign !== "") drawn.push(el("text", { ...at, class: "label" }, sign));
      drawn.push(block.svg(x, y + head - block.head));
      width = Math.max(width, x + block.width + margin);
      x += block.width + gap;
    }
    y += Math.max(...line.map((block) => head - block.head + block.height)) + 14;
  }
  let height = y - 14;
  if (p.wrong !== null) {
    width = Math.max(width, 330);
    const words = wrap(p.wrong, Math.floor((width - 2 * margin) / 7.2));
    words.forEach((text, i) => {
      drawn.push(el("text", { x: margin, y: height + 24 + i * 20, class: "say wrong" }, text));
    });
    height += 24 + words.length * 20;
  }
  const id = safeId(o.id ?? "product");
  const { title, description } = p;
  return page(
    { id, width, height: height + 8, lang, title, description, theme: o.theme ?? "auto" },
    ...drawn,
  );
}

/** Blocks on lines of at most this width, as words are. */
function linesOf(blocks: readonly Block[], most: number): Block[][] {
  const lines: Block[][] = [];
  let used = 0;
  for (const block of blocks) {
    used += gap + block.width;
    const line = lines.at(-1);
    if (line !== undefined && used <= most) line.push(block);
    else {
      lines.push([block]);
      used = block.width;
    }
  }
  return lines;
}

/** How a matrix is shown: which axis is wrong, and what of it is looked at. */
interface Look {
  readonly label: string;
  readonly axes: string;
  readonly bad: "rows" | "columns" | null;
  readonly step: {
    readonly name: string;
    readonly row: number | null;
    readonly column: number | null;
  } | null;
}

/** A bias for each neuron, as one row. */
function biasesBlock(
  values: readonly number[],
  columns: Axis,
  column: number | null,
  lang: Lang,
  stepped: boolean,
): Block {
  const m: Matrix = { rows: { name: null, size: 1 }, columns, values: [values] };
  const step = stepped ? { name: "biases", row: null, column } : null;
  const look = { label: say(lang, "product.biases"), axes: `(${showAxis(columns, lang)})`, bad: null, step };
  return matrixBlock(m, look, lang);
}

/** A matrix with its label, its axes and a mark for each of its features or neurons, to be placed. */
export function matrixBlock(m: Matrix, { label, axes: heading, bad, step }: Look, lang: Lang): Block {
  const is = pick(m.rows.size, 10);
  const js = pick(m.columns.size, 8);
  const texts = is.map((i) =>
    js.map((j) => (i === null ? "⋮" : j === null ? "…" : showNumber(m.values[i]![j]!))),
  );
  const longest = Math.max(4, ...texts.flat().map((text) => text.length));
  const cell = longest * glyph + 18;
  const side = 30;
  const inner = js.length * cell;
  const width = Math.max(side + inner + 8, label.length * glyph, heading.length * 7.9);
  const height = top + is.length * row + 6;
  const rowKind = kindOf(m.rows);
  const columnKind = kindOf(m.columns);
  const svg = (x0: number, y0: number) => {
    const left = x0 + side;
    const parts: Svg[] = [
      el("text", { x: x0, y: y0 + 14, class: "label" }, label),
      el("text", { x: x0, y: y0 + 33, class: "quiet" }, heading),
    ];
    js.forEach((j, c) => {
      const text = j === null ? "…" : tag(columnKind, m.columns.name, j, lang);
      parts.push(
        el(
          "text",
          { x: left + (c + 1) * cell - 8, y: y0 + top - 8, "text-anchor": "end", class: "quiet" },
          text,
        ),
      );
    });
    is.forEach((i, r) => {
      const y = y0 + top + r * row;
      const text = i === null ? "⋮" : tag(rowKind, m.rows.name, i, lang);
      parts.push(el("text", { x: left - 8, y: y + 20, "text-anchor": "end", class: "quiet" }, text));
      js.forEach((j, c) => {
        const x = left + c * cell;
        const mark = i === null || j === null ? null : markOf(m, i, j);
        const value = [
          ...(mark === null ? [] : shade(mark, x, y, cell)),
          el("text", { x: x + cell - 8, y: y + 20, "text-anchor": "end" }, texts[r]![c]!),
        ];
        if (step === null || i === null || j === null) parts.push(...value);
        else {
          const place = { class: "place", x, y, width: cell, height: row };
          parts.push(el("g", { "data-at": `${step.name} ${i} ${j}` }, el("rect", place), ...value));
        }
      });
    });
    if (step !== null) parts.push(...frame(is.indexOf(step.row), js.indexOf(step.column), left, y0 + top));
    const [l, t, r, b] = [left - 1, y0 + top - 3, left + inner + 3, y0 + height - 3];
    parts.push(
      el("path", { class: "line", d: `M${l + 5} ${t}H${l}V${b}H${l + 5}M${r - 5} ${t}H${r}V${b}H${r - 5}` }),
    );
    if (bad === "columns")
      parts.push(el("rect", { class: "bad", x: left + 2, y: t - 19, width: inner, height: 18, rx: 3 }));
    if (bad === "rows")
      parts.push(el("rect", { class: "bad", x: x0, y: t + 2, width: side - 4, height: b - t - 4, rx: 3 }));
    return el("g", {}, ...parts);
  };
  // a frame around what is looked at: a row, a column, or where both are given one value
  const frame = (r: number, c: number, x: number, y: number): Svg[] => {
    if (r < 0 && c < 0) return [];
    const across = c < 0 ? { x, width: inner } : { x: x + c * cell, width: cell };
    const down = r < 0 ? { y, height: is.length * row } : { y: y + r * row, height: row };
    return [el("rect", { class: "step", ...across, ...down, rx: 3 })];
  };
  return { svg, head: top, width, height };
}

/** A short name for a row or a column: `f1`, `n2`, or the number alone. */
function tag(kind: Kind | null, name: string | null, i: number, lang: Lang): string {
  return kind === null ? String(i + 1) : `${axisName(name, lang)[0]}${i + 1}`;
}

function shade({ kind, at }: Mark, x: number, y: number, width: number): Svg[] {
  const { color, dash } = style(kind, at);
  const line = { x1: x + 5, x2: x + width - 3, y1: y + 26, y2: y + 26 };
  return [
    el("rect", { x: x + 2, y: y + 1, width: width - 2, height: row - 2, fill: color, "fill-opacity": 0.16 }),
    el("line", { ...line, stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash }),
  ];
}

function impossible(text: string): Block {
  const width = text.length * 7.9 + 24;
  const head = 24;
  const height = 66;
  const svg = (x: number, y: number) =>
    el(
      "g",
      {},
      el("rect", { class: "bad", x, y: y + head, width, height, rx: 3 }),
      el("path", { class: "bad", d: `M${x} ${y + head + height}L${x + width} ${y + head}` }),
      el("text", { x: x + width / 2, y: y + 14, "text-anchor": "middle", class: "quiet wrong" }, text),
    );
  return { svg, head, width, height: head + height + 4 };
}
