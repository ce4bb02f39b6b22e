import { pick, showNumber } from "./matrix.js";
import { say } from "./messages/index.js";
import { type NetworkOptions, readNetwork } from "./network.js";
import { neurons as colors } from "./palette.js";
import { cut, el, page, type Svg, safeId, wrap } from "./svg.js";

const most = 7;
const step = 46;
const radius = 15;
const head = 58;
const apart = 125;

/**
 * A network as SVG, drawn from its weights: every connection (blue and solid above zero, orange and dashed below,
 * wider when larger), each layer in its colour, an arrow out of each output neuron. Of a layer of more than 7
 * neurons it draws the first and the last. Throws FigureError where layers do not chain.
 *
 * @example
 * networkFigure({ layers: [{ weights: w1, biases: b1 }, { weights: w2 }], lang: "en" });
 */
export function networkFigure(o: NetworkOptions): string {
  const net = readNetwork(o);
  const sizes = [net.inputs, ...net.layers.map((layer) => layer.neurons)];
  const columns = sizes.map((size) => pick(size, most));
  const tallest = Math.max(...columns.map((column) => column.length));
  const x = (c: number) => 48 + c * apart;
  const y = (c: number, r: number) => head + step / 2 + ((tallest - columns[c]!.length) / 2 + r) * step;
  const id = safeId(o.id ?? "network");

  const lines: Svg[] = [];
  net.layers.forEach((layer, l) => {
    const drawn: { weight: number; at: [number, number, number, number]; name: string }[] = [];
    columns[l + 1]!.forEach((n, r) => {
      columns[l]!.forEach((f, q) => {
        if (n === null || f === null) return;
        const at: [number, number, number, number] = [x(l) + radius, y(l, q), x(l + 1) - radius, y(l + 1, r)];
        drawn.push({ weight: layer.weight(n, f), at, name: `${n + 1}, ${f + 1}` });
      });
    });
    const largest =
      Math.max(...drawn.map(({ weight }) => (Number.isFinite(weight) ? Math.abs(weight) : 0))) || 1;
    for (const { weight, at, name } of drawn) {
      const size = Number.isFinite(weight) ? Math.abs(weight) / largest : 1;
      const [x1, y1, x2, y2] = at;
      const line = {
        class: weight < 0 ? "neg" : "pos",
        x1,
        y1,
        x2,
        y2,
        "stroke-width": drawn.length > 24 ? 0.3 + 1.3 * size : 0.6 + 2.6 * size,
      };
      lines.push(el("line", line, el("title", {}, `${layer.label} (${name}): ${showNumber(weight)}`)));
    }
  });

  const nodes: Svg[] = [];
  columns.forEach((column, c) => {
    const label = c === 0 ? say(o.lang, "network.inputs") : net.layers[c - 1]!.label;
    nodes.push(
      el("text", { x: x(c), y: 20, "text-anchor": "middle", class: "label" }, cut(label, 13)),
      el("text", { x: x(c), y: 40, "text-anchor": "middle", class: "quiet" }, String(sizes[c]!)),
    );
    const color = colors[(c - 1) % colors.length] ?? "var(--quiet)";
    column.forEach((n, r) => {
      const at = { x: x(c), y: y(c, r) + 5, "text-anchor": "middle", class: "over" };
      if (n === null) nodes.push(el("text", at, `⋮ ${sizes[c]}`));
      else
        nodes.push(
          ...node(x(c), y(c, r), color, c === 0),
          el("text", { ...at, class: "quiet" }, String(n + 1)),
        );
      if (n !== null && c === columns.length - 1) nodes.push(arrow(x(c) + radius, y(c, r)));
    });
  });

  const width = x(columns.length - 1) + 60;
  let height = head + tallest * step + 24;
  for (const text of wrap(say(o.lang, "network.sign"), Math.floor((width - 16) / 6.8))) {
    nodes.push(el("text", { x: 8, y: height, class: "say" }, text));
    height += 20;
  }
  const { title } = net;
  const thinned = sizes.some((size) => size > most);
  const description = thinned ? `${net.description} ${say(o.lang, "network.thinned")}` : net.description;
  return page(
    { id, width, height, lang: o.lang, title, description, theme: o.theme ?? "auto" },
    ...lines,
    ...nodes,
  );
}

// Inputs are squares and neurons are circles, so that a column's kind shows without its colour.
function node(cx: number, cy: number, color: string, input: boolean): Svg[] {
  const paint = { stroke: color, "stroke-width": 2.5, fill: color, "fill-opacity": 0.14 };
  const square = { x: cx - radius, y: cy - radius, width: 2 * radius, height: 2 * radius, rx: 3 };
  return [input ? el("rect", { ...square, ...paint }) : el("circle", { cx, cy, r: radius, ...paint })];
}

function arrow(x: number, y: number): Svg {
  return el("path", { class: "line arrow", d: `M${x + 2} ${y}H${x + 30}m-7 -5l7 5l-7 5` });
}
