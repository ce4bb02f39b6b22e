/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, it } from "vitest";
import { libraries, packages } from "../../scripts/projects.mjs";
import { obstacles } from "../../scripts/release.mjs";
import { ROOT } from "../../scripts/setup.mjs";

/** What is in the tarballs, and what it takes to install and to publish them. */

const folder = inject("folder");
const packed = inject("packed");
const MB = 1024 ** 2;
/** The most that is downloaded with each: the command brings the lab, of which 11 MB are digits. */
const LARGEST: Readonly<Record<string, number>> = { camada: MB, "@camada/cli": 16 * MB };

const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const bytesOf = (name: string) => new Uint8Array(readFileSync(packed[name]!.file));
const root = read(join(ROOT, "package.json"));

describe.each(packages())("$name", ({ name, folder: source, version }) => {
  it("is packed as it should be", async () => {
    const { file, paths } = packed[name]!;
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(paths.filter((path) => /\.test\.|snapshots/.test(path))).toEqual([]);
    expect(statSync(file).size).toBeLessThan(LARGEST[name] ?? MB / 2);
    const { messages, pkg } = await publint({ pack: { tarball: bytesOf(name).buffer }, strict: true });
    const said = messages.map((message) => formatMessage(message, pkg, { color: false })!);
    // the lab's files are served, and no program imports them
    expect(said.filter((text) => !text.startsWith("/dist/lab/"))).toEqual([]);
  });

  it("says of itself what registries and tools ask", () => {
    const { license, keywords, description, type, sideEffects, engines, publishConfig } = read(
      join(source, "package.json"),
    );
    expect(description).toMatch(/^[A-Z].{40,}\.$/);
    expect(keywords.length).toBeGreaterThan(3);
    expect(publishConfig).toEqual({ access: "public", provenance: true });
    expect({ license, type, engines, version }).toEqual({
      license: root.license,
      type: "module",
      engines: root.engines,
      version: packages()[0]!.version,
    });
    // a command is not imported
    expect(sideEffects).toBe(name === "@camada/cli" ? undefined : false);
  });

  it("makes no code of text", () => {
    // the lab's compiler is TypeScript's
    const scripts = packed[name]!.paths.filter((path) => /^dist\/(?!lab\/).*\.js$/.test(path));
    expect(scripts.length).toBeGreaterThan(10);
    const found = scripts.filter((path) =>
      /\beval\(|\bFunction\(/.test(readFileSync(join(folder, "node_modules", name, path), "utf8")),
    );
    expect(found).toEqual([]);
  });

  it("takes along the sources that its maps lead to", () => {
    const { paths } = packed[name]!;
    const maps = paths.filter((path) => path.endsWith(".map"));
    const sources = maps.flatMap((map) => {
      const { sources } = read(join(folder, "node_modules", name, map));
      return (sources as string[]).map((path) => join(dirname(map), path));
    });
    expect(sources.length).toBeGreaterThan(0);
    expect(paths).toEqual(expect.arrayContaining(sources));
  });
});

it.each(libraries())("the types of $name are found wherever modules are", async ({ name }) => {
  const { problems } = (await checkPackage(createPackageFromTarballData(bytesOf(name)))) as {
    readonly problems: readonly { readonly kind: string; readonly resolutionKind?: string }[];
  };
  // TypeScript before `exports`, and modules of CommonJS as older Nodes resolved them, are not served
  const served = problems.filter(({ resolutionKind }) => !/^node(10|16-cjs)$/.test(resolutionKind ?? ""));
  expect(served).toEqual([]);
});

it("installing brings nothing but packages of the registry, none of which would run a script", () => {
  const { packages } = read(join(folder, "package-lock.json")) as {
    readonly packages: Readonly<Record<string, Installed>>;
  };
  interface Installed {
    readonly resolved?: string;
    readonly link?: boolean;
    readonly integrity?: string;
    readonly hasInstallScript?: boolean;
  }
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== "" && !link);
  expect(installed.length).toBeGreaterThan(50);
  for (const [path, { resolved, integrity, hasInstallScript }] of installed) {
    // npm may be set to leave out the registry's own addresses
    expect(resolved ?? "https://registry.tgz", path).toMatch(/^(https?:\/\/.*|file:[\w.-]+)\.tgz$/);
    expect([integrity?.slice(0, 7), hasInstallScript], path).toEqual(["sha512-", undefined]);
  }
});

describe("a release", () => {
  it("would publish every package, each after those it needs, as it stands", () => {
    const args = ["scripts/release.mjs", "--dry-run"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    const order = packages().map(({ name, version }) => `+ ${name}@${version}`);
    expect(stdout.match(/^\+ .*$/gm)).toEqual(order);
    expect(stderr).not.toMatch(/npm error|auto-corrected/);
  });

  it("is refused where versions differ, nobody knows what changed, or npm could not tell where it was made", () => {
    const one = { folder: "a", name: "a", version: "1.2.0", repository: "git+https://example.org/a.git" };
    const other = { ...one, name: "b", dependencies: { a: "1.2.0" } };
    const changelog = "# Changelog\n\n## 1.2.0 (2026-01-01)\n";
    const said = (published: Parameters<typeof obstacles>[0], text = changelog) =>
      obstacles(published, text).map(([english]) => english);
    expect(said([one, other])).toEqual([]);
    expect(said([one, { ...other, version: "1.1.0" }])).toEqual([
      "b is 1.1.0, and not 1.2.0 as the others are.",
    ]);
    expect(said([one, { ...other, dependencies: { a: "^1.0.0" } }])).toEqual([
      "b asks for a ^1.0.0, which is 1.2.0.",
    ]);
    expect(said([{ ...one, repository: undefined }, other])[0]).toMatch(/^a names no repository/);
    expect(said([one, other], "## Unreleased\n")[0]).toMatch(/^CHANGELOG.md has no section for 1.2.0/);
  });
});
