/// <reference types="node" />
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeCell, readNotebook, writeNotebook } from "@camada/interop";
import { parse, toNotebook } from "@camada/lesson/build";
import { describe, expect, inject, it } from "vitest";
import { ROOT } from "../../scripts/setup.mjs";
import { deno, fetched, foundOrSkipped } from "../fetched.js";

/** Lessons as notebooks, run by Jupyter's own client in Deno's kernel, with the packages as they are installed. */

const folder = inject("folder");
const PYTHON = "/usr/bin/python3";
const hasClient = spawnSync(PYTHON, ["-c", "import nbclient"]).status === 0;

const RUN = `
import sys, nbclient, nbformat
file, folder = sys.argv[1:]
notebook = nbformat.read(file, as_version=4)
nbformat.validate(notebook)
nbclient.NotebookClient(notebook, timeout=120, kernel_name="deno", resources={"metadata": {"path": folder}}).execute()
nbformat.validate(notebook)
nbformat.write(notebook, file)
`;

/** What each cell of code printed, and what it was refused with. */
function outputsOf(bytes: Uint8Array): readonly { readonly printed: string; readonly refused: string }[] {
  return readNotebook(bytes)
    .cells.filter((cell): cell is CodeCell => cell.kind === "code")
    .map(({ outputs }) => ({
      // a kernel may send it in parts
      printed: outputs
        .map((output) => (output.kind === "stream" ? output.text : ""))
        .join("")
        .trimEnd(),
      refused: outputs.map((output) => (output.kind === "error" ? output.value : "")).join(""),
    }));
}

describe.skipIf(!hasClient)("a lesson as a notebook", () => {
  // the kernel may answer before all that a cell printed has come
  it.for(["en", "pt-BR"])(
    "runs in Deno's kernel to what the lesson shows: %s",
    { timeout: 180_000, retry: 4 },
    (lang, { skip }) => {
      const program = foundOrSkipped(() => fetched(deno), skip);
      const jupyter = join(folder, "jupyter");
      mkdirSync(join(jupyter, "kernels/deno"), { recursive: true });
      const argv = [program, "jupyter", "--kernel", "--conn", "{connection_file}"];
      const spec = { argv, display_name: "Deno", language: "typescript" };
      writeFileSync(join(jupyter, "kernels/deno/kernel.json"), JSON.stringify(spec));
      writeFileSync(join(folder, "deno.json"), JSON.stringify({ nodeModulesDir: "manual" }));

      const lesson = parse(readFileSync(join(ROOT, `lessons/03-first-layers/${lang}.md`), "utf8"));
      const { version } = JSON.parse(readFileSync(join(ROOT, "packages/camada/package.json"), "utf8"));
      const file = join(folder, `lesson-${lang}.ipynb`);
      const bytes = writeNotebook(toNotebook(lesson, { version }));
      writeFileSync(file, bytes);
      execFileSync(PYTHON, ["-c", RUN, file, folder], { env: { ...process.env, JUPYTER_PATH: jupyter } });
      const [expected, found] = [outputsOf(bytes), outputsOf(readFileSync(file))];
      expect(expected.filter(({ printed }) => printed !== "").length).toBeGreaterThan(5);
      expect(expected.filter(({ refused }) => refused !== "").length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
    },
  );
});
