/// <reference types="node" />
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./launch.js";

type Headers = Readonly<Record<string, string>>;

/**
 * Serves a page that runs a program of the library's, bundled, for all tests of a file; the headers depend on the
 * path. Gives what opens a new page at a path.
 */
export function useProgram(
  contents: string,
  headersOf: (path: string) => Headers,
  scripts: Readonly<Record<string, string>> = {},
): (path: string, before?: (page: Page) => void) => Promise<Page> {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: import.meta.dirname },
      bundle: true,
      format: "esm",
      write: false,
      conditions: ["camada-source"],
      tsconfigRaw: {},
    });
    const all: Readonly<Record<string, string>> = { ...scripts, "/program.js": outputFiles[0]!.text };
    server = createServer(({ url }, response) => {
      const script = all[url!];
      const type = script === undefined ? "text/html" : "text/javascript";
      const page = '<!doctype html><script type="module" src="/program.js"></script>';
      response.writeHead(200, { "content-type": type, ...headersOf(url!) }).end(script ?? page);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  return async (path, before) => {
    const page = await browser.newPage();
    before?.(page);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return page;
  };
}
