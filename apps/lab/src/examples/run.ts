import type { Language } from "camada";
import { compiler } from "../compiler/compiler.js";
import { say } from "../messages/index.js";
import { Runner } from "../running/runner.js";
import { exampleCell } from "./cell.js";

let runner: Runner | undefined;

/** Runs an example in the worker that runs cells; gives what it prints, or why it did not end. */
export async function runExample(code: string, uses: string, lang: Language): Promise<string> {
  runner ??= new Runner(lang);
  const cell = { id: "example", code: exampleCell(code, uses) };
  const [compiled] = await (await compiler(lang)).compile([cell]);
  if ("refused" in compiled!) return compiled.refused;
  const nobody = { onSilence: () => {}, onTraining: () => {} };
  const { signal } = new AbortController();
  const { module, makes } = compiled!;
  const ended = await runner.run({ id: cell.id, module, makes, own: [], figures: [] }, signal, nobody);
  if (ended.kind !== "done") return say(lang, ended.kind, { reason: "reason" in ended ? ended.reason : "" });
  return ended.outcome.output || say(lang, "nothing");
}
