import type { CompiledCell } from "@camada/lesson";
import type { Language } from "camada";
import { compiler } from "../compiler/compiler.js";
import type { OwnFile, TypedFile } from "../data/own.js";
import { pause, settled } from "../dom.js";
import type { EditorHost } from "../editor/editor.js";
import { say } from "../messages/index.js";
import { Runner } from "../running/runner.js";
import { Cell } from "./cell.js";
import { dependentsOf, isStale, makersOf, type Node, orderFor, runsByItself } from "./graph.js";

/** A run that is asked for: which cells, found when its turn comes, and the button that then stops it. */
interface Request {
  readonly order: () => readonly number[];
  readonly pressed: HTMLButtonElement | null;
  /** Is told when it is over. */
  readonly done?: () => void;
}

/** The text before all cells, which no cell's name can be. */
const OWN = "/own";

/** All cells of the page: what runs, what is out of date, and what the compiler says. */
export class Book {
  readonly cells: readonly Cell[];
  readonly #lang: Language;
  readonly #runner: Runner;
  readonly #runAll: HTMLButtonElement;
  readonly #summary: HTMLElement;
  readonly #waiting: Request[] = [];
  #busy: { readonly request: Request; readonly stop: AbortController } | null = null;
  #turn = 0;
  #own: readonly TypedFile[] = [];
  #checking: Promise<void> | null = null;
  #checkAgain = false;
  readonly #checkSoon = settled(60, () => void this.check());
  /** Is told of each change of a cell's code. */
  onEdit: (cell: Cell) => void = () => {};
  /** Is told of each run as it begins, and when it will have ended. */
  onRun: (cell: Cell, ended: Promise<unknown>) => void = () => {};

  constructor(cells: readonly CompiledCell[], lang: Language) {
    this.#lang = lang;
    this.#runner = new Runner(lang);
    this.cells = cells.map((cell, at) => new Cell(cell, lang, () => this.edit(at, cell.code)));
    this.#runAll = document.getElementById("run-all") as HTMLButtonElement;
    this.#summary = document.getElementById("summary")!;
    this.#press(this.#runAll, () => this.cells.map((_, at) => at));
    this.cells.forEach((cell, at) => {
      this.#press(cell.runButton, () => orderFor(this.nodes, at));
    });
  }

  get nodes(): Node[] {
    return this.cells.map((cell) => ({
      code: this.#sourceOf(cell),
      ran: cell.ran,
      stopped: cell.stopped,
      makes: cell.names.makes,
      takes: cell.names.takes,
    }));
  }

  /** What a run follows from beside what other cells make: a cell's code, and which of the reader's data it takes. */
  #sourceOf(cell: Cell): string {
    return [cell.code, ...this.#ownOf(cell).map(({ key }) => key)].join("\n");
  }

