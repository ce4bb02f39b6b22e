/// <reference types="node" />
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeIdx } from "@camada/interop";
import { loadMnist } from "@camada/interop/node";
import {
  accuracy,
  adam,
  configure,
  dense,
  input,
  type Language,
  type NDArray,
  relu,
  rescaling,
  sequential,
  softmaxCrossEntropy,
  zeros,
} from "camada";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { camada, Shell } from "../../../tests/commandLine.js";
import { writeDigits } from "../../../tests/digits.js";

const folder = mkdtempSync(join(tmpdir(), "camada-"));
const data = join(folder, "digits");

beforeAll(() => {
  mkdirSync(data);
  writeDigits(data);
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => configure({ lang: "en" }));

type Options = { readonly [name: string]: string | true };

/** The arguments of a short training on few small images. */
function short(options: Options = {}): string[] {
  const all: Options = { data, layers: "8", "batch-size": "16", epochs: "4", ...options };
  const given = Object.entries(all).flatMap(([name, value]) => [
    `--${name}`,
    ...(value === true ? [] : [value]),
  ]);
  return ["train", "mnist", ...given];
}

/** Arguments with which the validation loss soon gets worse. */
const UNSTEADY = {
  "validation-split": "0.25",
  activation: "tanh",
  "learning-rate": "0.2",
  epochs: "30",
  json: true,
} as const;

/** Without how long things took. */
const timeless = (text: string) => text.replace(/\d+\.\d\d s$/gm, "");
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

interface Epoch {
  readonly event: string;
  readonly loss: number;
  readonly accuracy: number;
  readonly valLoss: number;
}
interface Result {
  readonly ending: string;
  readonly epochs: number;
  readonly keptEpoch: number;
  readonly test: {
    readonly loss: number;
    readonly accuracy: number;
    readonly confusion: readonly (readonly number[])[];
  };
}

/** What `--json` tells: each line is an object, the last one the result. */
function read(out: string) {
  const lines = out.trim().split("\n");
  const all = lines.map((line) => JSON.parse(line));
  const epochs = all.filter(({ event }) => event === "epoch") as Epoch[];
  const losses = epochs.map(({ valLoss }) => valLoss);
  return { epochs, best: 1 + losses.indexOf(Math.min(...losses)), result: all.at(-1) as Result };
}
const told = async (options: Options) => read((await camada(short({ json: true, ...options }))).out);

describe("camada train", () => {
  it("gives what the library gives", async () => {
    const { epochs, result } = await told({ seed: "3" });
    const { train, test } = loadMnist(data);
    const rows = (of: NDArray) => of.reshape([of.shape[0]!, 16]) as NDArray;
    const model = sequential(input(16), rescaling(1 / 255), dense(8), relu(), dense(4)).initialize(3);
    const measures = { loss: softmaxCrossEntropy(), metrics: [accuracy()] };
    const history = await model.fit(rows(train.images), train.labels, {
      ...measures,
      optimizer: adam(),
      epochs: 4,
      batchSize: 16,
      seed: 3,
    });
    const judged = await model.evaluate(rows(test.images), test.labels, measures);
    expect(epochs.map(({ loss }) => loss)).toEqual(history.series("loss"));
    expect(epochs.map((epoch) => epoch.accuracy)).toEqual(history.series("accuracy"));
    expect([result.test.loss, result.test.accuracy]).toEqual([judged["loss"], judged["accuracy"]]);
    const { confusion } = result.test;
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b);
    expect([sum(confusion.map((row, k) => row[k]!)) / 60, sum(confusion.flat())]).toEqual([
      judged["accuracy"],
      60,
    ]);
  });

  it("builds the network that was asked for", async () => {
    const of = async (options: Options) => (await told({ epochs: "1", ...options })).epochs[0]!.loss;
    const losses = await Promise.all([
      of({}),
      of({ layers: "8,8" }),
      of({ activation: "tanh" }),
      of({ dropout: "0.5" }),
      of({ "batch-size": "32" }),
      of({ optimizer: "sgd" }),
      of({ optimizer: "nesterov" }),
      of({ "learning-rate": "0.1" }),
    ]);
    expect(new Set(losses).size).toBe(losses.length);
    // the optimizer's own rate where none is given
    expect(await of({ optimizer: "adam", "learning-rate": "0.001" })).toBe(losses[0]);
    expect(await of({ backend: "reference" })).toBeCloseTo(losses[0]!, 5);
  });

  it("prints the same numbers for the same seed, and others for another", async () => {
    const shown = async (seed: string) => timeless((await camada(short({ seed }))).out);
    const first = await shown("5");
    expect(await shown("5")).toBe(first);
    expect((await shown("6")).replace("seed 6", "seed 5")).not.toBe(first);
  });

  it("tells each epoch in a line, and the end, without control characters", async () => {
    const { out, error, code } = await camada(short({ optimizer: "rmsprop", "learning-rate": "0.02" }));
    expect(out.split("\n").slice(0, 2)).toEqual([
      "mnist: 200 rows to learn from, 60 to judge by",
      "16-8-4, relu, 172 parameters; rmsprop, batches of 16, seed 0",
    ]);
    const line = /^epoch \d\/4 {2}loss \d\.\d{4} {2}accuracy \d+\.\d\d% {2}\d+\.\d\d s$/gm;
    expect(out.match(line)).toHaveLength(4);
    expect(out).toContain("\nloss by epoch\n");
    expect(out).toContain("\nConfusion matrix. ");
    expect(out).toMatch(
      /\n\ntraining: loss .*\ntest: loss \d\.\d{4}, accuracy \d\d\.\d\d% \(60 rows that it was not trained on\)\nTo compare, always '\d': accuracy \d\d\.\d\d%\n$/,
    );
    expect(out).not.toMatch(CONTROL);
    expect([error, code]).toEqual(["", 0]);
  });

  it("speaks Portuguese throughout", async () => {
    const { out } = await camada(short({ "validation-split": "0.2" }), "pt-BR");
    expect(out).toMatch(
      /^época 1\/4 {2}perda \d\.\d{4} {2}acurácia .*% {2}validação \d\.\d{4}, .*% {2}\d\.\d\d s$/m,
    );
    expect(out).toContain("\nperda por época\n");
    expect(out).toMatch(/^Os pesos são os da época \d, a melhor pela perda na validação\.$/m);
    expect(out).toMatch(/\(60 linhas com que não foi treinada\)\nPara comparar, sempre '\d': acurácia .*\n$/);
    expect(out).not.toMatch(/\b(loss|accuracy|epoch|test|rows|weights)\b/);
    expect((await camada(["train", "--help"], "pt-BR")).out).toContain("camada train mnist --layers 512,512");
  });

  it("keeps the best epoch by its validation loss, and stops where patience ends", async () => {
    const { best, result } = await told(UNSTEADY);
    expect([result.ending, result.epochs, result.keptEpoch]).toEqual(["finished", 30, best]);
    const patient = (await told({ ...UNSTEADY, patience: "2" })).result;
    expect([patient.ending, patient.epochs]).toEqual(["stopped", patient.keptEpoch + 2]);
    // the same as if training had ended with that epoch
    const exact = (await told({ ...UNSTEADY, epochs: String(patient.keptEpoch) })).result;
    expect(patient.test).toEqual(exact.test);
    const { json: _, ...options } = UNSTEADY;
    const { out } = await camada(short({ ...options, patience: "2", quiet: true }));
    expect(out).toMatch(
      /^Ended after \d+ epochs: .*\nThe weights are .*\ntraining: .*\nvalidation: .*\ntest: .*\nTo compare, .*\n$/,
    );
  });

  it("draws into files, and shows only the results if asked", async () => {
    const [curves, confusion] = [join(folder, "curves.svg"), join(folder, "confusion.svg")];
    const { out } = await camada(short({ quiet: true, curves, confusion }));
    expect(out).toMatch(
      /^training: .*\ntest: .*\nTo compare, .*\nWritten: .*confusion\.svg\nWritten: .*curves\.svg\n$/,
    );
    expect(readFileSync(curves, "utf8")).toMatch(/^<svg[\s\S]*>training<[\s\S]*<\/svg>\n$/);
    expect(readFileSync(confusion, "utf8")).toMatch(/^<svg[\s\S]* of 60 right[\s\S]*<\/svg>\n$/);
  });

  it("trains on points, and of many epochs tells about a hundred", async () => {
    const { out } = await camada(["train", "spiral", "--epochs", "250"]);
    expect(out).toContain("spiral: 300 rows to learn from, 300 to judge by\n2-64-3, relu, 387 parameters");
    const told = out.match(/^epoch +\d+\/250/gm)!.map((line) => Number.parseInt(line.slice(5), 10));
    expect(told).toEqual([...Array.from({ length: 83 }, (_, i) => 3 * (i + 1)), 250]);
    for (const set of ["moons", "circles", "blobs"]) {
      const { result } = read((await camada(["train", set, "--json", "--epochs", "50"])).out);
      expect(result.test.accuracy, set).toBeGreaterThan(0.9);
    }
  });

  it("warns of what spoils training, in both languages", async () => {
    const args = [
      "train",
      "moons",
      "--optimizer",
      "sgd",
      "--learning-rate",
      "30",
      "--epochs",
      "2",
      "--quiet",
    ];
    expect((await camada(args)).out).toMatch(/^Warning: relu1: \d+% of its neurons/m);
    expect((await camada(args, "pt-BR")).out).toMatch(/^Aviso: relu1: \d+% /m);
  });

  it("tells in a sentence where a value was not finite", async () => {
    const args = ["train", "moons", "--optimizer", "sgd", "--learning-rate", "1e300"];
    const { out, error, code } = await camada(args);
    expect(error).toMatch(/^It did not work: fit: [^\n]*epoch 1, batch \d[^\n]*\n$/);
    expect([out.split("\n").length, code]).toEqual([3, 1]);
    expect((await camada(args, "pt-BR")).error).toMatch(
      /^Não deu certo: fit: [^\n]*época 1, lote \d[^\n]*\n$/,
    );
  });
});

