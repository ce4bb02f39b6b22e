import { statSync } from "node:fs";
import { basename } from "node:path";
import { buildCommand } from "@stricli/core";
import type { Callback, Language, Sequential } from "camada";
import { type Context, canRewrite, type Stream } from "../context.js";
import { writeText } from "../files.js";
import type { Say } from "../language.js";
import { writeTrained } from "../modelFile.js";
import { UsageError } from "../options.js";
import { epochLines, epochRecords, progressBar, record } from "../progress.js";
import { reportPage } from "../report.js";
import { type Results, recordResults, resultLines, tell, tellFigures, writeFigures } from "../results.js";
import { digits, type Learning, type LearningSet, SETS } from "../sets.js";
import { tableSet } from "../tables.js";
import { type Task, taskOf } from "../task.js";
import { judge, keptEpoch, networkFor, type Plan, settingsOf, train } from "../training.js";
import { type TrainFlags, trainFlags } from "./trainFlags.js";

/** What a shell says of a command that SIGINT ended. */
const INTERRUPTED = 130;

/** `camada train mnist`: trains a network, shows how it goes, and judges it by rows that it has not seen. */
export function trainCommand(lang: Language, say: Say) {
  return buildCommand<TrainFlags, [string], Context>({
    docs: { brief: say("train.brief"), fullDescription: say("train.full") },
    parameters: {
      flags: trainFlags(say),
      positional: {
        kind: "tuple",
        parameters: [
          {
            brief: say("train.argument"),
            placeholder: "what",
            parse: String,
            proposeCompletions: () => Object.keys(SETS),
          },
        ],
      },
    },
    async func(flags, name) {
      const set = setOf(name, flags, say);
      const plan = planOf(flags, set, say);
      const learning = await set.load(plan.seed);
      const task = taskOf(learning.target);
      const [features, others] = [learning.train, learning.test].map(({ x }) => x.shape[1]!) as [
        number,
        number,
      ];
      if (features !== others) throw new Error(say("train.pixels", { features, others }));
      const model = networkFor(plan, features, task.outputs);
      const { stdout } = this.process;
      const facts = factsOf(basename(name), learning, model, plan);
      const beginning = beginningLines(facts, learning, say);
      const history = await interruptible(this, say, (signal) => {
        if (!flags.quiet && flags.json) record(stdout, "start", facts);
        else if (!flags.quiet) for (const line of beginning) tell(stdout, line);
        return train(model, learning.train, task, plan, displays(this, flags, task, plan, say), signal);
      });
      if (history.ending === "aborted") this.process.exitCode = INTERRUPTED;
      const kept = keptEpoch(history);
      const results: Results = {
        target: learning.target,
        history,
        kept,
        test: await judge(model, learning, plan),
      };
      if (flags.json) recordResults(this, results);
      else {
        if (!flags.quiet) tellFigures(this, results, lang, say);
        for (const line of resultLines(results, say)) tell(stdout, line);
      }
      const written = (file: string) => {
        if (!flags.json) tell(stdout, say("file.written", { file }));
      };
      if (flags.out !== undefined) {
        writeTrained(flags.out, { model, training: settingsOf(plan), preparation: learning.preparation });
        written(flags.out);
      }
      writeFigures(flags, results, lang, say, written);
      if (flags.report === undefined) return;
      const about = { title: say("report.title", { name: facts.set }), facts: beginning };
      writeText(flags.report, reportPage(about, results, lang, say), say);
      written(flags.report);
    },
  });
}

/** The set of a name, or the table in a file; what else was asked for must go with it. */
function setOf(name: string, flags: TrainFlags, say: Say): LearningSet {
  const known = Object.hasOwn(SETS, name) ? SETS[name] : undefined;
  if (flags.data !== undefined && name !== "mnist") throw new UsageError(say("train.noData"));
  if (known === undefined) {
    if (statSync(name, { throwIfNoEntry: false })?.isFile() === true) return tableSet(name, flags, say);
    throw new UsageError(say("train.set", { input: name, known: Object.keys(SETS).join(", ") }));
  }
  const needless = (["target", "ignore", "task", "testSize"] as const).find(
    (flag) => flags[flag] !== undefined,
  );
  if (needless === undefined) return flags.data === undefined ? known : digits(flags.data);
  throw new UsageError(say("train.noTable", { option: needless === "testSize" ? "test-size" : needless }));
}

/** What was asked for, and what suits the set for the rest. */
function planOf(flags: TrainFlags, set: LearningSet, say: Say): Plan {
  const { activation, dropout, seed, backend } = flags;
  const validationSplit = flags.validationSplit ?? set.validationSplit;
  if (flags.patience !== undefined && validationSplit === 0) throw new UsageError(say("train.noValidation"));
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
    patience: flags.patience ?? set.patience,
    backend,
  };
}

/** What is known before training. */
function factsOf(
  set: string,
  { train, test, target }: Learning,
  { weights, network }: Sequential,
  plan: Plan,
) {
  return {
    set,
    rows: train.x.shape[0]!,
    testRows: test.x.shape[0]!,
    target: target.column,
    task: target.task,
    sizes: [train.x.shape[1]!, ...plan.layers, network.output.shape[0]!],
    parameters: Object.values(weights).reduce((count, { size }) => count + size, 0),
    activation: plan.activation,
    optimizer: plan.optimizer,
    batchSize: plan.batchSize,
    seed: plan.seed,
  };
}

function beginningLines(
  facts: ReturnType<typeof factsOf>,
  { target, preparation, notes }: Learning,
  say: Say,
) {
  const said = { ...facts, sizes: facts.sizes.join("-") };
  const columns = preparation?.features.length ?? 0;
  const learnt = { target: target.column, columns, features: facts.sizes[0]! };
  const table =
    target.task === "regression"
      ? say("train.amounts", learnt)
      : say("train.classes", { ...learnt, classes: target.classes.length });
  return [
    say("train.start", said),
    ...(preparation === undefined ? [] : [table]),
    ...notes,
    say("train.network", said),
  ];
}

/** What is shown while training goes on. */
function displays(
  context: Context,
  { quiet, json }: TrainFlags,
  task: Task,
  { epochs }: Plan,
  say: Say,
): readonly Callback[] {
  const { stdout }: { readonly stdout: Stream } = context.process;
  if (quiet) return [];
  if (json) return [epochRecords(stdout, task)];
  const bar = canRewrite(context);
  return [bar ? progressBar(stdout, task, epochs, say) : epochLines(stdout, task, epochs, say)];
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
