import { formatShape, sizeOf } from "../shape/shape.js";
import type { Network } from "./network.js";
import { alignedLines } from "./table.js";

/** One line of a network's summary: a layer, what it gives, and how many numbers it learns. */
interface SummaryRow {
  readonly name: string;
  readonly kind: string;
  /** Of one observation, the batch not counted. */
  readonly output: readonly number[];
  readonly parameters: number;
  readonly trainable: number;
}

function summaryRows({ layers }: Network): SummaryRow[] {
  return layers.map(({ name, layer, plan }) => {
    const weights = Object.values(plan.weights);
    const count = (of: typeof weights) => of.reduce((n, { shape }) => n + sizeOf(shape), 0);
    return {
      name,
      kind: layer.kind,
      output: plan.output.shape,
      parameters: count(weights),
      trainable: count(weights.filter(({ trainable }) => trainable)),
    };
  });
}

export interface SummaryWords {
  readonly layer: string;
  readonly output: string;
  readonly parameters: string;
  readonly total: string;
}

/** The summary as a table of text, columns aligned, with the totals below. */
export function summaryText(network: Network, words: SummaryWords): string {
  const rows = summaryRows(network);
  const cells = [
    [words.layer, words.output, words.parameters],
    ...rows.map(({ name, output, parameters }) => [
      name,
      formatShape(output),
      parameters.toLocaleString("en-US"),
    ]),
  ];
  const [head, ...body] = alignedLines(cells, 2);
  const total = rows.reduce((n, { parameters }) => n + parameters, 0).toLocaleString("en-US");
  return [head, "─".repeat(head!.length), ...body, "─".repeat(head!.length), `${words.total} ${total}`].join(
    "\n",
  );
}
