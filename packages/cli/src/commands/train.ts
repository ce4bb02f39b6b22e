import { buildCommand } from "@stricli/core";
import type { BackendChoice, Callback, Language, Sequential } from "camada";
import { type Context, canRewrite, type Stream } from "../context.js";
import type { Say } from "../language.js";
import { optionReaders, UsageError } from "../options.js";
import { epochLines, epochRecords, progressBar, record } from "../progress.js";
import { type Results, recordResults, tell, tellFigures, tellResults, writeFigures } from "../results.js";
import { type Labeled, type LearningSet, SETS } from "../sets.js";
import { ACTIVATIONS, judge, keptEpoch, networkFor, OPTIMIZERS, type Plan, train } from "../training.js";

type SetName = keyof typeof SETS;
const SET_NAMES = Object.keys(SETS) as SetName[];

type BackendName = Extract<BackendChoice, string>;
/** All of them: one that is missing here does not compile. */
const BACKENDS: { readonly [name in BackendName]: true } = { reference: true };

/** What a shell says of a command that SIGINT ended. */
const INTERRUPTED = 130;

interface Flags {
  readonly layers?: readonly number[];
  readonly activation: Plan["activation"];
  readonly dropout: number;
  readonly batchSize?: number;
  readonly epochs?: number;
  readonly optimizer?: Plan["optimizer"];
  readonly learningRate?: number;
  readonly seed: number;
  readonly validationSplit: number;
  readonly patience?: number;
  readonly data?: string;
  readonly backend?: BackendName;
  readonly curves?: string;
  readonly confusion?: string;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly lang?: string;
}

/** `camada train mnist`: trains a network, shows how it goes, and judges it by rows that it has not seen. */
export function trainCommand(lang: Language, say: Say) {
  const read = optionReaders(say);
  const parsed = <T>(brief: string, parse: (input: string) => T) =>
    ({ kind: "parsed", brief, parse }) as const;
  const optional = { optional: true } as const;
  const off = { kind: "boolean", default: false } as const;
  const setNamed = (input: string): SetName => {
    const known = SET_NAMES.find((name) => name === input);
    if (known === undefined) throw new UsageError(say("train.set", { input, known: SET_NAMES.join(", ") }));
    return known;
  };
  return buildCommand<Flags, [SetName], Context>({
    docs: { brief: say("train.brief"), fullDescription: say("train.full") },
    parameters: {
      flags: {
        layers: { ...parsed(say("train.layers"), read.sizes("layers")), ...optional },
        activation: { kind: "enum", values: ACTIVATIONS, brief: say("train.activation"), default: "relu" },
        dropout: { ...parsed(say("train.dropout"), read.fraction("dropout")), default: "0" },
        batchSize: { ...parsed(say("train.batchSize"), read.count("batch-size", 1)), ...optional },
        epochs: { ...parsed(say("train.epochs"), read.count("epochs", 1)), ...optional },
        optimizer: {
          kind: "enum",
          values: Object.keys(OPTIMIZERS) as Plan["optimizer"][],
          brief: say("train.optimizer"),
          ...optional,
        },
        learningRate: { ...parsed(say("train.learningRate"), read.positive("learning-rate")), ...optional },
        seed: { ...parsed(say("train.seed"), read.seed("seed")), default: "0" },
        validationSplit: {
          ...parsed(say("train.validationSplit"), read.fraction("validation-split")),
          default: "0",
        },
        patience: { ...parsed(say("train.patience"), read.count("patience", 1)), ...optional },
        data: { ...parsed(say("train.data"), read.folder("data")), ...optional },
        backend: {
          kind: "enum",
          values: Object.keys(BACKENDS) as BackendName[],
          brief: say("train.backend"),
          ...optional,
        },
        curves: { ...parsed(say("train.curves"), read.file("curves")), ...optional },
        confusion: { ...parsed(say("train.confusion"), read.file("confusion")), ...optional },
        quiet: { ...off, brief: say("train.quiet") },
        json: { ...off, brief: say("train.json") },
        lang: { ...parsed(say("flag.lang"), String), ...optional },
      },
      positional: {
        kind: "tuple",
        parameters: [{ brief: say("train.argument"), placeholder: "set", parse: setNamed }],
      },
    },
    async func(flags, name) {
      const set: LearningSet = SETS[name];
      checkTogether(flags, set, say);
      const plan = planOf(flags, set);
      const rows = set.load(plan.seed, flags.data);
      const [features, others] = [rows.train, rows.test].map(({ x }) => x.shape[1]!) as [number, number];
      if (features !== others) throw new Error(say("train.pixels", { features, others }));
      const classes = 1 + Math.max(1, ...[rows.train, rows.test].map(({ y }) => y.max() as number));
      const model = networkFor(plan, features, classes);
      const { stdout } = this.process;
      const history = await interruptible(this, say, (signal) => {
        if (!flags.quiet) tellBeginning(stdout, flags.json, factsOf(name, rows, model, plan), say);
        return train(model, rows.train, plan, displays(this, flags, plan, say), signal);
      });
      if (history.ending === "aborted") this.process.exitCode = INTERRUPTED;
      const results: Results = {
        history,
        kept: keptEpoch(history),
        test: await judge(model, rows.test, classes, plan),
      };

      if (flags.json) recordResults(this, results);
      else {
        if (!flags.quiet) tellFigures(this, results, lang, say);
        tellResults(this, results, say);
      }
      writeFigures(flags, results, lang, say, (file) => {
        if (!flags.json) tell(stdout, say("file.written", { file }));
      });
    },
  });
}

