import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import sirv from "sirv";

/** The lab as it is built: beside the built program, or in the repository. */
export function labFolder(): string | undefined {
  const places = ["./lab", "../../../apps/lab/dist"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  return places.find(existsSync);
}

/** What pages are served with: isolated from others, so that threads share memory, and no text becomes code. */
const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  // the pages have a policy of their own; workers have none but this
  "content-security-policy":
    "script-src 'self' blob: 'wasm-unsafe-eval'; object-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** Serves a folder to this machine alone; gives the server and its address. Port 0 is any that is free. */
export async function serve(
  folder: string,
  port: number,
): Promise<{ readonly server: Server; readonly address: string }> {
  const files = sirv(folder, {
    etag: true,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => void response.writeHead(404, HEADERS).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "localhost", resolve);
  });
  return { server, address: `http://localhost:${(server.address() as AddressInfo).port}/` };
}
