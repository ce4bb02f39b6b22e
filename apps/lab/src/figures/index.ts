import type { Language } from "camada";
import { h, pause } from "../dom.js";
import { say } from "./messages/index.js";

export interface FigureOptions {
  readonly lang: Language;
  /** What the page's element carries in `data-options`, as JSON. */
  readonly data: unknown;
}

/** Brings a figure to life in its element, whose static drawing it may keep or replace; returns what ends it. */
type Mount = (element: HTMLElement, options: FigureOptions) => () => void;

/** The module of each kind of figure: loaded when the first of its kind comes near. */
const KINDS: { readonly [kind: string]: () => Promise<{ readonly mount: Mount }> } = {
  product: () => import("./product.js"),
  network: () => import("./network.js"),
  strokes: () => import("./digits/strokes.js"),
  study: () => import("./digits/study.js"),
  playground: () => import("./playground/index.js"),
};

/** What ends each figure that lives. */
const living = new WeakMap<HTMLElement, () => void>();

/** Mounts each element that says `data-figure="kind"` when the reader comes near it, one after the other. */
export function mountFigures(lang: Language): void {
  let before = Promise.resolve();
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        before = before.then(() => bring(target as HTMLElement, lang));
      }
    },
    { rootMargin: "600px" },
  );
  for (const element of document.querySelectorAll("[data-figure]")) near.observe(element);
}

/** Gives a figure other data; false where it does not live yet, and is to be drawn till then. */
export function renewFigure(element: HTMLElement, data: unknown, lang: Language): boolean {
  element.dataset["options"] = JSON.stringify(data);
  const end = living.get(element);
  if (end === undefined) return false;
  end();
  living.delete(element);
  void bring(element, lang);
  return true;
}

/** Loads a figure's module in one idle moment and mounts it in another, so that neither holds the page up. */
async function bring(element: HTMLElement, lang: Language): Promise<void> {
  await pause();
  const module = await KINDS[element.dataset["figure"]!]!().catch(() => null);
  if (module === null) {
    element.append(h("p", { class: "label", role: "status" }, say(lang, "unloaded")));
    return;
  }
  await pause();
  const data: unknown = JSON.parse(element.dataset["options"] ?? "null");
  living.set(element, module.mount(element, { lang, data }));
}
