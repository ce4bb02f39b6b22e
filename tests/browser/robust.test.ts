import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { awake, langs, useLab, visit } from "./site.js";

useLab();

/** What goes wrong in a page and around it: each is said in words, and nothing that was written is lost. */

const said = {
  en: {
    interrupted: "While cell 2 ran, the browser ended the page",
    memory: "Make the arrays smaller",
    silent: "after 30 seconds without a pause",
    twice: "Cannot redeclare block-scoped variable 'twice'",
    editor: "The editor did not load",
    compiler: "The compiler did not load",
    figure: "This figure stays still",
  },
  "pt-BR": {
    interrupted: "Enquanto a célula 2 rodava, o navegador encerrou a página",
    memory: "Faça arrays menores",
    silent: "depois de 30 segundos sem pausa",
    twice: "Não é possível declarar novamente a variável de escopo de bloco 'twice'",
    editor: "O editor não carregou",
    compiler: "O compilador não carregou",
    figure: "Esta figura fica parada",
  },
} as const;

/** Replaces a cell's code by keyboard. */
async function write(page: Page, id: string, code: string): Promise<void> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(code);
}
const live = (page: Page, id: string, text: string) =>
  page.waitForSelector(`#cell-${id} .live:has-text("${text}")`);
const unreachable = (page: Page, paths: RegExp) => page.route(paths, (route) => route.abort());

test.each(langs)(
  "%s: a cell whose heap grows until the page dies is told of on return, with all that was written",
  async (lang) => {
    await visit(lang, { ignoreConsole: /memory/i }, async (page) => {
      await awake(page);
      await write(page, "rows", "// mine");
      const grows = "const all: unknown[] = [];\nfor (;;) all.push(new Array(1000).fill(0.5));";
      await write(page, "shapes", grows);
      const crashed = page.waitForEvent("crash", { timeout: 120_000 });
      await page.keyboard.press("Shift+Enter");
      await crashed;
      const again = await page.context().newPage();
      await again.goto(page.url());
      await live(again, "shapes", said[lang].interrupted);
      expect(await again.locator("#summary").textContent()).toContain(said[lang].interrupted);
      await awake(again);
      expect(await again.locator("#cell-shapes .cm-line").allTextContents()).toEqual(grows.split("\n"));
      expect(await again.locator("#cell-rows .cm-content").textContent()).toBe("// mine");
      // what comes after it runs without it
      await again.click("#cell-right-product .run");
      await again.waitForSelector("#cell-right-product .live pre");
      await live(again, "shapes", said[lang].interrupted);
      // and it is told once
      await again.reload();
      await awake(again);
      expect(await again.locator("#cell-shapes .live").textContent()).toBe("");
    });
  },
  180_000,
);

test("a page that is left while a cell runs, and one beside another that runs, tell of nothing", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await write(page, "one-layer", "for (;;);");
    await page.keyboard.press("Shift+Enter");
    await page.waitForFunction(() => document.querySelector("#cell-one-layer .run")!.textContent === "Stop");
    const beside = await page.context().newPage();
    await beside.goto(page.url());
    await awake(beside);
    expect(await beside.locator("#cell-one-layer .live").textContent()).toBe("");
    await beside.close();
    await page.reload();
    await awake(page);
    expect(await page.locator("#cell-one-layer .live").textContent()).toBe("");
  });
});

test.each(langs)(
  "%s: arrays of gigabytes are refused in words, and the next run has its values",
  async (lang) => {
    await visit(lang, {}, async (page) => {
      await awake(page);
      await page.click("#cell-right-product .run");
      await page.waitForSelector("#cell-right-product .live pre");
      await write(
        page,
        "shapes",
        "const all: unknown[] = [];\nfor (;;) all.push(new Float64Array(2 ** 27));",
      );
      await page.keyboard.press("Shift+Enter");
      await live(page, "shapes", said[lang].memory);
      await page.click("#cell-rows .run");
      await page.waitForSelector("#cell-rows .live .same");
    });
  },
);