  #ownOf({ names: { takes } }: Cell): OwnFile[] {
    return this.#own.map(({ file }) => file).filter(({ name }) => takes.includes(name));
  }

  /** Takes the reader's own data, whose names stand before those that cells make. */
  bring(own: readonly TypedFile[]): void {
    this.#own = own;
    // what the lesson's own code takes, the lesson makes
    for (const cell of this.cells) if (cell.edited) cell.compiled = null;
    this.#mark();
    this.#checkSoon();
  }

  /** What the compiler reads: the reader's data, and all cells as they are now. */
  #texts(): { readonly id: string; readonly code: string }[] {
    const own = this.#own.map(({ file, type }) => `declare const ${file.name}: ${type};`).join("\n");
    return [{ id: OWN, code: own }, ...this.cells.map(({ id, code }) => ({ id, code }))];
  }

  #press(pressed: HTMLButtonElement, order: () => readonly number[]): void {
    pressed.addEventListener("click", () => {
      if (this.#busy?.request.pressed === pressed) this.#busy.stop.abort();
      else this.#ask({ order, pressed });
    });
  }

  #ask(request: Request): void {
    this.#waiting.push(request);
    if (this.#busy === null) void this.#work();
  }

  /** Runs what is asked for, one request after the other, and then what runs by itself. */
  async #work(): Promise<void> {
    for (;;) {
      let request = this.#waiting.shift();
      if (request === undefined) {
        const order = runsByItself(this.nodes);
        if (order.length === 0) return;
        request = { order: () => order, pressed: null };
      }
      this.#busy = { request, stop: new AbortController() };
      const whole = await this.#run(request, this.#busy.stop.signal);
      this.#busy = null;
      request.done?.();
      if (whole) continue;
      for (const { done } of this.#waiting.splice(0)) done?.();
    }
  }

  /** Runs cells in order; false where they did not get to the last. */
  async #run({ order, pressed }: Request, signal: AbortSignal): Promise<boolean> {
    const all = pressed === this.#runAll;
    const cell = this.cells.find(({ runButton }) => runButton === pressed);
    label(pressed, say(this.#lang, "stop"), cell && say(this.#lang, "stop.cell", { number: cell.number }));
    if (all) this.#summary.textContent = say(this.#lang, "running");
    let different = 0;
    let said: string | null = null;
    const cells = order();
    for (const at of cells) {
      const result = await this.#runOne(at, signal);
      if (typeof result === "string") {
        said = result;
        break;
      }
      if (!result) different++;
    }
    const [count, total] = [different || this.cells.length, this.cells.length];
    const ended = said ?? say(this.#lang, different === 0 ? "all.same" : "all.different", { count, total });
    if (all) this.#summary.textContent = ended;
    label(
      pressed,
      say(this.#lang, all ? "run.all" : "run"),
      cell && say(this.#lang, "run.cell", { number: cell.number }),
    );
    return said === null;
  }

  /** Whether a cell gave its saved output, or what ended it. */
  async #runOne(at: number, signal: AbortSignal): Promise<boolean | string> {
    const cell = this.cells[at]!;
    cell.tell(say(this.#lang, "running"));
    const refused = cell.compiled === null ? await this.#compile(cell) : null;
    if (refused !== null) {
      cell.refuse(refused);
      cell.ran = null;
      this.#mark();
      return false;
    }
    const source = this.#sourceOf(cell);
    const runnable = {
      id: cell.id,
      module: cell.compiled!.module,
      makes: cell.compiled!.makes,
      own: this.#ownOf(cell),
      figures: cell.figures.map(({ followed }) => followed),
    };
    const running = this.#runner.run(runnable, signal, {
      onSilence: () => cell.tell(say(this.#lang, "running.quiet")),
      onTraining: (picture) => cell.showTraining(picture, () => this.#runner.endTraining()),
    });
    this.onRun(cell, running);
    const ended = await running;
    if (ended.kind !== "done") {
      for (const other of this.cells) other.ran = other.ran && { ...other.ran, alive: false };
      cell.ran = null;
      cell.stopped = true;
      const reason = ended.kind === "broken" ? ended.reason : "";
      const said = say(this.#lang, ended.kind, { reason });
      cell.tell(said);
      this.#mark();
      return said;
    }
    const { milliseconds } = ended.outcome;
    cell.stopped = false;
    cell.ran = { code: source, turn: ++this.#turn, milliseconds, alive: true };
    const comparable = !cell.edited && this.#unedited(at);
    const same = cell.showOutput(ended.outcome, comparable);
    this.#mark();
    return same || !comparable;
  }

  /** Whether a cell builds on the lesson's own code only. */
  #unedited(at: number): boolean {
    return makersOf(this.nodes, at).every((maker) => !this.cells[maker]!.edited && this.#unedited(maker));
  }

  /** Has all cells compiled; gives why it could not be done with `cell`. */
  async #compile(cell: Cell): Promise<string | null> {
    const texts = this.#texts();
    const remote = await compiler(this.#lang).catch(() => null);
    if (remote === null) return say(this.#lang, "compiler.unloaded");
    const compiled = await remote.compile(texts);
    let refused: string | null = null;
    this.cells.forEach((other, at) => {
      // the first text is the reader's data
      const made = compiled[at + 1]!;
      if (other.code !== texts[at + 1]!.code) return;
      if ("refused" in made) {
        if (other === cell) refused = made.refused;
      } else {
        other.compiled = other.names = made;
      }
    });
    return refused;
  }

  /** Says that a cell's run has ended the page before: it runs only where it is asked for or needed. */
  tellInterrupted(id: string): void {
    const cell = this.cells.find((one) => one.id === id);
    if (cell === undefined) return;
    cell.stopped = true;
    const said = say(this.#lang, "interrupted", { number: cell.number });
    cell.tell(said);
    this.#summary.textContent = said;
  }

  /** Whether a cell's output no longer holds. */
  isStale(at: number): boolean {
    return isStale(this.nodes, at);
  }

  /**
   * Checks an answer, after running the cells that the check looks at (names, or the cell `of`) where they have
   * not. Gives what is wrong, or null.
   */
  async judge(
    module: string,
    takes: readonly string[],
    of: string | null,
    answer: unknown,
  ): Promise<string | null> {
    const wanted = this.cells.flatMap(({ names, id }, at) =>
      id === of || names.makes.some((name) => takes.includes(name)) ? [at] : [],
    );
    const order = () =>
      [...new Set(wanted.flatMap((at) => (this.#holds(at) ? [] : orderFor(this.nodes, at))))].sort(
        (a, b) => a - b,
      );
    await this.#settle({ order, pressed: null });
    if (!wanted.every((at) => this.#holds(at))) return say(this.#lang, "check.not-run");
    return this.#runner.check(module, answer);
  }

  #holds(at: number): boolean {
    return this.cells[at]!.ran !== null && !this.isStale(at);
  }

  /** Has a request done, and waits until it is. */
  #settle(request: Pick<Request, "order" | "pressed">): Promise<void> {
    return new Promise((done) => this.#ask({ ...request, done }));
  }

  /** Gives a cell other code; marks what is out of date by it, and has all checked. */
  edit(at: number, code: string): void {
    const cell = this.cells[at]!;
    if (code === cell.code) return;
    // cells that take other names now, or the same of another kind, are compiled again
    for (const i of dependentsOf(this.nodes, at)) this.cells[i]!.compiled = null;
    cell.take(code);
    this.#mark();
    this.onEdit(cell);
    this.#checkSoon();
  }

  #mark(): void {
    const nodes = this.nodes;
    this.cells.forEach((cell, at) => {
      cell.mark(isStale(nodes, at));
    });
  }

  /** Asks the compiler what it says of all cells as they are now. */
  async check(): Promise<void> {
    if (this.#checking !== null) {
      this.#checkAgain = true;
      return;
    }
    this.#checking = (async () => {
      // without a compiler nothing is said before it runs; running says why
      const remote = await compiler(this.#lang).catch(() => null);
      do {
        this.#checkAgain = false;
        const said = await remote?.check(this.#texts());
        for (const cell of said === undefined ? [] : this.cells) {
          cell.show(said!.filter((remark) => remark.cell === cell.id));
        }
      } while (this.#checkAgain);
      this.#checking = null;
    })();
    await this.#checking;
  }

  /** Loads the editor, puts it in every cell's place, and starts the compiler. */
  async openEditors(): Promise<void> {
    void this.check();
    this.#runner.warm();
    const editor = await import("../editor/editor.js").catch(() => null);
    if (editor === null) {
      this.#summary.textContent = say(this.#lang, "editor.unloaded");
      return;
    }
    for (const [at, cell] of this.cells.entries()) {
      await pause();
      cell.open(editor.openEditor, this.#host(at));
    }
  }

  #host(at: number): EditorHost {
    const { id, number, runButton } = this.cells[at]!;
    const ask = async () => {
      const remote = await compiler(this.#lang);
      await remote.check(this.#texts());
      return remote;
    };
    return {
      label: say(this.#lang, "code.of", { number }),
      keys: `keys-${number}`,
      phrases: {
        Completions: say(this.#lang, "editor.completions"),
        "Control character": say(this.#lang, "editor.control"),
        "Selection deleted": say(this.#lang, "editor.deleted"),
      },
      changed: (code) => this.edit(at, code),
      run: () => runButton.click(),
      nextRemark: (offset) => this.#nextRemark(at, offset),
      suggest: async (offset) => (await ask()).suggest(id, offset),
      describe: async (offset) => (await compiler(this.#lang)).describe(id, offset),
    };
  }

  /** Goes to the next remark after a place, from the last back to the first. */
  #nextRemark(at: number, offset: number): void {
    const all = this.cells.flatMap(({ remarks }, i) => remarks.map(({ from }) => ({ i, from })));
    const next = all.find(({ i, from }) => i > at || (i === at && from > offset)) ?? all[0];
    if (next !== undefined) this.cells[next.i]!.go(next.from);
  }
}

function label(target: HTMLButtonElement | null, text: string, full: string | undefined): void {
  if (target === null) return;
  target.textContent = text;
  if (full !== undefined) target.setAttribute("aria-label", full);
}
