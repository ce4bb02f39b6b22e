import { classHighlighter, highlightCode } from "@lezer/highlight";
import { parser } from "@lezer/javascript";
import katex from "katex";
import type { Node } from "./read.js";

export const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

/** Markdown's nodes as HTML; formulas as MathML. Raw HTML in a lesson is shown as text. */
export function prose(node: Node): string {
  const inner = () => (node.children ?? []).map(prose).join("");
  switch (node.type) {
    case "yaml":
      return "";
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

/** TypeScript as HTML with a class for each kind of token. */
export function highlight(code: string): string {
  let html = "";
  highlightCode(
    code,
    parser.configure({ dialect: "ts" }).parse(code),
    classHighlighter,
    (text, classes) => {
      html += classes === "" ? escape(text) : `<span class="${classes}">${escape(text)}</span>`;
    },
    () => {
      html += "\n";
    },
  );
  return `<code>${html}</code>`;
}

function formula(tex: string, display: boolean): string {
  const html = katex.renderToString(tex, { output: "mathml", displayMode: display });
  return display
    ? `<div class="formula" tabindex="0" role="group" aria-label="${escape(tex)}">${html}</div>\n`
    : html;
}

function plain(node: Node): string {
  return node.value ?? (node.children ?? []).map(plain).join("");
}

function slug(text: string): string {
  const letters = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