const WRONG: readonly (readonly [args: readonly string[], en: string, pt: string])[] = [
  [["--layers", "abc"], "commas between them, such as 128 or 512,512, not 'abc'", "--layers deve ser"],
  [["--layers", "8,0"], "--layers must be sizes of hidden layers", "e não '8,0'"],
  [["--epochs", "0"], "--epochs must be a whole number, 1 or more, not '0'", "--epochs deve ser um número"],
  [["--epochs", "-1"], "--epochs must be", "--epochs deve ser"],
  [["--batch-size", "1.5"], "--batch-size must be a whole number", "--batch-size deve ser"],
  [["--patience", "many"], "--patience must be a whole number", "--patience deve ser"],
  [["--patience", "2"], "Add --validation-split 0.1", "Acrescente --validation-split 0.1"],
  [["--seed", "2147483648"], "--seed must be a whole number from 0 to 2147483647", "de 0 a 2147483647"],
  [["--dropout", "1"], "--dropout must be a number from 0", "--dropout deve ser um número de 0"],
  [["--validation-split", "1e999"], "--validation-split must be", "--validation-split deve ser"],
  [["--learning-rate", "0,1"], "number above 0, such as 0.001, not '0,1'", "maior que 0, como 0.001"],
  [["--learning-rate", "0"], "--learning-rate must be", "--learning-rate deve ser"],
  [["--activation", "step"], "--activation cannot be 'step', only one of relu", "somente um de relu"],
  [["--optimizer", "adan"], "only one of sgd, momentum, nesterov", "--optimizer não pode ser"],
  [["--backend", "gpu"], "--backend cannot be 'gpu', only one of", "--backend não pode ser"],
  [["--data", "/no/such"], "--data must be a folder, but there is none", "--data deve ser uma pasta"],
  [["--confusion", "/no/such/c.svg"], "there is no folder '/no/such'. Make it", "Crie-a, ou indique"],
  [
    ["--confusion", "/"],
    "--confusion must be a file, but '/' is a folder",
    "--confusion deve ser um arquivo",
  ],
  [["--wat"], "there is no option --wat", "não existe a opção --wat"],
];

