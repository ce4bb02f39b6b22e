/// <reference types="node" />
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { camada } from "../../../tests/commandLine.js";
import { serve } from "./serve.js";

const folder = mkdtempSync(join(tmpdir(), "camada-"));
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(folder, "lab/en"), { recursive: true });
  writeFileSync(join(folder, "secret"), "secret");
  writeFileSync(join(folder, "lab/index.html"), "<p>first");
  writeFileSync(join(folder, "lab/en/index.html"), "<p>inner");
  writeFileSync(join(folder, "lab/worker.js"), "");
  served = await serve(join(folder, "lab"), 0);
});
afterAll(() => {
  served.server.close();
  rmSync(folder, { recursive: true });
});

/** What a path is answered with, as it stands: fetch would tidy it up. */
const asked = (path: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port } = new URL(served.address);
    request({ host: "localhost", port, path }, (response) => {
      let text = "";
      response
        .on("data", (part) => (text += part))
        .on("end", () => resolve({ status: response.statusCode!, text }));
    })
      .on("error", reject)
      .end();
  });

describe("the lab's server", () => {
  it("gives pages and scripts, isolated and under a policy", async () => {
    for (const [path, text, type] of [
      ["", "<p>first", "text/html"],
      ["en/", "<p>inner", "text/html"],
      ["worker.js", "", "text/javascript"],
    ] as const) {
      const response = await fetch(served.address + path);
      expect([response.status, await response.text()]).toEqual([200, text]);
      const { headers } = response;
      expect(headers.get("content-type")).toContain(type);
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
      expect(headers.get("content-security-policy")).toMatch(/^script-src 'self' blob: 'wasm-unsafe-eval';/);
    }
  });

  it("gives nothing else: not what is beside its folder, and nothing to other machines", async () => {
    for (const path of ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/none"]) {
      expect((await asked(path)).status, path).toBe(404);
    }
    const { address } = served.server.address() as { address: string };
    expect(["127.0.0.1", "::1"]).toContain(address);
  });

  it("says so where the port is taken", async () => {
    const { port } = new URL(served.address);
    await expect(serve(folder, Number(port))).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect((await camada(["lab", "--port", "70000"], "pt-BR")).error).toContain(
      "--port deve ser um número inteiro de 0 a 65535",
    );
  });
});
