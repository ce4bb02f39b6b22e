import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, root, useLab, visit } from "./site.js";

useLab();

const csv = (name: string, content: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
const PETS = "height,weight,kind\n1,2,cat\n3,1,dog\n2,,cat\n4,2,dog\n";

const said = (page: Page, words: string) =>
  page.waitForSelector(`#data > [role=status]:has-text("${words}")`);

async function open(page: Page, file: ReturnType<typeof csv> | string): Promise<void> {
  await page.locator("#data input[type=file]").setInputFiles(file);
}

/** Replaces a cell's code by keyboard, and runs it. */
async function run(page: Page, id: string, code: string): Promise<string> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(code);
  return again(page, id);
}

async function again(page: Page, id: string): Promise<string> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.locator(`#cell-${id} .live`).evaluate((live) => live.replaceChildren());
  await page.keyboard.press("Shift+Enter");
  await page.waitForSelector(`#cell-${id} .live pre`);
  return (await page.locator(`#cell-${id} .live pre`).first().textContent())!;
}

test("a table is read here, shown, typed in cells, kept, learnt otherwise, and removed", async () => {
  await visit("en", {}, async (page) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await awake(page);
    await open(page, csv("pets.csv", PETS));
    await said(page, "pets.csv is there: in cells it is called pets.");
    const own = page.locator("#data section.own");
    expect(await own.locator("tbody tr").nth(1).locator("td").allTextContents()).toEqual(["missing", "0", "1", "0"]); // biome-ignore format: one line
    expect(await own.locator("li").first().textContent()).toContain(
      "pets.x (batch 4, feature 3): height, weight",
    );
    expect(await axeFinds(page, "#data")).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(new URL(page.url()).origin) && !url.startsWith("blob:"))).toEqual([]); // biome-ignore format: one line

    // the compiler knows its shape, before anything runs
    await page.locator("#cell-rows .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("dot(pets.x, array([[1, 2]]));");
    await page.waitForSelector("#cell-rows .remarks li");
    expect(await page.locator("#cell-rows .remarks li").first().textContent()).toContain(
      "batch 4, feature 3",
    );
    const code = "console.log(pets.x.shape, pets.y, pets.classes, pets.columns.kind[1]);";
    expect(await run(page, "rows", code)).toBe("[4, 3] [0 1 0 1] ['cat', 'dog'] dog");

    await page.reload();
    await awake(page);
    await own.locator("select").waitFor();
    await page.waitForFunction(() => document.querySelector("#cell-rows .remarks li") === null);
    expect(await again(page, "rows")).toContain("[4, 3]");
    await own.locator("select").selectOption("weight");
    await page.waitForSelector("#cell-rows.stale");
    expect(await again(page, "rows")).toMatch(/^\[3, 3\] \[\[/);

    await own.getByRole("button", { name: "Remove pets" }).click();
    await said(page, "pets is removed.");
    await page.waitForSelector("#cell-rows .remarks li:has-text('pets')");
    await page.waitForSelector("#cell-rows.stale");
    await page.reload();
    await awake(page);
    expect(await own.count()).toBe(0);
  });
});

test("what is no table is refused in words, and nothing is lost by it", async () => {
  await visit("pt-BR", {}, async (page) => {
    await awake(page);
    await open(page, csv("pets.csv", PETS));
    await said(page, "nas células se chama pets");
    for (const [content, words] of [
      ["<!doctype html><html>", "página"],
      ["a,b\n1,2\n3\n", "linha 3"],
      ["\0\0\x99", "readIdx"],
      [`\x1f\x8b${"x".repeat(40)}`, "danificado"],
    ] as const) {
      await page.locator("#data input[type=file]").setInputFiles({ name: "mau.csv", mimeType: "text/csv", buffer: Buffer.from(content, "latin1") }); // biome-ignore format: one line
      await said(page, words);
    }
    expect(await page.locator("#data section.own").count()).toBe(1);
    // a second of the same name, and one that the lesson's own name would meet
    await open(page, csv("pets.csv", PETS));
    await said(page, "se chama pets2");
    await open(page, csv("lote.csv", PETS));
    await said(page, "se chama lote2");
  });
});

test("a network learns a table, and a backup brings the file along", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    const rows = Array.from({ length: 90 }, (_, i) => `${i % 3},${(i * 7) % 10},${"abc"[i % 3]}`).join("\n");
    await open(page, csv("sorts.csv", `p,q,sort\n${rows}\n`));
    await said(page, "called sorts");
    const code = `import { accuracy, adam, dense, input, relu, sequential, softmaxCrossEntropy } from "camada";
const model = sequential(input(2), dense(8), relu(), dense(3)).initialize(1);
const learnt = await model.fit(sorts.x, sorts.y, { epochs: 30, loss: softmaxCrossEntropy(), optimizer: adam(0.05), metrics: [accuracy()], seed: 1 });
console.log(learnt.epochs.at(-1).accuracy);`;
    expect(Number(await run(page, "rows", code))).toBeGreaterThan(0.95);
    const waiting = page.waitForEvent("download");
    await page.click("#work button:has-text('Download a backup')");
    const backup = readFileSync(await (await waiting).path(), "utf8");
    const report = page.waitForEvent("download");
    await page.click("#work button:has-text('Make the report')");
    expect(readFileSync(await (await report).path(), "utf8")).toContain("<dt>Your own data</dt><dd>sorts: sorts.csv</dd>"); // biome-ignore format: one line
    page.on("dialog", (dialog) => void dialog.accept());
    await page.click("#work button:has-text('Begin anew')");
    await page.waitForSelector("#data section.own", { state: "detached" });
    const json = { name: "b.json", mimeType: "application/json", buffer: Buffer.from(backup) };
    await page.locator("#work input[accept='.json']").setInputFiles(json);
    await page.waitForSelector("#data section.own");
    expect(Number(await again(page, "rows"))).toBeGreaterThan(0.95);
    await page.waitForTimeout(600);
    const bad = { ...json, buffer: Buffer.from(backup.replace('"sorts"', '"a; evil"')) };
    await page.locator("#work input[accept='.json']").setInputFiles(bad);
    await page.waitForSelector("#work [role=status]:has-text('Nothing has changed')");
  });
});

test.each([
  ["en", 390, "light"],
  ["pt-BR", 1280, "dark"],
] as const)("an image is an array; in %s at %i px, %s", async (lang, width, colorScheme) => {
  await visit(lang, { viewport: { width, height: 800 }, colorScheme }, async (page) => {
    await awake(page);
    await open(page, join(root, "tests/browser/four.png"));
    await page.waitForSelector("#data section.own canvas");
    expect(await page.locator("#data section.own li").textContent()).toBe("four (row 28, column 28)");
    expect(await run(page, "rows", "console.log(four.shape, four.max());")).toBe("[28, 28] 255");
    await open(page, csv("pets.csv", PETS));
    await page.waitForSelector("#data table");
    expect(await axeFinds(page, "#data")).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
