import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, useLab, visit } from "./site.js";

useLab();

/** Changes a cell's code by keyboard. */
async function change(page: Page, id: string, from: string | RegExp, to: string): Promise<void> {
  const content = page.locator(`#cell-${id} .cm-content`);
  const before = await content.evaluate((element) =>
    [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
  );
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await content.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(after);
}

async function run(page: Page, id: string): Promise<void> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.keyboard.press("Shift+Enter");
  await page.waitForSelector(`#cell-${id} .live pre`);
}

async function lives(page: Page, id: string) {
  const figure = page.locator(`#${id}`);
  await figure.scrollIntoViewIfNeeded();
  await page.waitForSelector(`#${id} .drawing svg`);
  const formula = () => figure.locator(".formula-now").textContent();
  const state = () => figure.locator("figcaption .state").textContent();
  return { figure, formula, state };
}

test("a product follows the cell it is made of: out of date when that changes, drawn anew when it runs", async () => {
  await visit("en", { viewport: { width: 1280, height: 900 } }, async (page) => {
    await awake(page);
    const { figure, formula, state } = await lives(page, "figure-4");
    const caption = () => figure.locator("figcaption").evaluate((all) => all.firstChild!.textContent!.trim());
    const words = await caption();
    expect(await formula()).toContain("0.47 · 0.42");
    await run(page, "right-product");
    await page.locator("#cell-right-product .live .same").waitFor();
    expect([await state(), await caption()]).toEqual(["", words]);

    await change(page, "layer", "[0.47,", "[2.5,");
    await page.waitForSelector("#figure-4.stale");
    expect(await state()).toBe("out of date");
    expect(await formula()).toContain("0.47 · 0.42");
    await page.locator("#cell-layer .run").click();
    // the product is cheap, and runs by itself
    await page.waitForSelector("#figure-4 .formula-now:has-text('2.5 · 0.42')");
    await page.waitForSelector("#figure-4:not(.stale)");
    expect(await state()).toBe("drawn with the numbers of the last run");
    expect(await caption()).not.toBe(words);
    await figure.locator("summary").click();
    expect(await figure.locator("table").textContent()).toContain("2.5");
    expect(await axeFinds(page, "#figure-4")).toEqual([]);

    // a run that leaves nothing to draw takes nothing away
    await change(page, "layer", /layerBiases/g, "others");
    await page.locator("#cell-layer .run").click();
    await page.waitForSelector("#figure-4 .state:has-text('No cell makes')");
    expect(await formula()).toContain("2.5 · 0.42");

    await page.click("#cell-layer .reset");
    await page.locator("#cell-layer .run").click();
    await page.waitForSelector("#figure-4 .formula-now:has-text('0.47 · 0.42')");
    await page.waitForFunction(() => document.querySelector("#figure-4 .state")!.textContent === "");
    expect(await caption()).toBe(words);
  });
});

test("a network follows its cell, to another size too, and says what it cannot draw", async () => {
  await visit("pt-BR", { viewport: { width: 390, height: 800 }, colorScheme: "dark" }, async (page) => {
    await awake(page);
    const { figure, formula, state } = await lives(page, "figure-6");
    const before = await formula();
    expect(await figure.locator('[data-at^="neuron 1 "]').count()).toBe(3);
    await change(
      page,
      "two-layers",
      /\[-0\.37, 0\.22, 0\.49\],\n?/,
      "[-0.37, 0.22, 0.49],\n    [9, 9, 9],\n",
    );
    await change(page, "two-layers", "[0.47, 0.19, -0.28]", "[0.47, 0.19, -0.28, 1]");
    await run(page, "two-layers");
    await page.waitForSelector('#figure-6 [data-at="neuron 1 3"]');
    expect(await state()).toBe("desenhada com os números da última execução");
    expect(await formula()).toBe(before);
    await figure.locator('[data-at="neuron 1 3"]').click();
    expect(await formula()).toMatch(/= 0\.649$/);
    await change(page, "two-layers", /\bpesos2\b/g, "outros");
    await run(page, "two-layers");
    await page.waitForSelector("#figure-6 .state:has-text('pesos2')");
    expect(await figure.locator('[data-at="neuron 1 3"]').count()).toBe(1);
    expect(await axeFinds(page, "#figure-6")).toEqual([]);
  });
});
