import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, axeFindsInThemes, paths, runAll, useLab, visit, visitPage } from "./site.js";
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

/** Goes on by Tab until a part has the focus; on the way it is always somewhere else, in sight, and seen. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    const before = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press("Tab");
    expect(await page.evaluate((before) => document.activeElement === before, before), "trapped").toBe(false);
    // editors say a little later that they have it
    await expect.poll(() => page.evaluate(unseenFocus), { message: `on the way to ${selector}` }).toBe("");
    if (await page.evaluate((selector) => document.activeElement!.matches(selector), selector)) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/** In the page: what has the focus, unless it is within the window with a line around it. */
function unseenFocus(): string {
  const here = document.activeElement!;
  const { outlineStyle, outlineWidth } = getComputedStyle(here.closest(".cm-editor") ?? here);
  const { top, bottom, left, right } = here.getBoundingClientRect();
  const within = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const seen = within && outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  return seen ? "" : here.outerHTML.slice(0, 120);
}

test("the lesson is done without a mouse, from its top to the report", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    const press = (key: string) => page.keyboard.press(key);
    await tabTo(page, "#run-all");
    await press("Enter");
    await page.waitForSelector("#cell-two-layers .live pre");

    const wrong = page.locator("#cell-wrong-product");
    await tabTo(page, "#cell-wrong-product .cm-content");
    await press("ControlOrMeta+a");
    await page.keyboard.type("console.log(dot(batch, layerWeights).add(1));");
    await expect.poll(() => wrong.locator(".remarks").textContent()).toContain("Transpose the second array");
    await press("ControlOrMeta+a");
    await page.keyboard.type("console.log(dot(batch, layerWeights.T).shape);");
    await wrong.locator(".remarks:empty").waitFor({ state: "attached" });
    await press("Shift+Enter");
    await expect.poll(() => wrong.locator(".live pre").first().textContent()).toBe("[4, 3]");
    await tabTo(page, "#cell-wrong-product .reset");
    // and back into the code, which holds nobody
    await press("Shift+Tab");
    await press("Shift+Tab");
    expect(await page.evaluate(() => document.activeElement!.className)).toContain("cm-content");

    await tabTo(page, "#figure-4 .drawing");
    await press("ArrowRight");
    const step = page.locator("#figure-4 p.label");
    expect(await step.textContent()).toBe("Row 1, column 2");
    await tabTo(page, "#figure-4 button:nth-of-type(2)");
    await press("Enter");
    expect(await step.textContent()).toBe("Row 1, column 3");

    const verdict = page.locator("#exercise-third-neuron .verdict");
    const answer = async (number: string) => {
      await page.keyboard.type(number);
      await press("Tab");
      await press("Enter");
      await verdict.filter({ hasText: /./ }).waitFor();
    };
    await tabTo(page, "#exercise-third-neuron input");
    await answer("1.885");
    expect(await verdict.textContent()).toContain("What else does each neuron add?");
    await press("Shift+Tab");
    await press("ControlOrMeta+a");
    await answer("3.385");
    expect(await verdict.getAttribute("class")).not.toContain("error");

    await tabTo(page, "#student");
    await page.keyboard.type("Ana");
    await press("Tab");
    const waiting = page.waitForEvent("download");
    await press("Enter");
    const report = readFileSync(await (await waiting).path(), "utf8");
    // nothing holds the focus to the end of the page
    await tabTo(page, "#work .tools + .tools button:last-of-type");
    await page.goto("about:blank");
    await page.setContent(report);
    expect(await page.title()).toContain("Ana");
    expect(await page.locator("main").textContent()).toContain("3.385");
  });
});

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    {
      cell_type: "markdown",
      id: "a",
      metadata: {},
      source: "# Flowers\n\nRead [this](https://example.com).",
    },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      execution_count: 1,
      source: "print(1) # one",
      outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
    },
  ],
});

test.each([
  ["en", "light", "batch"],
  ["pt-BR", "dark", "lote"],
] as const)(
  "%s: axe finds nothing in any state of a lesson, nor in its report",
  async (lang, colorScheme, batch) => {
    await visit(lang, { colorScheme }, async (page) => {
      await awake(page);
      await runAll(page);
      const write = async (code: string) => {
        await page.locator("#cell-rows .cm-content").focus();
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.insertText(code);
      };
      await write(`${batch}.oops;\n${batch}.su`);
      await page.waitForSelector("#cell-rows .remarks li");
      await page.keyboard.press("Control+Space");
      await page.waitForSelector(".cm-tooltip-autocomplete li[aria-selected]");
      expect(await axeFinds(page)).toEqual([]);
      await page.keyboard.press("Escape");

      await write(`console.log(${batch}.sum());`);
      await page.keyboard.press("Shift+Enter");
      await page.waitForSelector("#cell-rows .history summary");
      const name = (ending: string) => ({ name: `flowers.${ending}`, mimeType: "text/plain" });
      const table = Buffer.from("height,weight,kind\n1,2,a\n3,1,b\n2,,a\n");
      await page.locator("#data input[type=file]").setInputFiles({ ...name("csv"), buffer: table });
      await page.waitForSelector("#data section.own table");
      const notebook = Buffer.from(NOTEBOOK);
      await page
        .locator("#work input[accept='.ipynb']")
        .setInputFiles({ ...name("ipynb"), buffer: notebook });
      await page.waitForSelector("#work .opened pre");
      for (const [id, answer] of [
        ["third-neuron", "1,885"],
        ["third-neuron", "3,385"],
        ["wrong-number", "7"],
      ]) {
        // biome-ignore format: one line
        await page.locator(`#exercise-${id} input`).fill(answer!);
        // by keyboard, as figures that come to life above move the page while a pointer is pressed
        await page.locator(`#exercise-${id} button`).press("Enter");
        await page.locator(`#exercise-${id} .verdict`).filter({ hasText: /./ }).waitFor();
      }
      await openAll(page);
      await page.locator("#figure-6 .drawing [data-at^='neuron']").first().click();
      expect(await axeFindsInThemes(page)).toEqual([]);

      await page.fill("#student", "Ana");
      const waiting = page.waitForEvent("download");
      await page.locator("#student + button").click();
      const report = readFileSync(await (await waiting).path(), "utf8");
      await page.goto("about:blank");
      await page.setContent(report);
      expect(await axeFindsInThemes(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
    });
  },
);

test.each([
  ["en", "Run", "Pause"],
  ["pt-BR", "Rodar", "Pausar"],
] as const)(
  "%s: axe finds nothing while the playground runs, nor when it stands",
  async (lang, run, pause) => {
    await visitPage(`${lang}/playground/`, { viewport: { width: 390, height: 800 } }, async (page) => {
      await page.getByRole("button", { name: run, exact: true }).click();
      await page.waitForFunction(() => /\d/.test(document.querySelector(".status")!.textContent!));
      expect(await axeFinds(page)).toEqual([]);
      await page.getByRole("button", { name: pause, exact: true }).click();
      await openAll(page);
      expect(await axeFindsInThemes(page)).toEqual([]);
    });
  },
);
