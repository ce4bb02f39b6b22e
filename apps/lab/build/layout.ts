import type { CompiledLesson } from "@camada/lesson";
import type { Language } from "camada";
import { langs, type Message, say } from "../src/messages/index.js";
import { escape } from "./prose.js";

// No 'unsafe-eval': a cell is a module that the worker imports from a blob. Styles inside figures need
// 'unsafe-inline', which lets no script run.
const policy = [
  "default-src 'self'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

interface Place {
  readonly path: string;
  readonly has: readonly Language[];
}

interface Page {
  readonly lang: Language;
  readonly title: string;
  /** What searches and shared links show of the page. */
  readonly description: string;
  /** Where it is within its language, and the languages that have it; left out for what leads to all of them. */
  readonly place?: Place;
  readonly main: string;
  /** The script that the page begins with, from the app's folder. */
  readonly script?: string;
}

/** The frame of every page. */
export function layout({ lang, title, description, place, main, script }: Page): string {
  const nav = place === undefined ? `<a href="./index.html">camada</a>` : siteNav(lang, place);
  const alternates = place?.has.map(
    (other) => `<link rel="alternate" hreflang="${other}" href="${inLanguage(place.path, other)}">\n`,
  );
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escape(description)}">
<title>${escape(title)} · camada</title>
${alternates?.join("") ?? ""}<link rel="icon" href="data:,">
<link rel="stylesheet" href="/src/style.css">
${script === undefined ? "" : `<script type="module" src="/${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">${say(lang, "skip")}</a>
<header><nav aria-label="${say(lang, "nav")}">${nav}</nav></header>
<main id="main" tabindex="-1">
${main}</main>
</body>
</html>
`;
}

const up = (path: string) => "../".repeat(path.split("/").length - 1);
/** From a page to the same in a language. */
const inLanguage = (path: string, lang: Language) => `../${up(path)}${lang}/${path}index.html`;

/** What leads from a page to the rest of the lab, and to the same in other languages. */
function siteNav(lang: Language, { path, has }: Place): string {
  const top = up(path);
  const others = has
    .filter((other) => other !== lang)
    .map(
      (other) =>
        `<a class="language" href="${inLanguage(path, other)}" lang="${other}" hreflang="${other}">${say(other, "language")}</a>`,
    );
  return [
    `<a href="../${top}index.html">camada</a>`,
    `<a href="${top}playground/index.html">${say(lang, "playground.title")}</a>`,
    `<a href="${top}reference/index.html">${say(lang, "reference.title")}</a>`,
    ...others,
  ].join(" ");
}

/** The page that leads to every lesson, in every language that it has. */
export function indexPage(lessons: readonly CompiledLesson[]): string {
  const items = lessons.map(
    ({ lang, id, title }) =>
      `<li lang="${lang}"><a href="./${lang}/${id}/index.html" hreflang="${lang}">${escape(title)}</a> (${say(lang, "language")})</li>`,
  );
  const everywhere = (page: string, title: Message) =>
    langs
      .map(
        (lang) =>
          `<a href="./${lang}/${page}/index.html" hreflang="${lang}" lang="${lang}">${say(lang, title)}</a>`,
      )
      .join(" · ");
  const main = `<div class="part"><h1>camada</h1>
<p lang="pt-BR">${say("pt-BR", "index.choose")}</p>
<p>${say("en", "index.choose")}</p>
<ul>${items.join("")}</ul>
<p>${everywhere("playground", "playground.title")}</p>
<p>${everywhere("reference", "reference.title")}</p></div>`;
  return layout({
    lang: "en",
    title: say("en", "index.title"),
    description: say("en", "index.description"),
    main,
  });
}