describe("options that are not right", () => {
  const curves = join(folder, "never.svg");
  const refused = async (args: readonly string[], lang: Language) => {
    const { out, error, code } = await camada(["train", ...args, "--curves", curves], lang);
    expect([out, code, existsSync(curves)]).toEqual(["", 2, false]);
    return error;
  };

  it.each(WRONG)("are refused before anything starts: %j", async (args, english, portuguese) => {
    expect(await refused(["mnist", ...args], "en")).toContain(english);
    expect(await refused(["mnist", ...args], "pt-BR")).toContain(portuguese);
  });

  it("so is a set that is not known, and files for points", async () => {
    expect(await refused(["cifar"], "en")).toContain(
      "there is no file 'cifar', and no set of that name. The sets are: mnist, spiral, moons, circles, blobs",
    );
    expect(await refused(["moons", "--data", data], "pt-BR")).toContain("--data é só para mnist. Deixe-a");
  });
});

describe("files that do not belong together", () => {
  it("are refused before training", async () => {
    const other = join(folder, "other");
    mkdirSync(other);
    const missing = await camada(short({ data: other }), "pt-BR");
    expect(missing.error).toContain("Não deu certo: loadMnist: não há train-images-idx3-ubyte nem");
    writeDigits(other);
    writeFileSync(
      join(other, "t10k-images-idx3-ubyte"),
      writeIdx(zeros([60, 5, 5], undefined, { dtype: "uint8" })),
    );
    const { out, error, code } = await camada(short({ data: other }));
    expect(error).toContain(
      "to learn from have 16 pixels, those to judge by 25. Get all files from one place",
    );
    expect([missing.code, out, code]).toEqual([1, "", 1]);
  });
});

