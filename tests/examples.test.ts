/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as interop from "@camada/interop";
import * as interopNode from "@camada/interop/node";
import * as camada from "camada";
import { describe, expect, it } from "vitest";

/**
 * Every `@example` in the docstrings of the library and of interop runs, and what stands behind `//` is what its line gives.
 */

interface Example {
  readonly where: string;
  readonly code: string;
}

function examplesOf(file: string): Example[] {
  const blocks = readFileSync(file, "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return blocks.flatMap((block) => {
    const [, code] = block.split(/@example\s*\n/);
    if (code === undefined) return [];
    const lines = code
      .replace(/\s*\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\* ?/, ""));
    const end = lines.findIndex((line) => line.startsWith("@"));
    return [{ where: file, code: lines.slice(0, end < 0 ? lines.length : end).join("\n") }];
  });
}

/** `f(x); // text` becomes a check that f(x) shows as the text, which may go on in lines that are all comment. */
function withChecks(code: string): string {
  const joined = code.replace(/\n\s*\/\/( .*)/g, "\u0000$1");
  return joined
    .split("\n")
    .map((line) => {
      const match = /^(?!const |let |if |try |\}|\s)(.+);\s*\/\/ (.+)$/.exec(line);
      if (match === null) return line;
      const text = match[2]!.replaceAll("\u0000 ", "\n");
      return `check(${match[1]}, ${JSON.stringify(text)});`;
    })
    .join("\n");
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  if (typeof value === "string") return value;
  return String(value);
}

const PUBLIC = { ...camada, ...interop, ...interopNode };
const files = ["packages/camada/src", "packages/interop/src"].flatMap((source) =>
  (readdirSync(source, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => join(source, file)),
);
const examples = files.flatMap(examplesOf);

describe("the examples in the docstrings", () => {
  it("are many", () => {
    expect(examples.length).toBeGreaterThan(50);
  });

  it.each(examples)("$where: $code", async ({ code }) => {
    let checks = 0;
    const check = (value: unknown, text: string): void => {
      checks++;
      expect([shown(value), JSON.stringify(value)]).toContain(text);
    };
    const names = Object.keys(PUBLIC).filter((name) => name !== "var");
    Object.assign(globalThis, { exampleScope: { ...PUBLIC, check } });
    const module = `const { check, ${names.join(", ")} } = globalThis.exampleScope;\n{\n${withChecks(code)}\n}`;
    await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`);
    camada.configure({ lang: "en" });
    camada.setPrintOptions({ precision: 8 });
    expect(checks).toBe((code.match(/^(?!const |let |if |try |\}|\s|\/\/).+;\s*\/\/ /gm) ?? []).length);
  });
});
