import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../tests/browser/launch.js";
import { fetched, node } from "../tests/fetched.js";
import { type Engine, THIS_NODE } from "./roster.js";

const HERE = import.meta.dirname;
const CACHE = join(HERE, ".cache");
export const PACKAGES = join(HERE, "node_modules");
export const HOST = join(CACHE, "host.mjs");

const { dependencies } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
/** The versions of the peers' packages. */
export const PEER_PACKAGES = dependencies;

const BUNDLED: BuildOptions = {
  bundle: true,
  format: "esm",
  target: "es2022",
  conditions: ["camada-source"],
  tsconfigRaw: {},
  absWorkingDir: HERE,
  logLevel: "error",
};

/** camada's threads begin with a file of their own, which bundlers for Node do not take along. */
const THREAD = join(HERE, "../packages/camada/src/backends/wasm/thread.js");

/** Makes one file of the sources, so that what is measured runs without a loader. The peers stay packages. */
export async function bundleHost(): Promise<void> {
  const external = Object.keys(dependencies);
  await build({ ...BUNDLED, entryPoints: ["host.ts"], outfile: HOST, platform: "node", external });
  copyFileSync(THREAD, join(CACHE, "thread.js"));
}

/** A Node of some major version, fetched where it is not there. */
export function nodeOf(engine: Engine): string {
  return engine === THIS_NODE ? process.execPath : fetched(node(engine.slice("node-".length)));
}

/** A browser, and two servers of the same page: with what isolates its origin, and without. */
export interface Pages {
  readonly browser: Browser;
  address(engine: Engine): string;
  close(): Promise<void>;
}

export async function openPages(): Promise<Pages> {
  const outdir = join(CACHE, "page");
  const external = ["onnxruntime-node", "numpy-ts", "brain.js"];
  await build({
    ...BUNDLED,
    entryPoints: ["page.ts"],
    outdir,
    platform: "browser",
    splitting: true,
    external,
  });
  copyFileSync(THREAD, join(outdir, "thread.js"));
  const [isolated, plain] = await Promise.all([serve(outdir, true), serve(outdir, false)]);
  const browser = await launchBrowser();
  const port = (server: Server) => (server.address() as AddressInfo).port;
  return {
    browser,
    address: (engine) => `http://127.0.0.1:${port(engine === "chromium" ? isolated : plain)}`,
    close: async () => {
      await browser.close();
      for (const server of [isolated, plain]) server.close();
    },
  };
}

const TYPES: { readonly [extension: string]: string } = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};
const DOCUMENT =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

function serve(folder: string, isolated: boolean): Promise<Server> {
  const server = createServer(({ url = "/" }, response) => {
    for (const [name, value] of Object.entries(isolated ? ISOLATED : {})) response.setHeader(name, value);
    if (url === "/") return response.setHeader("content-type", "text/html").end(DOCUMENT);
    const path = url.startsWith("/packages/")
      ? join(PACKAGES, url.slice("/packages/".length))
      : join(folder, url);
    if (!existsSync(path)) return response.writeHead(404).end();
    return response.setHeader("content-type", TYPES[extname(path)] ?? "text/plain").end(readFileSync(path));
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}
