import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitPreparation, readCsv, rowsWith, takeTableRows, targetsOf } from "@camada/interop";
import { arange, type NDArray, trainTestSplit } from "camada";
import { camada } from "../tests/commandLine.js";

/**
 * `camada train` beside scikit-learn's MLPClassifier, on real tables with words, numbers and missing values: the
 * same rows to learn from and to judge by, each with its own preparation and its own defaults, in one run. The
 * time is from the file to the predictions, without starting Node or Python and importing the libraries.
 */
const FILE = fileURLToPath(new URL("../tests/data/penguins.csv", import.meta.url));
export const TARGETS = ["species", "sex"];
export const SEEDS = 20;

/** Debian's own Python has Debian's scikit-learn. */
const PYTHON = "/usr/bin/python3";
export const hasScikit = spawnSync(PYTHON, ["-c", "import sklearn"]).status === 0;

const SCIKIT = `
import csv, json, sys, time, warnings
import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
warnings.simplefilter("ignore")
job = json.load(sys.stdin)
results = []
for split in job["splits"]:
    start = time.perf_counter()
    with open(job["file"], newline="") as file: header, *rows = list(csv.reader(file))
    at = header.index(job["target"])
    rows = [row for row in rows if row[at] != "NA"]
    y = np.array([row[at] for row in rows])
    words = [i for i in range(len(header)) if i != at and header[i] in ("species", "island", "sex")]
    numbers = [i for i in range(len(header)) if i != at and i not in words]
    x = np.array([[np.nan if v == "NA" else float(v) if i in numbers else v for i, v in enumerate(row)] for row in rows], dtype=object)
    prepare = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
        ("words", make_pipeline(SimpleImputer(strategy="constant", fill_value="?"), OneHotEncoder(handle_unknown="ignore")), words),
    ])
    model = make_pipeline(prepare, MLPClassifier(random_state=split["seed"]))
    train, test = split["train"], split["test"]
    model.fit(x[train], y[train])
    accuracy = float((model.predict(x[test]) == y[test]).mean())
    results.append({"accuracy": accuracy, "seconds": time.perf_counter() - start})
json.dump(results, sys.stdout)
`;

export interface Run {
  readonly accuracy: number;
  readonly seconds: number;
}

/** The rows that `camada train` takes for a seed, by the same functions. */
function splits(target: string) {
  const table = readCsv(readFileSync(FILE));
  const known = takeTableRows(table, rowsWith(table, target));
  const y = targetsOf(fitPreparation(known, { target }).preparation, known);
  return Array.from({ length: SEEDS }, (_, seed) => {
    const { train, test } = trainTestSplit(arange(known.rows) as NDArray, y, {
      testSize: 0.2,
      seed,
      stratify: true,
    });
    return { seed, train: [...train.x.data], test: [...test.x.data], labels: [...test.y.data] };
  });
}

export async function ours(target: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const start = performance.now();
    const { out } = await camada([
      "train",
      FILE,
      "--target",
      target,
      "--seed",
      String(seed),
      "--json",
      "--quiet",
    ]);
    const seconds = (performance.now() - start) / 1000;
    const { test } = JSON.parse(out.trim().split("\n").at(-1)!);
    runs.push({ accuracy: test.accuracy, seconds });
  }
  return runs;
}

export function theirs(target: string): Run[] {
  const input = JSON.stringify({ file: FILE, target, splits: splits(target) });
  const run = spawnSync(PYTHON, ["-c", SCIKIT], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (run.status !== 0)
    throw new Error(`scikit-learn did not run (apt install python3-sklearn):\n${run.stderr}`);
  return JSON.parse(run.stdout);
}

export const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
