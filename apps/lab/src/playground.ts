import type { Language } from "camada";
import { mountFigures } from "./figures/index.js";
import { keepOffline } from "./offline.js";

const lang = document.documentElement.lang as Language;
mountFigures(lang);
void keepOffline();

/** The other language opens with the same settings. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    link.search = location.search;
  });
}
