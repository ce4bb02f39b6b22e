import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cellsOf } from "@camada/lesson";
import { check, compile, parse } from "@camada/lesson/build";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { cut, heldUp, openAll, overlapping, overlappingTexts } from "./geometry.js";
import { awake, axeFinds, langs, paths, root, runAll, useLab, visit, visitPage } from "./site.js";

useLab();

/** The lesson's numbers, as NumPy prints them. */
const rows: Readonly<Record<string, string>> = {
  "one-layer": "[3.78  0.035 3.385]",
  shapes: "3 (3,)\n9 (3, 3)\n18 (2, 3, 3)",
  "right-product":
    "[[ 0.412   0.0604  0.3528]\n [ 0.1789  0.1936  0.277 ]\n [ 0.1514  0.1596  0.194 ]\n [-0.1668  0.3205  0.4642]]",
  "two-layers":
    "[[-0.152  -0.0762  0.1892]\n [-0.3018  0.0014  0.0972]\n [-0.1569  0.1457  0.1178]]\n" +
    "[[ 0.437258  0.236028 -0.147816]\n [ 0.416756  0.268092 -0.120398]\n [ 0.466756  0.317466 -0.132171]]",
};
const batch = ["[-0.05 -0.12 -0.03  0.39]", "[-0.16 -0.4   0.09 -0.26]"];
/** The cells that have a figure beside them, and which of the figures it is. */
const figures = Object.entries({
  "one-layer": 1,
  "wrong-product": 2,
  "undefined-product": 3,
  "right-product": 4,
  "two-layers": 6,
});
/** Others are of what training came to. */
const figureCount = 8;
const words = {
  en: {
    run: "Run",
    saved: "Saved output",
    live: "Output now: ",
    same: "equal to the saved one",
    different: "different from the saved one",
    wrong:
      "dot: the axes do not match, whatever their sizes: it would multiply 'feature' by 'neuron', in (batch 4, feature 3) x (neuron 3, feature 3). Transpose the second array: use .T",
  },
  "pt-BR": {
    run: "Rodar",
    saved: "Saída guardada",
    live: "Saída agora: ",
    same: "igual à guardada",
    different: "diferente da guardada",
    wrong:
      "dot: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria 'feature' por 'neuron', em (batch 4, feature 3) x (neuron 3, feature 3). Transponha o segundo array: use .T",
  },
} as const;

/** Changes the page's own data before its script reads it. */
async function rewrite(page: Page, change: (text: string) => string): Promise<void> {
  await page.route("**/03-first-layers/", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
  await page.reload();
}

/** In the page: how many characters stand on each line of plain paragraphs, but for the last of each. */
function lengthsOfFullLines(): number[] {
  return [...document.querySelectorAll(".part > p:not([class])")].flatMap((paragraph) => {
    const text = paragraph.firstChild;
    if (!(text instanceof Text) || paragraph.childNodes.length > 1) return [];
    const range = document.createRange();
    const lines = new Map<number, number>();
    for (let i = 0; i < text.length; i++) {
      range.setStart(text, i);
      range.setEnd(text, i + 1);
      const { top } = range.getBoundingClientRect();
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
    return [...lines.values()].slice(0, -1);
  });
}

test.each(langs)("%s: reads without a script", async (lang) => {
  await visit(lang, { javaScriptEnabled: false }, async (page) => {
    expect(await page.getAttribute("html", "lang")).toBe(lang);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("math").count()).toBeGreaterThan(0);
    expect(await page.locator("figure svg[role=img]:visible").count()).toBe(figureCount);
    expect(await page.locator("figure table").count()).toBe(figureCount);
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    expect(ids).toEqual([...new Set(ids)]);
    for (const [id, saved] of Object.entries(rows)) {
      expect(await page.locator(`#cell-${id} .saved pre`).textContent()).toBe(saved);
    }
    expect(await page.locator("button:visible").count()).toBe(0);
  });
});

test.each(langs)("%s: carries the lesson's compiled cells", async (lang) => {
  await visit(lang, {}, async (page) => {
    const file = readFileSync(join(root, `lessons/03-first-layers/${lang}.md`), "utf8");
    const carried = JSON.parse((await page.locator("#data-cells").textContent())!);
    const lesson = parse(file);
    expect(carried).toEqual(cellsOf(compile(lesson, check(lesson, root))));
  });
});

test.each(langs)("%s: every cell gives its saved output, and the lesson's numbers", async (lang) => {
  await visit(lang, {}, async (page) => {
    await runAll(page);
    expect(await page.locator(".live .different").allTextContents()).toEqual([]);
    const now = (id: string) => page.locator(`#cell-${id} .live pre`).textContent();
    for (const [id, printed] of Object.entries(rows)) expect(await now(id)).toBe(printed);
    expect((await now("batch"))!.split("\n").slice(0, 2)).toEqual(batch);
    expect((await now("rows"))!.split("\n")[0]).toBe("[0.412  0.0604 0.3528]");
    expect(await now("wrong-product")).toBe(words[lang].wrong);
  });
});

test.each(langs)("%s: the keyboard alone reaches and runs a cell", async (lang) => {
  await visit(lang, {}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement?.closest("section")?.id ?? "");
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const button = await page.evaluate(() => document.activeElement?.tagName === "BUTTON");
      if (button && (await focused()) === "cell-one-layer") break;
    }
    expect(await focused()).toBe("cell-one-layer");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#cell-one-layer .live .same");
    expect(await page.locator("#cell-one-layer .run").textContent()).toBe(words[lang].run);
    expect(await focused()).toBe("cell-one-layer");
  });
});

