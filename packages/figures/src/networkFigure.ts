import { pick, showNumber } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { type Network, type NetworkOptions, type Place, readNetwork } from "./network.js";
import { layerColor, type Mark, style } from "./palette.js";
import { cut, el, page, type Svg, safeId, wrap } from "./svg.js";

const most = 7;
const head = 62;

/** How far apart columns and rows stand, and a node's half width and height: wider where it says its value. */
const spaces = {
  plain: { apart: 125, step: 46, half: 15, radius: 15 },
  valued: { apart: 118, step: 58, half: 29, radius: 17 },
} as const;

/**
 * A network as SVG, drawn from its weights: every connection (blue and solid above zero, orange and dashed
 * below, wider when larger), each layer on a band of its color, each neuron in its own color and dash, an
 * arrow out of each output neuron. Of a layer of more than 7 neurons it draws the first and the last.
 * @throws FigureError where layers do not chain
 * @example
 * const weights = array([[0.42, -0.22], [-0.04, 0.03]]);
 * networkFigure({ layers: [{ weights, biases: array([1, 2]) }, { weights }], lang: "en" });
 */
export function networkFigure(o: NetworkOptions): string {
  const net = readNetwork(o);
  const sizes = [net.inputs, ...net.layers.map((layer) => layer.neurons)];
  const columns = sizes.map((size) => pick(size, most));
  const tallest = Math.max(...columns.map((column) => column.length));
  const { apart, step, half, radius } = spaces[net.values === null ? "plain" : "valued"];
  const margin = half + (net.values === null ? 33 : 20);
  const grid: Grid = {
    columns,
    half,
    radius,
    x: (c) => margin + c * apart,
    y: (c, r) => head + step / 2 + ((tallest - columns[c]!.length) / 2 + r) * step,
  };
  const id = safeId(o.id ?? "network");
  const bottom = head + tallest * step;
  const parts = [
    ...sizes.map((size, c) => header(net, c, size, grid, bottom, o.lang)),
    ...net.layers.flatMap((_, l) => connections(net, l, grid, o.place)),
    ...columns.flatMap((_, c) => nodes(net, c, grid, o.place)),
  ];
  const width = grid.x(columns.length - 1) + half + 45;
  let height = bottom + 26;
  for (const text of wrap(say(o.lang, "network.sign"), Math.floor((width - 16) / 6.8))) {
    parts.push(el("text", { x: 8, y: height, class: "say" }, text));
    height += 20;
  }
  const { title } = net;
  const thinned = sizes.some((size) => size > most);
  const description = thinned ? `${net.description} ${say(o.lang, "network.thinned")}` : net.description;
  return page({ id, width, height, lang: o.lang, title, description, theme: o.theme ?? "auto" }, ...parts);
}

/** Where the nodes stand that are drawn: null for those left out. */
interface Grid {
  readonly columns: readonly (readonly (number | null)[])[];
  readonly half: number;
  readonly radius: number;
  x(column: number): number;
  y(column: number, row: number): number;
}

/** The band that a layer stands on, with its name and size. */
function header(net: Network, c: number, size: number, grid: Grid, bottom: number, lang: Lang): Svg {
  const layer = net.layers[c - 1];
  const x = grid.x(c);
  const [label, note] =
    layer === undefined
      ? [say(lang, "network.inputs"), String(size)]
      : [layer.label, layer.activation === null ? String(size) : `${size} ${layer.activation}`];
  const color = layer === undefined ? "var(--quiet)" : layerColor(c - 1);
  const width = Math.max(2 * grid.half + 22, 76);
  const band = { x: x - width / 2, width, rx: 4, fill: color };
  return el(
    "g",
    {},
    el("rect", { ...band, y: 46, height: bottom - 46, "fill-opacity": 0.1 }),
    el("rect", { ...band, y: 46, height: 4 }),
    el("text", { x, y: 18, "text-anchor": "middle", class: "label" }, cut(label, 13)),
    el("text", { x, y: 37, "text-anchor": "middle", class: "quiet" }, note),
  );
}

