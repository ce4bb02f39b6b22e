/// <reference types="node" />
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyPreparation,
  columnOf,
  loadKerasModel,
  loadModel,
  readCsv,
  readIdx,
  readNotebook,
  readNpy,
  readNpz,
  readOnnx,
  readPreparation,
  readSafetensors,
  saveModel,
  typesOf,
  writeIdx,
  writeNotebook,
  writeNpy,
  writeNpz,
  writeSafetensors,
} from "@camada/interop";
import {
  allClose,
  arange,
  argmax,
  array,
  configure,
  dense,
  input,
  type NDArray,
  ones,
  sequential,
} from "camada";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { camada, Shell } from "../../../tests/commandLine.js";

const PENGUINS = new URL("../../../tests/data/penguins.csv", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "camada-"));
const at = (name: string) => join(folder, name);
const MODEL = at("model.safetensors");
const AMOUNTS = at("amounts.safetensors");

beforeAll(async () => {
  for (const [target, out] of [
    ["species", MODEL],
    ["body_mass_g", AMOUNTS],
  ] as const) {
    const { out: said, error } = await camada([
      "train",
      PENGUINS,
      "--target",
      target,
      "--out",
      out,
      "--quiet",
      "--epochs",
      "40",
    ]);
    expect([said.trimEnd().split("\n").at(-1), error]).toEqual([`Written: ${out}`, ""]);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => configure({ lang: "en" }));

function written(name: string, bytes: Uint8Array | string): string {
  writeFileSync(at(name), bytes);
  return at(name);
}

describe("Ctrl-C", () => {
  it("keeps the best network so far in its file", async () => {
    const shell = new Shell();
    let epochs = 0;
    shell.on("written", (text: string) => {
      if (text.includes('"event":"epoch"') && ++epochs === 4) shell.emit("SIGINT");
    });
    const out = at("interrupted.safetensors");
    const args = ["train", PENGUINS, "--target", "species", "--json", "--out"];
    const { out: said, code } = await camada([...args, out], "en", shell);
    const result = JSON.parse(said.trim().split("\n").at(-1)!);
    expect([result.ending, code]).toEqual(["aborted", 130]);
    // the same as if training had ended with that epoch
    await camada([...args, at("whole.safetensors"), "--epochs", String(result.keptEpoch)]);
    expect(loadModel(readFileSync(out)).weights).toEqual(
      loadModel(readFileSync(at("whole.safetensors"))).weights,
    );
  });
});

describe("camada predict", () => {
  it("says of each row what the library says of it", async () => {
    const bytes = readFileSync(MODEL);
    const preparation = readPreparation(JSON.parse(readSafetensors(bytes).metadata.get("preparation")!));
    const table = readCsv(readFileSync(PENGUINS), { types: typesOf(preparation) });
    const labels = argmax(
      (await loadModel(bytes).predict(applyPreparation(preparation, table).x)) as NDArray,
      1,
    ) as NDArray;
    const { out, error } = await camada(["predict", MODEL, PENGUINS]);
    const predicted = readCsv(out);
    expect(predicted.rows).toBe(344);
    const column = columnOf(predicted, "species predicted");
    expect([...column.values]).toEqual([...labels.data]);
    expect(columnOf(predicted, "flipper_length_mm")).toEqual(columnOf(table, "flipper_length_mm"));
    const certainty = [...columnOf(predicted, "certainty").values] as number[];
    expect(Math.min(...certainty)).toBeGreaterThan(1 / 3);
    expect(Math.max(...certainty)).toBeLessThanOrEqual(1);
    const truth = columnOf(table, "species").values;
    const right = [...labels.data].filter((label, i) => label === truth[i]).length;
    expect(right).toBeGreaterThan(330);
    expect(error).toBe(`Of 344 rows 'species' is known: accuracy ${((100 * right) / 344).toFixed(2)}%\n`);
  });

  it("needs no target, says what is new, and writes a file or JSON", async () => {
    const head = "island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year";
    const file = written(
      "new.csv",
      `${head}\nMars,39.1,18.7,181,3750,male,2007\nBiscoe,50,15,220,5500,,2008\n`,
    );
    const out = at("predicted.csv");
    const { out: said, error } = await camada(["predict", MODEL, file, "--out", out], "pt-BR");
    expect(said).toBe(`Gravado: ${out}\n`);
    expect(error).toBe(
      "Aviso: A coluna 'island' tem palavras que a rede nunca viu, então nada sabe delas: 'Mars', primeiro na linha 1 dos dados\n",
    );
    expect(readFileSync(out, "utf8")).toMatch(
      /,previsão de species,certeza\r\nMars,.*,Adelie,.*\r\nBiscoe,.*,Gentoo,.*\r\n$/,
    );
    const rows = (await camada(["predict", MODEL, file, "--json"])).out.trim().split("\n").map((line) => JSON.parse(line)); // biome-ignore format: one line
    expect(rows).toMatchObject([{ event: "row", row: 1, species: "Adelie" }, { row: 2, species: "Gentoo" }]); // biome-ignore format: rows
  });

  it("gives amounts in their own units", async () => {
    const { out, error } = await camada(["predict", AMOUNTS, PENGUINS]);
    const mean = [...columnOf(readCsv(out), "body_mass_g predicted").values].reduce((a, b) => (a as number) + (b as number) / 344, 0); // biome-ignore format: one line
    expect(Math.abs((mean as number) - 4200)).toBeLessThan(200);
    expect(error).toMatch(/Of 342 rows 'body_mass_g' is known: error [23]\d\d(\.\d)?\n$/);
  });

  it("refuses other tables and other files, each by its name", async () => {
    const bare = written("bare.safetensors", saveModel(sequential(input(2), dense(2))));
    const damaged = written(
      "damaged.safetensors",
      saveModel(sequential(input(2), dense(2)), { metadata: { preparation: "{" } }),
    );
    const refused = async (...args: string[]) => (await camada(["predict", ...args])).error;
    expect(await refused(MODEL, written("few.csv", "island,year\nBiscoe,2007\n"))).toContain(
      "few.csv: readCsv: there is no column 'bill_length_mm'",
    );
    expect(await refused(bare, PENGUINS)).toContain("does not say how rows of a table become numbers");
    expect(await refused(damaged, PENGUINS)).toContain(
      "damaged.safetensors: what it says beside the network is damaged",
    );
    expect(await refused(PENGUINS, PENGUINS)).toContain("penguins.csv: readSafetensors:");
    expect(await refused(at("none"), PENGUINS)).toContain("model must be a file, but there is none called");
  });
});

describe("camada inspect", () => {
  it("tells of a table its columns, kinds and first values, in both languages", async () => {
    const { out } = await camada(["inspect", PENGUINS]);
    expect(out).toContain(
      "a table of 344 rows and 8 columns, 15241 bytes\n\ncolumn             kind          missing  first values\n",
    );
    expect(out).toContain("bill_length_mm     number        2        39.1, 39.5, 40.3, ?\n");
    expect((await camada(["inspect", PENGUINS], "pt-BR")).out).toContain(
      "sex                categoria (2)  11      male, female, female, ?",
    );
  });

  it("tells of models their layers, of ONNX its operators, of arrays shape, dtype and values", async () => {
    const onnx = at("network.onnx");
    await camada(["convert", MODEL, onnx]);
    expect((await camada(["inspect", MODEL])).out).toMatch(
      /: a model \(safetensors\), \d+ bytes\n[\s\S]*relu1 .*\n[\s\S]*dense1\.biases +float32 +\(64,\) /,
    );
    expect((await camada(["inspect", onnx], "pt-BR")).out).toMatch(
      /recebe input float \(batch, \d+\)\ndá output float \(batch, 3\)\noperadores: Gemm 2, Relu 1\n/,
    );
    const npz = written("two.npz", writeNpz({ x: arange(6).reshape([2, 3]), ok: array([true]) }));
    const { arrays, format } = JSON.parse((await camada(["inspect", npz, "--json"])).out);
    expect([format, arrays]).toEqual(["npz", [
      { name: "x", dtype: "float64", shape: [2, 3], first: [0, 1, 2, 3] },
      { name: "ok", dtype: "bool", shape: [1], first: [true] },
    ]]); // biome-ignore format: rows
  });

  it("knows files by their first bytes where their names do not tell", async () => {
    const a = arange(4).astype("int32") as NDArray;
    for (const [format, bytes] of [
      ["npy", writeNpy(a)],
      ["npz", writeNpz({ a })],
      ["idx", writeIdx(a)],
      ["safetensors", writeSafetensors({ a })],
    ] as const) {
      const told = JSON.parse((await camada(["inspect", written("nameless", bytes), "--json"])).out);
      expect([told.format, told.arrays[0].first]).toEqual([format, [0, 1, 2, 3]]);
    }
    const { error, code } = await camada(["inspect", written("nameless", "hello")], "pt-BR");
    expect([error, code]).toEqual([
      expect.stringContaining("nameless: nem o nome nem os primeiros bytes"),
      1,
    ]);
  });

  it("shows what could control a terminal as what it is", async () => {
    const file = written("odd.csv", 'a,b\n1,"\u001b[31mred"\n2,x\n');
    expect((await camada(["inspect", file])).out).toContain("\\u001b[31mred");
  });
});

describe("camada convert", () => {
  it("brings arrays from each format to each other, with the same values", async () => {
    const a = array([[1, 2.5], [-3, 4]]) as NDArray; // biome-ignore format: rows
    let file = written("a.npy", writeNpy(a));
    for (const name of ["b.npz", "c.safetensors", "d.csv", "e.idx", "f.npy"]) {
      const { out, error } = await camada(["convert", file, at(name)]);
      expect([out, error]).toEqual([`Written: ${at(name)}\n`, ""]);
      file = at(name);
    }
    expect(
      readNpz(readFileSync(at("b.npz")))
        .get("array")!
        .toArray(),
    ).toEqual(a.toArray());
    expect(readIdx(readFileSync(at("e.idx"))).toArray()).toEqual(a.toArray());
    expect(readNpy(readFileSync(file)).toArray()).toEqual(a.toArray());
  });

  it("makes ONNX of a model, which gives the same", async () => {
    const model = loadModel(readFileSync(MODEL));
    await camada(["convert", MODEL, at("same.onnx")]);
    const x = ones([2, model.network.input.shape[0]!], undefined, { dtype: "float32" }) as NDArray;
    const { output } = readOnnx(readFileSync(at("same.onnx"))).run({ input: x });
    // ONNX's operators are computed one by one, a model as one program: only rounding may differ
    expect(allClose(output!, model.forward(x) as NDArray, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
    await camada(["convert", MODEL, at("again.safetensors")]);
    expect(readFileSync(at("again.safetensors"))).toEqual(readFileSync(MODEL));
    await camada(["convert", MODEL, at("weights.npz")]);
    expect([...readNpz(readFileSync(at("weights.npz"))).keys()].sort()).toEqual(
      Object.keys(model.weights).sort(),
    );
  });

  it("brings a model of Keras here, whole", async () => {
    const keras = new URL("../../../tests/models/data/keras-table.keras", import.meta.url).pathname;
    expect((await camada(["inspect", keras])).out).toMatch(/: a model \(keras\), \d+ bytes\n[\s\S]*dense1 /i);
    await camada(["convert", keras, at("keras.safetensors")]);
    const weights = loadModel(readFileSync(at("keras.safetensors"))).weights;
    expect(weights).toEqual(loadKerasModel(readFileSync(keras)).weights);
  });

  it("refuses what a format cannot hold, and writes nothing then", async () => {
    const npz = written("pair.npz", writeNpz({ x: ones([2, 2, 2]), y: ones([1]) }));
    const cube = written("cube.npy", writeNpy(ones([2, 2, 2])));
    for (const [from, to, english, exit] of [
      [npz, "no.npy", "npy holds one array, but there are 2: x, y. Choose .npz", 1],
      [npz, "no.onnx", "ONNX holds networks, and this file has none", 1],
      [PENGUINS, "no.npy", "column 'species' has words", 1],
      [cube, "no.csv", "the array has 3 axes", 1],
      [MODEL, "no.keras", "Keras's files are only read here", 1],
      [cube, "no.xyz", "has none that is known: .csv", 2],
    ] as const) {
      const { error, code } = await camada(["convert", from, at(to)]);
      expect([error, code, existsSync(at(to))]).toEqual([expect.stringContaining(english), exit, false]);
    }
  });
});

describe("lessons and notebooks", () => {
  const lesson = new URL("../../../lessons/03-first-layers/pt-BR.md", import.meta.url).pathname;

  it("become each other, byte for byte, with figures where they are asked for", async () => {
    for (const draw of [[], ["--draw"]]) {
      const notebook = at("lesson.ipynb");
      expect((await camada(["convert", lesson, notebook, ...draw])).error).toBe("");
      const { cells } = readNotebook(readFileSync(notebook));
      expect(cells.filter((cell) => "attachments" in cell)).toHaveLength(draw.length === 0 ? 0 : 8);
      await camada(["convert", notebook, at("back.md")]);
      expect(readFileSync(at("back.md"))).toEqual(readFileSync(lesson));
    }
  });

  it("are told of, cell by cell, in both languages", async () => {
    const notebook = at("told.ipynb");
    await camada(["convert", lesson, notebook]);
    const { out } = await camada(["inspect", notebook]);
    expect(out).toMatch(/: a notebook of \d+ cells, typescript, \d+ bytes\n/);
    expect(out).toMatch(/^3 +code +1 +import \{ array, dot \} from/m);
    expect((await camada(["inspect", notebook], "pt-BR")).out).toContain(
      "Feito da lição 03-first-layers (pt-BR)",
    );
    const told = JSON.parse((await camada(["inspect", lesson, "--json"])).out);
    expect(told).toMatchObject({
      format: "md",
      lesson: "03-first-layers",
      lang: "pt-BR",
      language: "typescript",
    });
    expect(told.cells[2]).toMatchObject({ kind: "code", outputs: ["stream"] });
  });

  it("are refused in words where they are none, or something else is wanted", async () => {
    const foreign = written("foreign.ipynb", writeNotebook({ metadata: {}, cells: [] }));
    for (const [from, to, portuguese] of [
      [foreign, "no.md", "não foi feito de uma lição"],
      [foreign, "no.npz", "este arquivo tem texto e código, e nenhum array"],
      [PENGUINS, "no.ipynb", "só uma lição vira notebook"],
      [PENGUINS, "no.md", "só o notebook de uma lição vira lição"],
      [written("broken.ipynb", "{"), "no.md", "não é um notebook"],
    ] as const) {
      const { error, code } = await camada(["convert", from, at(to)], "pt-BR");
      expect([error, code, existsSync(at(to))]).toEqual([expect.stringContaining(portuguese), 1, false]);
    }
  });
});

describe("camada export", () => {
  it("writes a program and its weights", async () => {
    const to = at("program");
    const { out } = await camada(["export", "--to", "pytorch", MODEL, to], "pt-BR");
    expect(out).toBe(`Gravado: ${join(to, "train.py")}\nGravado: ${join(to, "weights.npz")}\n`);
    const program = readFileSync(join(to, "train.py"), "utf8");
    expect(program).toMatch(/^LEARNING_RATE = 0\.02\nBATCH = 128\nEPOCHS = 40\nSEED = 0$/m);
    expect(program).toContain('"classes": ["Adelie", "Chinstrap", "Gentoo"]');
    const weights = readNpz(readFileSync(join(to, "weights.npz")));
    expect(weights.get("dense1.weights")!.toArray()).toEqual(
      loadModel(readFileSync(MODEL)).weights["dense1.weights"]!.toArray(),
    );
  });

  it("refuses a model of which it is not known how it was trained", async () => {
    const bare = written("bare.safetensors", saveModel(sequential(input(2), dense(2))));
    expect((await camada(["export", bare, at("no")], "pt-BR")).error).toContain(
      "não diz como a rede foi treinada",
    );
    const odd = written(
      "odd.safetensors",
      saveModel(sequential(input(2), dense(2)), { metadata: { training: '{"optimizer":1}' } }),
    );
    expect((await camada(["export", odd, at("no")])).error).toContain(
      "odd.safetensors: what it says beside the network is damaged",
    );
    expect(existsSync(at("no"))).toBe(false);
  });
});
