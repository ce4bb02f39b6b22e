import type { Root } from "mdast";
import remarkDirective from "remark-directive";
import remarkFrontmatter from "remark-frontmatter";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import {
  type Fail,
  failIn,
  isCell,
  isOutput,
  type Node,
  readCell,
  readExercise,
  readFigure,
  readFront,
  readOutput,
} from "./blocks.js";
import { type Block, cellsOf, type Lesson } from "./lesson.js";

/** The Markdown that lessons are written in: with front matter, formulas and ::directives. */
export const markdown: { parse(text: string): Root } = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkMath)
  .use(remarkDirective);

/**
 * Reads a lesson's file. Cells are fenced blocks `ts cell id=...`, each followed by its output
 * `out of=...` if it has one; figures are `::figure{kind=... of=... alt="..."}`; all else is prose.
 * @throws LessonError with the line, in the lesson's language, for anything that cannot be
 */
export function parse(source: string): Lesson {
  // a byte order mark, which Markdown does not count
  const mark = source.startsWith("\ufeff") ? "\ufeff" : "";
  const file = source.slice(mark.length);
  const [first, ...nodes] = (markdown.parse(file) as unknown as Node).children!;
  const front = readFront(first);
  const fail = failIn(front.lang);
  for (const node of nodes) checkFence(node, file, fail);
  const groups = group(nodes, fail);
  const starts = groups.map(({ nodes: [node] }) => node!.position.start.offset);
  const blocks: Block[] = [];
  groups.forEach(({ kind, nodes: [node, output] }, i) => {
    const placed = { source: file.slice(starts[i], starts[i + 1]), line: node!.position.start.line };
    const before = cellsOf({ blocks });
    if (kind === "prose") blocks.push({ kind, ...placed, markdown: placed.source.trim() });
    else if (kind === "figure") blocks.push({ kind, ...placed, ...readFigure(node!, before, fail) });
    else if (kind === "exercise") {
      const asked = blocks.filter((block) => block.kind === "exercise");
      blocks.push({ kind, ...placed, ...readExercise(node!, file, [...before, ...asked], fail) });
    } else {
      const cell = readCell(node!, before, fail);
      const shown = output === undefined ? null : readOutput(output, cell.id, fail);
      blocks.push({ kind, ...placed, ...cell, output: shown });
    }
  });
  return { ...front, head: mark + file.slice(0, starts[0]), blocks };
}

/** The file that a lesson was read from, byte for byte. */
export function serialize({ head, blocks }: Pick<Lesson, "head" | "blocks">): string {
  return head + blocks.map(({ source }) => source).join("");
}

interface Group {
  readonly kind: Block["kind"];
  readonly nodes: Node[];
}

/** The nodes of each block: prose as long as it goes on, a cell with the output right after it. */
function group(nodes: readonly Node[], fail: Fail): Group[] {
  const groups: Group[] = [];
  for (const node of nodes) {
    const last = groups.at(-1);
    if (isCell(node)) groups.push({ kind: "cell", nodes: [node] });
    else if (node.type === "leafDirective") groups.push({ kind: "figure", nodes: [node] });
    else if (node.type === "containerDirective") {
      refuseNested(node, fail);
      groups.push({ kind: "exercise", nodes: [node] });
    } else if (isOutput(node)) {
      if (last?.kind !== "cell") readOutput(node, null, fail);
      else if (last.nodes.length > 1) fail(node, "output.twice");
      else last.nodes.push(node);
    } else {
      refuseNested(node, fail);
      if (last?.kind === "prose") last.nodes.push(node);
      else groups.push({ kind: "prose", nodes: [node] });
    }
  }
  return groups;
}

/** A cell in a list or a quotation would be shown and never run. */
function refuseNested(node: Node, fail: Fail): void {
  for (const child of node.children ?? []) {
    if (isCell(child) || isOutput(child)) fail(child, "cell.nested");
    refuseNested(child, fail);
  }
}

/** Markdown lets a block of code that is never closed run to the end of the file. */
function checkFence(node: Node, file: string, fail: Fail): void {
  const [opening, ...lines] = file
    .slice(node.position.start.offset, node.position.end.offset)
    .trim()
    .split("\n");
  const fence = /^(?:`{3,}|~{3,}|\${2,}|:{3,})/.exec(opening!)?.[0];
  if (!["code", "math", "containerDirective"].includes(node.type) || fence === undefined) return;
  const last = lines.at(-1)?.trim() ?? "";
  if (!last.startsWith(fence) || last.replaceAll(fence[0]!, "") !== "") fail(node, "fence.open", { fence });
}