/** The lines into a layer; where values flow, each with a wide one that a finger finds. */
function connections(net: Network, l: number, { columns, half, x, y }: Grid, place?: Place): Svg[] {
  const { weight, label } = net.layers[l]!;
  const drawn = columns[l + 1]!.flatMap((n, r) =>
    columns[l]!.flatMap((f, q) => {
      if (n === null || f === null) return [];
      const at = { x1: x(l) + half, y1: y(l, q), x2: x(l + 1) - half, y2: y(l + 1, r) };
      return [{ value: weight(n, f), at, n, f }];
    }),
  );
  const sizes = drawn.map(({ value }) => (Number.isFinite(value) ? Math.abs(value) : 0));
  const largest = Math.max(...sizes) || 1;
  return drawn.flatMap(({ value, at, n, f }) => {
    const size = Number.isFinite(value) ? Math.abs(value) / largest : 1;
    const looked = place?.kind === "weight" && place.layer === l && place.neuron === n && place.at === f;
    const thin = drawn.length > 24 ? 0.3 + 1.3 * size : 0.6 + 2.6 * size;
    const line = { class: value < 0 ? "neg" : "pos", ...at, "stroke-width": looked ? thin + 3 : thin };
    const title = el("title", {}, `${label} (${n + 1}, ${f + 1}): ${showNumber(value)}`);
    if (net.values === null) return [el("line", line, title)];
    const wide = { class: "place", ...at, "stroke-width": 14, "data-at": `weight ${l} ${n} ${f}` };
    return [el("line", line), el("line", wide, title)];
  });
}

function nodes(net: Network, c: number, { columns, half, radius, x, y }: Grid, place?: Place): Svg[] {
  const values = net.values?.[c];
  const last = c === columns.length - 1;
  const size = net.layers[c - 1]?.neurons ?? net.inputs;
  return columns[c]!.flatMap((n, r) => {
    const [cx, cy] = [x(c), y(c, r)];
    const center = { x: cx, y: cy + 5, "text-anchor": "middle" };
    if (n === null) return [el("text", { ...center, class: "over" }, `⋮ ${size}`)];
    const arrow = last
      ? [el("path", { class: "line arrow", d: `M${cx + half + 2} ${cy}h28m-7 -5l7 5l-7 5` })]
      : [];
    const mark: Mark = { kind: c === 0 ? "feature" : "neuron", at: n };
    const looked =
      c === 0
        ? place?.kind === "input" && place.at === n
        : place?.kind === "neuron" && place.layer === c - 1 && place.at === n;
    const shape = [...node(cx, cy, { half, radius }, mark, looked)];
    if (values === undefined)
      return [...shape, el("text", { ...center, class: "quiet over" }, String(n + 1)), ...arrow];
    const at = c === 0 ? `input ${n}` : `neuron ${c - 1} ${n}`;
    const text = el("text", { ...center, class: "quiet" }, short(values[n]!));
    const name = el(
      "text",
      { x: cx, y: cy - radius - 4, "text-anchor": "middle", class: "tiny over" },
      String(n + 1),
    );
    return [el("g", { "data-at": at }, ...shape, text), name, ...arrow];
  });
}

/** A value in the six characters that a node has room for. */
function short(value: number): string {
  const text = showNumber(value);
  return text.length <= 6 ? text : String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}

// Inputs are squares and neurons are round, so that a column's kind shows without its color.
function node(
  cx: number,
  cy: number,
  { half, radius }: Pick<Grid, "half" | "radius">,
  mark: Mark,
  looked: boolean,
): Svg[] {
  const { color, dash } = style(mark.kind, mark.at);
  const box = { x: cx - half, y: cy - radius, width: 2 * half, height: 2 * radius };
  const rx = mark.kind === "feature" ? 3 : radius;
  const ring = { stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash };
  return [
    el("rect", { ...box, rx, fill: "var(--paper)" }),
    el("rect", { ...box, rx, ...ring, fill: color, "fill-opacity": 0.14 }),
    ...(looked ? [el("rect", { class: "step", x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8, rx: rx + 4 })] : []), // biome-ignore format: one shape
  ];
}
