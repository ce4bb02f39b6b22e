import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, paths, runAll, useLab, visit, visitPage } from "./site.js";
import { smallTargets } from "./targets.js";

useLab();

/** Opens all that can be opened, and lets every figure live. */
async function openAll(page: Page): Promise<void> {
  for (const figure of await page.locator("figure[data-figure]:visible").all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator("button, .drawing").first().waitFor();
  }
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

test.each([390, 1280])("at %i px every target is large enough, or far enough from others", async (width) => {
  for (const path of paths) {
    await visitPage(path, { viewport: { width, height: 800 } }, async (page) => {
      if (path.includes("first-layers")) {
        await awake(page);
        await runAll(page);
      }
      if (path.endsWith("playground/")) await page.waitForSelector(".plane svg");
      await openAll(page);
      expect(await smallTargets(page), path).toEqual([]);
    });
  }
});

test("a target that is too small and near another is found", async () => {
  await visitPage("", {}, async (page) => {
    await page.evaluate(() => {
      const buttons = [0, 20, 200].map((x) => `<button title="${x}" style="position:fixed;top:0;left:${x}px;min-width:0;min-height:0;width:16px;height:16px;padding:0"></button>`); // biome-ignore format: one line
      document.body.innerHTML = `<p>Text <a href="#">within</a></p>${buttons.join("")}`;
    });
    expect((await smallTargets(page)).map((one) => /title="(\d+)"/.exec(one)![1])).toEqual(["0", "20"]);
  });
});

test("who wants no motion has none: no cursor blinks, no value glides", async () => {
  await visit("en", { reducedMotion: "reduce" }, async (page) => {
    await awake(page);
    await openAll(page);
    await page.locator("#figure-2 button:has-text('Transpose')").click();
    await page.locator("#cell-one-layer .cm-content").focus();
    await page.keyboard.type(" ");
    const moving = () => page.evaluate(() => document.getAnimations().length);
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await expect.poll(moving).toBeGreaterThan(0);
  });
});

test.each(["light", "dark"] as const)(
  "where the reader's colors are forced, %s, marks in code, what is chosen, focus and figures are seen",
  async (colorScheme) => {
    const options = { forcedColors: "active", reducedMotion: "reduce", colorScheme } as const;
    await visit("en", options, async (page) => {
      await awake(page);
      /** Whether a part looks otherwise once `act` has been done to it. */
      const shows = async (selector: string, act: (part: HTMLElement) => void) => {
        const part = page.locator(selector).first();
        await part.scrollIntoViewIfNeeded();
        const { x, y, width, height } = (await part.boundingBox())!;
        const clip = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 };
        const before = await page.screenshot({ clip });
        await part.evaluate(act);
        expect((await page.screenshot({ clip })).equals(before), selector).toBe(false);
      };
      await shows("#cell-layer .code [style*=gradient]", (mark) =>
        mark.style.setProperty("background", "none"),
      );
      await shows("#cell-wrong-product .cm-lintRange-error", (mark) => mark.classList.remove("cm-lintRange-error")); // biome-ignore format: one line
      await openAll(page);
      for (const part of ["[fill^='#']", "line", "text", ".step"]) {
        await shows(`#figure-4 .drawing ${part}`, (drawn) => drawn.style.setProperty("display", "none"));
      }
      await shows("#figure-4 .formula-now [style*=gradient]", (mark) => mark.style.setProperty("background", "none")); // biome-ignore format: one line
      for (const selector of [
        "#run-all",
        "#cell-layer .cm-content",
        "#figure-4 .drawing",
        "#figure-1 input",
      ]) {
        await page.locator(selector).first().focus();
        await shows(selector, (part) => part.blur());
      }
      await page.locator("#cell-rows .cm-content").focus();
      await page.keyboard.press("ControlOrMeta+End");
      await page.keyboard.insertText("\noutputs.s");
      await page.keyboard.press("Control+Space");
      await page.waitForSelector(".cm-tooltip-autocomplete li[aria-selected]");
      await shows(".cm-tooltip-autocomplete li[aria-selected]", (part) =>
        part.removeAttribute("aria-selected"),
      );
    });
  },
);
