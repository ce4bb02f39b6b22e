import { FigureError } from "./error.js";
import { type MatrixLike, readMatrix, showNumber, showShape, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { type Theme, wrap } from "./svg.js";

/** What a confusion matrix is drawn from. */
export interface ConfusionOptions {
  /** Counts, (true, predicted). */
  readonly matrix: MatrixLike;
  /** What the classes are called: by default 0, 1, 2, ... */
  readonly labels?: readonly string[];
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
  /** How wide the drawing should be: 640, or 72 characters as text. */
  readonly width?: number;
}

/** A confusion matrix as all its forms show it. */
export interface Confusion {
  readonly counts: readonly (readonly number[])[];
  /** Each count's share of its row, 0 in a row without any. */
  readonly shares: readonly (readonly number[])[];
  readonly labels: readonly string[];
  readonly title: string;
  readonly description: string;
}

/** Reads a confusion matrix; throws FigureError for what is none. */
export function readConfusion(o: ConfusionOptions): Confusion {
  const { lang } = o;
  const title = o.title ?? say(lang, "confusion.title");
  const { rows, columns, values: counts } = readMatrix(o.matrix, title, lang);
  if (rows.size !== columns.size) {
    throw new FigureError(lang, "error.square", { shape: showShape(o.matrix.shape) });
  }
  const wrong = counts.flat().find((count) => !(count >= 0 && count < Infinity));
  if (wrong !== undefined) throw new FigureError(lang, "error.counts", { value: String(wrong) });
  const labels = o.labels ?? counts.map((_, k) => String(k));
  if (labels.length !== rows.size) {
    throw new FigureError(lang, "error.labels", { classes: rows.size, given: labels.length });
  }
  const shares = counts.map((row) => row.map((count) => count / (sum(row) || 1)));
  return { counts, shares, labels, title, description: o.description ?? describe(counts, labels, lang) };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function describe(counts: Confusion["counts"], labels: readonly string[], lang: Lang): string {
  const total = sum(counts.flat());
  const right = sum(counts.map((row, k) => row[k]!));
  const mistakes = counts.flatMap((row, i) =>
    row.flatMap((count, j) => (i === j ? [] : [{ count, actual: labels[i]!, predicted: labels[j]! }])),
  );
  const facts = { right: showNumber(right), total: showNumber(total), share: percent(right / (total || 1)) };
  const said = say(lang, "confusion.description", facts);
  const worst = mistakes.reduce((a, b) => (b.count > a.count ? b : a), {
    count: 0,
    actual: "",
    predicted: "",
  });
  return worst.count === 0 ? said : `${said} ${say(lang, "confusion.worst", worst)}`;
}

/** A share in percent: with one digit after the point where it has less than three before it. */
export function percent(share: number): string {
  const digits = share > 0.9995 || share === 0 ? 0 : 1;
  return `${(100 * share).toFixed(digits)}%`;
}

/** The counts, one true class in a row, and the share of each row that is right. */
export function confusionTable(o: ConfusionOptions): Table {
  const { counts, shares, labels, title, description } = readConfusion(o);
  return {
    caption: `${title}. ${description}`,
    columns: [say(o.lang, "confusion.axes"), ...labels, say(o.lang, "confusion.share")],
    rows: counts.map((row, k) => [labels[k]!, ...row.map(showNumber), percent(shares[k]![k]!)]),
  };
}

/**
 * `confusionFigure` for a terminal: counts with aligned columns; what is 0 is a dot. The sentences are wrapped
 * to the width, the table is as wide as it must be.
 */
export function confusionText(o: ConfusionOptions): string {
  const { caption, columns, rows } = confusionTable(o);
  const [axes, ...labels] = columns;
  const shown = rows.map((row) => row.map((text, c) => (c > 0 && text === "0" ? "·" : text)));
  const all = [["", ...labels], ...shown];
  const widths = columns.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
  const lines = all.map((row) => row.map((text, c) => text.padStart(widths[c]!)).join("  "));
  return [...wrap(caption, o.width ?? 72), "", axes, ...lines].join("\n");
}
