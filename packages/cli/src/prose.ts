import { styleText } from "node:util";
import { markdown } from "@camada/lesson/build";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly ordered?: boolean | null;
  readonly depth?: number;
  readonly children?: readonly Node[];
}

type Style = Parameters<typeof styleText>[0];
/** Styles a piece of text, or leaves it alone where there are no colors. */
type Paint = (style: Style, text: string) => string;

/** Markdown as a terminal shows it: wrapped, with bold headings and readable formulas. */
export function proseText(source: string, width: number, colors: boolean): string {
  const paint: Paint = (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text);
  const blocks = (markdown.parse(source) as Node).children ?? [];
  return blocks.map((block) => blockText(block, width, paint)).join("\n\n");
}

function blockText(node: Node, width: number, paint: Paint): string {
  if (node.type === "heading") return paint("bold", inlineText(node, paint).toUpperCase());
  if (node.type === "math") return `    ${formulaText(node.value ?? "")}`;
  if (node.type === "code") return indent(node.value ?? "", "    ");
  if (node.type === "list") {
    return (node.children ?? [])
      .map((item, i) => {
        const mark = node.ordered ? `${i + 1}. ` : "- ";
        const text = (item.children ?? [])
          .map((part) => blockText(part, width - mark.length, paint))
          .join("\n");
        return mark + indent(text, " ".repeat(mark.length)).trimStart();
      })
      .join("\n");
  }
  return wrap(inlineText(node, paint), width);
}

function inlineText(node: Node, paint: Paint): string {
  const inner = (): string => (node.children ?? []).map((child) => inlineText(child, paint)).join("");
  switch (node.type) {
    case "strong":
      return paint("bold", inner());
    case "emphasis":
      return paint("italic", inner());
    case "inlineCode":
      return paint("cyan", node.value ?? "");
    case "inlineMath":
      return formulaText(node.value ?? "");
    case "link":
      return inner() === node.url ? inner() : `${inner()} (${node.url})`;
    default:
      return node.value ?? inner();
  }
}

/** The TeX that lessons use, as plain text. */
export function formulaText(tex: string): string {
  return tex
    .replaceAll("\\cdot", "·")
    .replaceAll("\\times", "×")
    .replace(/\\to\b/g, "→")
    .replace(/_(\d)/g, (_, digit: string) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]!)
    .replaceAll("^{\\top}", "ᵀ")
    .replaceAll("^T", "ᵀ")
    .replace(/\\text\{([^}]*)\}/g, "$1")
    .replace(/[{}]/g, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal styles are control characters
const STYLES = /\u001b\[[0-9;]*m/g;

/** A text with its line breaks between words, so that no line is wider than it may be. */
export function wrap(text: string, width: number): string {
  let line = 0;
  return text
    .split(/\s+/)
    .map((word, i) => {
      const length = word.replace(STYLES, "").length;
      const breaks = i > 0 && line + 1 + length > width;
      const glue = i === 0 ? "" : breaks ? "\n" : " ";
      line = breaks || i === 0 ? length : line + 1 + length;
      return glue + word;
    })
    .join("");
}

export function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}
