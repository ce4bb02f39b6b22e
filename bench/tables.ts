import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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
const TARGETS = ["species", "sex"];
const SEEDS = 20;

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

interface Run {
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

async function ours(target: string): Promise<Run[]> {
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

function theirs(target: string): Run[] {
  // Debian's own Python has Debian's scikit-learn
  const input = JSON.stringify({ file: FILE, target, splits: splits(target) });
  const run = spawnSync("/usr/bin/python3", ["-c", SCIKIT], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (run.status !== 0)
    throw new Error(`scikit-learn did not run (apt install python3-sklearn):\n${run.stderr}`);
  return JSON.parse(run.stdout);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const lines = ["| learnt | | accuracy, mean | seconds, median | least |", "|---|---|--:|--:|--:|"];
for (const target of TARGETS) {
  for (const [name, runs] of [
    ["camada", await ours(target)],
    ["scikit-learn", theirs(target)],
  ] as const) {
    // biome-ignore format: pairs
    const [accuracies, seconds] = [runs.map((run) => run.accuracy), runs.map((run) => run.seconds)];
    lines.push(`| ${target} | ${name} | ${(100 * mean(accuracies)).toFixed(2)}% | ${median(seconds).toFixed(2)} | ${Math.min(...seconds).toFixed(2)} |`); // biome-ignore format: a row
  }
}
const text = lines.join("\n");
console.log(text);
writeFileSync(
  new URL("./TABLES.md", import.meta.url),
  `# Tables\n\nPenguins (tests/data), ${SEEDS} splits of 80 and 20%, the same for both, in one run; Node ${process.version}. Written by \`npm run bench:tables\`.\n\n${text}\n`,
);
