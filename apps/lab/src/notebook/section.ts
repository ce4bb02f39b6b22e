import type { Notebook } from "@camada/interop";
import { button, download, fileButton, h } from "../dom.js";
import type { Handed } from "../exercises/report.js";
import type { Keeper } from "../keep/keeper.js";
import { say } from "../messages/index.js";
import type { Page } from "./own.js";

/**
 * The buttons by which the lesson is taken away as a notebook, with what the reader has written, and a notebook is
 * opened: one of this lesson gives that back, any other is shown below to be read. What it takes is loaded by then.
 */
export function showNotebooks(
  place: HTMLElement,
  page: () => Page,
  keeper: () => Keeper,
  handed: () => Handed,
): void {
  const { lang } = page();
  const status = h("p", { role: "status", class: "label" });
  const opened = h("section", { class: "opened", "aria-label": say(lang, "foreign"), hidden: true });
  const save = async (report: boolean) => {
    const { ownNotebook, reportNotebook } = await import("./own.js");
    const bytes = report ? await reportNotebook(page(), handed()) : await ownNotebook(page());
    const name = `${page().lesson}.${lang}${report ? `.${say(lang, "notebook.report.file")}` : ""}.ipynb`;
    download(name, "application/x-ipynb+json", bytes);
    status.textContent = "";
  };
  const open = async (file: File) => {
    const [{ readNotebook }, { configure }, own] = await Promise.all([
      import("@camada/interop"),
      import("camada"),
      import("./own.js"),
    ]);
    configure({ lang });
    const notebook = readNotebook(new Uint8Array(await file.arrayBuffer()));
    opened.hidden = true;
    const kin = own.kinship(notebook, page());
    if (kin === "foreign") return showForeign(file.name, notebook);
    if (kin === "own") keeper().take(own.savedWith(notebook, keeper().saved, page()), keeper().files);
    status.textContent = say(lang, kin === "own" ? "notebook.taken" : "notebook.language");
  };
  const showForeign = async (name: string, notebook: Notebook) => {
    const { foreignCells } = await import("./foreign.js");
    const close = button(say(lang, "foreign.close"), () => {
      opened.hidden = true;
      opened.replaceChildren();
      status.textContent = "";
    });
    opened.replaceChildren(
      h("h3", {}, name),
      h("p", { class: "warning" }, say(lang, "foreign.about")),
      h("p", { class: "tools" }, close),
    );
    opened.hidden = false;
    for await (const cell of foreignCells(notebook, lang)) opened.append(cell);
    status.textContent = say(lang, "foreign.shown", { file: name });
  };
  /** Says what did not work: what a file was refused for, or that there is no network. */
  const attempt = (work: Promise<void>): void => {
    void work.catch((error: Error) => {
      status.textContent = say(lang, "notebook.refused", { reason: error.message });
    });
  };
  place.append(
    h(
      "p",
      { class: "tools" },
      button(say(lang, "notebook.save"), () => attempt(save(false))),
      button(say(lang, "notebook.report"), () => attempt(save(true))),
      ...fileButton(say(lang, "notebook.open"), ".ipynb", (file) => attempt(open(file))),
    ),
    status,
    opened,
  );
}
