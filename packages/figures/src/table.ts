import type { Table } from "./matrix.js";
import { escapeXml } from "./svg.js";

/** A figure's table as HTML. */
export function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escapeXml(column)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeXml(cell)}</td>`).join("")}</tr>`)
    .join("");
  const label = escapeXml(caption);
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
