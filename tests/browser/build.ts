/// <reference types="node" />
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";
import { ROOT } from "../../scripts/setup.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the built lab. */
    readonly lab: string;
  }
}

/** The lab, built once for all tests in browsers, apart from where it is built for others. */
export default async function buildLab({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "camada-lab-"));
  await build({
    configFile: join(ROOT, "apps/lab/vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  provide("lab", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
