import { FigureError } from "./error.js";
import { showNumber, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { type LayerLike, readNetwork } from "./network.js";
import type { Theme } from "./svg.js";

/** A neuron that responds to an image: how strongly, and what each pixel adds to its sum. */
export interface Response {
  /** Which neuron of its layer, from 0. */
  readonly neuron: number;
  /** What it gives: its sum, or 0 where that is negative. */
  readonly activation: number;
  /** What each pixel adds to the neuron's sum, row by row; with `biases` they add up to it. */
  readonly pixels: readonly number[];
  /** What all biases on the way add to its sum. */
  readonly biases: number;
}

/** An image, and the neurons of each hidden layer that respond to it most. */
export interface Strokes {
  /** How many pixels lie along a row. */
  readonly side: number;
  /** The image, row by row, from 0 (paper) to 1 (ink). */
  readonly image: readonly number[];
  /** The hidden layers. */
  readonly layers: readonly { readonly neurons: number; readonly strongest: readonly Response[] }[];
  /** What the network takes the image for, where that is known. */
  readonly answer?: { readonly predicted: number; readonly label?: number };
}

/** What strokes are drawn from. */
export interface StrokesOptions extends Strokes {
  /** The language of its words. */
  readonly lang: Lang;
  /** What it is called: its own title unless given. */
  readonly title?: string;
  /** What it shows, for those who do not see it: its own words unless given. */
  readonly description?: string;
  /** Light, dark, or as the page is ("auto"). */
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
  /** Where the figure would be wider than this, panels go on under one another. */
  readonly width?: number;
}

/**
 * What the neurons of a network of dense layers and relu, the last without, see in an image. Where an image stands
 * each relu passes its sum on or stops it, so up to there a neuron's sum is a plain weighted sum of the pixels:
 * the weights of the layer, times those of the layer before where its neurons are active, and so on. A pixel
 * adds its ink times that weight. That is gradient times input, exact for such networks (Ancona et al., "Towards
 * better understanding of gradient-based attribution methods", 2018).
 *
 * It says which pixels made the neuron's sum for this image, as it is drawn: not what the neuron would say to other
 * images, nor that the network needs it.
 */
export function strokesOf(layers: readonly LayerLike[], image: readonly number[], strongest = 3): Strokes {
  const net = readNetwork({ layers, lang: "en" });
  const side = Math.round(Math.sqrt(image.length));
  if (net.inputs !== image.length || side * side !== image.length) {
    throw new FigureError("en", "error.image", { side, given: image.length });
  }
  let values = image;
  /** For each neuron of the layer before: what a pixel's ink and the biases weigh in its value. */
  let before: { readonly weights: readonly number[]; readonly biases: number }[] | null = null;
  const seen: { neurons: number; strongest: Response[] }[] = [];
  net.layers.forEach((layer, l) => {
    const routes = Array.from({ length: layer.neurons }, (_, n) => {
      const own = layer.biases?.[n] ?? 0;
      if (before === null) return { weights: image.map((_, f) => layer.weight(n, f)), biases: own };
      const weights = new Array<number>(image.length).fill(0);
      let biases = own;
      before.forEach((route, m) => {
        const weight = layer.weight(n, m);
        // a neuron that is not active passes nothing on
        if (values[m] === 0 || weight === 0) return;
        biases += weight * route.biases;
        for (let f = 0; f < weights.length; f++) weights[f]! += weight * route.weights[f]!;
      });
      return { weights, biases };
    });
    const sums = routes.map(({ weights, biases }) =>
      weights.reduce((sum, weight, f) => sum + weight * image[f]!, biases),
    );
    const last = l === net.layers.length - 1;
    values = last ? sums : sums.map((sum) => Math.max(sum, 0));
    before = routes;
    if (last) return;
    const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, strongest);
    seen.push({
      neurons: layer.neurons,
      strongest: order.map((neuron) => ({
        neuron,
        activation: values[neuron]!,
        pixels: routes[neuron]!.weights.map((weight, f) => weight * image[f]!),
        biases: routes[neuron]!.biases,
      })),
    });
  });
  const predicted = values.indexOf(Math.max(...values));
  return { side, image, layers: seen, answer: { predicted } };
}

/** A pixel is part of a neuron's stroke where it adds at least this share of what the strongest pixel adds. */
const SHARE = 0.3;

