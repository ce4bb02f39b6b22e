import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NotebookCell, readNotebook, writeNotebook } from "@camada/interop";
import { madeOf, workIn } from "@camada/lesson";
import { fromNotebook } from "@camada/lesson/build";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, root, useLab, visit } from "./site.js";

useLab();

const words = {
  en: {
    save: "Download the lesson as a notebook",
    report: "Make the report as a notebook",
    taken: "is in the lesson",
    other: "in another language",
    refused: "no notebook",
  },
  "pt-BR": {
    save: "Baixar a lição como notebook",
    report: "Fazer o relatório como notebook",
    taken: "está na lição",
    other: "em outra língua",
    refused: "não é um notebook",
  },
} as const;
const status = (page: Page, text: string) => page.waitForSelector(`#work [role=status]:has-text("${text}")`);
const open = (page: Page, name: string, content: Uint8Array | string) =>
  page
    .locator("#work input[accept='.ipynb']")
    .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });

const partOf = ({ metadata }: NotebookCell, id: string): boolean =>
  (metadata["camada"] as { id?: string } | undefined)?.id === id;

async function saved(
  page: Page,
  lang: keyof typeof words,
  what: "save" | "report" = "save",
): Promise<Buffer> {
  const waiting = page.waitForEvent("download");
  const button = page.locator(`#work button:has-text("${words[lang][what]}")`);
  await button.focus();
  await page.keyboard.press("Enter");
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(
    what === "save"
      ? `03-first-layers.${lang}.ipynb`
      : /^03-first-layers\.(en\.report|pt-BR\.relatorio)\.ipynb$/,
  );
  return readFileSync(await file.path());
}

/** What a notebook could do harm with. */
const hostile = (): Uint8Array =>
  writeNotebook({
    metadata: { camada: { lesson: "99-other", lang: "en", head: "" } },
    cells: [
      {
        kind: "markdown",
        metadata: {},
        source:
          "# Title\n\n<script>window.harmed = 1</script> <img src=x onerror='window.harmed = 2'>\n\n[press](javascript:window.harmed=3) and [read](https://example.org)\n\n$x^2$",
      },
      { kind: "markdown", metadata: {}, source: "$\\notknown{$" },
      { kind: "markdown", metadata: {}, source: "> ".repeat(5000) },
      { kind: "raw", metadata: {}, source: "<b>raw</b>" },
      {
        kind: "code",
        metadata: {},
        source: "import os\nwindow.harmed = 4",
        executionCount: 1,
        outputs: [
          { kind: "display", data: { "text/html": "<script>window.harmed = 5</script>" }, metadata: {} },
          { kind: "display", data: { "text/html": "<b>1</b>", "text/plain": "plain 1" }, metadata: {} },
          {
            kind: "display",
            data: {
              "image/svg+xml":
                '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20" onload="window.harmed = 6"><script>window.harmed = 7</script><rect width="80" height="20"/></svg>',
            },
            metadata: {},
          },
          { kind: "error", name: "NameError", value: "no <i>", traceback: [] },
        ],
      },
    ],
  });

