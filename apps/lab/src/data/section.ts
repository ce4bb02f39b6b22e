import { tableHtml } from "@camada/figures";
import type { Language } from "camada";
import type { Book } from "../cells/book.js";
import { button, fileButton, h } from "../dom.js";
import type { Keeper } from "../keep/keeper.js";
import { say } from "../messages/index.js";
import { asking } from "./client.js";
import type { Image, Look } from "./look.js";
import { nameFor } from "./names.js";
import type { OwnFile } from "./own.js";

const ACCEPTED = ".csv,.tsv,.txt,.png,.idx,.gz,text/csv,image/png";

/**
 * The part of the page in which the reader opens files of their own. Each is read in a worker that ends with it,
 * shown, and given a name that all cells can take. Returns what shows the files that were kept.
 */
export function showData(place: HTMLElement, lang: Language, book: Book, keeper: Keeper): () => void {
  let files: readonly OwnFile[] = [];
  const shown = new Map<number, { readonly look: Look; readonly element: HTMLElement }>();
  const status = h("p", { role: "status", class: "label" });
  const list = h("div", {});
  /** Has a file read and shown; gives why it was refused, or null. */
  const read = async (file: OwnFile): Promise<string | null> => {
    const { content, file: called, name, target } = file;
    const look = await asking(async (reader) => reader.look({ content, file: called, name, target }, lang));
    if (typeof look === "string") return look;
    shown.set(file.key, { look, element: elementOf(file, look) });
    return null;
  };
  let last = Promise.resolve();
  /** One file after the other, so that each finds the names of those before it. */
  const open = (file: File): void => {
    last = last.then(() => bring(file));
  };
  const bring = async (file: File): Promise<void> => {
    status.textContent = say(lang, "data.reading", { file: file.name });
    // a copy, as the file on the disk may change or go
    const content = await file.arrayBuffer().then(
      (bytes) => new Blob([bytes]),
      (error: Error) => error.message,
    );
    const name = nameFor(file.name, taken());
    const own = typeof content === "string" ? null : { name, file: file.name, content, target: null, key: nextKey() }; // biome-ignore format: one line
    const refused = own === null ? String(content) : await read(own);
    if (refused !== null) {
      status.textContent = say(lang, "data.refused", { file: file.name, reason: refused });
      return;
    }
    take([...files, own!]);
    status.textContent = say(lang, "data.done", { file: file.name, name });
  };
  const nextKey = (): number => Math.max(Date.now(), ...files.map(({ key }) => key + 1));
  /** Names that cells have made, in any language of the lesson, and those of other files. */
  const taken = (): ReadonlySet<string> =>
    new Set([
      ...book.cells.flatMap(({ names }) => names.makes),
      ...Object.values(keeper.info.names).flatMap((names) => Object.entries(names).flat()),
      ...files.map(({ name }) => name),
    ]);
  /** Takes other files: cells see them, they are shown and kept. */
  const take = (now: readonly OwnFile[]): void => {
    files = now;
    show();
    keeper.keepFiles(files);
  };
  const show = (): void => {
    const known = files.flatMap((file) => shown.get(file.key) ?? []);
    book.bring(files.flatMap((file) => (shown.has(file.key) ? [{ file, type: shown.get(file.key)!.look.type }] : []))); // biome-ignore format: one line
    list.replaceChildren(...known.map(({ element }) => element));
  };

  const elementOf = (own: OwnFile, look: Look): HTMLElement => {
    const { name, file } = own;
    const remove = button(say(lang, "data.remove"), () => {
      take(files.filter(({ key }) => key !== own.key));
      status.textContent = say(lang, "data.gone", { name });
    });
    remove.setAttribute("aria-label", say(lang, "data.remove.name", { name }));
    const choice = h("select", {}, ...look.columns.map((column) => h("option", { selected: column === look.target }, column))); // biome-ignore format: one line
    choice.addEventListener("change", async () => {
      const other = { ...own, target: look.columns[choice.selectedIndex]!, key: nextKey() };
      if ((await read(other)) === null) take(files.map((one) => (one.key === own.key ? other : one)));
      shown.get(other.key)?.element.querySelector("select")?.focus();
    });
    const table = h("div", {});
    if (look.table !== null) table.innerHTML = tableHtml(look.table);
    return h(
      "section",
      { class: "own", "aria-label": file },
      h("h3", {}, h("code", {}, name)),
      h("p", {}, look.about),
      ...(look.table === null ? [] : [table]),
      ...(look.printed === null ? [] : [h("pre", { tabindex: 0, role: "group", "aria-label": file }, look.printed)]), // biome-ignore format: one line
      ...(look.image === null ? [] : [canvasOf(look.image, file)]),
      h("p", { class: "label" }, say(lang, "data.uses")),
      h("ul", {}, ...look.uses.map(([code, is]) => h("li", {}, h("code", {}, code), ` ${is}`))),
      ...look.notes.map((note) => h("p", { class: "note" }, note)),
      h(
        "p",
        { class: "tools" },
        ...(look.columns.length < 2 ? [] : [h("label", {}, `${say(lang, "data.target")} `, choice)]),
        remove,
      ),
    );
  };

  place.append(
    h("p", { class: "tools" }, ...fileButton(say(lang, "data.open"), ACCEPTED, open)),
    status,
    list,
  );

  return async () => {
    const kept = keeper.files;
    for (const file of kept) {
      const refused = shown.has(file.key) ? null : await read(file);
      if (refused !== null)
        status.textContent = say(lang, "data.refused", { file: file.file, reason: refused });
    }
    files = kept;
    show();
  };
}

function canvasOf({ width, rgba }: Image, label: string): HTMLCanvasElement {
  const image = new ImageData(rgba, width);
  const canvas = h("canvas", { width, height: image.height, role: "img", "aria-label": label });
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas;
}
