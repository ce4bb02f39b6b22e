import type { JsonObject, Notebook, NotebookCell } from "@camada/interop";
import type { Block, Figure, Lesson } from "../lesson.js";
import { say } from "../messages/index.js";
import { bodyOf, DRAWING, figureText, questionText, usualEnd } from "./body.js";
import { KERNEL, kernelName, setupCode, toKernel } from "./kernel.js";
import { marked, outputsOf, type Part, partOf } from "./part.js";

/** How a lesson becomes a notebook. */
export interface ToNotebookOptions {
  /** The version of camada that the notebook's cells import; otherwise the newest. */
  readonly version?: string;
  /** A figure as SVG, which the notebook shows; null, as by default, for its sentence alone. */
  readonly draw?: (figure: Figure) => string | null;
}

/**
 * A lesson as a notebook that Deno's kernel for Jupyter runs: prose, cells with their outputs, figures as images,
 * exercises, each with a cell for the answer. What a notebook cannot show is kept in its metadata, so that
 * `fromNotebook` gives the lesson's file back byte for byte.
 */
export function toNotebook(lesson: Lesson, options: ToNotebookOptions = {}): Notebook {
  const { lang, id, title, head, blocks } = lesson;
  const cells = blocks.flatMap((block, i) => {
    const cell = exactly(block, i === blocks.length - 1, (exact) => cellOf(lesson, block, exact, options));
    return block.kind === "exercise" && block.answer !== "cell" ? [cell, answerTo(block.id)] : [cell];
  });
  const setup = codeCell(
    setupCode(lang, kernelName(options.version)),
    { kind: "setup" },
    { jupyter: { source_hidden: true } },
  );
  return { metadata: { camada: { lesson: id, lang, head }, ...KERNEL, title }, cells: [setup, ...cells] };
}

/** What of a block's text does not follow from its cell. */
type Exact = Pick<Part, "source" | "end">;

/** A block's cell, with what it takes to write the block's very text again. */
function exactly(block: Block, last: boolean, show: (exact: Exact) => NotebookCell): NotebookCell {
  const end = /\s*$/.exec(block.source)![0];
  const source = block.source.slice(0, block.source.length - end.length);
  const unusual = end === usualEnd(last) ? {} : { end };
  const plain = show(unusual);
  return bodyOf(plain, partOf(plain)) === source ? plain : show({ source, ...unusual });
}

function cellOf(lesson: Lesson, block: Block, exact: Exact, options: ToNotebookOptions): NotebookCell {
  switch (block.kind) {
    case "prose":
      return { kind: "markdown", source: block.markdown, metadata: marked({ kind: "prose", ...exact }) };
    case "cell": {
      const { id, code, error, output } = block;
      // Jupyter's own mark of a cell that may fail
      const tags = error === null ? {} : { tags: ["raises-exception"] };
      const cell = codeCell(
        toKernel(code, kernelName(options.version)),
        { kind: "cell", id, error, ...exact },
        tags,
      );
      return { ...cell, outputs: outputsOf(output, error) };
    }
    case "figure": {
      const svg = options.draw?.(block) ?? null;
      const attached = svg === null ? {} : { attachments: { [DRAWING]: { "image/svg+xml": base64(svg) } } };
      const metadata = marked({ kind: "figure", ...exact });
      return { kind: "markdown", source: figureText(block.alt, svg !== null), metadata, ...attached };
    }
    case "exercise": {
      const number = lesson.blocks.filter(({ kind }) => kind === "exercise").indexOf(block) + 1;
      const source = questionText(say(lesson.lang, "notebook.exercise", { number }), block.markdown);
      return { kind: "markdown", source, metadata: marked({ kind: "exercise", ...exact }) };
    }
  }
}

function codeCell(source: string, part: Part, more: JsonObject) {
  return { kind: "code", source, metadata: marked(part, more), executionCount: null, outputs: [] } as const;
}

function answerTo(of: string): NotebookCell {
  return { kind: "markdown", source: "", metadata: marked({ kind: "answer", of }) };
}

/** As attachments have it, whatever they are. */
function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
