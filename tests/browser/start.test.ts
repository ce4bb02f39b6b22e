import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "vite";
import { expect, test } from "vitest";
import { launchBrowser } from "./launch.js";
import { awake, root } from "./site.js";

/** `npm start` on a machine where it has not run before: nothing is prepared yet. */
test("a lesson that is served from its sources does not load anew while it is read", async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), "camada-start-"));
  const configFile = join(root, "apps/lab/vite.config.ts");
  const options = { port: 0, host: "127.0.0.1" };
  const server = await createServer({ configFile, cacheDir, logLevel: "silent", server: options });
  const browser = await launchBrowser();
  try {
    await server.listen();
    const page = await browser.newPage();
    // all of the sources are compiled on the way
    page.setDefaultTimeout(90_000);
    let loads = 0;
    page.on("load", () => loads++);
    await page.goto(`${server.resolvedUrls!.local[0]}en/03-first-layers/`);
    await awake(page);
    await page.locator("figure").first().scrollIntoViewIfNeeded();
    await page.waitForSelector("figure input[type=range]");
    await page.click("#cell-one-layer .run");
    await page.waitForSelector("#cell-one-layer .live .same");
    expect(loads).toBe(1);
  } finally {
    await browser.close();
    await server.close();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}, 120_000);