test("a runaway cell stops", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await page.click("#cell-one-layer .cm-content");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nfor (;;);");
    await page.click("#cell-one-layer .run");
    await page.waitForTimeout(300);
    expect(await page.locator("#cell-one-layer .run").textContent()).toBe("Stop");
    await page.click("#cell-one-layer .run");
    await page.waitForSelector("#cell-one-layer .live:has-text('Stopped.')");
    expect(await page.locator("#cell-one-layer .run").textContent()).toBe("Run");
  });
});

test.each([320, 390, 800, 1280, 1600])(
  "at %i px nothing overlaps or scrolls the page sideways",
  async (width) => {
    for (const lang of langs) {
      await visit(lang, { viewport: { width, height: 800 } }, async (page) => {
        await runAll(page);
        expect(await heldUp(page)).toEqual([]);
        await openAll(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await overlappingTexts(page)).toEqual([]);
        expect(await cut(page)).toEqual([]);
        expect(await overlapping(page, ".part > *, .beside > *")).toEqual([]);
        expect(await overlapping(page, ".cell > *, .outputs > *, .outputs > * > *")).toEqual([]);
      });
    }
  },
);

test.each([320, 390, 1280])("at %i px no other page cuts or covers its text", async (width) => {
  for (const path of paths.filter((path) => !path.includes("layers"))) {
    await visitPage(path, { viewport: { width, height: 800 } }, async (page) => {
      if (path.includes("playground")) await page.waitForSelector(".stage svg >> nth=1");
      await openAll(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(
        width,
      );
      expect(await overlappingTexts(page), path).toEqual([]);
      expect(await cut(page), path).toEqual([]);
    });
  }
});

test.each([
  [1280, "beside"],
  [390, "below"],
] as const)("at %i px figures stand %s their cells", async (width, where) => {
  await visit("en", { viewport: { width, height: 800 } }, async (page) => {
    for (const [id, number] of figures) {
      const cell = (await page.locator(`#cell-${id}`).boundingBox())!;
      const figure = (await page.locator(`#figure-${number}`).boundingBox())!;
      const drawn = (await page.locator(`#figure-${number} svg:visible`).boundingBox())!;
      if (where === "beside") {
        expect(figure.x, id).toBeGreaterThan(cell.x + cell.width);
        expect(Math.abs(figure.y - cell.y), id).toBeLessThan(8);
      } else {
        expect(figure.x, id).toBe(cell.x);
        expect(figure.y, id).toBeGreaterThan(cell.y + cell.height);
      }
      expect(drawn.x, id).toBeGreaterThanOrEqual(figure.x);
      expect(drawn.x + drawn.width, id).toBeLessThanOrEqual(figure.x + figure.width);
    }
  });
});

test("a figure stays in sight beside what is said of it", async () => {
  await visit("en", { viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.locator("#cell-two-layers .outputs").evaluate((outputs) => outputs.scrollIntoView());
    const figure = (await page.locator("#figure-6 .drawing svg").boundingBox())!;
    expect(figure.y).toBeGreaterThan(0);
    expect(figure.y + figure.height).toBeLessThan(800);
  });
});

test.each([
  [1280, "beside"],
  [390, "below"],
] as const)(
  "at %i px the output stands %s the saved one, and says whether it is equal",
  async (width, where) => {
    for (const lang of langs) {
      await visit(lang, { viewport: { width, height: 800 } }, async (page) => {
        await rewrite(page, (text) => text.replaceAll("3, 2.5]", "3, 2.75]"));
        await awake(page);
        for (const [id, verdict] of [
          ["one-layer", "different"],
          ["shapes", "same"],
        ] as const) {
          await page.click(`#cell-${id} .run`);
          const live = page.locator(`#cell-${id} .live`);
          expect(await live.locator(`.${verdict}`).textContent()).toBe(words[lang][verdict]);
          expect(await live.locator("> .label").textContent()).toBe(words[lang].live + words[lang][verdict]);
          expect(await page.locator(`#cell-${id} .saved .label`).textContent()).toBe(words[lang].saved);
          const now = (await live.locator("pre").boundingBox())!;
          const saved = (await page.locator(`#cell-${id} .saved pre`).boundingBox())!;
          if (where === "beside") {
            expect(now.x).toBeGreaterThanOrEqual(saved.x + saved.width);
            expect(Math.abs(now.y - saved.y)).toBeLessThan(1);
          } else {
            expect(now.x).toBe(saved.x);
            expect(now.y).toBeGreaterThan(saved.y + saved.height);
          }
        }
      });
    }
  },
);

test.each([800, 1280])("at %i px a line of text is 65 to 75 characters long", async (width) => {
  for (const lang of langs) {
    await visit(lang, { viewport: { width, height: 800 } }, async (page) => {
      const full = await page.evaluate(lengthsOfFullLines);
      expect(full.length).toBeGreaterThan(20);
      const mean = full.reduce((sum, length) => sum + length, 0) / full.length;
      expect(mean).toBeGreaterThanOrEqual(65);
      expect(mean).toBeLessThanOrEqual(75);
    });
  }
});

test.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
] as const)("axe finds nothing, %s, at %i px", async (colorScheme, width) => {
  for (const lang of langs) {
    await visit(lang, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
      await awake(page);
      expect(await axeFinds(page)).toEqual([]);
      await runAll(page);
      await openAll(page);
      expect(await axeFinds(page)).toEqual([]);
    });
  }
});

