import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { awake, axeFinds, langs, useLab, visit } from "./site.js";

useLab();

/** Replaces a cell's code by keyboard. */
async function write(page: Page, id: string, code: string): Promise<void> {
  await page.locator(`#cell-${id} .cm-content`).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(code);
}

/** Runs the cell that has the cursor, and gives what it shows. */
async function runHere(page: Page, id: string): Promise<string> {
  await page.keyboard.press("Shift+Enter");
  await page.waitForSelector(`#cell-${id} .live pre`);
  return (await page.locator(`#cell-${id} .live pre`).textContent())!;
}

const remarks = (page: Page, id: string) => page.locator(`#cell-${id} .remarks`).textContent();
const silent = (page: Page, id: string) =>
  page.waitForSelector(`#cell-${id} .remarks:empty`, { state: "attached" });

test("the wrong product is explained before it runs; corrected by keyboard, it prints the lesson's row", async () => {
  await visit("pt-BR", {}, async (page) => {
    const shifted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          const seen = new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as PerformanceEntry & { value: number }).value;
          });
          seen.observe({ type: "layout-shift", buffered: true });
          const look = () =>
            document.querySelectorAll(".cell .cm-editor").length === document.querySelectorAll(".cell").length
              ? resolve(sum)
              : setTimeout(look, 50);
          look();
        }),
    );
    expect(shifted).toBeLessThan(0.1);
    await awake(page);
    expect(await page.locator("#cell-wrong-product .cm-lintRange-error").textContent()).toBe("pesosDaCamada");
    expect(await remarks(page, "wrong-product")).toContain(
      "dot: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria 'feature' por 'neuron'",
    );
    expect(await page.locator("#cell-wrong-product .remarks details p").textContent()).toMatch(
      /^O argumento do tipo 'NamedArray<\[3, 3\], \["neuron", "feature"\]>' não é atribuível/,
    );
    await page.locator("#cell-wrong-product .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText("console.log(dot(lote, pesosDaCamada.T).add(viesesDaCamada));");
    await silent(page, "wrong-product");
    expect(await runHere(page, "wrong-product")).toBe(
      "[[ 0.412   0.0604  0.3528]\n [ 0.1789  0.1936  0.277 ]\n [ 0.1514  0.1596  0.194 ]\n [-0.1668  0.3205  0.4642]]",
    );
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.className)).toBe("run");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.className)).toBe("reset");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#cell-wrong-product .cm-lintRange-error");
    expect(await page.locator("#cell-wrong-product .cm-content").textContent()).toBe(
      "dot(lote, pesosDaCamada);",
    );
  });
});

test("cells that build on an edited one are out of date until they run again, and quick ones do by themselves", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await page.click("#cell-rows .run");
    await page.waitForSelector("#cell-rows .live pre");
    const before = await page.locator("#cell-right-product .live pre").textContent();
    await page.locator("#cell-right-product .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("// nothing else\n");
    await page.waitForSelector("#cell-rows.stale");
    expect(await page.locator(".cell.stale").evaluateAll((cells) => cells.map(({ id }) => id))).toEqual([
      "cell-right-product",
      "cell-rows",
    ]);
    expect(await page.locator("#cell-right-product .state").textContent()).toBe("edited, out of date");
    expect(await runHere(page, "right-product")).toBe(before);
    await page.waitForFunction(() => document.querySelector(".stale") === null);
  });
});

test("F8 goes to the next remark, a broken cell spills over nothing, and Run shows the error too", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await write(page, "one-layer", "const inputs = [");
    await page.waitForSelector("#cell-one-layer .remarks li");
    expect(await page.locator(".remarks li").count()).toBe(3);
    const here = () => page.evaluate(() => document.activeElement!.closest("section")!.id);
    await page.keyboard.press("F8");
    expect(await here()).toBe("cell-wrong-product");
    await page.keyboard.press("F8");
    expect(await here()).toBe("cell-undefined-product");
    await page.keyboard.press("F8");
    expect(await here()).toBe("cell-one-layer");
    await write(page, "one-layer", "export const inputs = 1;\nconst wrong: string = inputs;");
    await page.waitForFunction(() => document.querySelectorAll("#cell-one-layer .remarks li").length === 2);
    expect(await remarks(page, "one-layer")).toContain("a cell exports nothing");
    expect(await remarks(page, "one-layer")).toContain("Type 'number' is not assignable to type 'string'");
    await write(page, "one-layer", "console.log(missing);");
    await page.waitForFunction(() => document.querySelectorAll("#cell-one-layer .remarks li").length === 1);
    expect(await remarks(page, "one-layer")).toContain("Cannot find name 'missing'");
    expect(await runHere(page, "one-layer")).toBe("ReferenceError: missing is not defined");
  });
});

