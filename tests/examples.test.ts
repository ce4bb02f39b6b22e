/// <reference types="node" />
import * as figures from "@camada/figures";
import * as interop from "@camada/interop";
import * as interopNode from "@camada/interop/node";
import * as lesson from "@camada/lesson";
import * as camada from "camada";
import { describe, expect, it } from "vitest";
import { examples } from "./examples.js";

/**
 * Every `@example` in the docstrings of the packages runs, and what stands behind `//` is what its line gives.
 */

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

const PUBLIC = { ...lesson, ...figures, ...interopNode, ...interop, ...camada };
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
