import * as figures from "@camada/figures";
import * as interop from "@camada/interop";
import * as interopNode from "@camada/interop/node";
import * as lesson from "@camada/lesson";
import type { Language } from "camada";
import * as camada from "camada";
import { escape, highlight, prose } from "../prose.js";
import type { Callable, Doc, Entry, Field } from "./reader.js";
import { words } from "./words.js";

/** Where a name leads that is written in the text of an entry, or null where it leads nowhere. */
export type Find = (name: string) => string | null;

/** What a page has told of methods, and where: what several classes have in common is told once. */
export type Told = Map<string, string>;

/** An entry: how it is called, what it says of itself, its parts, an example, and where it is from. */
export function entryHtml(entry: Entry, find: Find, lang: Language, told: Told): string {
  const { name, aliases, kind, modules, numpy, file, line, fields, methods, bases } = entry;
  const marks = aliases.map((alias) => `<span id="${alias}"></span>`).join("");
  const facts = [
    `${words(lang, kind)} ${words(lang, "from")} ${modules.map((module) => `<code>${module}</code>`).join(", ")}`,
    ...aliases.map((alias) => `${words(lang, "also")} <code>${alias}</code>`),
    ...(numpy === null ? [] : [`${words(lang, "numpy")} <code>${numpy}</code>`]),
    `${words(lang, "source")} <code>${file}:${line}</code>`,
  ];
  const also = bases.map((base) => typeHtml(base, find)).join(", ");
  const inherited =
    also === "" ? "" : `<p class="label">${words(lang, "bases", { bases: `<code>${also}</code>` })}</p>\n`;
  const shown = methods.map((method) => methodHtml(entry, method, find, lang, told));
  return `<section class="entry">
<h2 id="${name}">${marks}<a href="#${name}"><code>${name}</code></a></h2>
${callableHtml(entry, find, lang)}${fieldsHtml(words(lang, "fields"), fields, find)}${inherited}${shown.join("")}<p class="facts">${facts.join(" · ")}</p>
</section>
`;
}

function methodHtml({ name }: Entry, method: Callable, find: Find, lang: Language, told: Told): string {
  const id = `${name}.${method.name}`;
  const body = callableHtml(method, find, lang);
  const before = told.get(body);
  if (before === undefined) told.set(body, id);
  const shown =
    before === undefined
      ? body
      : `<p>${words(lang, "as", { as: `<a href="#${before}"><code>${before}</code></a>` })}</p>`;
  return `<section class="method"><h3 id="${id}"><a href="#${id}"><code>.${method.name}</code></a></h3>
${shown}</section>\n`;
}

function callableHtml({ name, signatures, doc, options }: Callable, find: Find, lang: Language): string {
  const own = new Set(options.flatMap(({ fields }) => fields.map((field) => field.name.replace("?", ""))));
  for (const [, parameter] of signatures.join().matchAll(/(\w+)\??: /g)) own.add(parameter!);
  const known: Find = (asked) => (asked === name || own.has(asked) ? null : find(asked));
  const label = escape(words(lang, "signature.of", { name }));
  const called =
    signatures.length === 0
      ? ""
      : `<pre class="signature" tabindex="0" role="group" aria-label="${label}"><code>${signatures.map((line) => typeHtml(line, known)).join("\n")}</code></pre>\n`;
  const listed = options.map(({ parameter, fields }) =>
    fieldsHtml(words(lang, "options", { parameter: `<code>${parameter}</code>` }), fields, known),
  );
  return `${called}${docHtml(doc, known)}${listed.join("")}${throwsHtml(doc, known, lang)}${exampleHtml(name, doc, lang)}`;
}

const docHtml = ({ text }: Doc, find: Find) =>
  text === "" ? "" : `<div class="doc" lang="en">${markdownHtml(text, find)}</div>\n`;

function fieldsHtml(title: string, fields: readonly Field[], find: Find): string {
  if (fields.length === 0) return "";
  const rows = fields.map(
    ({ name, type, doc }) =>
      `<dt><code>${name}: ${typeHtml(type, find)}</code></dt><dd lang="en">${markdownHtml(doc.text, find)}</dd>`,
  );
  return `<p class="label">${title}</p><dl>${rows.join("\n")}</dl>\n`;
}

function throwsHtml({ throws }: Doc, find: Find, lang: Language): string {
  if (throws.length === 0) return "";
  const items = throws.map((text) => markdownHtml(text, find)).join("");
  return `<div class="throws"><p class="label">${words(lang, "throws")}</p><div lang="en">${items}</div></div>\n`;
}

/** What an example uses of camada, or null where it needs more than cells can import. */
export function usesOf(code: string): string | null {
  const names = new Set(code.replace(/"[^"]*"|\/\/.*/g, "").match(/(?<!\w|[^.]\.)[A-Za-z_]\w*(?!\w*:)/g));
  const own = new Set(
    [...code.matchAll(/(?:const|let) (?:[{[]([^}\]]*)[}\]]|(\w+))/g)].flatMap(
      ([, many, one]) => one ?? many!.split(/\W+/),
    ),
  );
  const others = [interop, interopNode, figures, lesson];
  if ([...names].some((name) => others.some((other) => name in other))) return null;
  const uses = [...names].filter((name) => name in camada && !own.has(name) && name !== "var");
  return uses.length === 0 ? null : uses.sort().join(" ");
}

function exampleHtml(name: string, { examples }: Doc, lang: Language): string {
  const label = escape(words(lang, "example.of", { name }));
  return examples
    .map((code) => ({ code, uses: usesOf(code) }))
    .map(
      ({ code, uses }) =>
        `<div class="code example"${uses === null ? "" : ` data-uses="${uses}"`}><pre tabindex="0" role="group" aria-label="${label}">${highlight(code)}</pre></div>\n`,
    )
    .join("");
}

/** Types, with the names that have an entry as links. */
function typeHtml(text: string, find: Find): string {
  return text
    .split(/("[^"]*"|[A-Za-z_]\w*)/)
    .map((piece, i) => {
      const to = i % 2 === 1 && /^[A-Z]/.test(piece) ? find(piece) : null;
      return to === null ? escape(piece) : `<a href="${to}">${piece}</a>`;
    })
    .join("");
}

/** Prose, in which code that is a name with an entry, or is called as one, is a link. */
function markdownHtml(text: string, find: Find): string {
  const html = prose(text)
    .map((piece) => piece.html)
    .join("");
  return html.replace(/<code>(\w[\w.]*)((?:\([^<]*\))?)<\/code>/g, (whole, name: string) => {
    const to = find(name);
    return to === null ? whole : `<a href="${to}">${whole}</a>`;
  });
}
