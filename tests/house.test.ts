/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The house rules that can be read off the files: folders import only from those above them, imports run in
 * no circle, files stay short. (Types may refer to one another in circles: nothing runs.)
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
  return [...found].map(([, type, to]) => ({ from: file, to: to!, typeOnly: type !== undefined }));
}

/** What is wrong with an import within packages/camada/src, if anything. */
export function outOfOrder({ from, to }: Import): boolean {
  if (!to.startsWith(".")) return false;
  const folder = (path: string) => FOLDERS.indexOf(path.split("/")[0]!);
  const target = join(dirname(from), to);
  const [here, there] = [folder(from), folder(target)];
  return here >= 0 && (there > here || there < 0);
}

/** A circle of imports that run, if there is one. */
export function circle(imports: readonly Import[]): string[] | undefined {
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
    expect(inLibrary.length).toBeGreaterThan(100);
    // the compiler's sentences are types made of the catalogs, which stand first anyway
    expect(inLibrary.filter((i) => !i.typeOnly && outOfOrder(i))).toEqual([]);
  });

  it("has no circles", () => {
    expect(circle(inLibrary)).toBeUndefined();
  });

  it("has its packages in order", () => {
    const folders = ["packages", "apps"].flatMap((top) =>
      readdirSync(join(ROOT, top)).map((name) => join(top, name)),
    );
    for (const folder of folders) {
      const { name } = JSON.parse(read(join(folder, "package.json")));
      for (const file of sources(folder)) {
        for (const { to } of importsOf(file, read(file))) {
          const other = PACKAGES.find((p) => to === p || to.startsWith(`${p}/`));
          if (other !== undefined && other !== name) {
            expect(PACKAGES.indexOf(other), `${file} imports ${other}`).toBeLessThan(PACKAGES.indexOf(name));
          }
        }
      }
    }
  });

  it("has short files", () => {
    const long = ["packages", "apps", "tests", "scripts"]
      .flatMap(sources)
      .filter((file) => !read(file).startsWith("// generated"))
      .map((file) => ({ file, lines: read(file).split("\n").length }))
      .filter(({ lines }) => lines > 600);
    expect(long).toEqual([]);
  });

  it("would notice", () => {
    const i = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly });
    expect(outOfOrder(i("ops/a.ts", "../array/b.js"))).toBe(true);
    expect(outOfOrder(i("array/a.ts", "../ops/b.js"))).toBe(false);
    expect(outOfOrder(i("ops/a.ts", "../index.js"))).toBe(true);
    expect(circle([i("a.ts", "./b.js"), i("b.ts", "./c.js"), i("c.ts", "./a.js")])).toEqual([
      "a.ts",
      "b.ts",
      "c.ts",
      "a.ts",
    ]);
    expect(circle([i("a.ts", "./b.js"), i("b.ts", "./a.js", true)])).toBeUndefined();
    expect(importsOf("a.ts", 'import { x } from "./b.js";\nexport type { Y } from "./c.js";')).toEqual([
      i("a.ts", "./b.js"),
      i("a.ts", "./c.js", true),
    ]);
  });
});
