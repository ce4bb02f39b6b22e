import type { Language } from "camada";
import remarkDirective from "remark-directive";
import remarkFrontmatter from "remark-frontmatter";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { LessonError } from "./error.js";
import type { Block, Cell, Figure, Lesson } from "./lesson.js";

/** The Markdown that lessons are written in: with front matter, formulas and ::directives. */
export const markdown = unified()
  .use(remarkParse)
  .use(remarkFrontmatter)
  .use(remarkMath)
  .use(remarkDirective);

/** Of a Markdown tree's nodes, what lessons are read from. */
interface Node {
  readonly type: string;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly value?: string;
  readonly name?: string;
  readonly attributes?: { readonly [name: string]: string | null | undefined } | null;
  readonly position?: {
    readonly start: { readonly offset?: number; readonly line: number };
    readonly end: { readonly offset?: number };
  };
}

/**
 * Reads a lesson's file. Cells are fenced blocks `ts cell id=...`, outputs `out of=...`, figures
 * `::figure{kind=... of=... alt="..."}`; all else is prose, kept as it is.
 * @throws LessonError with the line, for anything that cannot be
 */
export function parse(source: string): Lesson {
  const nodes = markdown.parse(source).children as readonly Node[];
  const front = frontMatter(source, nodes[0]);
  const blocks: Block[] = [];
  let proseFrom = nodes[0]!.position!.end.offset!;
  for (const node of nodes.slice(1)) {
    const block = special(node, blocks, front.lang);
    if (block === undefined) continue;
    const text = source.slice(proseFrom, node.position!.start.offset);
    if (text.trim() !== "") blocks.push({ kind: "prose", markdown: text.trim() });
    if (block !== "output") blocks.push(block);
    proseFrom = node.position!.end.offset!;
  }
  const rest = source.slice(proseFrom).trim();
  if (rest !== "") blocks.push({ kind: "prose", markdown: rest });
  return { ...front, blocks };
}

function frontMatter(source: string, node: Node | undefined) {
  const value = (name: string) => new RegExp(`^${name}: *(.+)$`, "m").exec(node?.value ?? "")?.[1]?.trim();
  const [id, lang, title] = [value("lesson"), value("lang"), value("title")];
  const language: Language = lang === "pt-BR" ? "pt-BR" : "en";
  if (node?.type !== "yaml" || !id || !title || (lang !== "en" && lang !== "pt-BR")) {
    throw new LessonError(language, "front.missing", { line: source === "" ? 0 : 1 });
  }
  return { id, lang: language, title };
}

/** A cell or a figure; an output joins its cell; undefined for what is prose. */
function special(node: Node, blocks: Block[], lang: Language): Cell | Figure | "output" | undefined {
  const line = node.position!.start.line;
  const fail = (code: ConstructorParameters<typeof LessonError>[1], data = {}): never => {
    throw new LessonError(lang, code, { line, ...data });
  };
  const cellAt = (id: string) => blocks.findIndex((block) => block.kind === "cell" && block.id === id);
  if (node.type === "code" && node.lang === "ts" && /^cell\b/.test(node.meta ?? "")) {
    const attributes = readAttributes(node.meta!.slice("cell".length));
    const { id, error = null, ...others } = attributes;
    for (const name of Object.keys(others)) fail("cell.attribute", { name });
    if (id === undefined) return fail("cell.id");
    if (cellAt(id) >= 0) fail("cell.twice", { id });
    return { kind: "cell", id, code: node.value!, error, output: null };
  }
  if (node.type === "code" && node.lang === "out") {
    const { of: id = "" } = readAttributes(node.meta ?? "");
    const at = cellAt(id);
    const cell = blocks[at] as Cell | undefined;
    if (cell === undefined) return fail("output.unknown", { id });
    if (cell.output !== null) fail("output.twice", { id });
    blocks[at] = { ...cell, output: node.value! };
    return "output";
  }
  if (node.type === "leafDirective" && node.name === "figure") {
    const { kind = "", of = "", alt = "", ...values } = node.attributes as { [name: string]: string };
    if (kind !== "product" && kind !== "network") return fail("figure.kind", { kind });
    if (cellAt(of) < 0) fail("figure.unknown", { id: of });
    if (alt === "") fail("figure.alt");
    return { kind: "figure", figure: kind, of, values, alt };
  }
  return undefined;
}

function readAttributes(text: string): { [name: string]: string } {
  return Object.fromEntries([...text.matchAll(/([\w-]+)=(\S+)/g)].map(([, name, value]) => [name!, value!]));
}