test.each(["en", "pt-BR"] as const)(
  "%s: the lesson is taken away as a notebook and comes back",
  async (lang) => {
    await visit(lang, {}, async (page) => {
      await awake(page);
      const untouched = readNotebook(await saved(page, lang));
      expect(fromNotebook(untouched)).toBe(
        readFileSync(join(root, `lessons/03-first-layers/${lang}.md`), "utf8"),
      );
      expect(untouched.cells.filter((cell) => "attachments" in cell).length).toBeGreaterThan(5);
      await page.locator("#cell-rows .cm-content").focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText("console.log(40 + 2);");
      await page.keyboard.press("Shift+Enter");
      await page.waitForSelector("#cell-rows .live pre:has-text('42')");
      await page.click("#cell-wrong-product .run");
      await page.waitForSelector("#cell-wrong-product .live .same");
      await page.locator("#exercise-which-first textarea").fill("<b>weights</b>\n\n& inputs");
      const file = await saved(page, lang);
      const notebook = readNotebook(file);
      expect(madeOf(notebook)).toMatchObject({ lesson: "03-first-layers", lang });
      const { cells, answers } = workIn(notebook);
      expect(cells.get("rows")).toMatchObject({
        code: "console.log(40 + 2);",
        outputs: [{ kind: "stream", text: "42\n" }],
      });
      expect(cells.get("wrong-product")!.outputs.map((output) => output.kind)).toEqual(["error", "display"]);
      expect(answers.get("which-first")).toBe("<b>weights</b>\n\n& inputs");
      expect(fromNotebook(notebook)).toContain("console.log(40 + 2);\n```\n\n```out of=rows\n42\n```");

      await page.fill("#student", "Ana *");
      const report = readNotebook(await saved(page, lang, "report"));
      const texts = report.cells.map(({ source }) => source);
      expect(texts[0]).toContain("Ana \\*");
      expect(texts[0]).toContain("camada 0.1.0, 03-first-layers");
      const after = (id: string) => texts[report.cells.findIndex((cell) => partOf(cell, id)) + 1];
      expect(after("rows")).toBe(lang === "en" ? "*edited*" : "*editada*");
      expect(after("two-layers")).toBe(lang === "en" ? "*has not run*" : "*não rodou*");
      expect(texts[texts.indexOf("<b>weights</b>\n\n& inputs") + 1]).toContain(
        lang === "en" ? "a person" : "pessoa",
      );
      expect(workIn(report)).toEqual(workIn(notebook));

      page.on("dialog", (dialog) => void dialog.accept());
      await page.click(`#work button:has-text("${lang === "en" ? "Begin anew" : "Começar de novo"}")`);
      await page.waitForTimeout(600);
      await page.reload();
      await awake(page);
      expect(await page.locator("#cell-rows .state").textContent()).toBe("");
      await open(page, "mine.ipynb", file);
      await status(page, words[lang].taken);
      expect(await page.locator("#cell-rows .cm-content").textContent()).toBe("console.log(40 + 2);");
      expect(await page.locator("#exercise-which-first textarea").inputValue()).toBe(
        "<b>weights</b>\n\n& inputs",
      );
      // what comes from a file waits to be run
      expect(await page.locator("#cell-rows .live pre").count()).toBe(0);
      const other = writeNotebook({
        ...notebook,
        metadata: { camada: { lesson: "03-first-layers", lang: "x", head: "" } },
      });
      await open(page, "other.ipynb", other);
      await status(page, words[lang].other);
      await open(page, "broken.ipynb", "<html>");
      await status(page, words[lang].refused);
      expect(await page.locator("#cell-rows .cm-content").textContent()).toBe("console.log(40 + 2);");
    });
  },
);

test.each([
  ["en", 1280, "light"],
  ["pt-BR", 390, "dark"],
] as const)(
  "%s, %i px: a notebook from elsewhere is shown, and nothing of it runs",
  async (lang, width, colorScheme) => {
    await visit(lang, { viewport: { width, height: 900 }, colorScheme }, async (page) => {
      await awake(page);
      await open(page, "evil.ipynb", hostile());
      await status(page, "evil.ipynb");
      const part = page.locator(".opened");
      const text = (await part.textContent())!;
      for (const shown of [
        "Title",
        "<script>window.harmed = 1</script>",
        "window.harmed = 4",
        "plain 1",
        "NameError: no <i>",
        "\\notknown",
        "<b>raw</b>",
      ]) {
        expect(text).toContain(shown);
      }
      expect(text).toContain(lang === "en" ? "Unverified code" : "Código não verificado");
      expect(text).toContain(lang === "en" ? "nothing of it runs here" : "nada dele é executado aqui");
      expect(await part.locator("script, iframe, object, [onerror], [onload]").count()).toBe(0);
      expect(
        await part.locator("a").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href)),
      ).toEqual(["https://example.org/"]);
      expect(await part.locator("math").count()).toBe(1);
      await page.waitForTimeout(200);
      expect(await page.evaluate(() => "harmed" in window)).toBe(false);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await axeFinds(page)).toEqual([]);
      if (process.env.SHOTS)
        await page.locator("#work").screenshot({ path: `${process.env.SHOTS}/${lang}-${width}.png` });
      await part.locator("button").first().focus();
      await page.keyboard.press("Enter");
      expect(await part.isVisible()).toBe(false);
    });
  },
);
