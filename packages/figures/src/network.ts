import { FigureError } from "./error.js";
import type { Formula } from "./formula.js";
import { type MatrixLike, readMatrix, showNumber, showShape, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Mark } from "./palette.js";
import type { Theme } from "./svg.js";

/** A layer of a model, or as much of one as is drawn. */
export interface LayerLike {
  /** (neuron, feature), or (feature, neuron) where the axes are named so. A layer without is not drawn. */
  readonly weights?: MatrixLike | undefined;
  /** (neuron). */
  readonly biases?: MatrixLike | undefined;
  /** What the layer is called. */
  readonly label?: string;
  /** Of a layer without weights: what it does. An activation's is named with the layer before it. */
  readonly kind?: string;
}

const activations = ["relu", "leakyRelu", "elu", "gelu", "softplus", "sigmoid", "tanh", "softmax", "step"];

/** Something in a drawn network: an input, a neuron, or a weight. */
export type Place =
  | { readonly kind: "input"; readonly at: number }
  | { readonly kind: "neuron"; readonly layer: number; readonly at: number }
  | { readonly kind: "weight"; readonly layer: number; readonly neuron: number; readonly at: number };

type Weighted = LayerLike & { readonly weights: MatrixLike };

/** What a network is drawn from. */
export interface NetworkOptions {
  /** Its layers, from the first to the last. */
  readonly layers: readonly LayerLike[];
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
  /**
   * The numbers that flow through it: the inputs, and what each layer with weights gives, its activation applied.
   * They stand in the nodes, and every part can be found by its place: `data-at="weight 0 2 1"`.
   */
  readonly values?: readonly (readonly number[])[];
  /** What is looked at: it is framed. */
  readonly place?: Place;
}

interface Layer {
  readonly label: string;
  readonly activation: string | null;
  readonly inputs: number;
  readonly neurons: number;
  weight(neuron: number, feature: number): number;
  readonly biases: readonly number[] | null;
}

export interface Network {
  readonly inputs: number;
  readonly layers: readonly Layer[];
  readonly values: NetworkOptions["values"] | null;
  readonly title: string;
  readonly description: string;
}

/** Reads the layers and checks that they chain; throws FigureError where they do not. */
export function readNetwork(o: NetworkOptions): Network {
  const { lang } = o;
  const layers: Layer[] = [];
  for (const layer of o.layers) {
    const last = layers.at(-1);
    if (hasWeights(layer)) layers.push(readLayer(layer, layers.length, lang));
    else if (last !== undefined && activations.includes(layer.kind ?? "")) {
      layers[layers.length - 1] = { ...last, activation: layer.kind! };
    }
  }
  if (layers.length === 0) throw new FigureError(lang, "error.layers");
  layers.slice(1).forEach((layer, i) => {
    const given = layers[i]!.neurons;
    if (layer.inputs !== given) {
      throw new FigureError(lang, "error.chain", { what: layer.label, expects: layer.inputs, given });
    }
  });
  const inputs = layers[0]!.inputs;
  const counts = [inputs, ...layers.map((layer) => layer.neurons)];
  if (o.values !== undefined && !counts.every((count, c) => o.values![c]?.length === count)) {
    throw new FigureError(lang, "error.values", { counts: counts.join(", ") });
  }
  const sizes = counts.join("-");
  const said = layers
    .map(({ label, neurons }) => say(lang, "network.neurons", { label, size: neurons }))
    .join("; ");
  return {
    inputs,
    layers,
    values: o.values ?? null,
    title: o.title ?? say(lang, "network.title", { sizes }),
    description: o.description ?? say(lang, "network.description", { inputs, layers: said }),
  };
}

function hasWeights(layer: LayerLike): layer is Weighted {
  return layer.weights !== undefined;
}

/** Weights with a row for each neuron: a matrix whose columns are neurons, or whose rows are features, is turned. */
export function neuronRows(weights: MatrixLike): number[][] {
  const { names } = weights;
  const rows = weights.toArray() as number[][];
  const transposed = names?.[1] === "neuron" || (names?.[0] === "feature" && names[1] !== "feature");
  return transposed ? rows[0]!.map((_, n) => rows.map((row) => row[n]!)) : rows;
}

function readLayer(layer: Weighted, i: number, lang: Lang): Layer {
  const label = layer.label ?? say(lang, "network.layer", { i: i + 1 });
  readMatrix(layer.weights, label, lang);
  const rows = neuronRows(layer.weights);
  const [neurons, inputs] = [rows.length, rows[0]!.length];
  const shape = layer.biases?.shape;
  if (shape && (shape.length !== 1 || shape[0] !== neurons)) {
    throw new FigureError(lang, "error.biases", { what: label, neurons, shape: showShape(shape) });
  }
  return {
    label,
    activation: null,
    inputs,
    neurons,
    weight: (n, f) => rows[n]![f]!,
    biases: (layer.biases?.toArray() as number[] | undefined) ?? null,
  };
}

/** A network of which it is known what flows through it. */
export type ValuedNetwork = NetworkOptions & Required<Pick<NetworkOptions, "values">>;

/** How what a neuron says comes about from what reaches it. Layers and neurons are counted from 0. */
export function networkFormula(o: ValuedNetwork, layer: number, neuron: number): Formula {
  const { layers } = readNetwork(o);
  const { values } = o;
  const { inputs, biases, activation, weight } = layers[layer]!;
  const own: Mark = { kind: "neuron", at: neuron };
  const terms = Array.from({ length: inputs }, (_, f): Formula["terms"][number] => [
    { value: values[layer]![f]!, mark: { kind: layer === 0 ? "feature" : "neuron", at: f } },
    { value: weight(neuron, f), mark: own },
  ]);
  const bias = biases?.[neuron] ?? 0;
  const result = values[layer + 1]![neuron]!;
  const sum = terms.reduce((total, [a, b]) => total + a.value * b!.value, 0) + bias;
  return {
    terms,
    bias: biases === null ? null : { value: bias, mark: own },
    // without an activation the sum is what was computed, to its last digit
    sum: { value: activation === null ? result : sum, mark: own },
    ...(activation === null ? {} : { activation: { name: activation, result } }),
    wrong: false,
  };
}

/** What a weight contributes: what comes in, times the weight. */
export function weightFormula(o: ValuedNetwork, layer: number, neuron: number, at: number): Formula {
  const term = networkFormula(o, layer, neuron).terms[at]!;
  const [a, b] = term;
  return { terms: [term], bias: null, sum: { value: a.value * b!.value, mark: b!.mark }, wrong: false };
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
