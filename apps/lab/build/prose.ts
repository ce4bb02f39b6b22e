import { palette } from "@camada/figures";
import { markdown } from "@camada/lesson/build";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import katex from "katex";
import { axisMarks } from "../src/figures/axisMarks.js";

/** What we read of a node of Markdown's tree. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
  readonly depth?: number;
  readonly ordered?: boolean | null;
  readonly url?: string;
  readonly name?: string;
}

export const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

/** A piece of prose as HTML; a heading also says how deep it is and how a link to it reads. */
export interface Piece {
  readonly html: string;
  readonly heading: { readonly depth: number; readonly link: string } | null;
}

/** Markdown as HTML, paragraph by paragraph; formulas as MathML. Raw HTML in a lesson is shown as text. */
export function prose(source: string): Piece[] {
  const { children = [] } = markdown.parse(source) as Node;
  return children.map((node) => {
    if (node.type !== "heading") return { html: html(node), heading: null };
    const link = `<a href="#${slug(plain(node))}">${escape(plain(node))}</a>`;
    return { html: html(node), heading: { depth: node.depth!, link } };
  });
}

function html(node: Node): string {
  const inner = () => (node.children ?? []).map(html).join("");
  switch (node.type) {
    case "heading":
      return `<h${node.depth} id="${slug(plain(node))}">${inner()}</h${node.depth}>\n`;
    case "paragraph": {
      const only = node.children?.length === 1 ? node.children[0]! : null;
      return only?.type === "inlineMath" ? formula(only.value ?? "", true) : `<p>${inner()}</p>\n`;
    }
    case "math":
    case "inlineMath":
      return formula(node.value ?? "", node.type === "math");
    case "strong":
      return `<strong>${inner()}</strong>`;
    case "emphasis":
      return `<em>${inner()}</em>`;
    case "inlineCode":
      return `<code>${escape(node.value ?? "")}</code>`;
    case "code":
      return `<pre tabindex="0">${highlight(node.value ?? "")}</pre>\n`;
    case "link":
      return `<a href="${escape(node.url ?? "")}">${inner()}</a>`;
    case "list":
      return node.ordered ? `<ol>${inner()}</ol>\n` : `<ul>${inner()}</ul>\n`;
    case "listItem":
      return `<li>${inner()}</li>`;
    case "blockquote":
      return `<blockquote>${inner()}</blockquote>\n`;
    case "break":
      return "<br>";
    case "textDirective":
      return `:${node.name}${inner()}`;
    default:
      return node.children === undefined ? escape(node.value ?? "") : inner();
  }
}

/**
 * TypeScript as HTML with a class for each kind of token; numbers of features and neurons are underlined as in
 * figures.
 */
export function highlight(code: string): string {
  const marks = axisMarks(code);
  let [marked, at] = ["", 0];
  highlightCode(
    code,
    parser.configure({ dialect: "ts" }).parse(code),
    classHighlighter,
    (text, classes) => {
      const mark = marks.find(({ from, to }) => from <= at && at < to);
      const style = mark === undefined ? "" : ` style="${palette.underline(mark.mark)}"`;
      const plain = classes === "" && style === "";
      marked += plain ? escape(text) : `<span class="${classes}"${style}>${escape(text)}</span>`;
      at += text.length;
    },
    () => {
      marked += "\n";
      at++;
    },
  );
  return `<code>${marked}</code>`;
}

function formula(tex: string, display: boolean): string {
  const mathml = katex
    .renderToString(tex, { output: "mathml", displayMode: display })
    // a single letter is set in the text's italic, which CSS cannot tell from a word's
    .replace(/<mi>(\p{L})<\/mi>/gu, '<mi class="letter">$1</mi>')
    // after an opening parenthesis a minus is a sign, and is not set apart from its number
    .replace(/(>\(<\/mo>)<mo>−/g, '$1<mo form="prefix">−');
  return display
    ? `<div class="formula" tabindex="0" role="group" aria-label="${escape(tex)}">${mathml}</div>\n`
    : mathml;
}

function plain(node: Node): string {
  return node.value ?? (node.children ?? []).map(plain).join("");
}

function slug(text: string): string {
  const letters = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
