/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** The limits that the security policy states are those of the code, in both languages. */

const ROOT = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** A row of the policy's table, and where its figure stands in the code. */
const LIMITS: readonly (readonly [row: RegExp, file: string, figure: RegExp])[] = [
  [/^(values|valores) .* (a file|num arquivo)$/, "bytes.ts", /MAX_VALUES = (.*);/],
  [/^(header|cabeçalho) .* \.npy$/, "npy/header.ts", /MAX_HEADER = (.*);/],
  [/^(axes|eixos) .* \.npy$/, "npy/header.ts", /MAX_AXES = (.*);/],
  [/^(header|cabeçalho) .* safetensors$/, "safetensors/header.ts", /MAX_HEADER = (.*);/],
  [/^\.npz .* \.keras,/, "zip/zip.ts", /GIB = (.*);/],
  [/\.npz .* 256 MiB$/, "zip/zip.ts", /BOMB = \{ ratio: (\d+), from: GIB \/ 4 \};/],
  [/^(an array|um array) .* \.npz, .* `maxBytes`/, "npy/stream.ts", /\{ maxBytes = (.*?) \}/],
  [/^(directory|diretório) /, "zip/directory.ts", /MAX_DIRECTORY = (.*);/],
  [/^ONNX, .* `maxBytes`/, "onnx/read.ts", /maxBytes = (.*),/],
  [/^(values|valores) .* ONNX .* `maxValues`/, "onnx/read.ts", /maxValues = (.*),/],
  [/^(axes|eixos) .* ONNX /, "onnx/arrays.ts", /MOST_AXES = (.*);/],
  [/^(steps|passos) /, "onnx/operators/recurrent.ts", /MOST_STEPS = (.*);/],
  [/^CSV, /, "csv/read.ts", /limits = \{ bytes: (.*?),/],
  [/^(columns of|colunas de) CSV/, "csv/read.ts", /columns: ([\d_]+)/],
  [/^(a row of|uma linha de) CSV/, "csv/read.ts", /row: (.*?), \.\.\./],
  [/^\.ipynb, /, "notebook/read.ts", /MAX_BYTES = (.*);/],
  [/^(depth|profundidade) /, "notebook/read.ts", /MAX_DEPTH = (.*);/],
  [/^(own data|dados próprios) /, "../../../apps/lab/src/data/read.ts", /bytes: (.*?),/],
  [/^(characters|caracteres) /, "../../../apps/lab/src/running/worker.ts", /outputLimit = (.*);/],
];

/** What an expression in the code comes to: numbers, with powers and a difference. */
function inCode(expression: string): number {
  const [terms, less = "0"] = expression.split(" - ");
  const numbers = (text: string) => text.split(" ** ").map((digits) => Number(digits.replaceAll("_", "")));
  const [base, power = 1] = numbers(terms!);
  return base! ** power - Number(less);
}

const UNITS: Readonly<Record<string, number>> = { MiB: 2 ** 20, GiB: 2 ** 30 };

/** What a figure in the policy comes to: `10,000 bytes`, `1 GiB`. */
function inPolicy(figure: string): number {
  const [digits, unit = ""] = figure.split(" ");
  return Number(digits!.replace(/[.,]/g, "")) * (UNITS[unit] ?? 1);
}

describe.each(["SECURITY.md", "SECURITY.pt-BR.md"])("%s", (file) => {
  const rows = [...read(file).matchAll(/^\| (?!what|o quê)(.*) \| (.*) \|$/gm)].map(
    ([, what, figure]) => [what!, figure!] as const,
  );

  it("states the limits that the code has", () => {
    const stated = rows.map(([what, figure]) => {
      const limit = LIMITS.find(([row]) => row.test(what));
      return [what, limit, inPolicy(figure)] as const;
    });
    expect(stated.map(([, limit]) => limit)).toEqual(LIMITS);
    for (const [what, limit, figure] of stated) {
      const [, source, place] = limit!;
      const found = place.exec(read(join("packages/interop/src", source)))?.[1];
      expect(inCode(found ?? "none"), what).toBe(figure);
    }
  });
});

it("the policy is found from the READMEs", () => {
  expect(read("README.md")).toContain("](SECURITY.md)");
  expect(read("README.pt-BR.md")).toContain("](SECURITY.pt-BR.md)");
});
