import { FigureError } from "./error.js";
import { type Matrix, type MatrixLike, readMatrix, showNumber, showShape, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

/** A layer of a model, or as much of one as is drawn. */
export interface LayerLike {
  /** (neuron, feature), or (feature, neuron) where the axes are named so. A layer without is not drawn. */
  readonly weights?: MatrixLike | undefined;
  readonly biases?: MatrixLike | undefined;
  readonly label?: string;
}

type Weighted = LayerLike & { readonly weights: MatrixLike };

export interface NetworkOptions {
  readonly layers: readonly LayerLike[];
  readonly lang: Lang;
  readonly title?: string;
  readonly description?: string;
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
}

interface Layer {
  readonly label: string;
  readonly inputs: number;
  readonly neurons: number;
  weight(neuron: number, feature: number): number;
  readonly biases: readonly number[] | null;
}

export interface Network {
  readonly inputs: number;
  readonly layers: readonly Layer[];
  readonly title: string;
  readonly description: string;
}

/** Reads the layers and checks that they chain; throws FigureError where they do not. */
export function readNetwork(o: NetworkOptions): Network {
  const { lang } = o;
  // activations and the like have nothing to draw
  const drawn = o.layers.filter((layer): layer is Weighted => layer.weights !== undefined);
  if (drawn.length === 0) throw new FigureError(lang, "error.layers");
  const layers = drawn.map((layer, i) => readLayer(layer, i, lang));
  layers.slice(1).forEach((layer, i) => {
    const given = layers[i]!.neurons;
    if (layer.inputs !== given) {
      throw new FigureError(lang, "error.chain", { what: layer.label, expects: layer.inputs, given });
    }
  });
  const inputs = layers[0]!.inputs;
  const sizes = [inputs, ...layers.map((layer) => layer.neurons)].join("-");
  const said = layers
    .map(({ label, neurons }) => say(lang, "network.neurons", { label, size: neurons }))
    .join("; ");
  return {
    inputs,
    layers,
    title: o.title ?? say(lang, "network.title", { sizes }),
    description: o.description ?? say(lang, "network.description", { inputs, layers: said }),
  };
}

function readLayer(layer: Weighted, i: number, lang: Lang): Layer {
  const label = layer.label ?? say(lang, "network.layer", { i: i + 1 });
  const m: Matrix = readMatrix(layer.weights, label, lang);
  const transposed =
    m.columns.name === "neuron" || (m.rows.name === "feature" && m.columns.name !== "feature");
  const [neurons, inputs] = transposed ? [m.columns.size, m.rows.size] : [m.rows.size, m.columns.size];
  const shape = layer.biases?.shape;
  if (shape && (shape.length !== 1 || shape[0] !== neurons)) {
    throw new FigureError(lang, "error.biases", { what: label, neurons, shape: showShape(shape) });
  }
  return {
    label,
    inputs,
    neurons,
    weight: (n, f) => (transposed ? m.values[f]![n]! : m.values[n]![f]!),
    biases: (layer.biases?.toArray() as number[] | undefined) ?? null,
  };
}

/** Every weight and bias, one neuron in a row, up to `most` neurons in a layer and inputs in a neuron. */
export function networkTable(o: NetworkOptions, most = 16): Table {
  const net = readNetwork(o);
  const width = Math.min(most, Math.max(...net.layers.map((layer) => layer.inputs)));
  const weight = say(o.lang, "network.weight");
  const cell = (layer: Layer, n: number, f: number) =>
    f < layer.inputs ? showNumber(layer.weight(n, f)) : "";
  const cut = net.layers.some((layer) => layer.neurons > most || layer.inputs > most);
  return {
    caption: `${net.title}. ${net.description}${cut ? ` ${say(o.lang, "network.thinned")}` : ""}`,
    columns: [
      say(o.lang, "network.layer", { i: "" }).trim(),
      say(o.lang, "axis.neuron"),
      ...Array.from({ length: width }, (_, f) => `${weight} ${f + 1}`),
      say(o.lang, "network.bias"),
    ],
    rows: net.layers.flatMap((layer) =>
      Array.from({ length: Math.min(most, layer.neurons) }, (_, n) => [
        layer.label,
        String(n + 1),
        ...Array.from({ length: width }, (_, f) => cell(layer, n, f)),
        layer.biases ? showNumber(layer.biases[n]!) : "",
      ]),
    ),
  };
}

/** `networkFigure` for a terminal: the layers, and a table of weights with aligned columns. */
export function networkText(o: NetworkOptions): string {
  const { caption, columns, rows } = networkTable(o, 8);
  const all = [columns, ...rows];
  const widths = columns.map((_, c) => Math.max(...all.map((r) => r[c]!.length)));
  const line = (r: readonly string[]) =>
    r.map((text, c) => (c === 0 ? text.padEnd(widths[c]!) : text.padStart(widths[c]!)));
  return [caption, "", ...all.map((r) => line(r).join("  ").trimEnd())].join("\n");
}
