import type { CompiledCell } from "@camada/lesson";
import type { Language } from "camada";
import { Book } from "./cells/book.js";
import { mountFigures } from "./figures/index.js";

const lang = document.documentElement.lang as Language;
const cells = JSON.parse(document.getElementById("cells")!.textContent!) as CompiledCell[];
const book = new Book(cells, lang);
for (const tools of document.querySelectorAll<HTMLElement>("[hidden].awake")) tools.hidden = false;

mountFigures(lang);

/** A moment in which the page has nothing else to do. */
const pause = () =>
  new Promise<void>((resolve) => {
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 50);
  });
void pause().then(() => book.openEditors(pause));

/** The other language opens at the cell that is being read. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    const above = book.cells.filter(({ section }) => section.getBoundingClientRect().top < innerHeight / 2);
    const at = above.at(-1);
    link.hash = scrollY > 0 && at !== undefined ? at.section.id : "";
  });
}
