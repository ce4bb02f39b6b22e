import {
  CELL_ID,
  isJsonType,
  type Json,
  type JsonObject,
  type MimeBundle,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
} from "./notebook.js";

/**
 * The bytes of an .ipynb file, nbformat 4.5, laid out as Jupyter saves it: texts as lists of lines, so that changes
 * can be compared. A cell without a name of its own, or with one that nbformat does not have, gets one.
 * @example
 * const file = writeNotebook({ metadata: {}, cells: [{ kind: "markdown", source: "Hi", metadata: {} }] });
 * readNotebook(file).cells[0].id; // cell-1
 */
export function writeNotebook({ metadata, cells }: Notebook): Uint8Array<ArrayBuffer> {
  const ids = idsOf(cells);
  const file = {
    cells: cells.map((cell, i) => cellFile(cell, ids[i]!)),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  return new TextEncoder().encode(`${JSON.stringify(file, null, 1)}\n`);
}

/** What cells are called: each by its own name, where it is one and no cell before has it. */
function idsOf(cells: readonly NotebookCell[]): string[] {
  const taken = new Set<string>();
  const own = cells.map(({ id }) => {
    if (id === undefined || !CELL_ID.test(id) || taken.has(id)) return undefined;
    taken.add(id);
    return id;
  });
  let number = 0;
  return own.map((id) => {
    if (id !== undefined) return id;
    do number++;
    while (taken.has(`cell-${number}`));
    return `cell-${number}`;
  });
}

/** With fields in the order of their names, as Jupyter writes them. */
function cellFile(cell: NotebookCell, id: string): JsonObject {
  const { metadata, source } = cell;
  if (cell.kind === "code") {
    return {
      cell_type: "code",
      execution_count: cell.executionCount,
      id,
      metadata,
      outputs: cell.outputs.map(outputFile),
      source: lines(source),
    };
  }
  const { attachments, kind } = cell;
  const attached = Object.entries(attachments ?? {}).map(([name, data]) => [name, bundleFile(data)] as const);
  return {
    ...(attachments === undefined ? {} : { attachments: Object.fromEntries(attached) }),
    cell_type: kind,
    id,
    metadata,
    source: lines(source),
  };
}

function outputFile(output: NotebookOutput): JsonObject {
  switch (output.kind) {
    case "stream":
      return { name: output.name, output_type: "stream", text: lines(output.text) };
    case "error":
      return { ename: output.name, evalue: output.value, output_type: "error", traceback: output.traceback };
    case "display":
      return { data: bundleFile(output.data), metadata: output.metadata, output_type: "display_data" };
    case "result":
      return {
        data: bundleFile(output.data),
        execution_count: output.executionCount,
        metadata: output.metadata,
        output_type: "execute_result",
      };
  }
}

function bundleFile(data: MimeBundle): JsonObject {
  const entries = Object.entries(data).map(([type, value]): readonly [string, Json] => [
    type,
    typeof value === "string" && !isJsonType(type) && value.includes("\n") ? lines(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** A text's lines, each with its end. */
function lines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
