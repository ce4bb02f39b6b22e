import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const axe = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

/** The lab, built apart from where it is built for others, as any static host serves it. */
export async function serveLab(): Promise<{ readonly base: string; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "camada-lab-"));
  await build({
    configFile: join(root, "apps/lab/vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder },
  });
  const server = createServer((request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url!, "http://x").pathname));
    const file = join(folder, asked.endsWith("/") ? `${asked}index.html` : asked);
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
    close() {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
