import type { Language } from "camada";
import { button, h } from "../../dom.js";
import { type Message, say } from "../messages/index.js";
import { ACTIVATIONS, BATCHES, MOST, OPTIMIZERS, PENALTIES, RATES, SETS, type Settings } from "./settings.js";

/** The settings as controls; `change` is told of new ones. Returns the element and what shows other settings. */
export function controlsOf(
  lang: Language,
  first: Settings,
  change: (settings: Settings) => void,
): { readonly element: HTMLElement; show(settings: Settings): void } {
  let settings = first;
  const set = (part: Partial<Settings>): void => {
    settings = { ...settings, ...part };
    showLayers();
    change(settings);
  };
  const shows: ((settings: Settings) => void)[] = [];

  const choice = <K extends keyof Settings>(name: K, message: Message, known: readonly Settings[K][]) => {
    const select = h("select");
    const fill = (value: Settings[K]): void => {
      const all = known.includes(value) ? known : [...known, value];
      const texts = all.map((one) =>
        name === "data" ? say(lang, `play.${one as Settings["data"]}`) : String(one),
      );
      select.replaceChildren(
        ...texts.map((text, i) => h("option", { value: i, selected: all[i] === value }, text)),
      );
    };
    select.addEventListener("change", () => set({ [name]: known[Number(select.value)] ?? settings[name] }));
    shows.push((now) => fill(now[name]));
    return h("label", {}, h("span", {}, say(lang, message)), select);
  };
  const number = (
    name: "noise" | "samples" | "seed",
    message: Message,
    least: number,
    most: number,
    by: number,
  ) => {
    const field = h("input", { type: "number", min: least, max: most, step: by });
    field.addEventListener("change", () => {
      const value = field.valueAsNumber;
      if (value >= least && value <= most && (by < 1 || Number.isInteger(value))) set({ [name]: value });
      else field.value = String(settings[name]);
    });
    shows.push((now) => {
      field.value = String(now[name]);
    });
    return h("label", {}, h("span", {}, say(lang, message)), field);
  };

  const layers = h("div", { class: "layers" });
  const showLayers = (): void => {
    const { layers: sizes } = settings;
    const resize = (at: number, by: number): void =>
      set({
        layers: sizes.map((size, i) => (i === at ? Math.min(Math.max(size + by, 1), MOST.neurons) : size)),
      });
    // the button that was pressed is made anew: who uses the keyboard stays where they were
    const focused = layers.contains(document.activeElement)
      ? document.activeElement!.getAttribute("data-name")
      : null;
    const named = (name: string, label: string) => ({ "aria-label": label, "data-name": name });
    layers.replaceChildren(
      ...sizes.map((size, i) => {
        const layer = i + 1;
        return h(
          "div",
          { role: "group", "aria-label": say(lang, "play.layer", { layer }) },
          h("span", {}, say(lang, "play.layer", { layer })),
          button("−", () => resize(i, -1), named(`less ${i}`, say(lang, "play.fewer", { layer }))),
          h("output", {}, String(size)),
          button("+", () => resize(i, 1), named(`more ${i}`, say(lang, "play.more", { layer }))),
          button(
            "×",
            () => set({ layers: sizes.toSpliced(i, 1) }),
            named(`remove ${i}`, say(lang, "play.removeLayer", { layer })),
          ),
        );
      }),
      ...(sizes.length < MOST.layers
        ? [button(say(lang, "play.addLayer"), () => set({ layers: [...sizes, 4] }), { "data-name": "add" })]
        : []),
    );
    if (focused !== null) {
      (
        layers.querySelector<HTMLElement>(`[data-name="${focused}"]`) ?? layers.querySelector("button")
      )?.focus();
    }
  };
  shows.push(showLayers);

  const element = h(
    "div",
    { class: "controls" },
    choice("data", "play.data", SETS),
    number("noise", "play.noise", 0, 1, 0.05),
    number("samples", "play.samples", 12, MOST.samples, 12),
    choice("activation", "play.activation", ACTIVATIONS),
    choice("optimizer", "play.optimizer", OPTIMIZERS),
    choice("learningRate", "play.learningRate", RATES),
    choice("batchSize", "play.batchSize", BATCHES),
    choice("l2", "play.l2", PENALTIES),
    number("seed", "play.seed", 0, 2 ** 31 - 1, 1),
    layers,
  );
  const show = (now: Settings): void => {
    settings = now;
    for (const one of shows) one(now);
  };
  show(first);
  return { element, show };
}