test.each(langs)("%s: a loop without an end is ended, and said to have none", async (lang) => {
  await visit(lang, { prepare: (page) => page.clock.install() }, async (page) => {
    await awake(page);
    await write(page, "shapes", "for (;;);");
    await page.keyboard.press("Shift+Enter");
    // what it may take from runs first, and is not to be ended in its place
    await page.waitForFunction(() => document.querySelector("#cell-shapes .live")!.textContent !== "");
    // the page's clock, and not the machine's, goes on by half a minute, again until the run has begun
    await expect
      .poll(async () => {
        await page.clock.runFor(31_000);
        return page.locator("#cell-shapes .live").textContent();
      })
      .toContain(said[lang].silent);
    expect(await page.locator("#cell-shapes .cm-content").textContent()).toBe("for (;;);");
    await page.click("#cell-right-product .run");
    await page.waitForSelector("#cell-right-product .live pre");
  });
});

test.each(langs)(
  "%s: a name that is declared twice is refused before it runs, in its own cell",
  async (lang) => {
    await visit(lang, {}, async (page) => {
      await awake(page);
      await write(page, "one-layer", "const twice = 1;\nconst twice = 2;");
      await page.waitForSelector(`#cell-one-layer .remarks:has-text("${said[lang].twice}")`);
      await page.keyboard.press("Shift+Enter");
      await live(page, "one-layer", "twice");
      // so it is in another cell
      await write(page, "one-layer", "const twice = 1;");
      await write(page, "rows", "const twice = 2;");
      await page.waitForSelector(`#cell-rows .remarks:has-text("${said[lang].twice}")`);
      await page.keyboard.press("Shift+Enter");
      await page.waitForSelector("#cell-rows .live p");
      expect(await page.locator("#cell-rows .cm-content").textContent()).toBe("const twice = 2;");
    });
  },
);

test("more output than anyone reads is cut, and the page stays as it is", async () => {
  await visit("pt-BR", {}, async (page) => {
    await awake(page);
    await write(page, "shapes", 'for (let i = 0; i < 1e6; i++) console.log("linha " + i);');
    await page.keyboard.press("Shift+Enter");
    await live(page, "shapes", "A saída é longa demais");
    const shown = await page.locator("#cell-shapes .live pre").textContent();
    expect(shown!.length).toBeLessThanOrEqual(100_000);
  });
});

describe("where the network is lost", () => {
  const lost = { ignoreConsole: /ERR_FAILED|Failed to load/ };

  test.each(langs)("%s: before the editor comes, the page is read and run, and says so", async (lang) => {
    const prepare = async (page: Page) => {
      await unreachable(page, /\/editor-[^/]*\.js$/);
    };
    await visit(lang, { ...lost, prepare }, async (page) => {
      await page.waitForSelector(`#summary:has-text("${said[lang].editor}")`);
      await page.click("#cell-right-product .run");
      await page.waitForSelector("#cell-right-product .live .same");
    });
  });

  test.each(langs)(
    "%s: before the compiler comes, an edited cell says why it cannot run, and can later",
    async (lang) => {
      let worker = "";
      const prepare = async (page: Page) => {
        await page.route(/\/worker-[^/]*\.js$/, async (route) => {
          const response = await route.fetch();
          // of the workers the compiler is by far the largest
          if ((await response.body()).length < 2e6) return route.fulfill({ response });
          worker = route.request().url();
          return route.abort();
        });
      };
      await visit(lang, { ...lost, prepare }, async (page) => {
        await page.waitForSelector("#cell-shapes .cm-content");
        await page.waitForFunction(() => document.querySelectorAll(".cell .cm-editor").length > 9);
        await write(page, "shapes", "console.log(1 + 1);");
        await page.keyboard.press("Shift+Enter");
        await live(page, "shapes", said[lang].compiler);
        expect(worker).not.toBe("");
        await page.unrouteAll();
        await page.keyboard.press("Shift+Enter");
        await page.waitForSelector('#cell-shapes .live pre:has-text("2")');
      });
    },
  );

  test.each(langs)(
    "%s: a figure whose program does not come keeps its drawing, and says so",
    async (lang) => {
      const prepare = async (page: Page) => {
        await unreachable(page, /\/product-[^/]*\.js$/);
      };
      await visit(lang, { ...lost, prepare }, async (page) => {
        const figure = page.locator("#figure-4");
        await figure.scrollIntoViewIfNeeded();
        await figure.locator(`[role=status]:has-text("${said[lang].figure}")`).waitFor();
        expect(await figure.locator("svg[role=img]:visible").count()).toBe(1);
        // those after it come all the same
        await page.locator("#figure-6").scrollIntoViewIfNeeded();
        await page.waitForSelector("#figure-6 .drawing svg");
      });
    },
  );
});
