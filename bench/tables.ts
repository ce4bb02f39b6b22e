import { writeFileSync } from "node:fs";
import { mean, ours, SEEDS, TARGETS, theirs } from "./scikit.js";

/** Writes TABLES.md: what `camada train` and scikit-learn come to on the same rows, in one run. */
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
