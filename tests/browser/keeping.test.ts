import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, useLab, visit } from "./site.js";

useLab();

const code = (page: Page, id: string) => page.locator(`#cell-${id} .cm-content`).textContent();
const status = (page: Page, text: string) => page.waitForSelector(`#work [role=status]:has-text("${text}")`);

/** Replaces a cell's code by keyboard, and waits until it is kept. */
async function write(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await page.waitForTimeout(600);
  await page.waitForSelector("#work [role=status]:not(:empty)");
}

const file = (name: string, content: string) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(content),
});

test("edits outlive the page, follow into the other language under its names, and can be taken back", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await write(page, "rows", "console.log(outputs.at(0));");
    await page.locator("#cell-rows .cm-content").focus();
    await page.keyboard.press("Shift+Enter");
    await page.waitForSelector("#cell-rows .live pre");
    await page.reload();
    await awake(page);
    expect(await code(page, "rows")).toBe("console.log(outputs.at(0));");
    expect(await page.locator("#cell-rows .state").textContent()).toBe("edited");
    expect(await page.locator("#cell-rows .history pre").allTextContents()).toEqual([
      "console.log(outputs.at(0));",
    ]);
    await page.evaluate(() => document.getElementById("cell-rows")!.scrollIntoView());
    await page.locator("a.language").evaluate((link: HTMLElement) => link.click());
    await page.waitForURL(/pt-BR.*#cell-rows$/);
    await awake(page);
    expect(await code(page, "rows")).toBe("console.log(saidas.at(0));");
    await page.click("#cell-rows .reset");
    expect(await code(page, "rows")).toBe("for (const saida of saidas) console.log(saida);");
    await page.click("#cell-rows .history summary");
    expect(await axeFinds(page)).toEqual([]);
    await page.click("#cell-rows .history button");
    expect(await code(page, "rows")).toBe("console.log(saidas.at(0));");
  });
});

test("a backup brings everything back, and other files change nothing", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await write(page, "rows", "// mine");
    const waiting = page.waitForEvent("download");
    await page.click("#work button:has-text('Download a backup')");
    const backup = await waiting;
    expect(backup.suggestedFilename()).toBe("03-first-layers.en.camada.json");
    const content = readFileSync(await backup.path(), "utf8");
    page.on("dialog", (dialog) => void dialog.accept());
    await page.click("#work button:has-text('Begin anew')");
    expect(await code(page, "rows")).toBe("for (const output of outputs) console.log(output);");
    const input = page.locator("#work input[accept='.json']");
    for (const bad of ["{", '{"version":9}', '{"version":1,"lesson":3,"cells":{"__proto__":1}}']) {
      await input.setInputFiles(file("bad.json", bad));
      await status(page, "Nothing has changed");
    }
    await input.setInputFiles(file("other.json", content.replace("03-first-layers", "04-other")));
    await status(page, "another lesson");
    await input.setInputFiles(file("good.json", content));
    await status(page, "The backup is restored.");
    expect(await code(page, "rows")).toBe("// mine");
  });
});

/** Puts something where the page keeps what was written. */
function store(page: Page, value: unknown): Promise<void> {
  return page.evaluate(
    (value) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open("camada");
        opening.onsuccess = () => {
          const writing = opening.result.transaction("lessons", "readwrite");
          writing.objectStore("lessons").put(value, "03-first-layers");
          writing.oncomplete = () => resolve();
        };
      }),
    value,
  );
}

test("newer code of the lesson is pointed out; a stored state that cannot be read is left as it is", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await write(page, "rows", "// mine");
    const cells = { rows: { code: "// mine", lang: "en", original: "// of an older lesson" } };
    await store(page, { version: 1, lesson: "03-first-layers", cells, history: {}, answers: {} });
    await page.goto("about:blank");
    await page.goBack();
    await awake(page);
    expect(await page.locator("#cell-rows .state").textContent()).toContain("the lesson has newer code here");
    await store(page, { version: 7 });
    await page.goto("about:blank");
    await page.goBack();
    await awake(page);
    await status(page, "your changes are NOT kept");
    expect(await code(page, "rows")).toBe("for (const output of outputs) console.log(output);");
  });
});

test("full storage is said, and nothing written is lost from the page", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.locator("#cell-rows .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("// mine");
    await status(page, "storage is full");
    expect(await code(page, "rows")).toBe("// mine");
  });
});

test("after a first visit the lab works without a network, with threads, and is loaded once", async () => {
  await visit(
    "pt-BR",
    { serviceWorkers: "allow", ignoreConsole: /ERR_INTERNET_DISCONNECTED/ },
    async (page) => {
      let loads = 0;
      page.on("load", () => loads++);
      await awake(page);
      await page.evaluate(async () => {
        const { active } = await navigator.serviceWorker.ready;
        while (active?.state !== "activated") await new Promise((resolve) => setTimeout(resolve, 50));
      });
      expect(loads).toBe(0);
      await page.context().setOffline(true);
      await page.reload();
      await awake(page);
      expect(loads).toBe(1);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await page.click("#cell-one-layer .run");
      await page.waitForSelector("#cell-one-layer .live .same");
      await page.goto(page.url().replace("pt-BR", "en"));
      expect(await page.locator("h1").textContent()).toBe("The first neurons and the first layers");
    },
  );
});

test.each(["en", "pt-BR"] as const)(
  "%s: answers are checked, kept, and handed in as one file",
  async (lang) => {
    await visit(lang, {}, async (page) => {
      await awake(page);
      const exercise = (id: string) => page.locator(`#exercise-${id}`);
      await exercise("third-neuron").locator("input").fill("1,885");
      await exercise("third-neuron").locator("input").press("Enter");
      await page.waitForSelector("#exercise-third-neuron .verdict.error:not(:empty)");
      await exercise("third-neuron").locator("input").fill("3,385");
      await exercise("third-neuron").locator("button").click();
      await page.waitForSelector("#exercise-third-neuron .verdict:not(.error):not(:empty)");
      await exercise("which-first").locator("textarea").fill("<b>weights</b> & inputs");
      await page.locator("#exercise-product button").click();
      await page.waitForSelector("#exercise-product .verdict.error:not(:empty)");
      await page.click("#cell-wrong-product .run");
      await page.waitForSelector("#cell-wrong-product .live .same");
      await write(page, "rows", "// mine");
      expect(await axeFinds(page)).toEqual([]);
      await page.fill("#student", "Ana");
      const waiting = page.waitForEvent("download");
      await page.click("#work p:has(#student) button");
      const report = await waiting;
      expect(report.suggestedFilename()).toBe(`03-first-layers.${lang}.html`);
      await page.goto("about:blank");
      await page.setContent(readFileSync(await report.path(), "utf8"));
      expect(await page.title()).toContain("Ana");
      expect(await page.getAttribute("html", "lang")).toBe(lang);
      const text = (await page.locator("body").textContent())!;
      for (const part of ["3,385", "<b>weights</b> & inputs", "// mine", "camada 0.1.0, 03-first-layers"]) {
        expect(text).toContain(part);
      }
      expect(text).toContain(lang === "en" ? "edited, out of date" : "editada, desatualizada");
      expect(await page.locator("figure svg").count()).toBeGreaterThan(0);
      expect(await page.locator("script, link, img[src^=http]").count()).toBe(0);
      expect(await axeFinds(page)).toEqual([]);
    });
  },
);
