import { type CompiledCell, checkAnswer, loadInBrowser, runCell, type Scope } from "@camada/lesson";
import { type Callback, capabilities, configure, type EpochLog, type Language, type Training } from "camada";
import { expose } from "comlink";
import type { OwnFile } from "../data/own.js";
import type { Followed } from "../figures/shown.js";
import { curvesOf, type Picture, pictureOf, pictureOfError, type Redrawn, redrawn } from "./pictures.js";

/** What it takes to run a cell. */
export interface Runnable extends Pick<CompiledCell, "id" | "module" | "makes"> {
  /** The reader's data that it takes. */
  readonly own: readonly OwnFile[];
  /** The lesson's figures of it. */
  readonly figures: readonly Followed[];
}

export interface Outcome {
  readonly output: string;
  readonly failed: boolean;
  readonly cut: boolean;
  /** What an error that JavaScript words badly comes from, if it is one. */
  readonly cause: "memory" | "recursion" | null;
  readonly milliseconds: number;
  readonly pictures: readonly Picture[];
  /** Its figures as this run has left their values. */
  readonly redrawn: readonly Redrawn[];
}

/** More than anyone reads, and less than makes a page slow. */
const outputLimit = 100_000;
const pictureLimit = 12;
/** How often a training is drawn anew, in milliseconds. */
const frame = 250;
const scope: Scope = {};
/** The names that each cell has made. */
const made = new Map<string, readonly string[]>();
/** Which of the reader's data are in the scope, by their names. */
const brought = new Map<string, number>();
let training: Training | null = null;

// as many threads as the page can have: that it lacks isolation is said only to those who ask for more
configure({ threads: capabilities().threads });
// Signs of life: a cell that pauses, as training does, lets them through.
setInterval(() => postMessage("alive"), 1000);

const api = {
  /** Runs a cell; what it declares stays for the cells after it. `onTraining` is shown how training goes. */
  async run(
    { id, module, makes, own, figures }: Runnable,
    lang: Language,
    onTraining: (picture: Picture) => void,
  ): Promise<Outcome> {
    const pictures: Picture[] = [];
    configure({ lang, callbacks: [watch(id, lang, onTraining)] });
    const onValues = (values: readonly unknown[]): void => {
      for (const value of values) {
        if (pictures.length >= pictureLimit) return;
        const picture = pictureOf(value, scope, `run-${id}-${pictures.length}`, lang);
        if (picture !== null) pictures.push(picture);
      }
    };
    // what it made before, and does not now, is gone
    for (const name of made.get(id) ?? []) if (!makes.includes(name)) delete scope[name];
    made.set(id, makes);
    await bring(own, lang);
    const start = performance.now();
    const options = { load: loadInBrowser, scope, outputLimit, onValues };
    const { output, error, cut } = await runCell({ id, module }, options);
    const milliseconds = performance.now() - start;
    const wrong = pictureOfError(error, scope, `run-${id}-error`, lang);
    return {
      output,
      failed: error !== null,
      cut,
      cause: causeOf(error),
      milliseconds,
      pictures: wrong === null ? pictures : [wrong],
      redrawn: figures.map((figure) => redrawn(figure, scope, lang)),
    };
  },

  /** Checks an answer, in the scope that the cells have left; what the check stumbles over is said too. */
  async check(module: string, answer: unknown, lang: Language): Promise<string | null> {
    configure({ lang });
    return checkAnswer(module, answer, { scope, load: loadInBrowser }).catch((error: Error) => error.message);
  },

  /** Ends the training at hand after its batch; what was learnt stays. */
  endTraining(): void {
    training?.stop();
  },
};

/** Puts the reader's data into the scope, read anew only where they are not there. */
async function bring(own: readonly OwnFile[], lang: Language): Promise<void> {
  const missing = own.filter(({ name, key }) => brought.get(name) !== key);
  if (missing.length === 0) return;
  // what reads files comes only where there are any
  const { readOwn, valueOf } = await import("../data/read.js");
  for (const { name, content, target, key } of missing) {
    scope[name] = valueOf(await readOwn(content, target, lang));
    brought.set(name, key);
  }
}

/** Draws what a training comes to, while it goes on. */
function watch(id: string, lang: Language, onTraining: (picture: Picture) => void): Callback {
  let epochs: EpochLog[] = [];
  let drawn = 0;
  return {
    onTrainBegin: (begun) => {
      training = begun;
      epochs = [];
    },
    onEpochEnd: (log) => {
      epochs.push(log);
      if (performance.now() - drawn < frame) return;
      drawn = performance.now();
      const picture = curvesOf(epochs, `run-${id}-training`, lang);
      if (picture !== null) onTraining(picture);
    },
    onTrainEnd: () => {
      training = null;
    },
  };
}

/** Engines say these in words of their own; all of them make them of RangeError. */
function causeOf(error: Error | null): Outcome["cause"] {
  if (!(error instanceof RangeError)) return null;
  if (/stack|recursion/i.test(error.message)) return "recursion";
  return /alloc|length|memory/i.test(error.message) ? "memory" : null;
}

export type RunnerApi = typeof api;
expose(api);