/** What options ask of one another. */
function checkTogether(
  { data, patience, validationSplit }: Flags,
  { fromFiles }: LearningSet,
  say: Say,
): void {
  if (data !== undefined && !fromFiles) throw new UsageError(say("train.noData"));
  if (patience !== undefined && validationSplit === 0) throw new UsageError(say("train.noValidation"));
}

/** What was asked for, and what suits the set for the rest. */
function planOf(flags: Flags, set: LearningSet): Plan {
  const { activation, dropout, seed, validationSplit, backend } = flags;
  return {
    layers: flags.layers ?? set.layers,
    activation,
    dropout,
    scale: set.scale,
    batchSize: flags.batchSize ?? set.batchSize,
    epochs: flags.epochs ?? set.epochs,
    optimizer: flags.optimizer ?? "adam",
    // the set's own rate is one for Adam
    learningRate: flags.learningRate ?? (flags.optimizer === undefined ? set.learningRate : undefined),
    seed,
    validationSplit,
    patience: flags.patience ?? Infinity,
    backend,
  };
}

/** What is known before training. */
function factsOf(
  name: SetName,
  { train, test }: { readonly train: Labeled; readonly test: Labeled },
  { weights, network }: Sequential,
  plan: Plan,
) {
  return {
    set: name,
    rows: train.x.shape[0]!,
    testRows: test.x.shape[0]!,
    sizes: [train.x.shape[1]!, ...plan.layers, network.output.shape[0]!],
    parameters: Object.values(weights).reduce((count, { size }) => count + size, 0),
    activation: plan.activation,
    optimizer: plan.optimizer,
    batchSize: plan.batchSize,
    seed: plan.seed,
  };
}

function tellBeginning(out: Stream, json: boolean, facts: ReturnType<typeof factsOf>, say: Say): void {
  if (json) record(out, "start", facts);
  else {
    const said = { ...facts, sizes: facts.sizes.join("-") };
    tell(out, say("train.start", said));
    tell(out, say("train.network", said));
  }
}

/** What is shown while training goes on. */
function displays(context: Context, { quiet, json }: Flags, { epochs }: Plan, say: Say): readonly Callback[] {
  const { stdout } = context.process;
  if (quiet) return [];
  if (json) return [epochRecords(stdout)];
  return [canRewrite(context) ? progressBar(stdout, epochs, say) : epochLines(stdout, epochs, say)];
}

/** Runs what the first Ctrl-C asks to end; a second one ends the process at once, as it would anyway. */
async function interruptible<T>(
  context: Context,
  say: Say,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { process } = context;
  const controller = new AbortController();
  const interrupt = () => {
    process.stderr.write(`${canRewrite(context) ? "\n" : ""}${say("train.interrupted")}\n`);
    controller.abort();
  };
  process.once("SIGINT", interrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
  }
}