test("names are completed with what there is, and shown with their shapes", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await page.locator("#cell-right-product .cm-content").focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("\noutputs.su");
    await page.waitForSelector(".cm-tooltip-autocomplete");
    expect(await page.locator(".cm-tooltip-autocomplete li").allTextContents()).toEqual(["subtract", "sum"]);
    await page.keyboard.press("Escape");
    const name = (await page.locator("#cell-right-product .tok-definition").first().boundingBox())!;
    await page.mouse.move(name.x + 10, name.y + 8);
    await page.mouse.move(name.x + 12, name.y + 9);
    await page.waitForSelector(".hover");
    expect(await page.locator(".hover code").textContent()).toBe(
      'const outputs: NamedArray<[4, 3], ["batch", "neuron"]>',
    );
  });
});

test("a cell makes no code of text, reaches no other server, and hears why memory and stack end", async () => {
  await visit("en", { ignoreConsole: /Content Security Policy/ }, async (page) => {
    await awake(page);
    const outputs: string[] = [];
    for (const code of [
      "try { new Function('return 1')(); } catch (e) { console.log((e as Error).name); }",
      "try { await (globalThis as any).fetch('https://example.com/'); } catch (e) { console.log((e as Error).name); }",
      'import { zeros } from "camada";\nzeros([100000, 100000]);',
      "new ArrayBuffer(1e15);",
      "const f = (): number => f() + 1;\nf();",
    ]) {
      await write(page, "shapes", code);
      await page.keyboard.press("Shift+Enter");
      await page.waitForFunction((before) => {
        const shown = document.querySelector("#cell-shapes .live")!.textContent;
        return shown.startsWith("Output now") && shown !== before;
      }, outputs.at(-1));
      outputs.push((await page.locator("#cell-shapes .live").textContent())!);
    }
    expect(outputs[0]).toContain("EvalError");
    expect(outputs[1]).toContain("TypeError");
    expect(outputs[2]).toContain("too many values");
    expect(outputs[3]).toContain("Make the arrays smaller");
    expect(outputs[4]).toContain("A function calls itself without end");
  });
});

test("after a runaway cell the values of the others come back", async () => {
  await visit("en", {}, async (page) => {
    await awake(page);
    await page.click("#cell-right-product .run");
    await page.waitForSelector("#cell-right-product .live pre");
    await write(page, "shapes", "for (;;);");
    await page.keyboard.press("Shift+Enter");
    await page.waitForFunction(() => document.querySelector("#cell-shapes .run")!.textContent === "Stop");
    await page.waitForTimeout(200);
    await page.click("#cell-shapes .run");
    await page.waitForSelector("#cell-shapes .live:has-text('Stopped.')");
    await page.waitForFunction(() => document.querySelector(".stale") === null);
    await page.click("#cell-rows .run");
    await page.waitForSelector("#cell-rows .live .same");
  });
});

test.each(langs)("%s: axe finds nothing where cells are edited, wrong and out of date", async (lang) => {
  await visit(lang, { colorScheme: "dark" }, async (page) => {
    await awake(page);
    await page.click("#cell-right-product .run");
    await page.waitForSelector("#cell-right-product .live pre");
    await write(page, "right-product", "const outputs = batch.oops;");
    await page.waitForSelector("#cell-right-product.stale .remarks li");
    expect(await axeFinds(page)).toEqual([]);
  });
});

test("values show as pictures, an unexpected wrong product as its figure, and training as it goes on", async () => {
  await visit("pt-BR", {}, async (page) => {
    await awake(page);
    await page.click("#cell-right-product .run");
    await page.click("#cell-right-product .pictures summary");
    expect(await page.locator("#cell-right-product .pictures svg[role=img]").textContent()).toContain(
      "saidas (lote 4, neurônio 3)",
    );
    expect(await page.locator("#cell-right-product .pictures td").count()).toBe(16);
    await write(page, "rows", "dot(lote, pesosDaCamada).add(1);");
    await page.keyboard.press("Shift+Enter");
    await page.waitForSelector("#cell-rows .live > figure");
    expect(await page.locator("#cell-rows .live > figure svg").textContent()).toContain("Pares errados");
    await write(
      page,
      "shapes",
      `import { accuracy, adam, dense, input, moons, relu, sequential, softmaxCrossEntropy } from "camada";
const { x, y } = moons({ samples: 2000, noise: 0.1, seed: 0 });
const model = sequential(input(2), dense(32), relu(), dense(2)).initialize(0);
const history = await model.fit(x, y, { loss: softmaxCrossEntropy(), epochs: 100000, seed: 0 });
console.log(model);
console.log(history, history.ending);`,
    );
    await page.keyboard.press("Shift+Enter");
    await page.waitForSelector("#cell-shapes .training svg");
    const longest = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let longest = 0;
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
          }).observe({ type: "longtask" });
          setTimeout(() => resolve(longest), 1500);
        }),
    );
    // 50 ms on a machine that does nothing else; tests share theirs
    expect(longest).toBeLessThan(200);
    await page.click("#cell-shapes .training button");
    await page.waitForSelector("#cell-shapes .live pre:has-text('stopped')");
    await page.click("#cell-shapes .pictures summary");
    expect(await page.locator("#cell-shapes .pictures svg").count()).toBe(2);
    expect(await axeFinds(page)).toEqual([]);
  });
});
