/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const HERE = new URL(".", import.meta.url).pathname;

/** How many types the compiler makes for a file: the same on every machine, unlike its seconds. */
function typesMadeFor(source: string): number {
  const folder = mkdtempSync(join(HERE, ".compile-"));
  try {
    writeFileSync(join(folder, "source.ts"), source);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../../tsconfig.base.json", files: ["source.ts"] }),
    );
    const bin = join(HERE, "../../node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [bin, "-p", folder, "--diagnostics"], {
      encoding: "utf8",
    });
    expect(stdout).not.toContain("error TS");
    return Number(/Instantiations:\s+(\d+)/.exec(stdout)![1]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it("takes a literal of 200 x 50 numbers for little more than one of 2 x 2", () => {
  const literal = (rows: number, columns: number) => {
    const row = (i: number) => Array.from({ length: columns }, (_, j) => (i * columns + j) / 7).join(", ");
    const data = Array.from({ length: rows }, (_, i) => `[${row(i)}]`).join(",\n");
    return `import { array } from "camada";\nexport const shape: [${rows}, ${columns}] = array([${data}]).shape;`;
  };
  expect(typesMadeFor(literal(200, 50)) - typesMadeFor(literal(2, 2))).toBeLessThan(5_000);
});

it("takes a line of a program for little, whatever it calls", () => {
  const lines = [
    (i: number) => `const x${i} = zeros([${i + 9}, 4], ["batch", "feature"]);`,
    (i: number) => `const w${i} = ones([${i + 2}, 4], ["neuron", "feature"]);`,
    (i: number) => `const y${i} = dot(x${i}, w${i}.T).add(zeros([${i + 2}], ["neuron"]));`,
    (i: number) => `const z${i} = einsum("bf,nf->bn", x${i}, w${i}).sum("neuron");`,
    (i: number) => `const j${i} = concatenate([stack([x${i}, x${i}]), stack([x${i}, x${i}])], 1);`,
    (i: number) => `const [p${i}, q${i}] = split(where(y${i}, clip(y${i}, 0, 1), 2), [4], "batch");`,
    (i: number) => `export const r${i} = [z${i}, j${i}.mean(0), p${i}.reshape([-1]), q${i}.at(0)];`,
  ];
  const program = (count: number) =>
    `import { clip, concatenate, dot, einsum, ones, split, stack, where, zeros } from "camada";\n${Array.from(
      { length: count },
      (_, i) => lines.map((line) => line(i)).join("\n"),
    ).join("\n")}`;
  const [few, many] = [1, 41];
  const each = (typesMadeFor(program(many)) - typesMadeFor(program(few))) / ((many - few) * lines.length);
  expect(each).toBeLessThan(900);
});
