import type { Language } from "camada";

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

/** Mounts each element that says `data-figure="kind"` when the reader comes near it. */
export function mountFigures(lang: Language): void {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const { figure = "", options = "null" } = (target as HTMLElement).dataset;
        void KINDS[figure]?.().then(({ mount }) =>
          mount(target as HTMLElement, { lang, data: JSON.parse(options) }),
        );
      }
    },
    { rootMargin: "600px" },
  );
  for (const element of document.querySelectorAll("[data-figure]")) near.observe(element);
}
