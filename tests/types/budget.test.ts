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
