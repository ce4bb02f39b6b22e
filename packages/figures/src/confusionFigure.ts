import { type ConfusionOptions, percent, readConfusion } from "./confusion.js";
import { showNumber } from "./matrix.js";
import { say } from "./messages/index.js";
import { cut, el, page, type Svg, safeId, wrap } from "./svg.js";

const glyph = 9.1;
const head = 52;

/**
 * A confusion matrix as SVG: a row for each true class and a column for each predicted one. What is right
 * stands in frames, mistakes in red, both deeper as their share of the row grows; cells that are wide enough
 * say the share too.
 * @throws FigureError for anything but a square matrix of counts
 * @example
 * confusionFigure({ matrix: array([[8, 2], [1, 9]]), labels: ["cat", "dog"], lang: "en" });
 */
export function confusionFigure(o: ConfusionOptions): string {
  const { counts, shares, labels, title, description } = readConfusion(o);
  const classes = labels.length;
  const longest = Math.max(...labels.map((label) => [...label].length));
  const side = Math.min(longest, 12) * glyph + 18;
  const room = ((o.width ?? 640) - side - 10) / classes;
  const cell = Math.max(26, Math.min(room, Math.max(76, longest * glyph + 10)));
  const saysShare = cell >= 46;
  const tall = saysShare ? 44 : Math.max(cell, 28);
  const texts = counts.map((row) => row.map(showNumber));
  const widest = Math.max(...texts.flat().map((text) => text.length));
  const size = Math.max(8, Math.min(15, Math.floor((cell - 5) / (widest * 0.61))));

  const square = (i: number, j: number): Svg => {
    const [x, y] = [side + j * cell, head + i * tall];
    const share = shares[i]![j]!;
    const text = texts[i]![j]!;
    const two = saysShare && share > 0;
    const center = { x: x + cell / 2, "text-anchor": "middle" };
    const fill = i === j ? "var(--ink)" : "var(--wrong)";
    const area = { x: x + 1, y: y + 1, width: cell - 2, height: tall - 2 };
    const count = { ...center, y: y + tall / 2 + (two ? -2 : 5), style: `font-size:${size}px` };
    return el(
      "g",
      {},
      el("title", {}, `${labels[i]} → ${labels[j]}: ${text} (${percent(share)})`),
      // the cube root shows a mistake in a hundred, and leaves the text readable on what is always so
      el("rect", { ...area, fill, "fill-opacity": 0.36 * Math.cbrt(share) }),
      ...(i === j ? [el("rect", { ...area, class: "line" })] : []),
      el("text", share > 0 ? count : { ...count, class: "quiet" }, text),
      ...(two
        ? [el("text", { ...center, y: y + tall / 2 + 15, style: "font-size:11px" }, percent(share))]
        : []),
    );
  };

  const parts: Svg[] = [el("text", { x: 8, y: 18, class: "quiet" }, say(o.lang, "confusion.axes"))];
  labels.forEach((label, k) => {
    const x = side + (k + 0.5) * cell;
    const y = head + (k + 0.5) * tall + 5;
    parts.push(
      el("text", { x, y: head - 10, "text-anchor": "middle" }, cut(label, Math.floor((cell - 2) / glyph))),
      el("text", { x: side - 10, y, "text-anchor": "end" }, cut(label, 12)),
    );
  });
  parts.push(...counts.flatMap((row, i) => row.map((_, j) => square(i, j))));

  const width = Math.max(side + classes * cell + 10, 300);
  let height = head + classes * tall + 10;
  for (const text of wrap(description, Math.floor((width - 16) / 7.6))) {
    height += 18;
    parts.push(el("text", { x: 8, y: height, class: "say" }, text));
  }
  const id = safeId(o.id ?? "confusion");
  return page(
    { id, width, height: height + 10, lang: o.lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}
