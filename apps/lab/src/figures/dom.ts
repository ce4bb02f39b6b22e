/** Puts living parts in the place of a figure's drawing, before its caption; returns what puts it back. */
export function replaceDrawing(figure: HTMLElement, ...parts: HTMLElement[]): () => void {
  const caption = figure.querySelector(":scope > figcaption");
  return replaceAll(figure, ...parts, ...(caption === null ? [] : [caption]));
}

/** Puts living parts in the place of all that a figure has; returns what puts it back. */
export function replaceAll(figure: HTMLElement, ...parts: Element[]): () => void {
  const before = [...figure.childNodes];
  figure.replaceChildren(...parts);
  return () => figure.replaceChildren(...before);
}

/** Lets a figure's caption say what its drawing says now, in place of what was saved. */
export function captionFrom(figure: HTMLElement, drawing: HTMLElement): void {
  const caption = figure.querySelector(":scope > figcaption")?.firstChild;
  const description = drawing.querySelector("desc")?.textContent;
  if (caption && description) caption.textContent = description;
}

/** Calls `draw` with an element's width, now and whenever it changes; returns what ends it. */
export function onWidth(element: HTMLElement, draw: (width: number) => void): () => void {
  let last = 0;
  const observer = new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width === last || width === 0) return;
    last = width;
    draw(width);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

/** Where an arrow key leads: rows and columns. */
export function arrow(event: KeyboardEvent): readonly [rows: number, columns: number] | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as const;
  return ways[event.key as keyof typeof ways] ?? null;
}

/** What stands in `data-at` of the drawing's part under an event, split at its spaces. */
export function placeUnder(event: Event): readonly [name: string, ...at: number[]] | null {
  const at = (event.target as Element).closest("[data-at]")?.getAttribute("data-at");
  if (at == null) return null;
  const [name = "", ...numbers] = at.split(" ");
  return [name, ...numbers.map(Number)];
}

export const stillness = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
