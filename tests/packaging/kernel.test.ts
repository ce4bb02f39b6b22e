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
const hasClient = spawnSync(PYTHON, ["-c", "import jupyter_client, nbformat"]).status === 0;

const RUN = `
import queue, sys
import nbformat
from jupyter_client.manager import start_new_kernel
file, folder = sys.argv[1:]
notebook = nbformat.read(file, as_version=4)
nbformat.validate(notebook)
manager, client = start_new_kernel(kernel_name="deno", cwd=folder)
try:
    for cell in notebook.cells:
        if cell.cell_type != "code": continue
        asked, idle, cell.outputs = client.execute(cell.source, stop_on_error=False), False, []
        while True:
            # what a cell printed may come after the kernel has said that it is idle
            try: message = client.get_iopub_msg(timeout=0.5 if idle else 120)
            except queue.Empty:
                if idle: break
                raise
            if message["parent_header"].get("msg_id") != asked: continue
            kind = message["msg_type"]
            if kind == "status": idle = idle or message["content"]["execution_state"] == "idle"
            elif kind in ("stream", "error", "execute_result", "display_data"):
                cell.outputs.append(nbformat.v4.output_from_msg(message))
        client.get_shell_msg(timeout=60)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
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
  it.for(["en", "pt-BR"])(
    "runs in Deno's kernel to what the lesson shows: %s",
    { timeout: 180_000 },
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
