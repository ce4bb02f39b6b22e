import { createReadStream } from "node:fs";
import { basename } from "node:path";
import {
  applyPreparation,
  type CsvOptions,
  fitPreparation,
  type PreparationOptions,
  readCsv,
  rowsWith,
  type Table,
  takeTableRows,
  targetsOf,
} from "@camada/interop";
import { arange, type NDArray, trainTestSplit } from "camada";
import type { Say } from "./language.js";
import { UsageError } from "./options.js";
import type { Learning, LearningSet } from "./sets.js";

export interface TableOptions {
  readonly target?: string;
  readonly ignore?: readonly string[];
  readonly task?: NonNullable<PreparationOptions["task"]>;
  /** The share of the rows to judge by. */
  readonly testSize?: number;
}

/** Reads a CSV file as it comes from the disk; what is wrong with it is said with its name. */
export async function readTable(file: string, say: Say, options: CsvOptions = {}): Promise<Table> {
  try {
    return await readCsv(createReadStream(file), options);
  } catch (error) {
    throw new Error(say("file.read", { file: basename(file), reason: (error as Error).message }));
  }
}

/** A CSV file to train on: one of its columns is learnt from the others. */
export function tableSet(file: string, options: TableOptions, say: Say): LearningSet {
  return {
    load: async (seed) => parted(await readTable(file, say), options, seed, say),
    scale: 1,
    layers: [64],
    batchSize: 128,
    epochs: 300,
    learningRate: 0.02,
    validationSplit: 0.15,
    patience: 15,
  };
}

/** Parts a table at random, classes alike, and prepares both parts by what is known of the first alone. */
function parted(table: Table, options: TableOptions, seed: number, say: Say): Learning {
  const { target, ignore = [], testSize = 0.2 } = options;
  if (target === undefined) {
    const columns = table.columns.map(({ name }) => name).join(", ");
    throw new UsageError(say("train.whichTarget", { columns, last: table.columns.at(-1)!.name }));
  }
  const known = takeTableRows(table, rowsWith(table, target));
  const asked = { target, ignore, ...(options.task === undefined ? {} : { task: options.task }) };
  const whole = fitPreparation(known, asked).preparation;
  const { task } = whole.target;
  const parts = trainTestSplit(arange(known.rows) as NDArray, targetsOf(whole, known), {
    testSize,
    seed,
    stratify: task === "classification",
  });
  const rows = { train: part(parts.train.x), test: part(parts.test.x) };
  const { preparation, warnings } = fitPreparation(rows.train, { ...asked, task });
  const labeled = (part: Table) => {
    const { x, warnings } = applyPreparation(preparation, part);
    return { x, y: targetsOf(preparation, part), warnings };
  };
  const test = labeled(rows.test);
  const without = table.rows - known.rows;
  return {
    train: labeled(rows.train),
    test,
    target: preparation.target,
    preparation,
    notes: [
      ...(without === 0 ? [] : [say("train.withoutTarget", { rows: without, target })]),
      ...[...warnings, ...test.warnings].map((message) => say("train.warning", { message })),
    ],
  };

  function part(positions: NDArray): Table {
    return takeTableRows(known, positions.data);
  }
}