test("the policy lets no text become code, and the languages lead to each other", async () => {
  await visit("en", {}, async (page) => {
    const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
    expect(policy).toContain("script-src 'self' blob: 'wasm-unsafe-eval'");
    expect(policy).not.toContain("'unsafe-eval'");
    await page.locator("#cell-rows").scrollIntoViewIfNeeded();
    await page.evaluate(() => document.getElementById("cell-rows")!.scrollIntoView());
    await page.locator("a.language").evaluate((link: HTMLElement) => link.click());
    await page.waitForURL(/pt-BR\/03-first-layers\/(index\.html)?#cell-rows$/);
    expect(await page.getAttribute("html", "lang")).toBe("pt-BR");
  });
});

test("workers are under the page's policy, on a host that sends none: they reach no other origin", async () => {
  const names: string[] = [];
  const reach = async (page: Page, count: number) => {
    await expect.poll(() => page.workers().length).toBe(count);
    const { origin } = new URL(page.url());
    const addresses = [origin, origin.replace("127.0.0.1", "localhost")];
    for (const worker of page.workers()) {
      const [name, ...reached] = await worker.evaluate(async (addresses) => {
        const asked = addresses.map((address) => fetch(address, { mode: "no-cors" }));
        const answers = await Promise.allSettled(asked);
        return [(globalThis as unknown as { name: string }).name, ...answers.map(({ status }) => status)];
      }, addresses);
      expect(reached, name).toEqual(["fulfilled", "rejected"]);
      names.push(name!);
    }
  };
  const refused = { ignoreConsole: /Content Security Policy|violates/ };
  await visit("en", refused, async (page) => {
    await awake(page);
    await page.locator("figure.strokes").scrollIntoViewIfNeeded();
    await page.locator("figure.strokes").getByRole("button", { name: "Train" }).click();
    await reach(page, 3);
  });
  await visitPage("en/playground/", refused, async (page) => {
    await page.waitForSelector(".plane svg");
    await reach(page, 1);
  });
  expect(names.sort()).toEqual(["compiler", "digits", "playground", "runner"]);
});

test("a printed lesson has what there is to read, and nothing to press", async () => {
  await visit("en", {}, async (page) => {
    await runAll(page);
    await page.locator("#figure-4").scrollIntoViewIfNeeded();
    await page.waitForSelector("#figure-4 .drawing svg");
    await page.emulateMedia({ media: "print" });
    expect(
      await page.locator(":is(button, input[type=range], select, summary):visible").allTextContents(),
    ).toEqual([]);
    expect(await page.locator("figure svg[role=img]:visible").count()).toBeGreaterThanOrEqual(figureCount);
    expect(await page.locator(".live pre:visible").count()).toBeGreaterThan(5);
    expect(await overlappingTexts(page)).toEqual([]);
  });
});

test("what covers, cuts or holds up text would be noticed", async () => {
  await visit("en", {}, async (page) => {
    expect(await heldUp(page)).toEqual([]);
    expect([await overlappingTexts(page), await cut(page)]).toEqual([[], []]);
    const css =
      ".part > p { height: 1rem } .cell { margin-top: 9rem !important } #run-all { width: 3rem; white-space: nowrap }";
    await page.evaluate(
      (css) => document.head.append(Object.assign(document.createElement("style"), { textContent: css })),
      css,
    );
    expect((await heldUp(page)).length).toBeGreaterThan(5);
    expect((await overlappingTexts(page)).length).toBeGreaterThan(5);
    expect((await cut(page)).join()).toContain("run-all");
  });
});
