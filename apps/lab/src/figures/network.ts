import {
  formulaHtml,
  formulaText,
  fromPlain,
  type LayerLike,
  networkFigure,
  networkFormula,
  networkTable,
  neuronRows,
  type Place,
  type PlainArray,
  tableHtml,
  type ValuedNetwork,
  weightFormula,
} from "@camada/figures";
import { flow } from "@camada/lesson";
import { button, h } from "../dom.js";
import { arrow, placeUnder, replaceDrawing } from "./dom.js";
import type { FigureOptions } from "./index.js";
import { say } from "./messages/index.js";

/** What a living network is made of. */
export interface NetworkData {
  readonly layers: readonly {
    readonly weights?: PlainArray;
    readonly biases?: PlainArray;
    readonly kind?: string;
  }[];
  /** What comes in: one observation, or a row for each. */
  readonly input: PlainArray;
}

/** A number of the network that can be changed: where it stands, and between what. */
interface Dial {
  readonly label: string;
  readonly most: number;
  readonly edge: number | null;
  get(): number;
  set(value: number): void;
}

/**
 * The network: each neuron opens its formula, each weight, bias and input has a slider, and can be dragged;
 * what follows from them is computed by camada.
 */
export function mount(figure: HTMLElement, { lang, data }: FigureOptions): () => void {
  const given = data as NetworkData;
  const observations = rowsOf(given.input);
  let inputs = [...observations[0]!];
  let numbers = copy(given);
  let place: Exclude<Place, { kind: "weight" }> = { kind: "neuron", layer: 0, at: 0 };
  /** Which of the neuron's weights is looked at. */
  let edge: number | null = null;
  let dials: Dial[] = [];

  const network = (): ValuedNetwork => {
    const layers = layersOf(numbers);
    const input = fromPlain({ shape: [inputs.length], names: null, values: inputs });
    const looked: Place =
      edge === null || place.kind === "input"
        ? place
        : { kind: "weight", layer: place.layer, neuron: place.at, at: edge };
    return { layers, values: flow(layers, input), place: looked, lang, id: `${figure.id || "network"}-live` };
  };

  const drawing = h("div", {
    class: "drawing draggable",
    tabindex: 0,
    role: "group",
    "aria-label": say(lang, "network.keys"),
  });
  const hint = h("p", { class: "label" }, say(lang, "network.hint"));
  const title = h("p", { class: "label" });
  const formula = h("div", { class: "formula-now" });
  const said = h("div", { "aria-live": "polite" }, title, formula);
  const sliders = h("div", { class: "sliders" });
  const table = figure.querySelector("details > .scroll");
  const tools = h("p", { class: "figure-tools" });

  const draw = (): void => {
    const now = network();
    drawing.innerHTML = networkFigure(now);
    title.textContent = titleOf();
    formula.innerHTML = formulaOf(now);
    const fresh = h("div");
    fresh.innerHTML = tableHtml(networkTable(now));
    table?.replaceChildren(...fresh.firstElementChild!.childNodes);
    for (const [k, row] of [...sliders.children].entries()) {
      const { edge: own, get } = dials[k]!;
      row.classList.toggle("looked", own !== null && own === edge);
      row.querySelector("output")!.textContent = String(get());
      const slider = row.querySelector("input")!;
      if (document.activeElement !== slider) slider.value = String(get());
    }
  };

  const titleOf = (): string => {
    if (place.kind === "input") return say(lang, "network.input", { at: place.at + 1 });
    const neuron = say(lang, "network.neuron", { at: place.at + 1, layer: place.layer + 1 });
    return edge === null
      ? neuron
      : `${neuron}, ${say(lang, "network.weight", { at: edge + 1 }).toLowerCase()}`;
  };
  const formulaOf = (now: ValuedNetwork): string => {
    if (place.kind === "input") return "";
    const whole = formulaHtml(networkFormula(now, place.layer, place.at), lang);
    if (edge === null) return whole;
    const one = formulaText(weightFormula(now, place.layer, place.at, edge), lang).replace("\n", " ");
    const line = h("span", { class: "one" }, one);
    return line.outerHTML + whole;
  };

  /** Looks at another part, whose numbers get sliders. */
  const look = (next: typeof place, nextEdge: number | null = null): void => {
    const same = JSON.stringify(next) === JSON.stringify(place) && dials.length > 0;
    [place, edge] = [next, nextEdge];
    if (!same) {
      dials = dialsOf();
      sliders.replaceChildren(...dials.map(slider));
    }
    draw();
  };
  const dialsOf = (): Dial[] => {
    if (place.kind === "input") {
      const { at } = place;
      return [dial(say(lang, "network.value"), null, inputs, at)];
    }
    const { weights, biases } = numbers.layers.filter((layer) => layer.weights !== undefined)[place.layer]!;
    const row = weights![place.at]!;
    const list = row
      .slice(0, MOST)
      .map((_, k) => dial(say(lang, "network.weight", { at: k + 1 }), k, row, k));
    return biases === undefined ? list : [...list, dial(say(lang, "network.bias"), null, biases, place.at)];
  };
  const slider = ({ label, most, edge: own, get, set }: Dial): HTMLElement => {
    const range = h("input", { type: "range", min: -most, max: most, step: "any", value: get() });
    range.addEventListener("input", () => {
      set(Math.round(range.valueAsNumber * 100) / 100);
      draw();
    });
    range.addEventListener("focus", () => {
      edge = own;
      draw();
    });
    return h("label", {}, h("span", {}, label), range, h("output"));
  };

  const columns = (): number[] => network().values.map((values) => values.length);
  /** What is looked at, a hundredth more or less: what dragging does. */
  const nudge = (by: number): void => {
    const looked = edge === null ? dials.at(-1) : dials.find((one) => one.edge === edge);
    if (looked === undefined) return;
    looked.set(Math.round(100 * looked.get() + by) / 100);
    draw();
  };
  drawing.addEventListener("keydown", (event) => {
    const by = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (by !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return nudge(by);
    }
    if (event.key === "Enter" && place.kind === "neuron") {
      event.preventDefault();
      const edges = dials.filter((one) => one.edge !== null).length;
      return look(place, edge === edges - 1 ? null : (edge ?? -1) + 1);
    }
    const way = arrow(event);
    if (way === null) return;
    event.preventDefault();
    const sizes = columns();
    const column = place.kind === "input" ? 0 : place.layer + 1;
    const to = Math.min(Math.max(column + way[1], 0), sizes.length - 1);
    const at = Math.min(Math.max(place.at + way[0], 0), sizes[to]! - 1);
    look(to === 0 ? { kind: "input", at } : { kind: "neuron", layer: to - 1, at });
  });

  drawing.addEventListener("pointerdown", (event) => {
    const [name, a, b, c] = placeUnder(event) ?? [""];
    if (name === "input") look({ kind: "input", at: a! });
    else if (name === "neuron") look({ kind: "neuron", layer: a!, at: b! });
    else if (name === "weight") look({ kind: "neuron", layer: a!, at: b! }, c!);
    else return;
    const dragged = name === "input" ? dials[0] : dials.find((one) => one.edge === edge && edge !== null);
    if (dragged === undefined) return;
    const [from, x] = [dragged.get(), event.clientX];
    drawing.setPointerCapture(event.pointerId);
    const drag = (moved: PointerEvent): void => {
      const value = from + ((moved.clientX - x) / 150) * dragged.most;
      dragged.set(Math.round(Math.min(Math.max(value, -dragged.most), dragged.most) * 100) / 100);
      draw();
    };
    drawing.addEventListener("pointermove", drag);
    const drop = (): void => drawing.removeEventListener("pointermove", drag);
    drawing.addEventListener("lostpointercapture", drop, { once: true });
  });

  const reset = (): void => {
    numbers = copy(given);
    inputs = [...observations[Number(chosen.value)]!];
    dials = [];
    look(place, edge);
  };
  const chosen = h("select", {}, ...observations.map((_, i) => h("option", { value: i }, String(i + 1))));
  chosen.addEventListener("change", reset);
  if (observations.length > 1) tools.append(h("label", {}, `${say(lang, "network.observation")} `, chosen));
  tools.append(button(say(lang, "reset"), reset));

  const restore = replaceDrawing(figure, drawing, hint, said, sliders, tools);
  look(place);
  return restore;
}

