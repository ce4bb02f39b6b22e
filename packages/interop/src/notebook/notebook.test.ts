/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itRefuses, type Refusal, refusedFile } from "../../../../tests/refusedFile.js";
import {
  type Json,
  type JsonObject,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from "../index.js";

const PYTHON = "/usr/bin/python3";
/** Whether Debian's python3-nbformat is here, Jupyter's own reader and writer. */
const hasJupyter = spawnSync(PYTHON, ["-c", "import nbformat"]).status === 0;

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const file = (cells: unknown, minor: unknown = 5) =>
  bytes({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells });
const code = (outputs: unknown) => file([{ cell_type: "code", source: "", metadata: {}, outputs }]);

// what comes back from JSON: no -0, which it writes as 0
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const key = fc.oneof(fc.constantFrom("__proto__", "constructor", "a"), fc.string());
const record = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(key, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
const metadata: fc.Arbitrary<JsonObject> = record(json);
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("a\nb", "a\r\n\n", "\n", " \ud83c\udf89"),
);
const count = fc.option(fc.nat());
const bundle = fc
  .tuple(record(text), fc.option(json, { nil: undefined }))
  .map(([texts, value]) => (value === undefined ? texts : { ...texts, "application/vnd.x+json": value }))
  .filter((data) => !Object.keys(data).includes("application/json"));
const output = fc.oneof(
  fc.record({
    kind: fc.constant("stream" as const),
    name: fc.constantFrom("stdout" as const, "stderr" as const),
    text,
  }),
  fc.record({ kind: fc.constant("error" as const), name: text, value: text, traceback: fc.array(text) }),
  fc.record({ kind: fc.constant("display" as const), data: bundle, metadata }),
  fc.record({ kind: fc.constant("result" as const), data: bundle, metadata, executionCount: count }),
);
const cell: fc.Arbitrary<NotebookCell> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom("markdown" as const, "raw" as const),
      source: text,
      metadata,
      attachments: record(bundle),
    },
    { requiredKeys: ["kind", "source", "metadata"] },
  ),
  fc.record({
    kind: fc.constant("code" as const),
    source: text,
    metadata,
    executionCount: count,
    outputs: fc.array(output, { maxLength: 3 }),
  }),
);
const notebook: fc.Arbitrary<Notebook> = fc.record({ metadata, cells: fc.array(cell, { maxLength: 4 }) });
const unnamed = ({ metadata, cells }: Notebook) => ({
  metadata,
  cells: cells.map(({ id: _, ...rest }) => rest),
});

