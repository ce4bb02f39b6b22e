/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  loadModel,
  loadTraining,
  loadTrainingState,
  readCsv,
  readNpy,
  readNpz,
  readOnnx,
  readSafetensors,
  saveModel,
  writeNpy,
  writeNpz,
  writeOnnx,
  writeSafetensors,
} from "@camada/interop";
import {
  adam,
  array,
  checkpoint,
  dense,
  dropout,
  input,
  type NDArray,
  random,
  relu,
  Sequential,
  softmaxCrossEntropy,
  type TrainingState,
} from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { camada } from "./commandLine.js";

/*
 * What people who use other libraries have asked for, from end to end. Each part has closer tests of its own, beside
 * its source.
 */

const ROOT = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "camada-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const hex = ({ data }: NDArray) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

describe("a model that is saved", () => {
  const x = random.defaultRng(3).standardNormal([24, 4]) as NDArray;
  const y = random.defaultRng(4).integers(0, 3, [24]) as NDArray;
  const network = () => new Sequential([input(4), dense(16), relu(), dropout(0.2), dense(3)]).initialize(1);

  /** Runs code in another process, which prints the bits of an array. */
  function elsewhere(code: string): string {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--conditions=camada-source", "--input-type=module", "-e", code],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    return stdout;
  }

  it("predicts the same bits in another process, and goes on there as if it had never stopped", {
    timeout: 120_000,
  }, async () => {
    const whole = network();
    const training = { loss: softmaxCrossEntropy(), optimizer: adam(0.01) };
    const how = { batchSize: 5, seed: 9, epochs: 4 };
    const keep = (state: TrainingState) => {
      if (state.epoch === 2) writeFileSync(at("half.safetensors"), saveModel(whole, { state, training }));
    };
    await whole.fit(x, y, { ...training, ...how, callbacks: [checkpoint(keep)] });
    writeFileSync(at("whole.safetensors"), saveModel(whole, { training }));
    writeFileSync(at("data.npz"), writeNpz({ x, y }));
    const head = `
      import { loadModel, loadTraining, loadTrainingState, readNpz } from "@camada/interop";
      import { fromFile } from "@camada/interop/node";
      const data = fromFile(${JSON.stringify(at("data.npz"))}, readNpz);
      const [x, y] = [data.get("x"), data.get("y")];
      const hex = ({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");
    `;
    const predicted = elsewhere(`${head}
      const model = fromFile(${JSON.stringify(at("whole.safetensors"))}, loadModel);
      process.stdout.write(hex(await model.predict(x)));`);
    expect(predicted).toBe(hex((await whole.predict(x)) as NDArray));
    const resumed = elsewhere(`${head}
      const file = ${JSON.stringify(at("half.safetensors"))};
      const model = fromFile(file, loadModel);
      const resume = fromFile(file, loadTrainingState);
      await model.fit(x, y, { ...fromFile(file, loadTraining), ...${JSON.stringify(how)}, resume });
      process.stdout.write(Object.values(model.weights).map(hex).join());`);
    expect(resumed).toBe(Object.values(whole.weights).map(hex).join());
    const half = readFileSync(at("half.safetensors"));
    expect(hex(Object.values(loadModel(half).weights)[0]!)).not.toBe(hex(Object.values(whole.weights)[0]!));
    expect([loadTrainingState(half).epoch, loadTraining(half).optimizer!.name]).toEqual([2, "adam"]);
  });
});

describe("a CSV file", () => {
  const text = 'name,weight,note\r\n"Rex, the ""dog""",3.5,"two\r\nlines"\r\nTom,,"two\r\nlines"\r\n';

  it("comes in one download, with its quoted lines and a kind for each column; a page in its place is refused", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!);
      const found = request.url === "/pets.csv";
      response.writeHead(200).end(found ? text : "<!DOCTYPE html>\n<title>Not found</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const body = async (path: string) => (await fetch(`${host}${path}`)).body!;
      const { rows, columns } = await readCsv(await body("/pets.csv"), {
        types: { name: "text", note: "text" },
      });
      expect([rows, columns.map(({ name, kind, missing }) => [name, kind, missing])]).toEqual([
        2,
        [["name", "text", 0], ["weight", "number", 1], ["note", "text", 0]],
      ]); // biome-ignore format: columns
      expect(columns.map(({ values }) => values[0])).toEqual(['Rex, the "dog"', 3.5, "two\nlines"]);
      expect(asked).toEqual(["/pets.csv"]);
      await expect(readCsv(await body("/none.csv"))).rejects.toMatchObject({ code: "csv.html" });
    } finally {
      server.close();
    }
  });
});

