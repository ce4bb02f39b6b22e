import type { CodeCell, MimeBundle, Notebook, NotebookCell, NotebookOutput } from "@camada/interop";
import type { Language } from "camada";
import { prose } from "../../build/prose.js";
import { h } from "../dom.js";
import { say } from "../messages/index.js";

/**
 * A notebook from elsewhere, to be read: text set as a lesson's, raw HTML in it as the text that it is; code as text,
 * and of outputs lines and images alone. Nothing in it is checked, and nothing of it can run.
 */
export async function* foreignCells({ cells }: Notebook, lang: Language): AsyncGenerator<HTMLElement> {
  for (const cell of cells) {
    yield cell.kind === "code" ? codeOf(cell, lang) : textOf(cell);
    // a long notebook must not hold the page
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function textOf({ kind, source }: NotebookCell): HTMLElement {
  const plain = () => h("pre", { tabindex: "0" }, source);
  if (kind === "raw") return plain();
  const made = document.createElement("template");
  try {
    made.innerHTML = prose(source)
      .map(({ html }) => html)
      .join("");
  } catch {
    // a formula that is none, or Markdown too deep
    return plain();
  }
  const { content } = made;
  for (const named of content.querySelectorAll("[id]")) named.removeAttribute("id");
  for (const heading of content.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    // below the heading of the part in which it stands
    const level = Math.min(6, Number(heading.tagName[1]) + 2) as 3 | 4 | 5 | 6;
    heading.replaceWith(h(`h${level}`, {}, ...heading.childNodes));
  }
  for (const link of content.querySelectorAll("a")) {
    if (!/^(https?|mailto):/i.test(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
    else link.rel = "noreferrer";
  }
  return h("div", {}, content);
}

function codeOf({ source, outputs }: CodeCell, lang: Language): HTMLElement {
  const code = h(
    "pre",
    { class: "unverified", tabindex: "0", role: "group", "aria-label": say(lang, "foreign.code") },
    source,
  );
  const label = h("p", { class: "label" }, say(lang, "foreign.code"));
  return h("div", { class: "foreign" }, label, code, ...outputs.map((output) => outputOf(output, lang)));
}

function outputOf(output: NotebookOutput, lang: Language): HTMLElement {
  const text = (content: string, error = false) =>
    h(
      "pre",
      {
        tabindex: "0",
        role: "group",
        "aria-label": say(lang, "foreign.output"),
        class: error ? "error" : null,
      },
      content,
    );
  if (output.kind === "stream") return text(output.text);
  if (output.kind === "error") return text(`${output.name}: ${output.value}`, true);
  const image = imageOf(output.data);
  if (image !== null) return h("img", { src: image, alt: say(lang, "foreign.image") });
  const plain = Object.hasOwn(output.data, "text/plain") ? output.data["text/plain"] : undefined;
  return typeof plain === "string" ? text(plain) : h("p", { class: "label" }, say(lang, "foreign.hidden"));
}

/** An image as an address that holds it; in an image no script runs, and nothing is loaded. */
function imageOf(data: MimeBundle): string | null {
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const bytes = Object.hasOwn(data, type) ? data[type] : undefined;
    if (typeof bytes === "string") return `data:${type};base64,${bytes.replace(/\s/g, "")}`;
  }
  const svg = Object.hasOwn(data, "image/svg+xml") ? data["image/svg+xml"] : undefined;
  return typeof svg === "string" ? `data:image/svg+xml,${encodeURIComponent(svg)}` : null;
}
