import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch.js";
import { axeFinds, serveLab } from "./site.js";

let site: Awaited<ReturnType<typeof serveLab>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveLab();
  browser = await launchBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** Opens a page, does `check`, and expects that the page complained of nothing. */
async function visit(path: string, options: BrowserContextOptions, check: (page: Page) => Promise<void>) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${site.base}/${path}`);
  await check(page);
  expect(complaints).toEqual([]);
  await context.close();
}

/** Waits until a figure lives; gives what finds parts of it, and what its formula says. */
async function alive(page: Page, id: string) {
  const figure = page.locator(`#${id}`);
  await figure.scrollIntoViewIfNeeded();
  await page.waitForSelector(`#${id} .drawing svg`);
  return {
    figure,
    drawing: figure.locator(".drawing"),
    formula: async () => (await figure.locator(".formula-now > span").allTextContents()).join(" "),
  };
}

const LESSON = { en: "en/03-first-layers/", "pt-BR": "pt-BR/03-first-layers/" } as const;

test("the product steps by arrow keys and buttons, and comes right when it is transposed", async () => {
  await visit(LESSON.en, { reducedMotion: "reduce" }, async (page) => {
    const { figure, drawing, formula } = await alive(page, "figure-4");
    expect(await formula()).toContain("0.47 · 0.42 + 0.42 · (−0.22) + 0.46 · 0.45 + 0.1 = 0.1974");
    await drawing.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await figure.locator("p.label").textContent()).toBe("Row 2, column 2");
    expect(await formula()).toMatch(/= 0\.1936$/);
    await figure.getByRole("button", { name: "Next" }).click();
    expect(await formula()).toMatch(/= 0\.277$/);
    await figure.locator('[data-at="result 3 0"]').click();
    expect(await formula()).toMatch(/= −0\.1668$/);
    const wrong = await alive(page, "figure-2");
    expect(await wrong.formula()).toMatch(/= 0\.2726 Nobody's answer\.$/);
    expect(await wrong.drawing.locator(".bad").count()).toBeGreaterThan(0);
    await wrong.figure.getByRole("button", { name: "Transpose" }).click();
    expect(await wrong.formula()).toMatch(/= 0\.312$/);
    expect(await wrong.drawing.locator(".bad").count()).toBe(0);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await wrong.figure.locator("summary").click();
    expect(await wrong.figure.locator("table").textContent()).toContain("0.312");
  });
});

test("transposing moves each value, but not for who wants no motion", async () => {
  await visit(LESSON.en, {}, async (page) => {
    const { figure } = await alive(page, "figure-2");
    await figure.getByRole("button", { name: "Transpose" }).click();
    expect(await page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(5);
  });
});

test("the network follows its sliders, and camada computes what follows", async () => {
  await visit(LESSON["pt-BR"], {}, async (page) => {
    const { figure, drawing, formula } = await alive(page, "figure-1");
    expect(await formula()).toMatch(/= 3\.78$/);
    await drawing.focus();
    await page.keyboard.press("ArrowDown");
    expect(await formula()).toMatch(/= 0\.035$/);
    const bias = figure.getByRole("slider", { name: "Viés" });
    await bias.focus();
    await page.keyboard.press("Home");
    // 0.035 less 1.3, plus the least that the slider has
    const least = Number(await bias.getAttribute("min"));
    const now = Number((await formula()).split("= ").at(-1)!.replace("−", "-"));
    expect(now).toBeCloseTo(0.035 - 1.3 + least, 9);
    expect(await drawing.textContent()).toContain(String(now).slice(0, 4));
    await figure.getByRole("button", { name: "Valores do início" }).click();
    expect(await formula()).toMatch(/= 0\.035$/);
  });
});

test("a weight is dragged in the drawing", async () => {
  await visit(LESSON.en, {}, async (page) => {
    const { figure, drawing, formula } = await alive(page, "figure-1");
    const before = await formula();
    const input = (await drawing.locator('[data-at="input 3"]').boundingBox())!;
    await page.mouse.move(input.x + 10, input.y + 10);
    await page.mouse.down();
    await page.mouse.move(input.x + 60, input.y + 10, { steps: 3 });
    await page.mouse.up();
    expect(Number(await figure.locator("output").textContent())).toBeGreaterThan(2.5);
    await drawing.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    expect(await formula()).not.toBe(before);
  });
});

test.each([
  [320, "light"],
  [1280, "dark"],
] as const)(
  "at %i px, %s: parts are large enough for fingers, and axe finds nothing",
  async (width, colorScheme) => {
    await visit(LESSON["pt-BR"], { viewport: { width, height: 800 }, colorScheme }, async (page) => {
      for (const id of ["figure-1", "figure-2", "figure-5"]) {
        const { figure } = await alive(page, id);
        const small = await figure.evaluate((element) =>
          [...element.querySelectorAll("button, input, select, summary, g[data-at]")]
            .map((target) => ({ box: target.getBoundingClientRect(), html: target.outerHTML.slice(0, 60) }))
            .filter(({ box }) => box.width < 24 || box.height < 24),
        );
        expect(small).toEqual([]);
        expect(await axeFinds(page, `#${id}`)).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  },
);
