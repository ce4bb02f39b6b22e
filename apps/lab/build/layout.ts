import type { CompiledLesson } from "@camada/lesson";
import type { Language } from "camada";
import { langs, say } from "../src/messages/index.js";
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

interface Page {
  readonly lang: Language;
  readonly title: string;
  readonly nav: string;
  readonly main: string;
  /** The script that the page begins with, from the app's folder. */
  readonly script?: string;
}

/** The frame of every page. */
export function layout({ lang, title, nav, main, script }: Page): string {
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · camada</title>
<link rel="icon" href="data:,">
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

/** The page that leads to every lesson, in every language that it has. */
export function indexPage(lessons: readonly CompiledLesson[]): string {
  const items = lessons.map(
    ({ lang, id, title }) =>
      `<li lang="${lang}"><a href="./${lang}/${id}/index.html" hreflang="${lang}">${escape(title)}</a> (${say(lang, "language")})</li>`,
  );
  const playgrounds = langs
    .map(
      (lang) =>
        `<a href="./${lang}/playground/index.html" hreflang="${lang}" lang="${lang}">${say(lang, "playground.title")}</a>`,
    )
    .join(" · ");
  const main = `<div class="part"><h1>camada</h1>
<p lang="pt-BR">${say("pt-BR", "index.choose")}</p>
<p>${say("en", "index.choose")}</p>
<ul>${items.join("")}</ul>
<p>${playgrounds}</p></div>`;
  return layout({
    lang: "en",
    title: say("en", "index.title"),
    nav: `<a href="./index.html">camada</a>`,
    main,
  });
}
