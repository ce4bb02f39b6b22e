/// <reference types="node" />
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPackages } from "../../scripts/packages.mjs";
import { packages } from "../../scripts/projects.mjs";

/**
 * What people install: every package built, packed, and installed from its tarball into an empty folder, with
 * install scripts blocked, and with each package seeing only what it declares (npm's linked strategy).
 */
const ROOT = join(import.meta.dirname, "../..");
const COMPILERS = { "TypeScript 6": "typescript", "TypeScript 7": "typescript-7" } as const;
const READMES = { en: "README.md", "pt-BR": "README.pt-BR.md" } as const;

const published = packages();
/** Those that programs import; the others are commands. */
const libraries = published.flatMap((one) => (one.exports ? [{ ...one, exports: one.exports }] : []));
const folder = mkdtempSync(join(tmpdir(), "camada-packaging-"));
const tarballs = new Map<string, { file: string; paths: string[] }>();

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

beforeAll(() => {
  buildPackages();
  const sources = published.map((one) => `./${one.folder}`);
  const packed = execFileSync("npm", ["pack", ...sources, "--json", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const { name, filename, files } of JSON.parse(packed) as Packed[]) {
    tarballs.set(name, { file: join(folder, filename), paths: files.map(({ path }) => path) });
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const options = "--ignore-scripts --install-strategy=linked --prefer-offline --no-audit --no-fund";
  const files = [...tarballs.values()].map(({ file }) => file);
  execFileSync("npm", ["install", ...options.split(" "), ...files], { cwd: folder, stdio: "pipe" });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints that runs in the folder, by plain Node. */
function printed(program: string): string {
  const file = join(folder, "program.js");
  writeFileSync(file, program);
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
}

/** A README's first example, and the lines of its comments. */
function exampleOf(readme: string): { code: string; comments: string[] } {
  const code = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(ROOT, readme), "utf8"))?.[1] ?? "";
  return { code, comments: [...code.matchAll(/^\/\/ ?(.*)$/gm)].map(([, text]) => text!) };
}

/** The statement of the main READMEs that is refused. */
const REFUSED = /^dot\(.*\);$/m;

/** What the main README says that it is refused with, and what it says that the rest prints. */
function promised(readme: string): { sentence: string; rest: string } {
  const [, first, second, ...rest] = exampleOf(readme).comments;
  return { sentence: `${first} ${second}`, rest: rest.join("\n") };
}

describe.each(published)("$name", ({ name }) => {
  it("is packed as it should be", async () => {
    const { file, paths } = tarballs.get(name)!;
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(paths.filter((path) => /\.test\.|snapshots/.test(path))).toEqual([]);
    const tarball = new Uint8Array(readFileSync(file)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("takes along the sources that its maps lead to", () => {
    const { paths } = tarballs.get(name)!;
    const maps = paths.filter((path) => path.endsWith(".map"));
    const sources = maps.flatMap((map) => {
      const { sources } = JSON.parse(readFileSync(join(folder, "node_modules", name, map), "utf8"));
      return (sources as string[]).map((path) => join(dirname(map), path));
    });
    expect(sources.length).toBeGreaterThan(0);
    expect(paths).toEqual(expect.arrayContaining(sources));
  });
});

describe.each(libraries)("$name, installed", ({ name, exports, folder: source }) => {
  it("exports what its sources export", async () => {
    for (const entry of Object.keys(exports).map((path) => name + path.slice(1))) {
      const names = printed(`console.log(Object.keys(await import("${entry}")).join("\\n"))`).trim();
      const inSource = (await import(/* @vite-ignore */ entry)) as object;
      expect(names.split("\n").sort(), entry).toEqual(Object.keys(inSource).sort());
    }
  });

  it("has a README whose example prints what it says", () => {
    const { code, comments } = exampleOf(join(source, "README.md"));
    expect(comments).not.toEqual([]);
    expect(printed(code).trim()).toBe(comments.join("\n"));
  });
});

describe.each(["en", "pt-BR"] as const)("the main README's example, in %s", (lang) => {
  const { code } = exampleOf(READMES[lang]);
  const { sentence, rest } = promised(READMES[lang]);

  it("prints and throws what it says", () => {
    const caught = code.replace(REFUSED, "try { $& } catch (error) { console.log(error.message); }");
    expect(printed(caught)).toBe(`${sentence}\n${rest}\n`);
  });

  it.each(Object.entries(COMPILERS))("is refused before it runs, and nothing else is: %s", (_, compiler) => {
    const programs = join(folder, lang);
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, "main.ts"), code);
    writeFileSync(join(programs, "language.d.ts"), `interface CamadaIdioma { id: "${lang}" }`);
    libraries.forEach((one, i) => {
      writeFileSync(join(programs, `package${i}.ts`), exampleOf(join(one.folder, "README.md")).code);
    });
    const compilerOptions = {
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      target: "es2022",
      module: "nodenext",
      moduleDetection: "force",
      types: [],
    };
    writeFileSync(join(programs, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const bin = join(ROOT, "node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [bin, "-p", programs, "--pretty", "false"], {
      encoding: "utf8",
    });
    const said = [...stdout.matchAll(/^(.*)\((\d+),\d+\): error TS\d+: (.*)$/gm)].map(
      ([, file, line, text]) => ({
        file: file!.split("/").at(-1),
        line: code.split("\n")[Number(line) - 1],
        sentence: /parameter of type '"(.*)"'\.$/.exec(text!)?.[1] ?? text,
      }),
    );
    expect(said).toEqual([{ file: "main.ts", line: REFUSED.exec(code)![0], sentence }]);
  });
});

describe("all together, installed", () => {
  /** What the installed command prints. */
  const camada = (...args: string[]) =>
    execFileSync("npx", ["--no-install", "camada", ...args], { cwd: folder, encoding: "utf8" });

  it("`camada lesson` prints every output of the lesson", () => {
    const lesson = readFileSync(join(ROOT, "lessons/03-first-layers/pt-BR.md"), "utf8");
    const outputs = [...lesson.matchAll(/^```out of=.*\n([\s\S]*?)\n```$/gm)].map(([, output]) => output!);
    const said = camada("lesson", "03", "--lang", "pt-BR");
    expect(outputs.length).toBeGreaterThan(5);
    for (const output of outputs) expect(said).toContain(`\n${output}\n`);
    expect(said).toContain(`Todas as ${lesson.match(/^```ts cell/gm)!.length} saídas são como a lição diz.`);
  });

  it("`camada draw` draws every edge, with weights from NumPy's stream", () => {
    const svg = camada("draw", "4,3,3");
    expect(svg.match(/<line /g)).toHaveLength(4 * 3 + 3 * 3);
    // numpy.random.default_rng(0).standard_normal(3)
    for (const weight of ["0.1257302", "-0.1321049", "0.6404227"])
      expect(svg).toContain(`: ${weight}</title>`);
  });

  it("`camada train` finds the digits, and learns from them", () => {
    const said = camada("train", "mnist", "--layers", "4", "--epochs", "1", "--json").trim().split("\n");
    const [start, , result] = said.map((line) => JSON.parse(line));
    expect([start.rows, start.testRows]).toEqual([60_000, 10_000]);
    expect(result.test.accuracy).toBeGreaterThan(0.5);
  });

  it("lessons are type-checked against the installed library", () => {
    const lesson = join(ROOT, "lessons/03-first-layers/pt-BR.md");
    const said = printed(`
      import { readFileSync } from "node:fs";
      import { check, parse } from "@camada/lesson/build";
      const lesson = parse(readFileSync(${JSON.stringify(lesson)}, "utf8"));
      console.log(check(lesson, import.meta.dirname).map(({ sentence }) => sentence).join("\\n"));
    `);
    expect(said).toContain("Transponha o segundo array: use .T");
    expect(said.trim().split("\n")).toHaveLength(
      readFileSync(lesson, "utf8").match(/error=ShapeError/g)!.length,
    );
  });

  it("bundlers keep only what is used, as from the sources", async () => {
    const bundled = async (resolveDir: string, conditions: string[]) => {
      const { outputFiles } = await build({
        stdin: { contents: `import { array } from "camada"; console.log(String(array([1])));`, resolveDir },
        bundle: true,
        minify: true,
        format: "esm",
        write: false,
        conditions,
        tsconfigRaw: {},
      });
      return outputFiles[0]!.contents.length;
    };
    const fromSources = await bundled(ROOT, ["camada-source"]);
    expect(await bundled(folder, [])).toBeLessThan(fromSources * 1.01);
  });
});
