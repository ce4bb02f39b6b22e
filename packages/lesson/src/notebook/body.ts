import type { NotebookCell } from "@camada/interop";
import { LessonError } from "../error.js";
import type { Block } from "../lesson.js";
import { markdown, parse } from "../parse.js";
import { fromKernel } from "./kernel.js";
import { type Part, shownIn } from "./part.js";

/** A figure as Markdown: its drawing, which is attached to the cell, or without one its sentence. */
export function figureText(alt: string, drawn: boolean): string {
  return drawn ? `![${alt.replace(/[\\[\]]/g, "\\$&")}](attachment:${DRAWING})` : `> ${alt}`;
}

/** What the drawing of a figure is called where it is attached. */
export const DRAWING = "figure.svg";

/** An exercise as Markdown: which one it is, and its question. */
export function questionText(label: string, question: string): string {
  return `**${label}**\n\n${question}`;
}

/**
 * The Markdown of a cell's block in a lesson, without what ends it. The very text that is kept in its metadata
 * stands only as long as it says what the cell shows: so nothing comes of a notebook that is not to be seen in it,
 * but for an exercise's check and what a figure is drawn from.
 */
export function bodyOf(cell: NotebookCell, part: Part): string {
  const kept = part.source;
  switch (part.kind) {
    case "cell": {
      const found = fenced(cell, part.id, part.error);
      if (kept === undefined) return found;
      const block = alone(kept, "cell");
      return block !== null && fencedAs(block.id, block.code, block.error, block.output ?? "") === found
        ? kept
        : found;
    }
    case "figure": {
      const [block, alt] = [alone(kept, "figure"), altIn(cell.source)];
      if (block === null || alt === null) return proseOf(cell);
      if (alt === block.alt) return kept!;
      const quoted = alt.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
      return kept!.replace(/\balt=(?:"[^"]*"|'[^']*'|[^\s}]+)/, () => `alt="${quoted}"`);
    }
    case "exercise": {
      const block = alone(kept, "exercise");
      if (block === null) return proseOf(cell);
      const question = cell.source.replace(/^\*\*.*\*\*\n+/, "");
      return kept!.replace(block.markdown, () => question);
    }
    default:
      return kept?.trim() === cell.source ? kept : proseOf(cell);
  }
}

/** What ends a block's text: a blank line follows it, or nothing. */
export const usualEnd = (last: boolean): string => (last ? "\n" : "\n\n");

/** Prose without blank lines around it. */
const proseOf = ({ source }: NotebookCell): string => source.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, "");

/** A cell with what it has shown; where it has not run, it is said to fail as before. */
function fenced(cell: NotebookCell, id: string, declared: string | null): string {
  const outputs = cell.kind === "code" ? cell.outputs : [];
  const { text, error } = shownIn(outputs);
  return fencedAs(id, fromKernel(cell.source), outputs.length === 0 ? declared : error, text);
}

function fencedAs(id: string, code: string, error: string | null, output: string): string {
  const cell = fence(`ts cell id=${id}${error === null ? "" : ` error=${error}`}`, code);
  return output === "" ? cell : `${cell}\n\n${fence(`out of=${id}`, output)}`;
}

/** A fenced block; its fence is longer than any row of backticks in it. */
function fence(info: string, text: string): string {
  const rows = text.match(/`{3,}/g) ?? [];
  const marks = "`".repeat(Math.max(3, ...rows.map(({ length }) => length + 1)));
  return `${marks}${info}\n${text === "" ? "" : `${text}\n`}${marks}`;
}

/** The sentence of a figure in its cell; null where there is something else. */
function altIn(source: string): string | null {
  const found = /^!\[(.*)\]\(attachment:figure\.svg\)\s*$|^> (.*)$/s.exec(source);
  return found === null ? null : (found[2] ?? found[1]!.replace(/\\([\\[\]])/g, "$1"));
}

/** The one block of a kind that a text is, taken by itself: the cell that it belongs to is taken to be there. */
function alone<K extends Block["kind"]>(
  text: string | undefined,
  kind: K,
): Extract<Block, { kind: K }> | null {
  if (text === undefined) return null;
  try {
    const [node] = markdown.parse(text).children;
    const of = node !== undefined && "attributes" in node ? node.attributes?.["of"] : undefined;
    const before = kind === "cell" || !of ? "" : `${fencedAs(of, "", null, "")}\n\n`;
    const { blocks } = parse(`---\nlesson: x\nlang: en\ntitle: x\n---\n\n${before}${text}`);
    const block = blocks.at(-1);
    const one = blocks.length === (before === "" ? 1 : 2) && block?.kind === kind;
    return one ? (block as Extract<Block, { kind: K }>) : null;
  } catch (error) {
    if (error instanceof LessonError) return null;
    throw error;
  }
}
