import type { Language } from "camada";
import { createStore, get, set } from "idb-keyval";
import type { Book } from "../cells/book.js";
import type { Cell } from "../cells/cell.js";
import { filesToJson, type OwnFile, readFiles } from "../data/own.js";
import { settled } from "../dom.js";
import type { Message } from "../messages/index.js";
import { type Names, rename } from "./rename.js";
import { noteRun } from "./runNote.js";
import { nothing, readSaved, type Saved, withVersion } from "./saved.js";

/** What the page knows of its lesson. */
export interface LessonInfo {
  readonly id: string;
  readonly title: string;
  /** That of camada, and of the lesson's text. */
  readonly version: string;
  /** For each other language, what its names are called in this one. */
  readonly names: Readonly<Record<string, Names>>;
}

/** Keeps what the reader writes, in the browser's own storage, apart from the lesson. */
export class Keeper {
  readonly info: LessonInfo;
  saved: Saved;
  /** The reader's own data. */
  files: readonly OwnFile[] = [];
  /** Those that are stored: they are large, and change seldom. */
  #stored: readonly OwnFile[] = this.files;
  readonly #book: Book;
  readonly #lang: Language;
  readonly #tell: (message: Message) => void;
  readonly #store = createStore("camada", "lessons");
  readonly #soon = settled(400, () => void this.#write());
  /** Where what is stored could not be read, it is never written over. */
  #readable = true;

  constructor(book: Book, info: LessonInfo, lang: Language, tell: (message: Message) => void) {
    this.info = info;
    this.saved = nothing(info.id);
    this.#book = book;
    this.#lang = lang;
    this.#tell = tell;
    book.onEdit = (cell) => this.#keep(cell);
    book.onRun = (cell, ended) => {
      noteRun(info.id, cell.id, ended);
      this.#remember(cell);
    };
    // a page that is left may not come back
    addEventListener("pagehide", () => void this.#write());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) void this.#write();
    });
  }

  /** Is told when another state was taken. */
  onTake: () => void = () => {};

  /** Brings back what was saved; true where something was. */
  async restore(): Promise<boolean> {
    try {
      const [found, brought]: unknown[] = await Promise.all(
        [this.info.id, this.#filesKey].map((key) => get(key, this.#store)),
      );
      if (found === undefined && brought === undefined) return false;
      const saved = readSaved(found ?? nothing(this.info.id));
      const files = readFiles(brought ?? []);
      this.#readable = saved !== null && files !== null;
      if (saved === null || files === null) this.#tell("keep.unreadable");
      else {
        this.#stored = files;
        this.take(saved, files);
      }
      return this.#readable;
    } catch {
      this.#readable = false;
      this.#tell("keep.unavailable");
      return false;
    }
  }

  /** Takes all of another state: that which was saved, or that of a backup. */
  take(saved: Saved, files: readonly OwnFile[]): void {
    this.saved = saved;
    this.#book.cells.forEach((cell, at) => {
      const kept = saved.cells[cell.id];
      const code = kept === undefined ? cell.lesson.code : this.#inThisLanguage(kept);
      cell.newer = kept !== undefined && kept.lang === this.#lang && kept.original !== cell.lesson.code;
      this.#book.edit(at, code);
      this.#showHistory(cell);
    });
    this.saved = saved;
    this.files = files;
    this.onTake();
    this.#soon();
  }

  keepFiles(files: readonly OwnFile[]): void {
    this.files = files;
    void this.#write();
  }

  /** All that is kept, as JSON. */
  async backup(): Promise<string> {
    const files = await filesToJson(this.files);
    return JSON.stringify(files.length === 0 ? this.saved : { ...this.saved, files }, null, 1);
  }

  get #filesKey(): string {
    return `${this.info.id}/files`;
  }

  answer(id: string, answer: string): void {
    this.saved = { ...this.saved, answers: { ...this.saved.answers, [id]: answer } };
    this.#soon();
  }

  #inThisLanguage({ code, lang }: { readonly code: string; readonly lang: Language }): string {
    return lang === this.#lang ? code : rename(code, this.info.names[lang] ?? {});
  }

  #keep(cell: Cell): void {
    const cells = { ...this.saved.cells };
    if (cell.edited) {
      const original = cells[cell.id]?.lang === this.#lang ? cells[cell.id]!.original : cell.lesson.code;
      cells[cell.id] = { code: cell.code, lang: this.#lang, original };
    } else {
      delete cells[cell.id];
      cell.newer = false;
    }
    this.saved = { ...this.saved, cells };
    this.#soon();
  }

  #remember(cell: Cell): void {
    const before = this.saved.history[cell.id] ?? [];
    if (!cell.edited && before.length === 0) return;
    // kept at once, as a run may take the page with it
    const version = { code: cell.code, lang: this.#lang, at: Date.now() };
    this.saved = {
      ...this.saved,
      history: { ...this.saved.history, [cell.id]: withVersion(before, version) },
    };
    this.#showHistory(cell);
    void this.#write();
  }

  #showHistory(cell: Cell): void {
    const versions = this.saved.history[cell.id] ?? [];
    const at = this.#book.cells.indexOf(cell);
    cell.showHistory(
      versions.map((version) => ({ at: version.at, code: this.#inThisLanguage(version) })).reverse(),
      (code) => this.#book.edit(at, code),
    );
  }

  async #write(): Promise<void> {
    if (!this.#readable) return;
    const { files } = this;
    try {
      // both are begun at once: a page that is left may not come to a second
      const begun = [set(this.info.id, this.saved, this.#store)];
      if (files !== this.#stored) begun.push(set(this.#filesKey, files, this.#store));
      await Promise.all(begun);
      this.#stored = files;
      this.#tell("keep.done");
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      this.#tell(full ? "keep.full" : "keep.unavailable");
    }
  }
}