describe("notebooks", () => {
  it("come back as they were written, whatever their names", () => {
    fc.assert(
      fc.property(notebook, (made) => {
        const read = readNotebook(writeNotebook(made));
        expect(unnamed(read)).toEqual(unnamed(made));
        expect(new Set(read.cells.map(({ id }) => id)).size).toBe(made.cells.length);
        expect(writeNotebook(read)).toEqual(writeNotebook(made));
      }),
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("keep the names of cells that are names, and number the others", () => {
    const ids = ["cell-1", "a", "a", "no name", undefined].map((id) => ({
      cell_type: "raw",
      source: "",
      ...(id === undefined ? {} : { id }),
    }));
    const { cells } = readNotebook(writeNotebook(readNotebook(file(ids))));
    expect(cells.map(({ id }) => id)).toEqual(["cell-1", "a", "cell-2", "cell-3", "cell-4"]);
  });

  it("of older minor versions, and with texts in lines or whole, are the same", () => {
    const cells = (source: unknown) => [{ cell_type: "markdown", metadata: {}, source }];
    expect(readNotebook(file(cells(["a\n", "b"]), 0))).toEqual(readNotebook(file(cells("a\nb"))));
  });

  it("may be given in pieces of other buffers, and with a byte order mark", () => {
    const whole = bytes(`\ufeff${new TextDecoder().decode(file([]))}`);
    expect(readNotebook(whole).cells).toEqual([]);
  });
});

describe.skipIf(!hasJupyter)(
  "beside Jupyter's own nbformat (skipped where Debian's python3-nbformat is not)",
  () => {
    const VALIDATE = `
import sys, nbformat
for file in sys.argv[1:]:
    notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    nbformat.write(notebook, file)
`;

    it("what is written is valid, and what nbformat writes of it reads the same", () => {
      const folder = mkdtempSync(join(tmpdir(), "camada-notebook-"));
      try {
        const samples = fc.sample(notebook, { numRuns: 60, seed: 4 });
        const files = samples.map((_, i) => join(folder, `${i}.ipynb`));
        for (const [i, made] of samples.entries()) writeFileSync(files[i]!, writeNotebook(made));
        const { stderr, status } = spawnSync(PYTHON, ["-c", VALIDATE, ...files], { encoding: "utf8" });
        expect([status, stderr]).toEqual([0, ""]);
        for (const [i, made] of samples.entries()) {
          expect(unnamed(readNotebook(readFileSync(files[i]!)))).toEqual(unnamed(made));
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

describe("anything else", () => {
  const deep = `{"nbformat":4,"nbformat_minor":5,"cells":${"[".repeat(100_000)}`;
  const refusals: readonly Refusal[] = [
    ["file.bytes", "Uint8Array", "Uint8Array", () => readNotebook("{}" as never)],
    ["file.large", "maxBytes be more than 10", "maxBytes", () => readNotebook(file([]), { maxBytes: 10 })],
    ["notebook.json", "no notebook", "não é um notebook", () => readNotebook(bytes("<html>"))],
    ["notebook.json", "no notebook", "não é um notebook", () => readNotebook(file([]).subarray(0, 30))],
    ["notebook.json", "no notebook", "não é um notebook", () => readNotebook(bytes([]))],
    [
      "notebook.json",
      "no notebook",
      "não é um notebook",
      () => readNotebook(bytes('{"__proto__":{"nbformat":4}}')),
    ],
    [
      "notebook.json",
      "no notebook",
      "não é um notebook",
      () => readNotebook(Uint8Array.of(0x7b, 0xff, 0x7d)),
    ],
    ["notebook.deep", "from byte 140 on", "a partir do byte 140", () => readNotebook(bytes(deep))],
    [
      "notebook.format",
      "this is 3.0",
      "este é 3.0",
      () => readNotebook(bytes({ nbformat: 3, nbformat_minor: 0, worksheets: [] })),
    ],
    ["notebook.format", "this is 4.6", "este é 4.6", () => readNotebook(file([], 6))],
    ["notebook.format", "this is 4.-", "este é 4.-", () => readNotebook(bytes({ nbformat: 4 }))],
    [
      "notebook.part",
      'cells cannot be {"length":1}',
      'cells não pode ser {"length":1}',
      () => readNotebook(file({ length: 1 })),
    ],
    [
      "notebook.part",
      "cells cannot be -",
      "cells não pode ser -",
      () => readNotebook(bytes({ nbformat: 4, nbformat_minor: 5 })),
    ],
    [
      "notebook.part",
      "cells[1] cannot be null",
      "cells[1] não pode ser null",
      () => readNotebook(file([{ cell_type: "raw", source: "" }, null])),
    ],
    [
      "notebook.part",
      'cells[0].cell_type cannot be "heading"',
      "cells[0].cell_type",
      () => readNotebook(file([{ cell_type: "heading", source: "" }])),
    ],
    [
      "notebook.part",
      "cells[0].source cannot be 3",
      "cells[0].source",
      () => readNotebook(file([{ cell_type: "raw", source: 3 }])),
    ],
    [
      "notebook.part",
      'cells[0].source cannot be ["a",1]',
      "cells[0].source",
      () => readNotebook(file([{ cell_type: "code", source: ["a", 1] }])),
    ],
    [
      "notebook.part",
      "cells[0].metadata cannot be []",
      "cells[0].metadata",
      () => readNotebook(file([{ cell_type: "raw", source: "", metadata: [] }])),
    ],
    [
      "notebook.part",
      'outputs[0].output_type cannot be "pyout"',
      "outputs[0].output_type",
      () => readNotebook(code([{ output_type: "pyout" }])),
    ],
    [
      "notebook.part",
      'outputs[0].name cannot be "log"',
      "outputs[0].name",
      () => readNotebook(code([{ output_type: "stream", name: "log", text: "" }])),
    ],
    [
      "notebook.part",
      'outputs[0].data["text/plain"] cannot be {}',
      "outputs[0].data",
      () => readNotebook(code([{ output_type: "display_data", data: { "text/plain": {} } }])),
    ],
    [
      "notebook.part",
      "cells[0].execution_count cannot be -1",
      "execution_count",
      () => readNotebook(file([{ cell_type: "code", source: "", execution_count: -1 }])),
    ],
  ];
  itRefuses(refusals);

  it("tells what it found in little room", () => {
    const { message } = refusedFile(() => readNotebook(file("x".repeat(1e6))));
    expect(message.length).toBeLessThan(300);
  });
});