/** So many weights of a neuron get a slider. */
const MOST = 12;

function dial(label: string, edge: number | null, numbers: number[], at: number): Dial {
  return {
    label,
    edge,
    most: Math.max(1, Math.ceil(2 * Math.abs(numbers[at]!))),
    get: () => numbers[at]!,
    set: (value) => {
      numbers[at] = value;
    },
  };
}

const rowsOf = ({ shape, values }: PlainArray): number[][] =>
  shape.length === 1 ? [values as number[]] : (values as number[][]);

/** Numbers to change, one row of weights a neuron, apart from those that were given. */
interface Numbers {
  readonly layers: readonly { weights?: number[][]; biases?: number[]; kind?: string }[];
}

function copy({ layers }: NetworkData): Numbers {
  return {
    layers: layers.map(({ weights, biases, kind }) => ({
      ...(weights === undefined ? {} : { weights: structuredClone(neuronRows(fromPlain(weights))) }),
      ...(biases === undefined ? {} : { biases: structuredClone(biases.values) as number[] }),
      ...(kind === undefined ? {} : { kind }),
    })),
  };
}

function layersOf({ layers }: Numbers): LayerLike[] {
  return layers.map(({ weights, biases, kind }) => ({
    ...(weights === undefined
      ? {}
      : {
          weights: fromPlain({
            shape: [weights.length, weights[0]!.length],
            names: ["neuron", "feature"],
            values: weights,
          }),
        }),
    ...(biases === undefined
      ? {}
      : { biases: fromPlain({ shape: [biases.length], names: null, values: biases }) }),
    ...(kind === undefined ? {} : { kind }),
  }));
}
