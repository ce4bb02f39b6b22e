import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { axeFinds, fetchPath, langs, useLab, visitPage } from "./site.js";

useLab();

/** The text of every page of the lab, by its path. */
const pages = new Map<string, string>();
/** Every file that the service worker keeps. */
let kept: readonly string[] = [];

beforeAll(async () => {
  kept = JSON.parse(await fetchPath("offline.json"));
  for (const path of kept.filter((file) => file.endsWith(".html"))) pages.set(path, await fetchPath(path));
});

const text = (html: string) => html.replaceAll("&amp;", "&");
const idsOf = (html: string) => [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]!);
const linksOf = (html: string) =>
  [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => text(match[1]!));
const inReference = () => [...pages.keys()].filter((path) => path.includes("/reference/"));

/** Where a link on a page leads: a file and a place in it, or null if it leads out of the lab. */
function target(from: string, link: string): { readonly file: string; readonly id: string } | null {
  const url = new URL(link, `http://lab/${from}`);
  if (url.protocol === "data:") return null;
  if (url.host !== "lab") {
    expect([from, link, url.protocol]).toEqual([from, link, "https:"]);
    return null;
  }
  const file = decodeURIComponent(url.pathname.slice(1));
  const id = decodeURIComponent(url.hash.slice(1));
  return { file: file === "" || file.endsWith("/") ? `${file}index.html` : file, id };
}

test("every link of the whole lab leads somewhere, and every page can be reached from the first", () => {
  const broken: string[] = [];
  const reached = new Set(["index.html"]);
  let followed = 0;
  for (const from of reached) {
    for (const link of linksOf(pages.get(from)!)) {
      const to = target(from, link);
      if (to === null) continue;
      followed++;
      if (!kept.includes(to.file)) broken.push(`${from}: ${link}`);
      if (!to.file.endsWith(".html")) continue;
      reached.add(to.file);
      if (to.id !== "" && !idsOf(pages.get(to.file) ?? "").includes(to.id)) broken.push(`${from}: ${link}`);
    }
  }
  expect(broken).toEqual([]);
  expect(followed).toBeGreaterThan(5000);
  expect([...reached].sort()).toEqual([...pages.keys()].sort());
  expect(inReference().length).toBeGreaterThan(35);
});

test("a broken link would be noticed", () => {
  expect(target("en/reference/arrays/index.html", "../data/index.html#moons")).toEqual({
    file: "en/reference/data/index.html",
    id: "moons",
  });
  expect(target("en/a/index.html", "https://example.com/")).toBeNull();
  expect(() => target("en/a/index.html", "http://example.com/")).toThrow();
});

test("no page has one id twice, and both languages have the same places", () => {
  for (const [path, html] of pages) {
    const ids = idsOf(html);
    expect([path, ids.length]).toEqual([path, new Set(ids).size]);
  }
  for (const path of inReference().filter((one) => one.startsWith("en/"))) {
    expect(idsOf(pages.get(path.replace(/^en/, "pt-BR"))!)).toEqual(idsOf(pages.get(path)!));
  }
});

test.each(langs)("%s: reads without a script, at any width", async (lang) => {
  await visitPage(`${lang}/reference/`, { javaScriptEnabled: false }, async (page) => {
    expect(await page.locator("#find:visible").count()).toBe(0);
    const paths = inReference().filter((path) => path.startsWith(`${lang}/`));
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(new URL(`/${path}`, page.url()).href);
        expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([
          path,
          width,
        ]);
      }
    }
    await page.goto(new URL(`/${lang}/reference/elementwise/index.html`, page.url()).href);
    const add = page.locator("section.entry", { has: page.locator("#add") });
    expect(await add.locator(".signature").textContent()).toBe(
      "add(x: number | NDArray, y: number | NDArray): number | NDArray",
    );
    expect(await add.locator(".doc").getAttribute("lang")).toBe("en");
    expect(await add.locator(".example").textContent()).toContain("// [11. 22.]");
    expect(await add.locator(".throws a").first().getAttribute("href")).toBe(
      "../errors/index.html#broadcast.sizes",
    );
  });
});

const visible = (page: Page) => page.locator(".names li:visible").allTextContents();
const focused = (page: Page) => page.evaluate(() => document.activeElement!.textContent);

test("names are found by keyboard alone", async () => {
  await visitPage("en/reference/", {}, async (page) => {
    await page.focus("#find");
    await page.keyboard.type("entropy");
    expect(await visible(page)).toEqual([
      "softmaxCrossEntropy",
      "categoricalCrossEntropy",
      "sparseCategoricalCrossEntropy",
      "binaryCrossEntropy",
    ]);
    expect(await page.locator(".topic:visible").count()).toBe(1);
    expect(await page.locator(".find [role=status]").textContent()).toMatch(/^4 found/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toBe("categoricalCrossEntropy");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("find");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("NDArray.astype");
    await page.keyboard.press("Enter");
    await page.waitForURL(/en\/reference\/arrays\/index\.html#NDArray\.astype$/);
    await page.focus("#find");
    await page.keyboard.type("adam");
    expect(await visible(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/en\/reference\/index\.html\?find=adam$/);
    expect(await visible(page)).toEqual(["adam", "adamw"]);
    await page.focus("#find");
    await page.keyboard.press("Enter");
    await page.waitForURL(/en\/reference\/optimizers\/index\.html#adam$/);
  });
});

test("an example runs where it stands, and says what it says", async () => {
  await visitPage("pt-BR/reference/products/", {}, async (page) => {
    const example = page.locator(".example", { hasText: "dot(inputs, weights.T)" }).first();
    await example.getByRole("button", { name: "Executar: Exemplo de dot" }).press("Enter");
    await example.locator(".live pre").waitFor();
    expect(await example.locator(".live pre").textContent()).toBe("[[1.4]]");
    expect(await axeFinds(page)).toEqual([]);
  });
});

test("the other language opens at the same entry", async () => {
  await visitPage("en/reference/losses/#huber", {}, async (page) => {
    await page.evaluate(() => document.getElementById("huber")!.scrollIntoView());
    await page.locator("a.language").evaluate((link: HTMLElement) => link.click());
    await page.waitForURL(/pt-BR\/reference\/losses\/index\.html#huber$/);
    expect(await page.getAttribute("html", "lang")).toBe("pt-BR");
    expect(await page.locator("#huber").isVisible()).toBe(true);
  });
});

test.each([
  ["light", 1280],
  ["dark", 390],
] as const)("axe finds nothing, %s, at %i px", async (colorScheme, width) => {
  for (const path of [
    "en/reference/",
    "pt-BR/reference/arrays/",
    "en/reference/random/",
    "pt-BR/reference/errors/",
  ]) {
    await visitPage(path, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
      await page.waitForSelector("#find:visible");
      expect(await axeFinds(page)).toEqual([]);
    });
  }
});
