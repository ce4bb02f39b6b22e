import { inks } from "./palette.js";

/** Markup that is already safe; only this file makes it. */
export interface Svg {
  readonly markup: string;
}

type Attributes = { readonly [name: string]: string | number };

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as XML may hold it: markup escaped, and characters that XML forbids left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => entities[character]!);
}

/** An element; strings among its children are text and are escaped. */
export function el(name: string, attributes: Attributes, ...children: (Svg | string)[]): Svg {
  const attrs = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === "number" ? short(value) : value)}"`)
    .join("");
  const inner = children.map((c) => (typeof c === "string" ? escapeXml(c) : c.markup)).join("");
  return { markup: inner === "" ? `<${name}${attrs}/>` : `<${name}${attrs}>${inner}</${name}>` };
}

const short = (value: number) => String(Math.round(value * 100) / 100);

export interface Page {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly lang: string;
  readonly title: string;
  readonly description: string;
  readonly theme: Theme;
}

/** Light, dark, or as the page is. */
export type Theme = "auto" | "light" | "dark";

/** A whole figure: named and described for screen readers, as wide as its column, light or dark as the page. */
export function page(p: Page, ...children: Svg[]): string {
  const root = el(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      id: p.id,
      class: "camada-figure",
      lang: p.lang,
      role: "img",
      "aria-labelledby": `${p.id}-title ${p.id}-desc`,
      viewBox: `0 0 ${short(p.width)} ${short(p.height)}`,
      style: `width:100%;max-width:${short(p.width * 1.1)}px;height:auto`,
    },
    el("title", { id: `${p.id}-title` }, p.title),
    el("desc", { id: `${p.id}-desc` }, p.description),
    el("style", {}, css(p.id, p.theme)),
    ...children,
  );
  return `${root.markup.replace(/<(g|path|rect|text|line|circle|defs|style)\b/g, "\n<$1")}\n`;
}

/** A whole figure as a part of another, at most `width` wide and no larger than it would be alone. */
export function inset(figure: string, x: number, y: number, width: number): { part: Svg; height: number } {
  const [, across, down] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(figure)!.map(Number) as [
    number,
    number,
    number,
  ];
  const scale = Math.min(1, width / across);
  const box = { x, y, width: across * scale, height: down * scale };
  const attributes = Object.entries(box).map(([name, value]) => `${name}="${short(value)}"`);
  // a part has its own room, where a figure takes that of its column
  const markup = figure.replace(/style="width:100%[^"]*"/, attributes.join(" ")).trimEnd();
  return { part: { markup }, height: box.height };
}

// A page may set --camada-ink and the rest; the fallbacks follow the reader's light or dark.
function css(id: string, theme: Theme): string {
  const vars = (which: 0 | 1) =>
    Object.entries(inks)
      .map(([name, pair]) => `--${name}:var(--camada-${name},${pair[which]})`)
      .join(";");
  const dark = theme === "auto" ? `@media (prefers-color-scheme:dark){#${id}{${vars(1)}}}` : "";
  return [
    `#${id}{${vars(theme === "dark" ? 1 : 0)}}${dark}`,
    `#${id} text{fill:var(--ink);font:15px ui-monospace,Menlo,Consolas,monospace}`,
    `#${id} .label{font-weight:600}#${id} .quiet{fill:var(--quiet);font-size:13px}#${id} .tiny{fill:var(--quiet);font-size:11px}`,
    `#${id} .say{font:14px Georgia,serif}#${id} .wrong{fill:var(--wrong)}`,
    `#${id} .over{paint-order:stroke;stroke:var(--paper);stroke-width:5px}`,
    `#${id} .line{stroke:var(--ink);fill:none;stroke-width:1.5}`,
    `#${id} .bad{stroke:var(--wrong);fill:none;stroke-width:2;stroke-dasharray:5 3}`,
    `#${id} .step{stroke:var(--ink);fill:none;stroke-width:2.5}#${id} .place{fill:none;pointer-events:all}`,
    `#${id} .pos{stroke:var(--positive)}#${id} .neg{stroke:var(--negative);stroke-dasharray:5 2}`,
  ].join("");
}

/** An id that is safe in XML, CSS and `url(#…)`. */
export function safeId(id: string): string {
  const clean = id.replace(/[^A-Za-z0-9_-]/g, "-");
  return /^[A-Za-z]/.test(clean) ? clean : `f${clean}`;
}

/** Lines of at most `width` characters, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A text of at most `most` characters, the rest of it an ellipsis. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, Math.max(most - 1, 1)).join("")}…`;
}