describe("Ctrl-C", () => {
  /** Runs, and interrupts when a text is written for the `count`-th time. */
  async function interrupted(args: readonly string[], text: string, count: number, columns?: number) {
    const shell = new Shell(columns);
    let seen = 0;
    shell.on("written", (written: string) => {
      if (!written.includes(text) || ++seen !== count) return;
      shell.emit("SIGINT");
      // so that a second one ends the process, as it does by default
      expect(shell.listenerCount("SIGINT")).toBe(0);
    });
    return camada(args, "en", shell);
  }

  it("ends training, and tells the results of the best epoch so far", async () => {
    const args = short({ ...UNSTEADY, epochs: "1000" });
    const { out, error, code } = await interrupted(args, '"event":"epoch"', 6);
    const { best, result } = read(out);
    expect([result.ending, result.epochs, result.keptEpoch, code]).toEqual(["aborted", 6, best, 130]);
    expect(result.test).toEqual((await told({ ...UNSTEADY, epochs: String(best) })).result.test);
    expect(error).toBe("Ending after this batch; Ctrl-C again ends at once\n");
  });

  it("within the first epoch leaves no curve to draw", async () => {
    const [curves, confusion] = [join(folder, "none.svg"), join(folder, "some.svg")];
    const args = short({ curves, confusion });
    const { out, error, code } = await interrupted(args, "\r\u001b[Kepoch 1/4", 1, 80);
    expect(out).toMatch(
      /Ended before its time, by Ctrl-C\.\ntest: loss [^\n]*\nTo compare, [^\n]*\nWritten: .*some\.svg\n$/s,
    );
    expect(error).toContain("none.svg' was not written: no epoch came to its end");
    expect([code, existsSync(curves), existsSync(confusion)]).toEqual([130, false, true]);
  });

  it("is not listened to after training", async () => {
    const shell = new Shell();
    await camada(short({ quiet: true }), "en", shell);
    expect(shell.listenerCount("SIGINT")).toBe(0);
  });
});
