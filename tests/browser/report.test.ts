/// <reference types="node" />
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { configure } from "camada";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { camada } from "../commandLine.js";
import { launchBrowser } from "./launch.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "camada-report-"));
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
  configure({ lang: "en" });
});

test.each([
  ["light", 1280, "en"],
  ["dark", 390, "pt-BR"],
] as const)(
  "the report of camada train can be read by all: %s, %i px, %s",
  async (colorScheme, width, lang) => {
    const report = join(folder, `${lang}.html`);
    const table = join(root, "tests/data/penguins.csv");
    await camada(
      ["train", table, "--target", "species", "--epochs", "5", "--quiet", "--report", report],
      lang,
    );
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      bypassCSP: true,
    });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(report).href);
    await page.locator("summary").first().click();
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }
      ).axe.run();
      return violations.map(({ id }) => id);
    });
    expect(found).toEqual([]);
    // one file that needs nothing else, and no wider than the screen
    expect(asked).toEqual([pathToFileURL(report).href]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await context.close();
  },
);
