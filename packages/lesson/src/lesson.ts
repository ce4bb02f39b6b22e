import type { Language } from "camada";

/** Where a block stands in its file. All blocks' `source`, one after the other, are the file. */
interface Placed {
  /** Its exact text, with the blank lines after it. */
  readonly source: string;
  /** The line, from 1, in which it begins. */
  readonly line: number;
}

/** A cell: TypeScript that runs, in order, after the cells before it. */
export interface Cell extends Placed {
  readonly kind: "cell";
  /** What it is called. */
  readonly id: string;
  /** Its TypeScript. */
  readonly code: string;
  /** The class of the error that the cell must end with, at compile time and at run time. */
  readonly error: string | null;
  /** What it shows when it runs, as the lesson says. */
  readonly output: string | null;
}

/** A figure, drawn from values of a cell. */
export interface Figure extends Placed {
  readonly kind: "figure";
  readonly figure: "product" | "network" | "curves" | "confusion" | "playground" | "strokes" | "study";
  /** The cell after which it stands. */
  readonly of: string;
  /** What it is drawn from, by the figure's own names: paths of cells' variables, as `weights.T`. */
  readonly values: { readonly [name: string]: string };
  /** What else it is told: labels, say. */
  readonly words: { readonly [name: string]: string };
  /** The file beside the lesson that it is drawn from, if it is. */
  readonly saved: string | null;
  readonly alt: string;
}

/** Text between cells, as Markdown. */
export interface Prose extends Placed {
  readonly kind: "prose";
  readonly markdown: string;
}

/** A question that the reader answers, to be handed in. */
export interface Exercise extends Placed {
  readonly kind: "exercise";
  readonly id: string;
  /** What the answer is: words, a number, or what a cell makes. */
  readonly answer: "text" | "number" | "cell";
  /** The cell before it that is the answer, if one is. */
  readonly of: string | null;
  /** The question, as Markdown. */
  readonly markdown: string;
  /** TypeScript that looks at the answer, and says `fail("...")` where something is wrong with it. */
  readonly check: string | null;
}

/** What a lesson is made of. */
export type Block = Prose | Cell | Figure | Exercise;

/** A lesson in one language, read from its file. */
export interface Lesson {
  /** What it is called in addresses. */
  readonly id: string;
  /** Its language. */
  readonly lang: Language;
  /** Its title. */
  readonly title: string;
  /** The front matter as it stands in the file. */
  readonly head: string;
  /** Prose, cells, figures and exercises, in order. */
  readonly blocks: readonly Block[];
}

/** What the compiler makes of a cell's code: what it takes to run it. */
export interface CompiledCode {
  /** A module of plain JavaScript: `export default async (modules, scope, console) => { ... }`. */
  readonly module: string;
  /** The names it makes, for later cells: what it declares and what it imports. */
  readonly makes: readonly string[];
  /** The names it takes from the cells before it. */
  readonly takes: readonly string[];
}

/** A cell with what it takes to run it without a compiler. */
export interface CompiledCell extends Cell, CompiledCode {
  /** What the compiler says of it, first complaint first. */
  readonly complaints: readonly Complaint[];
}

/** An exercise with what it takes to check an answer without a compiler. */
export interface CompiledExercise extends Exercise {
  readonly module: string | null;
  /** The names of cells that the check looks at. */
  readonly takes: readonly string[];
}

/** What the compiler says of a cell before it runs. */
export interface Complaint {
  readonly cell: string;
  /** The line in the lesson's file. */
  readonly line: number;
  /** camada's own sentence, or TypeScript's where there is none. */
  readonly sentence: string;
  /** All that TypeScript says. */
  readonly detail: string;
}

/** A lesson ready to run and to show: plain data, which JSON can carry. */
export interface CompiledLesson extends Omit<Lesson, "blocks"> {
  /** The same, with a module for each cell. */
  readonly blocks: readonly (Prose | CompiledCell | Figure | CompiledExercise)[];
}

/** The cells of a lesson, in order. */
export function cellsOf<B extends { readonly kind: string }>(lesson: {
  readonly blocks: readonly B[];
}): Extract<B, { readonly kind: "cell" }>[] {
  return lesson.blocks.filter(
    (block): block is Extract<B, { readonly kind: "cell" }> => block.kind === "cell",
  );
}
