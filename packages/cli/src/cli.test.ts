/// <reference types="node" />
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WriteStream } from "node:tty";
import { configure } from "camada";
import { afterEach, describe, expect, it } from "vitest";
import { camada } from "../../../tests/commandLine.js";
import { hasColors } from "./context.js";
import { chooseLanguage } from "./language.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";
import { formulaText, proseText } from "./prose.js";

afterEach(() => configure({ lang: "en" }));

/** The lesson's numbers, row by row, as the course prints them. */
const ROWS = [
  "[3.78  0.035 3.385]",
  "3 (3,)\n9 (3, 3)\n18 (2, 3, 3)",
  "[-0.05 -0.12 -0.03  0.39]\n[-0.16 -0.4   0.09 -0.26]",
  "[[ 0.412   0.0604  0.3528]\n [ 0.1789  0.1936  0.277 ]\n [ 0.1514  0.1596  0.194 ]\n [-0.1668  0.3205  0.4642]]",
  "[0.412  0.0604 0.3528]\n[0.1789 0.1936 0.277 ]\n[0.1514 0.1596 0.194 ]\n[-0.1668  0.3205  0.4642]",
  "[[-0.152  -0.0762  0.1892]\n [-0.3018  0.0014  0.0972]\n [-0.1569  0.1457  0.1178]]",
  "[[ 0.437258  0.236028 -0.147816]\n [ 0.416756  0.268092 -0.120398]\n [ 0.466756  0.317466 -0.132171]]",
];

describe("camada lesson", () => {
  it.each(["en", "pt-BR"] as const)("prints every number of the course, in %s", async (lang) => {
    const { out, error, code } = await camada(["lesson", "03"], lang);
    for (const row of ROWS) expect(out).toContain(row);
    expect(out).toContain(
      lang === "en" ? "Transpose the second array: use .T" : "Transponha o segundo array: use .T",
    );
    expect(out).toContain(
      lang === "en" ? "All 10 outputs are as the lesson says." : "Todas as 10 saídas são como a lição diz.",
    );
    expect(out).not.toContain("\u001b");
    expect([error, code]).toEqual(["", 0]);
  });

  it("says which lessons there are", async () => {
    const { error, code } = await camada(["lesson", "99"], "pt-BR");
    expect(error).toContain("Não existe a lição '99'. Existem: 03-first-layers");
    expect(code).not.toBe(0);
  });
});

describe("camada draw", () => {
  it("writes a lesson's figure", async () => {
    const folder = mkdtempSync(join(tmpdir(), "camada-"));
    const file = join(folder, "product.svg");
    const { out, error } = await camada(["draw", "03", "--cell", "wrong-product", "--out", file]);
    expect([out, error]).toEqual([`Written: ${file}\n`, ""]);
    expect(readFileSync(file, "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    rmSync(folder, { recursive: true });
  });

  it("draws a network of given sizes, the same for the same seed", async () => {
    const first = await camada(["draw", "4,3,3", "--text", "--seed", "7"]);
    expect(first).toEqual(await camada(["draw", "4,3,3", "--text", "--seed", "7"]));
    expect(first.out).not.toBe((await camada(["draw", "4,3,3", "--text"])).out);
  });

  it("refuses what is neither, and a place where it cannot write", async () => {
    expect((await camada(["draw", "nonsense"])).error).toContain("'nonsense' is neither a lesson nor sizes");
    expect((await camada(["draw", "4,3", "--out", "/no/such/folder/x.svg"])).error).toContain(
      "could not be written",
    );
  });
});

describe("the command line", () => {
  it("speaks the machine's language, or the one asked for", () => {
    expect(chooseLanguage([], { LANG: "pt_BR.UTF-8" })).toBe("pt-BR");
    expect(chooseLanguage([], { LANG: "de_DE.UTF-8" })).toBe("en");
    expect(chooseLanguage(["lesson", "--lang", "en"], { LANG: "pt_BR.UTF-8" })).toBe("en");
    expect(chooseLanguage(["--lang=pt-BR"], {})).toBe("pt-BR");
  });

  it("says in it what is wrong with the arguments", async () => {
    expect((await camada(["lessen"], "pt-BR")).error).toContain("Não existe o comando 'lessen'. Seria");
    expect((await camada(["lesson", "03", "--wat"], "pt-BR")).error).toContain("não existe a opção --wat");
    expect((await camada(["lesson"], "pt-BR")).error).toContain("falta lesson");
    expect((await camada(["--help"], "pt-BR")).out).toContain("COMANDOS");
  });

  it("refuses a language that it does not speak, and a seed that is none", async () => {
    expect(await camada(["lesson", "03", "--lang", "de"])).toMatchObject({
      error: expect.stringContaining("--lang must be en or pt-BR, not 'de'"),
      code: 2,
    });
    expect((await camada(["draw", "4,3", "--seed", "x"], "pt-BR")).error).toContain(
      "--seed deve ser um número",
    );
  });

  it("has colors in a terminal, and none where NO_COLOR is set or in a pipe", () => {
    const colors = (env: object, terminal = true) => {
      const getColorDepth = (of: object) => WriteStream.prototype.getColorDepth.call(null, of);
      return hasColors({ process: { env, stdout: terminal ? { getColorDepth } : {} } } as never);
    };
    expect(colors({ TERM: "xterm" })).toBe(true);
    expect(colors({ TERM: "xterm", NO_COLOR: "1" })).toBe(false);
    expect(colors({ TERM: "dumb" })).toBe(false);
    expect(colors({ TERM: "xterm" }, false)).toBe(false);
  });

  it("tells its exit codes, and examples of every command, in both languages", async () => {
    for (const [lang, codes, examples] of [
      ["en", "Exit codes: 0", "Examples:\n  camada "],
      ["pt-BR", "Códigos de saída: 0", "Exemplos:\n  camada "],
    ] as const) {
      expect((await camada(["--help"], lang)).out).toContain(codes);
      for (const command of [
        "lesson",
        "draw",
        "train",
        "predict",
        "inspect",
        "convert",
        "export",
        "lab",
        "doctor",
        "completion",
      ]) {
        expect((await camada([command, "--help"], lang)).out, command).toContain(examples);
      }
    }
  });

  it("has every sentence in both languages, with the same blanks", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(blanks(ptBR[key])).toEqual(blanks(en[key]));
    expect(Object.keys(ptBR).sort()).toEqual(Object.keys(en).sort());
  });
});

describe("prose in a terminal", () => {
  it("is wrapped, with formulas that can be read", () => {
    expect(proseText("A **bold** word and $a \\cdot b^T$.", 12, false)).toBe("A bold word\nand a · bᵀ.");
    expect(formulaText("W^{\\top}")).toBe("Wᵀ");
    expect(formulaText("\\text{gap} \\to w_1 x_1")).toBe("gap → w₁ x₁");
    expect(proseText("**bold**", 80, true)).toContain("\u001b[1m");
  });
});
