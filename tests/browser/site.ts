import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { launchBrowser } from "./launch.js";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const langs = ["en", "pt-BR"] as const;
type Lang = (typeof langs)[number];
/** A page of each kind, in each language that it has. */
export const paths = [
  "",
  ...langs.flatMap((lang) =>
    ["03-first-layers/", "playground/", "reference/", "reference/losses/"].map((path) => `${lang}/${path}`),
  ),
];

const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

/** The built lab, as any static host serves it. */
export async function serveLab(): Promise<{
  readonly base: string;
  /** The paths that browsers have asked for. */
  readonly asked: readonly string[];
  close(): void;
}> {
  const folder = inject("lab");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, "http://x").pathname));
    asked.push(path);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = readFileSync(file);
      response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream").end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
    },
  };
}

let browser: Browser;
let site: Awaited<ReturnType<typeof serveLab>>;

/** What a path of the lab gives. */
export async function fetchPath(path: string): Promise<string> {
  const response = await fetch(`${site.base}/${path}`);
  expect(response.ok, path).toBe(true);
  return response.text();
}

/** Serves the lab and opens a browser, for all tests of a file. */
export function useLab(): void {
  beforeAll(async () => {
    [site, browser] = await Promise.all([serveLab(), launchBrowser()]);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    site?.close();
  });
}

/** The paths that were asked of the lab's server so far. */
export const asked = (): readonly string[] => [...site.asked];

interface VisitOptions extends BrowserContextOptions {
  readonly ignoreConsole?: RegExp;
  /** What is done with the page before it opens. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens a lesson, does `check`, and expects that the page complained of nothing. */
export function visit(
  lang: Lang,
  options: VisitOptions,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  return visitPage(`${lang}/03-first-layers/`, options, check);
}

/** Opens any page of the lab, as `visit` does a lesson. */
export async function visitPage(
  path: string,
  { ignoreConsole, prepare, ...options }: VisitOptions,
  check: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await prepare?.(page);
  await page.goto(`${site.base}/${path}`);
  await check(page);
  const expected = /^Service Worker registration blocked by Playwright$/;
  expect(complaints.filter((text) => !expected.test(text) && !ignoreConsole?.test(text))).toEqual([]);
  await context.close();
}

export async function runAll(page: Page): Promise<void> {
  await page.click("#run-all");
  await page.waitForFunction(
    () =>
      document.querySelectorAll(".live .same, .live .different").length ===
      document.querySelectorAll(".cell").length,
  );
}

/** Waits until every cell has its editor, and the compiler has spoken. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelectorAll(".cell .cm-editor").length === document.querySelectorAll(".cell").length,
  );
  await page.waitForSelector("#cell-wrong-product .cm-lintRange-error");
}

/** What axe has to say of a page, or of a part of it. */
export async function axeFinds(page: Page, within = "html"): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  return page.evaluate(async (within) => {
    const { axe } = globalThis as unknown as {
      axe: { run(on: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run(within)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`);
  }, within);
}

/** What axe has to say of a page, or of a part of it, in either theme. */
export async function axeFindsInThemes(page: Page, within = "html"): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeFinds(page, within)).map((one) => `${colorScheme}: ${one}`));
  }
  return found;
}
