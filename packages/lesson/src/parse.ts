import remarkDirective from "remark-directive";
import remarkFrontmatter from "remark-frontmatter";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { Fault, type Node, readCell, readFigure, readFront, readOutput } from "./blocks.js";
import { LessonError } from "./error.js";
import { type Block, type Cell, cellsOf, type Lesson } from "./lesson.js";

/** The Markdown that lessons are written in: with front matter, formulas and ::directives. */
export const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkMath)
  .use(remarkDirective);

type Kind = Block["kind"] | "output";

/**
 * Reads a lesson's file. Cells are fenced blocks `ts cell id=...`, each followed by its output
 * `out of=...` if it has one; figures are `::figure{kind=... of=... alt="..."}`; all else is prose.
 * @throws LessonError with the line, in the lesson's language, for anything that cannot be
 */
export function parse(file: string): Lesson {
  const [first, ...nodes] = (markdown.parse(file) as unknown as Node).children ?? [];
  const front = readFront(first);
  try {
    return { ...front, ...readBlocks(file, nodes) };
  } catch (fault) {
    if (fault instanceof Fault) throw new LessonError(front.lang, fault.code, fault.data);
    throw fault;
  }
}

/** The file that a lesson was read from, byte for byte. */
export function serialize({ head, blocks }: Lesson): string {
  return head + blocks.map(({ source }) => source).join("");
}

function readBlocks(file: string, nodes: readonly Node[]): { head: string; blocks: Block[] } {
  const groups = group(file, nodes);
  const starts = groups.map(([node]) => node!.position.start.offset);
  const blocks: Block[] = [];
  groups.forEach((members, i) => {
    const node = members[0]!;
    const placed = { source: file.slice(starts[i], starts[i + 1]), line: node.position.start.line };
    const kind = kindOf(node);
    if (kind === "prose") blocks.push({ kind, ...placed, markdown: placed.source.trim() });
    else if (kind === "cell") blocks.push({ ...placed, ...readCell(node, members[1]), ...unique(node, blocks) });
    else blocks.push({ ...placed, ...readFigure(node, cellsOf({ blocks })) });
  });
  return { head: file.slice(0, starts[0]), blocks };
}
