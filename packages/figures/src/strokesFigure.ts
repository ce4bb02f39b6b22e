import { type Lang, say } from "./messages/index.js";
import { style } from "./palette.js";
import { brief, owners, type Response, readStrokes, type Strokes, type StrokesOptions } from "./strokes.js";
import { el, page, type Svg, safeId, wrap } from "./svg.js";

const largest = 196;
const gap = 20;
const head = 26;

/** What a pixel of the first, second and third neuron looks like, beside its color: x, y, width and height. */
const marks = [
  [0, 0, 1, 1],
  [0, 0.25, 1, 0.5],
  [0.25, 0, 0.5, 1],
] as const;

/**
 * An image, and beside it a panel for each hidden layer: the image, pale, and on it the strokes that the
 * layer's strongest neurons respond to, each in its own color and mark. See `strokesOf` for how they are
 * found, and for what that does not say.
 * @throws FigureError where images and responses do not fit
 * @example
 * const { layers } = sequential(input(4), dense(3), relu(), dense(2)).initialize(0);
 * strokesFigure({ ...strokesOf(layers, [0, 1, 1, 0]), lang: "en" });
 */
export function strokesFigure(o: StrokesOptions): string {
  const { title, description } = readStrokes(o);
  const { lang, layers } = o;
  const room = (o.width ?? 700) - 16;
  const count = layers.length + 1;
  // all on a line where they are large enough there, else one under the other
  const each = Math.min((room - (count - 1) * gap) / count, largest);
  const [edge, perLine] = each >= 120 ? [each, count] : [Math.min(room, largest), 1];
  const panels: { heading: string; draw: (x: number, y: number) => Svg[]; notes: Svg[][] }[] = [
    { heading: say(lang, "strokes.image"), draw: (x, y) => pixels(o, edge, x, y, 1), notes: [] },
    ...layers.map((layer, l) => ({
      heading: say(lang, "strokes.panel", { layer: l + 1 }),
      draw: (x: number, y: number) => [...pixels(o, edge, x, y, 0.3), ...strokes(o, layer, edge, x, y)],
      notes: layer.strongest.map((response, k) => note(response, k, lang)),
    })),
  ];
  const parts: Svg[] = [];
  const deepest = Math.max(...panels.map(({ notes }) => notes.length));
  const tall = head + edge + 10 + deepest * 20;
  panels.forEach(({ heading, draw, notes }, i) => {
    const x = 8 + (i % perLine) * (edge + gap);
    const y = Math.floor(i / perLine) * (tall + 14);
    const frame = { x, y: y + head, width: edge, height: edge, rx: 3, class: "line" };
    parts.push(
      el("text", { x, y: y + 17, class: "label" }, heading),
      ...draw(x, y + head),
      el("rect", frame),
      ...notes.map((own, k) =>
        el("g", { transform: `translate(${x} ${y + head + edge + 10 + k * 20})` }, ...own),
      ),
    );
  });
  const lines = Math.ceil(panels.length / perLine);
  const width = 16 + Math.min(perLine, panels.length) * (edge + gap) - gap;
  let height = lines * (tall + 14);
  const answer = o.answer;
  if (answer !== undefined) {
    const known = answer.label === undefined ? "strokes.answer" : "strokes.answerTo";
    const said = say(lang, known, { predicted: answer.predicted, label: answer.label ?? "" });
    for (const text of wrap(said, Math.floor((width - 16) / 7))) {
      height += 18;
      parts.push(el("text", { x: 8, y: height, class: "say" }, text));
    }
  }
  const id = safeId(o.id ?? "strokes");
  return page(
    { id, width, height: height + 10, lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}

/** The image's ink: pixels that are alike beside one another are one path. */
function pixels({ image, side }: Strokes, edge: number, x: number, y: number, strength: number): Svg[] {
  const size = edge / side;
  const levels = 5;
  return Array.from({ length: levels }, (_, k) => {
    const inside = (f: number): boolean => Math.ceil(Math.min(Math.max(image[f]!, 0), 1) * levels) === k + 1;
    const d = squares(side, size, x, y, inside);
    const opacity = ((k + 1) / levels) * strength;
    return el("path", { d, fill: "var(--ink)", "fill-opacity": opacity });
  }).filter(({ markup }) => !markup.includes(' d=""'));
}

/** Rows of squares as one path. */
function squares(side: number, size: number, x: number, y: number, inside: (f: number) => boolean): string {
  let d = "";
  for (let f = 0; f < side * side; f++) {
    if (!inside(f)) continue;
    const [row, column] = [Math.floor(f / side), f % side];
    d += `M${round(x + column * size)} ${round(y + row * size)}h${round(size)}v${round(size)}h-${round(size)}z`;
  }
  return d;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The pixels that each of the strongest neurons responds to most. */
function strokes(
  o: StrokesOptions,
  layer: Strokes["layers"][number],
  edge: number,
  x: number,
  y: number,
): Svg[] {
  const size = edge / o.side;
  const owner = owners(layer, o.image.length);
  return layer.strongest.map(({ neuron }, k) => {
    const places = owner.flatMap((own, f) => (own === k ? [f] : []));
    const at = (f: number) => mark(k, size, x + (f % o.side) * size, y + Math.floor(f / o.side) * size);
    const title = el("title", {}, `${say(o.lang, "axis.neuron")} ${neuron + 1}`);
    return el("path", { d: places.map(at).join(""), fill: style("neuron", k).color }, title);
  });
}

function mark(k: number, size: number, x: number, y: number): string {
  const [dx, dy, width, height] = marks[k % marks.length]!;
  const across = round(width * size);
  return `M${round(x + dx * size)} ${round(y + dy * size)}h${across}v${round(height * size)}h-${across}z`;
}

/** A neuron's mark, its number, and what it gives. */
function note({ neuron, activation }: Response, k: number, lang: Lang): Svg[] {
  const { color } = style("neuron", k);
  const text = `${say(lang, "axis.neuron")} ${neuron + 1}: ${brief(activation)}`;
  const sample = [0, 1].map((i) => mark(k, 8, i * 8, 3)).join("");
  return [el("path", { d: sample, fill: color }), el("text", { x: 24, y: 12, class: "quiet" }, text)];
}

/**
 * What each pixel adds to one neuron's sum, on the image: blue squares add to it, orange bars take from it, larger
 * where they do so more.
 */
export function contributionsFigure(o: StrokesOptions, layer: number, which: number): string {
  readStrokes(o);
  const { lang, side } = o;
  const response = o.layers[layer]!.strongest[which]!;
  const edge = largest;
  const size = edge / side;
  const most = Math.max(...response.pixels.map(Math.abs)) || 1;
  const squares = (sign: 1 | -1) =>
    response.pixels.flatMap((value, f) => {
      const part = Math.sqrt(Math.max((sign * value) / most, 0)) * size;
      if (part < size * 0.2) return [];
      const [x, y] = [8 + ((f % side) + 0.5) * size, 8 + (Math.floor(f / side) + 0.5) * size];
      const height = sign > 0 ? part : part * 0.4;
      return [
        `M${round(x - part / 2)} ${round(y - height / 2)}h${round(part)}v${round(height)}h-${round(part)}z`,
      ];
    });
  const facts = { layer: layer + 1, neuron: response.neuron + 1 };
  const parts = [
    ...pixels(o, edge, 8, 8, 0.15),
    el("path", { d: squares(1).join(""), fill: "var(--positive)" }),
    el("path", { d: squares(-1).join(""), fill: "var(--negative)" }),
    el("rect", { x: 8, y: 8, width: edge, height: edge, rx: 3, class: "line" }),
  ];
  const title = say(lang, "strokes.one", facts);
  const description = say(lang, "strokes.sign");
  const id = safeId(`${o.id ?? "strokes"}-${layer}-${which}`);
  return page(
    { id, width: edge + 16, height: edge + 16, lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}
