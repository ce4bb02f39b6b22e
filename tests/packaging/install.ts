/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildPackages } from "../../scripts/packages.mjs";
import { packages } from "../../scripts/projects.mjs";
import { ROOT } from "../../scripts/setup.mjs";

/** A package as it is published: its tarball, and the files in it. */
interface Packed {
  readonly file: string;
  readonly paths: readonly string[];
}

declare module "vitest" {
  interface ProvidedContext {
    /** The folder into which all packages are installed. */
    readonly folder: string;
    readonly packed: Readonly<Record<string, Packed>>;
  }
}

/**
 * What people install: every package built, packed, and installed from its tarball into an empty folder, with
 * install scripts blocked, and with each package seeing only what it declares (npm's linked strategy).
 */
export default async function install({ provide }: TestProject): Promise<() => void> {
  await buildPackages("error");
  const folder = mkdtempSync(join(tmpdir(), "camada-packaging-"));
  const sources = packages().map((one) => `./${one.folder}`);
  const said = execFileSync("npm", ["pack", ...sources, "--json", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const list = JSON.parse(said) as { name: string; filename: string; files: { path: string }[] }[];
  const packed = list.map(({ name, filename, files }) => [
    name,
    { file: join(folder, filename), paths: files.map(({ path }) => path) },
  ]);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const options = "--ignore-scripts --install-strategy=linked --prefer-offline --no-audit --no-fund";
  const tarballs = list.map(({ filename }) => join(folder, filename));
  execFileSync("npm", ["install", ...options.split(" "), ...tarballs], { cwd: folder, stdio: "pipe" });
  provide("folder", folder);
  provide("packed", Object.fromEntries(packed));
  return () => rmSync(folder, { recursive: true, force: true });
}