describe("files of arrays and models", () => {
  it("come and go without Python: .npy, .npz, safetensors and ONNX", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = "";
    try {
      expect(spawnSync("python3").error).toBeDefined();
      const a = array([[1, 2], [3, 4]]) as NDArray; // biome-ignore format: a matrix
      expect(readNpy(writeNpy(a)).toArray()).toEqual(a.toArray());
      expect(
        readNpz(writeNpz({ a }, { compress: true }))
          .get("a")!
          .toArray(),
      ).toEqual(a.toArray());
      expect(readSafetensors(writeSafetensors({ a })).tensors.get("a")!.toArray()).toEqual(a.toArray());
      const model = new Sequential([input(2), dense(3), relu()]).initialize(2);
      const output = readOnnx(writeOnnx(model)).run({ input: a.astype("float32") as NDArray })["output"]!;
      const expected = model.forward(a) as NDArray;
      output.data.forEach((value: number, i: number) => void expect(value).toBeCloseTo(expected.data[i]!, 5));
    } finally {
      process.env["PATH"] = path;
    }
  });
});

describe("somebody's own table", () => {
  it("of several classes is learnt, judged by a confusion matrix, drawn, and exported as code and weights", {
    timeout: 120_000,
  }, async () => {
    const kinds = ["cat", "dog", "bird"];
    const draws = random.defaultRng(1).standardNormal([120, 2]).toArray() as number[][];
    const rows = draws.map(([p, q], i) => {
      const kind = i % 3;
      return `${(p! / 3 + kind).toFixed(3)},${(q! / 3 - kind).toFixed(3)},${kind === 2 ? "yes" : "no"},${kinds[kind]}`;
    });
    writeFileSync(at("pets.csv"), `size,age,flies,pet\n${rows.join("\n")}\n`);
    const drawn = ["--confusion", at("confusion.svg"), "--curves", at("curves.svg")];
    const args = [
      "train",
      at("pets.csv"),
      "--target",
      "pet",
      "--seed",
      "1",
      "--out",
      at("pets.safetensors"),
      ...drawn,
    ];
    const { out, code } = await camada(args);
    expect(code).toBe(0);
    // curves and counts as text in the terminal, and as pictures
    expect(out).toContain("loss by epoch\n");
    expect(out).toMatch(/Confusion matrix\. \d\d of 24 right/);
    for (const kind of kinds)
      expect(out).toMatch(new RegExp(`^ *${kind} +(\\d|·) +(\\d|·) +(\\d|·) +\\d+%$`, "m"));
    for (const file of ["confusion.svg", "curves.svg"]) expect(readFileSync(at(file), "utf8")).toMatch(/^<svg[\s\S]*<\/svg>\n$/); // biome-ignore format: one line
    const { code: exported } = await camada(["export", at("pets.safetensors"), at("program")]);
    expect(exported).toBe(0);
    expect(readFileSync(join(at("program"), "train.py"), "utf8")).toContain(
      '"classes": ["bird", "cat", "dog"]',
    );
    const weights = readNpz(readFileSync(join(at("program"), "weights.npz")));
    expect(weights.get("dense1.weights")!.shape[1]).toBe(4);
    const predicted = JSON.parse((await camada(["predict", at("pets.safetensors"), at("pets.csv"), "--json"])).out.split("\n")[0]!); // biome-ignore format: one line
    expect(JSON.stringify(predicted)).toMatch(/cat|dog|bird/);
  });
});
