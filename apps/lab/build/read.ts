import remarkDirective from "remark-directive";
import remarkFrontmatter from "remark-frontmatter";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Lang } from "../src/messages/index.js";
import { type Compiled, compileCell } from "./compile.js";

/** What we read of a node of Markdown's tree. */
export interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
  readonly depth?: number;
  readonly ordered?: boolean | null;
  readonly url?: string;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly name?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Cell extends Compiled {
  readonly id: string;
  readonly source: string;
  /** The saved output; empty where the cell prints nothing. */
  readonly saved: string;
  /** Whether the lesson says that the cell is refused. */
  readonly fails: boolean;
}

export interface Lesson {
  readonly name: string;
  readonly lang: Lang;
  readonly title: string;
  readonly blocks: readonly Node[];
  readonly cells: ReadonlyMap<string, Cell>;
}

const markdown = unified().use(remarkParse).use(remarkFrontmatter).use(remarkMath).use(remarkDirective);

/** Reads a lesson's Markdown: its blocks, and its cells compiled, each with its saved output. */
export function readLesson(text: string, name: string, lang: Lang): Lesson {
  const blocks = (markdown.parse(text) as unknown as Node).children ?? [];
  const front = blocks.find(({ type }) => type === "yaml")?.value ?? "";
  const outputs = new Map(blocks.flatMap((b) => (b.lang === "out" ? [[meta(b, "of"), b.value ?? ""]] : [])));
  const cells = new Map<string, Cell>();
  const known = new Set<string>();
  for (const block of blocks.filter(isCell)) {
    const id = meta(block, "id");
    const source = block.value ?? "";
    const compiled = compileCell(source, known);
    for (const made of compiled.names) known.add(made);
    cells.set(id, {
      id,
      source,
      saved: outputs.get(id) ?? "",
      fails: meta(block, "error") !== "",
      ...compiled,
    });
  }
  return { name, lang, title: /^title: *(.*)$/m.exec(front)?.[1] ?? name, blocks, cells };
}

export const isCell = (node: Node) =>
  node.type === "code" && node.lang === "ts" && /^cell\b/.test(node.meta ?? "");

/** A word of a code block's first line: `id` of `ts cell id=one-layer`. */
export function meta(node: Node, key: string): string {
  return new RegExp(`\\b${key}=(\\S+)`).exec(node.meta ?? "")?.[1] ?? "";
}
