/** The colors, dashes and markers that features, neurons, classes and curves have everywhere. */

/** Okabe and Ito's colors. Features and neurons start at different ones, so that three of each never share. */
export const features = [
  "#0072b2",
  "#d55e00",
  "#56b4e9",
  "#f0e442",
  "#009e73",
  "#cc79a7",
  "#e69f00",
] as const;
/** The colors of neurons. */
export const neurons = ["#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442", "#0072b2", "#d55e00"] as const;
/** The colors of what is above zero and below it. */
export const sign = { positive: "#0072b2", negative: "#e69f00" } as const;

const layers = ["#56b4e9", "#e69f00", "#0072b2", "#d55e00", "#cc79a7", "#009e73"] as const;

/** Dashes that go with the colors, so that color is never alone. */
export const dashes = ["none", "6 3", "2 2", "10 2", "8 2 2 2", "1 3", "4 4"] as const;

/** Colors of curves: those of Okabe and Ito's that stand out from light and dark paper as a thin line. */
const curves = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"] as const;
const markers = [
  { shape: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", character: "●" },
  { shape: "m-4 -4h8v8h-8z", character: "■" },
  { shape: "m0 -5l5 9h-10z", character: "▲" },
  { shape: "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z", character: "◆" },
] as const;

/** What the theme decides, light then dark. */
export const inks = {
  ink: ["#1c1c1c", "#ececec"],
  quiet: ["#595959", "#b0b0b0"],
  paper: ["#fffefb", "#17181a"],
  wrong: ["#b3001b", "#ff8a8a"],
  positive: ["#0072b2", "#56a8e0"],
  negative: ["#b87700", "#e69f00"],
} as const;

export type Kind = "feature" | "neuron";

/** Which feature or neuron something belongs to. */
export interface Mark {
  readonly kind: Kind;
  readonly at: number;
}

/** The color and the dash of the i-th feature or neuron. */
export function style(kind: Kind, i: number): { color: string; dash: string } {
  const colors = kind === "feature" ? features : neurons;
  return { color: colors[i % colors.length]!, dash: dashes[i % dashes.length]! };
}

/**
 * CSS that underlines text in the color and the dash of a feature or neuron, as the figures' matrices do; where
 * the reader's own colors are forced on all else, too.
 */
export function underline({ kind, at }: Mark): string {
  const { color, dash } = style(kind, at);
  const lengths = dash === "none" ? [4, 0] : dash.split(" ").map(Number);
  let from = 0;
  const stops = lengths.map((length, i) => {
    const stop = `${i % 2 === 0 ? color : "transparent"} ${from}px ${from + length}px`;
    from += length;
    return stop;
  });
  const line = `repeating-linear-gradient(90deg,${stops.join(",")})`;
  return `padding-bottom:2px;background:${line} bottom/100% 3px no-repeat;forced-color-adjust:preserve-parent-color`;
}

/** Shapes of points, beside a center, that are told apart when they are small. */
const shapes = [
  markers[0].shape,
  markers[1].shape,
  markers[2].shape,
  markers[3].shape,
  "m-1.8 -5h3.6v3.2h3.2v3.6h-3.2v3.2h-3.6v-3.2h-3.2v-3.6h3.2z",
  "m0 5l-5 -9h10z",
] as const;
const angles = [0, 90, 45, 135, 22, 112] as const;

/** How the k-th class is told from the others: color, shape of its points, direction of its lines. */
export function classStyle(k: number) {
  return {
    color: neurons[k % neurons.length]!,
    shape: shapes[k % shapes.length]!,
    angle: angles[k % angles.length]!,
  };
}

/** The color of the i-th layer's band: not those of its first neurons. */
export function layerColor(i: number): string {
  return layers[i % layers.length]!;
}

/** `text` in a terminal's 24-bit color. */
export function ansi(text: string, color: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `\u001b[38;2;${r};${g};${b}m${text}\u001b[39m`;
}

/** How the i-th curve is told from the others: color, dash, and a marker as a path and as a character. */
export function seriesStyle(i: number) {
  const { shape: marker, character } = markers[i % markers.length]!;
  return { color: curves[i % curves.length]!, dash: dashes[i % dashes.length]!, marker, character };
}
