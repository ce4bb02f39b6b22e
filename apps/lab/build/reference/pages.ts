import type { Language } from "camada";
import { langs, say } from "../../src/messages/index.js";
import { layout } from "../layout.js";
import { escape } from "../prose.js";
import { entryHtml, type Find, type Told } from "./entryHtml.js";
import { type Entry, readEntries } from "./reader.js";
import { sentences } from "./sentences.js";
import { entriesOf, PARTS, TOPICS, type Topic } from "./topics.js";
import { words } from "./words.js";

/** Every page of the reference by its path, in each language. */
function makePages(): Map<string, string> {
  const entries = readEntries();
  const topics = TOPICS.map((topic) => ({ topic, shown: entriesOf(topic, entries) }));
  const pages = new Map<string, string>();
  for (const lang of langs) {
    pages.set(`${lang}/reference/index.html`, indexPage(topics, lang));
    topics.forEach((shown, i) => {
      const next = topics[i + 1]?.topic;
      pages.set(`${lang}/reference/${shown.topic.id}/index.html`, topicPage(shown, topics, next, lang));
    });
  }
  return pages;
}

interface Shown {
  readonly topic: Topic;
  readonly shown: readonly Entry[];
}

function topicPage(
  { topic, shown }: Shown,
  all: readonly Shown[],
  next: Topic | undefined,
  lang: Language,
): string {
  const title = topic.title[lang];
  const links = linksOf(all, topic);
  const told: Told = new Map();
  const entries = shown.map((entry) => entryHtml(entry, links(entry), lang, told)).join("");
  const onward =
    next === undefined
      ? ""
      : `<p><a href="../${next.id}/index.html">${words(lang, "next", { title: next.title[lang] })}</a></p>`;
  const main = `<div class="part"><h1>${title}</h1>
${about(topic.about[lang], lang)}</div>
<div class="part side">${findHtml(lang, "../index.html")}
<nav class="names" aria-label="${words(lang, "here")}">${namesHtml(shown, "")}</nav></div>
<div class="part entries">
${entries}${topic.id === "errors" ? codesHtml(lang) : ""}${onward}</div>
`;
  return page(lang, title, `reference/${topic.id}/`, main);
}

function indexPage(all: readonly Shown[], lang: Language): string {
  const parts = PARTS.map(({ title, topics }) => {
    const listed = all.filter(({ topic }) => topics.includes(topic));
    const sections = listed.map(
      ({
        topic,
        shown,
      }) => `<section class="topic"><h3><a href="./${topic.id}/index.html">${topic.title[lang]}</a></h3>
<p>${topic.about[lang]}</p>
<nav class="names" aria-label="${topic.title[lang]}">${namesHtml(shown, `./${topic.id}/index.html`)}</nav></section>`,
    );
    return `<section class="topics"><h2>${title[lang]}</h2>${sections.join("\n")}</section>`;
  });
  const title = say(lang, "reference.title");
  const main = `<div class="part"><h1>${title}</h1>
${about(words(lang, "about"), lang)}${findHtml(lang, null)}</div>
<div class="part">${parts.join("\n")}</div>
`;
  return page(lang, title, "reference/", main);
}

function page(lang: Language, title: string, path: string, main: string): string {
  const description = say(lang, "reference.description", { title });
  return layout({ lang, title, description, place: { path, has: langs }, main, script: "src/reference.ts" });
}

const about = (text: string, lang: Language) =>
  `<p>${escape(text)}</p>\n${lang === "en" ? "" : `<p class="label">${words(lang, "english")}</p>\n`}`;

/** A place to write a part of a name; `everywhere` leads to the page that has all of them. */
function findHtml(lang: Language, everywhere: string | null): string {
  const link = everywhere === null ? "" : ` <a href="${everywhere}" hidden>${words(lang, "everywhere")}</a>`;
  return `<p class="find awake" data-run="${words(lang, "run")}" hidden><label for="find">${words(lang, "find")}</label> <input id="find" type="search" autocomplete="off" spellcheck="false"> <span role="status" data-count="${words(lang, "count")}"></span>${link}</p>`;
}

/** Links to entries, and to their methods, which show when they are looked for. */
function namesHtml(entries: readonly Entry[], page: string): string {
  const isType = (entry: Entry) => entry.kind === "type";
  const ordered = [...entries.filter((entry) => !isType(entry)), ...entries.filter(isType)];
  const items = ordered.flatMap(({ name, aliases, methods, kind }) => [
    ...[name, ...aliases].map(
      (one) => `<li${kind === "type" ? ' class="type"' : ""}>${link(page, one)}</li>`,
    ),
    ...methods.map((method) => `<li class="deep">${link(page, `${name}.${method.name}`)}</li>`),
  ]);
  return `<ul>${items.join("")}</ul>`;
}

const link = (page: string, name: string) => `<a href="${page}#${name}">${name}</a>`;

/** Finds where names lead from an entry of a topic: to its own package first, and to camada's before others. */
function linksOf(all: readonly Shown[], from: Topic): (entry: Entry) => Find {
  const places = new Map<string, { readonly entry: Entry; readonly to: string }[]>();
  for (const { topic, shown } of all) {
    const page = topic === from ? "" : `../${topic.id}/index.html`;
    for (const entry of shown) {
      const { name, aliases, methods } = entry;
      for (const one of [name, ...aliases, ...methods.map((method) => `${name}.${method.name}`)]) {
        places.set(one, [...(places.get(one) ?? []), { entry, to: `${page}#${one}` }]);
      }
    }
  }
  const codes = from.id === "errors" ? "" : "../errors/index.html";
  return (entry) => (name) => {
    if (Object.hasOwn(sentences.en, name)) return `${codes}#${name}`;
    if (name === entry.name) return null;
    const found = places.get(name) ?? [];
    const near = found.find((place) => packageOf(place.entry) === packageOf(entry));
    return (near ?? found[0])?.to ?? null;
  };
}

const packageOf = ({ file }: Entry) => file.split("/")[1];

function codesHtml(lang: Language): string {
  const rows = Object.entries(sentences[lang]).map(
    ([code, sentence]) => `<dt id="${code}"><code>${code}</code></dt><dd>${escape(sentence)}</dd>`,
  );
  return `<section class="codes"><h2 id="codes">${words(lang, "codes")}</h2>
<p>${words(lang, "codes.about")}</p>
<dl>${rows.join("\n")}</dl></section>
`;
}

/** Made while this module loads: Vite closes the runner that loads it right after. */
export const pages = makePages();
