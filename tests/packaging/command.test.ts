/// <reference types="node" />
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { ROOT } from "../../scripts/setup.mjs";
import { launchBrowser } from "../browser/launch.js";

/** The installed command, as a person calls it, far from the repository. */

const folder = inject("folder");
const penguins = join(ROOT, "tests/data/penguins.csv");

/** What npx runs. */
const COMMAND = join(folder, "node_modules/.bin/camada");

/** What the installed command prints. */
const camada = (...args: string[]) =>
  execFileSync(process.execPath, [COMMAND, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });

describe("the installed command", () => {
  it("is found by npx, and knows its version", () => {
    const said = execFileSync("npx", ["--no-install", "camada", "--version"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(said.trim()).toBe(
      JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")).version,
    );
  });

  it("`camada lesson` prints every output of the lesson", () => {
    const lesson = readFileSync(join(ROOT, "lessons/03-first-layers/pt-BR.md"), "utf8");
    const outputs = [...lesson.matchAll(/^```out of=.*\n([\s\S]*?)\n```$/gm)].map(([, output]) => output!);
    const said = camada("lesson", "03", "--lang", "pt-BR");
    expect(outputs.length).toBeGreaterThan(5);
    for (const output of outputs) expect(said).toContain(`\n${output}\n`);
    expect(said).toContain(`Todas as ${lesson.match(/^```ts cell/gm)!.length} saídas são como a lição diz.`);
  });

  it("`camada draw` draws every edge, with weights from NumPy's stream", () => {
    const svg = camada("draw", "4,3,3");
    expect(svg.match(/<line /g)).toHaveLength(4 * 3 + 3 * 3);
    // numpy.random.default_rng(0).standard_normal(3)
    for (const weight of ["0.1257302", "-0.1321049", "0.6404227"])
      expect(svg).toContain(`: ${weight}</title>`);
  });

  it("`camada train` finds the digits, and learns from them", () => {
    const said = camada("train", "mnist", "--layers", "4", "--epochs", "1", "--json").trim().split("\n");
    const [start, , result] = said.map((line) => JSON.parse(line));
    expect([start.rows, start.testRows]).toEqual([60_000, 10_000]);
    expect(result.test.accuracy).toBeGreaterThan(0.5);
  });

  it("what `camada train` learns of a table, others read: predict, inspect, convert, export", () => {
    const at = (name: string) => join(folder, name);
    const learn = ["train", penguins, "--target", "species", "--epochs", "30", "--json"];
    const result = JSON.parse(
      camada(...learn, "--out", at("m.safetensors"))
        .trim()
        .split("\n")
        .at(-1)!,
    );
    expect(result.test.accuracy).toBeGreaterThan(0.9);
    camada("predict", at("m.safetensors"), penguins, "--out", at("predicted.csv"));
    const rows = readFileSync(penguins, "utf8").trim().split("\n").length;
    expect(readFileSync(at("predicted.csv"), "utf8").trim().split("\n")).toHaveLength(rows);
    camada("convert", at("m.safetensors"), at("network.onnx"));
    expect(camada("inspect", at("network.onnx"))).toContain("Gemm");
    camada("export", "--to", "pytorch", at("m.safetensors"), at("pytorch"));
    expect(existsSync(at("pytorch"))).toBe(true);
  });

  it("`camada doctor` finds threads and vectors where they are", () => {
    const said = camada("doctor", "--json");
    expect(JSON.parse(said)).toMatchObject({ backend: "wasm", sharesMemory: true });
  });

  it("`camada lab` serves the lab that came along, whose cells run", async () => {
    const args = [COMMAND, "lab", "--port", "0", "--lang", "en"];
    const lab = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    try {
      const said = await new Promise<string>((resolve) =>
        lab.stdout.once("data", (data) => resolve(`${data}`)),
      );
      const address = /http:\S+/.exec(said)![0];
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage();
        await page.goto(`${address}en/03-first-layers/`);
        await page.click("#run-all");
        const live = page.locator(".live .same");
        await expect.poll(() => live.count(), { timeout: 30_000 }).toBeGreaterThan(5);
        expect(await page.locator(".live .different").count()).toBe(0);
      } finally {
        await browser.close();
      }
    } finally {
      lab.kill("SIGINT");
    }
  });
});