/**
 * Which of a layer's strongest neurons each pixel belongs to: the one of whose strongest pixel it is the largest
 * share; -1 for none.
 */
export function owners({ strongest }: Strokes["layers"][number], pixels: number): number[] {
  const most = strongest.map((response) => Math.max(...response.pixels, 0));
  return Array.from({ length: pixels }, (_, f) => {
    let [owner, share] = [-1, SHARE];
    strongest.forEach((response, k) => {
      const own = most[k]! > 0 && response.activation > 0 ? response.pixels[f]! / most[k]! : 0;
      if (own >= share) [owner, share] = [k, own];
    });
    return owner;
  });
}

export interface ReadStrokes {
  readonly title: string;
  readonly description: string;
}

/** Checks what is to be drawn; throws FigureError where images and responses do not fit. */
export function readStrokes(o: StrokesOptions): ReadStrokes {
  const { lang, side, image, layers, answer } = o;
  const sizes = [
    image.length,
    ...layers.flatMap((layer) => layer.strongest.map(({ pixels }) => pixels.length)),
  ];
  const wrong = sizes.find((size) => size !== side * side);
  if (wrong !== undefined || side < 1)
    throw new FigureError(lang, "error.image", { side, given: wrong ?? 0 });
  if (layers.length === 0) throw new FigureError(lang, "error.layers");
  const said = layers.map(({ strongest }, l) =>
    say(lang, "strokes.layer", {
      layer: l + 1,
      neurons: strongest.map(({ neuron, activation }) => `${neuron + 1} (${brief(activation)})`).join(", "),
    }),
  );
  const answered =
    answer === undefined
      ? []
      : [
          say(lang, answer.label === undefined ? "strokes.answer" : "strokes.answerTo", {
            predicted: answer.predicted,
            label: answer.label ?? "",
          }),
        ];
  return {
    title: o.title ?? say(lang, "strokes.title"),
    description: o.description ?? [...said, ...answered].join(" "),
  };
}

export const brief = (value: number): string => showNumber(Number(value.toPrecision(3)));

/** The strongest neurons of each layer: what they give, and what pixels and biases add to their sums. */
export function strokesTable(o: StrokesOptions): Table {
  const { title, description } = readStrokes(o);
  const { lang } = o;
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return {
    caption: `${title}. ${description}`,
    columns: [
      say(lang, "strokes.hidden"),
      say(lang, "axis.neuron"),
      say(lang, "strokes.activation"),
      say(lang, "strokes.for"),
      say(lang, "strokes.against"),
      say(lang, "strokes.biases"),
    ],
    rows: o.layers.flatMap(({ strongest }, l) =>
      strongest.map(({ neuron, activation, pixels, biases }) => [
        String(l + 1),
        String(neuron + 1),
        brief(activation),
        brief(sum(pixels.filter((value) => value > 0))),
        brief(sum(pixels.filter((value) => value < 0))),
        brief(biases),
      ]),
    ),
  };
}

/** `strokesFigure` for a terminal: the image, and below it each layer's strokes as letters, one a neuron. */
export function strokesText(o: StrokesOptions): string {
  const { title, description } = readStrokes(o);
  const { side, image, lang } = o;
  const rows = (cell: (f: number) => string) =>
    Array.from({ length: side }, (_, r) =>
      Array.from({ length: side }, (_, c) => cell(r * side + c))
        .join("")
        .trimEnd(),
    );
  const ink = (f: number): string => (image[f]! > 0.5 ? "#" : image[f]! > 0.1 ? "+" : " ");
  const panels = o.layers.map((layer, l) => {
    const owner = owners(layer, side * side);
    const names = layer.strongest.map(
      ({ neuron }, k) => `${"ABC"[k]}: ${say(lang, "axis.neuron")} ${neuron + 1}`,
    );
    const heading = `${say(lang, "strokes.panel", { layer: l + 1 })}: ${names.join(", ")}`;
    return [heading, ...rows((f) => (owner[f]! < 0 ? (image[f]! > 0.1 ? "." : " ") : "ABC"[owner[f]!]!))];
  });
  return [`${title}. ${description}`, say(lang, "strokes.image"), ...rows(ink), ...panels.flat()].join("\n");
}
