import {
  applyPreparation,
  type Column,
  predictionsOf,
  rowsWith,
  type Table,
  takeTableRows,
  targetsOf,
  typesOf,
  writeCsv,
} from "@camada/interop";
import { toFile } from "@camada/interop/node";
import { buildCommand } from "@stricli/core";
import { array, evaluateMetric, max, type NDArray, softmax, take } from "camada";
import type { Context } from "../context.js";
import type { Say } from "../language.js";
import { readTrained } from "../modelFile.js";
import { optionReaders } from "../options.js";
import { record } from "../progress.js";
import { tell } from "../results.js";
import { readTable } from "../tables.js";
import { taskOf } from "../task.js";

interface Flags {
  readonly out?: string;
  readonly json: boolean;
  readonly lang?: string;
}

/** `camada predict model.safetensors new.csv`: the table with what the network says of each row. */
export function predictCommand(say: Say) {
  const read = optionReaders(say);
  return buildCommand<Flags, [string, string], Context>({
    docs: { brief: say("predict.brief"), fullDescription: say("predict.full") },
    parameters: {
      flags: {
        out: { kind: "parsed", parse: read.file("out"), brief: say("predict.out"), optional: true },
        json: { kind: "boolean", brief: say("predict.json"), default: false },
        lang: { kind: "parsed", parse: read.language, brief: say("flag.lang"), optional: true },
      },
      positional: {
        kind: "tuple",
        parameters: [
          { brief: say("predict.model"), placeholder: "model", parse: read.existing("model") },
          { brief: say("predict.table"), placeholder: "table", parse: read.existing("table") },
        ],
      },
      aliases: { o: "out" },
    },
    async func({ out, json }, modelFile, tableFile) {
      const { stdout, stderr } = this.process;
      const { model, preparation } = readTrained(modelFile, say);
      if (preparation === undefined) throw new Error(say("predict.noTable", { file: modelFile }));
      const table = await readTable(tableFile, say, { types: typesOf(preparation) });
      const { x, warnings } = applyPreparation(preparation, table);
      const results = (await model.predict(x)) as NDArray;
      const predictions = predictionsOf(preparation, results);
      const { column: name, task } = preparation.target;
      const certainty =
        task === "classification"
          ? Array.from((max(softmax(results), 1) as NDArray).data as ArrayLike<number>, (share) =>
              Number(share.toFixed(4)),
            )
          : undefined;
      for (const message of warnings) tell(stderr, say("train.warning", { message }));
      if (json) {
        predictions.forEach((predicted, i) => {
          record(stdout, "row", { row: i + 1, [name]: predicted, ...(certainty === undefined ? {} : { certainty: certainty[i] }) }); // biome-ignore format: one line
        });
      } else {
        const columns = [predictedColumn(say("predict.column", { name }), predictions)];
        if (certainty !== undefined) columns.push(numbers(say("predict.certainty"), certainty));
        const bytes = writeCsv({ rows: table.rows, columns: [...table.columns, ...columns] });
        if (out === undefined) stdout.write(new TextDecoder().decode(bytes));
        else {
          toFile(out, bytes);
          tell(stdout, say("file.written", { file: out }));
        }
      }
      const known = knownRows(table, name);
      if (known.length === 0) return;
      // the truth is there: how good the predictions are
      const scored = taskOf(preparation.target);
      const truth = targetsOf(preparation, takeTableRows(table, known));
      const measure = evaluateMetric(scored.metric, truth, rowsOf(results, known)) as number;
      tell(stderr, say("predict.known", { rows: known.length, name, measure: scored.tell(measure, say) }));
    },
  });
}

/** The rows whose truth the table has. */
function knownRows(table: Table, name: string): number[] {
  return table.columns.some((column) => column.name === name) ? rowsWith(table, name) : [];
}

function rowsOf(results: NDArray, rows: readonly number[]): NDArray {
  return take(results, array([...rows], undefined, { dtype: "int32" }) as NDArray, 0) as NDArray;
}

function predictedColumn(name: string, values: readonly (string | number)[]): Column {
  if (typeof values[0] === "number") return numbers(name, values as readonly number[]);
  return { name, kind: "text", values: values as readonly string[], missing: 0 };
}

function numbers(name: string, values: readonly number[]): Column {
  return { name, kind: "number", values: Float64Array.from(values), missing: 0 };
}
