import type { Language } from "camada";

/** A cell: TypeScript that runs, in order, after the cells before it. */
export interface Cell {
  readonly kind: "cell";
  readonly id: string;
  readonly code: string;
  /** The class of the error that the cell must end with, at compile time and at run time. */
  readonly error: string | null;
  /** What it shows when it runs, as the lesson says. */
  readonly output: string | null;
}

/** A figure, drawn from values of a cell. */
export interface Figure {
  readonly kind: "figure";
  readonly figure: "product" | "network";
  /** The cell after which it stands. */
  readonly of: string;
  /** What it is drawn from, by the figure's own names: JavaScript paths of cells' variables. */
  readonly values: { readonly [name: string]: string };
  readonly alt: string;
}

/** Text between cells, as Markdown. */
export interface Prose {
  readonly kind: "prose";
  readonly markdown: string;
}

export type Block = Prose | Cell | Figure;

/** A lesson in one language. */
export interface Lesson {
  readonly id: string;
  readonly lang: Language;
  readonly title: string;
  readonly blocks: readonly Block[];
}
