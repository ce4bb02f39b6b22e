import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "./launch.js";
import { axeFinds, axeFindsInThemes, root, serveLab } from "./site.js";

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

test("code has a neuron's numbers in its color, before and after the editor has come", async () => {
  const underlines = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("#cell-layer .code [style*=repeating-linear-gradient]")].map(
        ({ textContent, style }) => `${textContent} ${style.background.match(/rgb\([^)]*\)/)![0]}`,
      ),
    );
  const expected = ["0.47 rgb(0, 114, 178)", "0.42 rgb(213, 94, 0)"];
  await visit(LESSON.en, { javaScriptEnabled: true }, async (page) => {
    const before = await underlines(page);
    expect(before.slice(0, 2)).toEqual(expected);
    await page.waitForSelector("#cell-layer .cm-content");
    const after = await underlines(page);
    expect(after.slice(0, 2)).toEqual(expected);
    expect(after.filter((one) => one.endsWith("rgb(0, 158, 115)"))).toHaveLength(4);
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

test("a weight is chosen and changed in the drawing by keyboard", async () => {
  await visit(LESSON.en, {}, async (page) => {
    const { figure, drawing, formula } = await alive(page, "figure-1");
    await drawing.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await figure.locator("p.label").allTextContents()).toContain("Neuron 1 of layer 1, weight 2");
    const looked = figure.locator(".sliders .looked output");
    expect(await looked.textContent()).toBe("0.18");
    for (let press = 0; press < 2; press++) await page.keyboard.press("+");
    expect(await looked.textContent()).toBe("0.2");
    await page.keyboard.press("-");
    expect(await looked.textContent()).toBe("0.19");
    // one more for each 0.01 that the second input, 2, is weighed by
    expect(await formula()).toMatch(/= 3\.8$/);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("+");
    expect(await figure.locator("output").textContent()).toBe("1.01");
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
      for (const id of ["figure-1", "figure-2", "figure-6"]) {
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

test("the playground runs, pauses, keeps its settings in the address, and can be used without a pointer", async () => {
  await visit("en/playground/?data=circles&layers=4", {}, async (page) => {
    const status = page.locator(".status");
    await page.waitForSelector(".plane svg");
    expect(await page.locator("#playground figcaption").count()).toBe(0);
    const press = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await press("One epoch");
    await page.waitForFunction(() => document.querySelector(".status")!.textContent!.startsWith("Epoch 1:"));
    await press("Run");
    await page.waitForFunction(() => /Epoch [1-9]\d+:/.test(document.querySelector(".status")!.textContent!));
    await press("Pause");
    await press("One neuron more in layer 1");
    expect(await page.evaluate(() => location.search)).toBe("?data=circles&layers=5");
    await page.waitForFunction(() => document.querySelector(".status")!.textContent!.startsWith("Nothing"));
    await press("Add a layer");
    expect(await page.evaluate(() => location.search)).toBe("?data=circles&layers=5-4");
    await page.locator(".program summary").click();
    expect(await page.locator(".program pre").textContent()).toContain("dense(5),\n  relu(),\n  dense(4),");
    await page.getByText("The figure's data as a table").click();
    await page.waitForSelector("details[open] .scroll table");
    expect(await status.getAttribute("aria-live")).toBe("polite");
    expect(await axeFinds(page)).toEqual([]);
  });
});

/** The points in a page's address, asked of the page itself: what the browser's driver knows of it may be older. */
const ownPoints = (page: Page) => page.evaluate(() => new URL(location.href).searchParams.get("own"));

test("own points come by a click or by numbers, and training that runs away says where", async () => {
  await visit("pt-BR/playground/?data=own", { viewport: { width: 390, height: 800 } }, async (page) => {
    await page.waitForSelector(".plane svg");
    // the element that the drawing stands in, which is drawn anew
    const plane = page.locator(".plane").first();
    const box = (await plane.boundingBox())!;
    await plane.click({ position: { x: box.width / 2, y: box.width / 2 } });
    await page.getByRole("button", { name: "Acrescentar o ponto" }).click();
    expect(await ownPoints(page)).toMatch(/^-?0(\.0\d*)?_-?0(\.0\d*)?_0\.\.0_0_0$/);
    await page.locator(".own-points summary").click();
    await page.getByRole("button", { name: "Remover o ponto 1" }).click();
    expect(await ownPoints(page)).toBe("0_0_0");
  });
  await visit("en/playground/?data=own", { viewport: { width: 390, height: 800 } }, async (page) => {
    await page.waitForSelector(".plane svg");
    const flowers = [[1, 0.2, "a"], [5, 2.2, "b"], [3, 1.2, "b"], ["", 1, "a"]].map((row) => row.join(",")); // biome-ignore format: rows
    const open = (text: string) =>
      page.locator(".own-points input[type=file]").setInputFiles({ name: "flowers.csv", mimeType: "text/csv", buffer: Buffer.from(text) }); // biome-ignore format: one line
    await open(`length,width,kind\n${flowers.join("\n")}\n`);
    const said = page.locator(".own-points [role=status]");
    await expect.poll(() => said.textContent()).toBe("3 of 4 rows of flowers.csv. Across length, −1 is 1 and 1 is 5; upward width, −1 is 0.2 and 1 is 2.2. Classes by kind: 1 a, 2 b."); // biome-ignore format: one line
    const own = () => ownPoints(page);
    expect(await own()).toBe("-1_-1_0..1_1_1..0_0_1");
    await page.locator('.own-points select[data-name="x"]').selectOption("width");
    await page.locator('.own-points select[data-name="y"]').selectOption("length");
    await expect.poll(() => said.textContent()).toMatch(/^3 of 4 rows of flowers.csv. Across width/);
    await page.getByRole("button", { name: "One epoch" }).click();
    await expect.poll(() => page.locator(".status").textContent()).toMatch(/^Epoch 1:/);
    await open("<!doctype html><p>log in");
    await expect.poll(() => said.textContent()).toContain("web page");
    await open("a,b\n1,x\n2,y\n");
    await expect.poll(() => said.textContent()).toContain("no two columns of numbers");
    expect(await own()).not.toBe("");
    expect(await axeFinds(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
  const wild = "?activation=linear&optimizer=sgd&learningRate=100&layers=16-16-16-16";
  await visit(`pt-BR/playground/${wild}`, { colorScheme: "dark" }, async (page) => {
    await page.waitForSelector(".plane svg");
    await page.getByRole("button", { name: "Rodar", exact: true }).click();
    await page.waitForSelector(".status .ended");
    expect(await page.locator(".status .ended").textContent()).toMatch(/época|lote/);
    expect(await page.getByRole("button", { name: "Rodar", exact: true }).count()).toBe(1);
    expect(await axeFinds(page)).toEqual([]);
  });
});

test("a network learns from real digits in the page, and shows what its layers see", async () => {
  await visit(LESSON.en, {}, async (page) => {
    const figure = page.locator("figure.strokes");
    await figure.scrollIntoViewIfNeeded();
    const train = figure.getByRole("button", { name: "Train" });
    await train.waitFor();
    await train.click();
    await figure.locator(".digit-tools").waitFor({ timeout: 90_000 });
    const right = /([\d.]+)% of the test digits/.exec((await figure.locator(".status").textContent())!)![1];
    expect(Number(right)).toBeGreaterThan(85);
    const said = figure.locator(".digit-tools [aria-live]");
    await expect.poll(() => said.textContent()).toMatch(/^Test digit 5: a 4, taken for a \d/);
    await figure.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => said.textContent()).toMatch(/^Test digit 6: a 1/);
    expect(await figure.locator("svg").first().getAttribute("class")).toBe("camada-figure");
    const pad = (await figure.locator(".pad").boundingBox())!;
    await figure.getByRole("button", { name: "Empty" }).click();
    await page.mouse.move(pad.x + pad.width / 2, pad.y + 20);
    await page.mouse.down();
    await page.mouse.move(pad.x + pad.width / 2, pad.y + pad.height - 20, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => said.textContent()).toBe("Your drawing is taken for a 1.");
    // the same by keyboard alone: from the middle up, the pen put down, and down again
    await figure.getByRole("button", { name: "Empty" }).focus();
    await page.keyboard.press("Enter");
    await figure.locator(".pad").focus();
    for (let step = 0; step < 9; step++) await page.keyboard.press("ArrowUp");
    await page.keyboard.press(" ");
    expect(await said.textContent()).toMatch(/^The pen is down/);
    for (let step = 0; step < 18; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press(" ");
    await expect.poll(() => said.textContent()).toBe("Your drawing is taken for a 1.");
    // a four from the disk, and what is none
    const input = figure.locator("input[type=file]");
    await input.setInputFiles(join(root, "tests/browser/four.png"));
    await expect.poll(() => said.textContent()).toBe("Your drawing is taken for a 4.");
    await input.setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("a,b\n1,2\n") });
    await expect
      .poll(() => said.textContent())
      .toBe("It did not work: It is no image: a PNG file is needed.");
    expect(await axeFindsInThemes(page, "figure.strokes")).toEqual([]);
  });
}, 150_000);

test("batch sizes are compared in the page, and a comparison can be stopped", async () => {
  await visit(LESSON["pt-BR"], { viewport: { width: 390, height: 800 } }, async (page) => {
    const figure = page.locator("figure.study").first();
    await figure.scrollIntoViewIfNeeded();
    const start = figure.getByRole("button", { name: "Comparar" });
    await start.waitFor();
    await figure.getByLabel("Dígitos para aprender").selectOption("2000");
    await figure.getByLabel("Quanto tempo").selectOption("updates 100");
    await figure.getByLabel("Sementes").selectOption("1");
    await figure.getByLabel("16", { exact: true }).uncheck();
    await start.click();
    await expect.poll(() => figure.locator(".status").textContent(), { timeout: 90_000 }).toBe("Feito.");
    await figure.locator("summary").click();
    const rows = await figure.locator("table").first().locator("tbody tr").allTextContents();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^1280\.11/);
    await figure.getByLabel("Dígitos para aprender").selectOption("10000");
    await figure.getByLabel("Quanto tempo").selectOption("updates 1000");
    await start.click();
    await expect.poll(() => figure.locator(".status").textContent()).toMatch(/%/);
    // curves grow with each epoch, while the training goes on
    const curves = figure.locator(".plane svg").last();
    const epochs = async () =>
      Number(/(\d+) épocas?/.exec((await curves.locator("desc").textContent())!)?.[1]);
    await figure.getByRole("combobox", { name: "Época a época" }).selectOption("gap");
    await expect.poll(epochs).toBeGreaterThan(1);
    await expect.poll(() => figure.locator(".status").textContent()).toMatch(/%/);
    await figure.getByRole("button", { name: "Parar" }).click();
    await expect.poll(() => figure.locator(".status").textContent()).toBe("Parado.");
    expect(await epochs()).toBeGreaterThan(1);
    expect(await curves.locator("title").first().textContent()).toContain("lacuna, em pontos");
    expect(await axeFindsInThemes(page, "figure.study")).toEqual([]);
  });
}, 150_000);
