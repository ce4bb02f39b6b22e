/// <reference types="node" />
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { BUDGETS } from "../../scripts/budgets.mjs";
import { launchBrowser } from "../browser/launch.js";
import { BUNDLERS, type Bundle, serveByVite } from "./bundlers.js";
import { plainPage } from "./plain.js";
import type * as Program from "./program.js";
import { files, learn } from "./program.js";
import { writeProgram } from "./written.js";

/** The installed packages in pages of Chromium, from each bundler and from none, under a strict policy. */

const plain = plainPage(inject("folder"));

/** No text becomes code, and pages are isolated, so that threads share memory. */
const HEADERS = {
  "content-security-policy": `script-src 'self' 'wasm-unsafe-eval' ${plain.hash}`,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const CALLER = `
import * as program from "./program.js";
let allowed = true;
try {
  new Function("");
} catch {
  allowed = false;
}
Object.assign(globalThis, { program: { ...program, textBecomesCode: () => allowed } });
`;
const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
/** The budgets that hold only where what is not used is dropped. */
const PARTS = BUDGETS.filter(({ name }) => name !== "everything");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
};

// beside the installed packages, which bundlers look for from there
const folder = mkdtempSync(join(inject("folder"), "pages-"));
const entry = join(folder, "page.js");
let browser: Browser;
let server: Server;
let expected: Awaited<ReturnType<typeof learn>>;

beforeAll(async () => {
  writeProgram(folder, "page.js", CALLER);
  writeFileSync(join(folder, "index.html"), PAGE);
  server = createServer(({ url }, response) => {
    const path = new URL(url!, "http://x").pathname;
    const file = join(inject("folder"), path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = readFileSync(file);
      response.writeHead(200, { ...HEADERS, "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  [browser, expected] = await Promise.all([launchBrowser(), learn()]);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

type InPage = typeof Program & { textBecomesCode(): boolean };

/** Opens a page, and gives what calls its program; expects at the end that it complained of nothing. */
async function visit(address: string, check: (call: Call) => Promise<void>, ignore = /^$/) {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  await page.waitForFunction(() => "program" in globalThis).catch(() => expect(complaints).toEqual([]));
  await check(
    (name, ...args) =>
      page.evaluate(
        ([name, args]) =>
          (globalThis as unknown as { program: Record<string, (...args: unknown[]) => never> }).program[
            name
          ]!(...args),
        [name, args] as const,
      ) as never,
  );
  expect(complaints.filter((text) => !ignore.test(text))).toEqual([]);
  await page.close();
}
type Call = <Name extends keyof InPage>(
  name: Name,
  ...args: Parameters<InPage[Name]>
) => Promise<Awaited<ReturnType<InPage[Name]>>>;

/** A network trains in the page, files are read and written, and threads take part. */
async function allOf(call: Call) {
  expect(await call("learn")).toEqual({
    accuracy: expected.accuracy,
    loss: expect.closeTo(expected.loss, 6),
    same: true,
  });
  expect(await call("files")).toEqual(files());
  expect(await call("share", 20)).toEqual({ shared: true, same: true });
}

const addressOf = (path: string) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/${relative(inject("folder"), join(folder, path))}/`;

describe.each(Object.entries(BUNDLERS))("by %s", (name, bundle: Bundle) => {
  it("all of it runs under a policy that makes no code of text, threads too", async () => {
    const outdir = join(folder, name);
    await bundle(entry, outdir, { minify: false });
    writeFileSync(join(outdir, "index.html"), PAGE);
    await visit(addressOf(name), async (call) => {
      expect(await call("textBecomesCode")).toBe(false);
      await allOf(call);
    });
  });

  it.each(PARTS)("only what is used is kept: $name", async ({ limit, program }) => {
    const source = join(folder, "small");
    mkdirSync(source, { recursive: true });
    const outdir = mkdtempSync(join(folder, "size-"));
    writeFileSync(join(source, "page.js"), program);
    await bundle(join(source, "page.js"), outdir, { minify: true });
    expect(gzipSync(readFileSync(join(outdir, "page.js")), { level: 9 }).length).toBeLessThan(limit);
  });
});

it("by esbuild that was not told of the threads' file: one thread does the work", async () => {
  const outdir = join(folder, "alone");
  await BUNDLERS["esbuild"]!(entry, outdir, { minify: false });
  rmSync(join(outdir, "thread.js"));
  writeFileSync(join(outdir, "index.html"), PAGE);
  const missing = /^Failed to load resource: the server responded with a status of 404/;
  await visit(
    addressOf("alone"),
    async (call) => {
      expect(await call("learn")).toMatchObject({ same: true, accuracy: expected.accuracy });
      expect(await call("share", 0.5)).toEqual({ shared: false, same: true });
    },
    missing,
  );
});

it("by none: an import map leads to the packages' files", async () => {
  const outdir = join(folder, "plain");
  mkdirSync(outdir);
  writeProgram(outdir, "page.js", CALLER);
  for (const [name, text] of Object.entries(plain.modules)) writeFileSync(join(outdir, name), text);
  writeFileSync(join(outdir, "index.html"), PAGE.replace("<script", `${plain.head}<script`));
  await visit(addressOf("plain"), async (call) => {
    expect(await call("textBecomesCode")).toBe(false);
    await allOf(call);
  });
});

it("from Vite's server, before anything is built", async () => {
  const { base, close } = await serveByVite(folder, HEADERS);
  await visit(base, allOf).finally(close);
});
