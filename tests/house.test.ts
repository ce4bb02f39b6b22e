/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The house rules that can be read off the files: folders import only from those above them, types too;
 * imports run in no circle; files stay short. (Types may refer to one another in circles: nothing runs.)
 */

const ROOT = join(import.meta.dirname, "..");

/** The order in which data flows through the library; what stands in no folder comes last. */
const FOLDERS = ["errors", "shape", "storage", "kernels", "ops", "array", "data", "graph", "grad", "compile", "backends", "transform", "nn", "train"]; // biome-ignore format: one line
/** The order of the packages. */
const PACKAGES = [
  "camada",
  "@camada/interop",
  "@camada/figures",
  "@camada/lesson",
  "@camada/cli",
  "@camada/lab",
];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?"([^"]+)"/gm);
  const within = text.matchAll(/(?<!^)\bimport\("([^"]+)"\)/gm);
  return [
    ...[...found].map(([, type, to]) => ({ from: file, to: to!, typeOnly: type !== undefined })),
    // run later, or only types: no circle of imports that run
    ...[...within].map(([, to]) => ({ from: file, to: to!, typeOnly: true })),
  ];
}

/** Whether an import within packages/camada/src is of what comes later. */
function outOfOrder({ from, to }: Import): boolean {
  if (!to.startsWith(".")) return false;
  const folder = (path: string) => FOLDERS.indexOf(path.split("/")[0]!);
  const target = join(dirname(from), to);
  const [here, there] = [folder(from), folder(target)];
  return here >= 0 && (there > here || there < 0);
}

/** Whether a package imports one that comes later. */
function packageOutOfOrder(name: string, to: string): boolean {
  const other = PACKAGES.find((p) => to === p || to.startsWith(`${p}/`));
  return other !== undefined && PACKAGES.indexOf(other) > PACKAGES.indexOf(name);
}

const MOST_LINES = 600;

/** Whether a file is longer than a person reads at once. Tables that a program wrote may be. */
function tooLong(text: string): boolean {
  return !text.startsWith("// generated") && text.split("\n").length > MOST_LINES;
}

/** A circle of imports that run, if there is one. */
function circle(imports: readonly Import[]): string[] | undefined {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (typeOnly || !to.startsWith(".")) continue;
    next.set(from, [...(next.get(from) ?? []), join(dirname(from), to).replace(/\.js$/, ".ts")]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const other of next.get(file) ?? []) {
      const found = visit(other, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The TypeScript files in a folder; not in those that other tests make and remove at the same time. */
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist|\..*)$/.test(entry.name) ? [] : sources(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const library = sources("packages/camada/src").filter((file) => !file.includes(".test."));
const inLibrary = library.flatMap((file) => importsOf(relative("packages/camada/src", file), read(file)));

describe("the house", () => {
  it("has its folders in the order in which data flows", () => {
    const folders = library.map((file) => relative("packages/camada/src", file).split("/"));
    expect(FOLDERS).toEqual(expect.arrayContaining(folders.flatMap(([top, file]) => (file ? [top] : []))));
    expect(inLibrary.length).toBeGreaterThan(100);
    expect(inLibrary.filter((i) => i.typeOnly).length).toBeGreaterThan(50);
    expect(inLibrary.filter(outOfOrder)).toEqual([]);
  });

  it("has no circles", () => {
    expect(circle(inLibrary)).toBeUndefined();
  });

  it("has its packages in order", () => {
    const folders = ["packages", "apps"].flatMap((top) =>
      readdirSync(join(ROOT, top)).map((name) => join(top, name)),
    );
    const packages = folders.map((folder) => ({
      name: JSON.parse(read(join(folder, "package.json"))).name as string,
      imports: sources(folder).flatMap((file) => importsOf(file, read(file))),
    }));
    expect(PACKAGES).toEqual(expect.arrayContaining(packages.map(({ name }) => name)));
    for (const { name, imports } of packages) {
      expect(imports.filter(({ to }) => packageOutOfOrder(name, to))).toEqual([]);
    }
  });

  it("has short files", () => {
    const files = ["packages", "apps", "tests", "scripts"].flatMap(sources);
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => tooLong(read(file)))).toEqual([]);
  });
});

describe("these checks would notice", () => {
  const i = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly });

  it("imports of every form", () => {
    const text = `import { x } from "./b.js";
import {
  y,
} from "./c.js";
export type { Z } from "./d.js";
import "./e.js";
export * from "./f.js";
type W = import("./g.js").W;`;
    expect(importsOf("a.ts", text)).toEqual([
      i("a.ts", "./b.js"),
      i("a.ts", "./c.js"),
      i("a.ts", "./d.js", true),
      i("a.ts", "./e.js"),
      i("a.ts", "./f.js"),
      i("a.ts", "./g.js", true),
    ]);
  });

  it("a folder that imports from a later one, types too", () => {
    expect(outOfOrder(i("ops/a.ts", "../array/b.js"))).toBe(true);
    expect(outOfOrder(i("shape/a.ts", "../storage/b.js", true))).toBe(true);
    expect(outOfOrder(i("ops/a.ts", "../index.js"))).toBe(true);
    expect(outOfOrder(i("ops/a.ts", "../unheard/of.js"))).toBe(true);
    expect(outOfOrder(i("array/a.ts", "../ops/b.js"))).toBe(false);
    expect(outOfOrder(i("ops/a.ts", "./b.js"))).toBe(false);
    expect(outOfOrder(i("index.ts", "./array/b.js"))).toBe(false);
  });

  it("a circle", () => {
    expect(circle([i("a.ts", "./b.js"), i("b.ts", "./c.js"), i("c.ts", "./a.js")])).toEqual([
      "a.ts",
      "b.ts",
      "c.ts",
      "a.ts",
    ]);
    expect(circle([i("a.ts", "./b.js"), i("b.ts", "./a.js", true)])).toBeUndefined();
  });

  it("a package that imports a later one", () => {
    expect(packageOutOfOrder("camada", "@camada/figures")).toBe(true);
    expect(packageOutOfOrder("@camada/lesson", "@camada/lab/worker")).toBe(true);
    expect(packageOutOfOrder("@camada/cli", "@camada/lesson/build")).toBe(false);
    expect(packageOutOfOrder("camada", "vitest")).toBe(false);
  });

  it("a long file, unless a program wrote it", () => {
    const lines = (count: number, first = "const x = 1;") =>
      [first, ...Array.from({ length: count - 1 }, () => "x;")].join("\n");
    expect(tooLong(lines(MOST_LINES))).toBe(false);
    expect(tooLong(lines(MOST_LINES + 1))).toBe(true);
    expect(tooLong(lines(MOST_LINES + 1, "// generated by a script"))).toBe(false);
  });
});
