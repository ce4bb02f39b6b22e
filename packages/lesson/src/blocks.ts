import type { Language } from "camada";
import { LessonError } from "./error.js";
import type { Cell, Exercise, Figure } from "./lesson.js";
import type { Facts, LessonCode } from "./messages/index.js";

/** Of a Markdown tree's nodes, what lessons are read from. */
export interface Node {
  readonly type: string;
  readonly lang?: string | null;
  readonly meta?: string | null;
  readonly value?: string;
  readonly name?: string;
  readonly attributes?: { readonly [name: string]: string | null | undefined } | null;
  readonly children?: readonly Node[];
  readonly position: {
    readonly start: { readonly offset: number; readonly line: number };
    readonly end: { readonly offset: number };
  };
}

/** Refuses a node. */
export type Fail = (node: Node, code: LessonCode, facts?: Facts) => never;

export const failIn =
  (lang: Language): Fail =>
  (node, code, facts = {}) => {
    throw new LessonError(lang, code, { line: node.position.start.line, ...facts });
  };

/**
 * What a figure of each kind is drawn from: paths of values that it needs, or may be given, and what else it
 * may be told.
 */
const FIGURES: {
  readonly [kind in Figure["figure"]]: {
    readonly needs: readonly string[];
    readonly may?: readonly string[];
    readonly words?: readonly string[];
    /** Whether it is drawn from a file beside the lesson: what training came to that takes too long. */
    readonly saved?: true;
  };
} = {
  product: { needs: ["left", "right"], may: ["biases", "result"] },
  network: { needs: ["layers"], may: ["input"] },
  curves: { needs: ["series"], words: ["labels", "measure"] },
  confusion: { needs: ["matrix"], words: ["labels"] },
  playground: { needs: ["model", "points", "labels"], may: ["history"] },
  strokes: { needs: [], saved: true },
  study: { needs: [], saved: true },
};

export const isCell = ({ type, lang, meta }: Node): boolean =>
  type === "code" && lang === "ts" && /^cell\b/.test(meta ?? "");
export const isOutput = ({ type, lang }: Node): boolean => type === "code" && lang === "out";

/** Lesson, language and title, from the lines between `---` at a file's beginning. */
export function readFront(node: Node | undefined): { id: string; lang: Language; title: string } {
  const value = (name: string) => new RegExp(`^${name}: *(.+)$`, "m").exec(node?.value ?? "")?.[1]?.trim();
  const [id, lang, title] = [value("lesson"), value("lang"), value("title")];
  const language: Language = lang === "pt-BR" ? "pt-BR" : "en";
  if (node?.type !== "yaml" || !id || !title || lang !== language) {
    throw new LessonError(language, "front.missing", { line: 1 });
  }
  return { id, lang: language, title };
}

/** A cell without its place, and without its output. */
export function readCell(node: Node, before: readonly Cell[], fail: Fail) {
  const { id, error = null } = attributes(node, node.meta!.slice("cell".length), ["id", "error"], fail);
  if (id === undefined) return fail(node, "attribute.missing", { name: "id" });
  if (!/^[a-z][a-z0-9-]*$/.test(id)) fail(node, "cell.name", { id });
  if (before.some((cell) => cell.id === id)) fail(node, "cell.twice", { id });
  return { id, code: text(node), error };
}

/** The text of an output, which must be that of the cell `id`. */
export function readOutput(node: Node, id: string | null, fail: Fail): string {
  const { of } = attributes(node, node.meta ?? "", ["of"], fail);
  if (of === undefined) return fail(node, "attribute.missing", { name: "of" });
  if (of !== id) fail(node, "output.place", { id: of });
  return text(node);
}

/** A figure without its place. */
export function readFigure(node: Node, before: readonly Cell[], fail: Fail) {
  if (node.name !== "figure") fail(node, "directive.unknown", { name: node.name ?? "" });
  const given = node.attributes as { readonly [name: string]: string };
  const { kind, of, alt, ...rest } = given;
  const known = Object.entries(FIGURES).find(([name]) => name === kind)?.[1];
  if (known === undefined) {
    return fail(node, "figure.kind", { kind: kind ?? "", known: Object.keys(FIGURES).join(", ") });
  }
  const { needs, may = [], words = [] } = known;
  const file = known.saved ? ["saved"] : [];
  const names = ["kind", "of", "alt", ...needs, ...may, ...words, ...file];
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) fail(node, "attribute.unknown", { name, known: names.join(", ") });
  }
  for (const name of ["of", "alt", ...needs, ...file])
    if (!given[name]) fail(node, "attribute.missing", { name });
  if (!before.some(({ id }) => id === of)) fail(node, "figure.cell", { id: of! });
  const pick = (some: readonly string[]) =>
    Object.fromEntries(Object.entries(rest).filter(([name]) => some.includes(name)));
  const figure = kind as Figure["figure"];
  const saved = given.saved ?? null;
  return { figure, of: of!, alt: alt!, values: pick([...needs, ...may]), words: pick(words), saved };
}

/** An exercise without its place: its question, and the check that stands in it. */
export function readExercise(node: Node, file: string, before: readonly (Cell | Exercise)[], fail: Fail) {
  if (node.name !== "exercise") fail(node, "directive.unknown", { name: node.name ?? "" });
  const given = node.attributes as { readonly [name: string]: string };
  const known = ["id", "answer", "of"];
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) fail(node, "attribute.unknown", { name, known: known.join(", ") });
  }
  const { id, answer, of = null } = given;
  if (!id) return fail(node, "attribute.missing", { name: "id" });
  if (!/^[a-z][a-z0-9-]*$/.test(id)) fail(node, "cell.name", { id });
  if (before.some((other) => other.id === id)) fail(node, "cell.twice", { id });
  if (answer !== "text" && answer !== "number" && answer !== "cell") {
    return fail(node, "exercise.answer", { answer: answer ?? "", known: "text, number, cell" });
  }
  const cell = before.some((other) => other.kind === "cell" && other.id === of);
  if ((answer === "cell") !== cell) fail(node, "figure.cell", { id: of ?? "" });
  const parts = node.children ?? [];
  const checks = parts.filter(({ type, lang, meta }) => type === "code" && lang === "ts" && meta === "check");
  if (checks.length > 1) fail(checks[1]!, "exercise.check");
  const asked = parts.filter((part) => !checks.includes(part));
  const [first, last] = [asked[0], asked.at(-1)];
  if (first === undefined || last === undefined) return fail(node, "exercise.empty");
  const markdown = file.slice(first.position.start.offset, last.position.end.offset).trim();
  return { id, answer, of, markdown, check: checks[0] === undefined ? null : text(checks[0]) } as const;
}

/** What a fenced block says after its language: `id=one-layer error=ShapeError`. */
function attributes(node: Node, words: string, known: readonly string[], fail: Fail) {
  const found = new Map<string, string>();
  for (const word of words.trim().split(/\s+/).filter(Boolean)) {
    const [, name, value] = /^([\w-]+)=(.+)$/.exec(word) ?? fail(node, "attribute.form", { text: word });
    if (!known.includes(name!)) fail(node, "attribute.unknown", { name: name!, known: known.join(", ") });
    if (found.has(name!)) fail(node, "attribute.twice", { name: name! });
    found.set(name!, value!);
  }
  return Object.fromEntries(found) as { readonly [name: string]: string | undefined };
}

/** A block's text with the line ends that cells print. */
const text = ({ value = "" }: Node): string => value.replace(/\r\n?/g, "\n");
