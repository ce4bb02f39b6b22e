import { NO_SUCH_TASK } from "./measure.js";
import type { Outcome, Pace } from "./race.js";

/** A run of everything on one engine: what results.json keeps, by engine. */
export interface Report extends Pace {
  readonly processor: string;
  readonly cores: number;
  /** How many processes wanted to run when it began: with any but ours the times are those of a busy machine. */
  readonly load: number;
  /** The peers' packages. */
  readonly packages: Readonly<Record<string, string>>;
  readonly tasks: readonly TaskReport[];
}

export interface TaskReport {
  readonly id: string;
  readonly title: string;
  readonly outcomes: readonly Outcome[];
}

export type Reports = Readonly<Record<string, Report>>;

/** A time with a unit that suits it, three digits. */
function timeText(nanoseconds: number): string {
  const [unit, size] = nanoseconds < 1e3 ? ["ns", 1] : nanoseconds < 1e6 ? ["µs", 1e3] : ["ms", 1e6];
  return `${Number((nanoseconds / (size as number)).toPrecision(3))} ${unit}`;
}

export function ratioText(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : String(Number(ratio.toPrecision(ratio < 1 ? 2 : 3)));
}

/** The lines that a run prints of a task. */
export function taskLines({ title, outcomes }: TaskReport): string {
  const first = outcomes[0]?.median;
  const lines = outcomes
    .filter(({ absent }) => absent !== NO_SUCH_TASK)
    .map(({ label, median, best, single, absent }) => {
      const name = `  ${label.padEnd(28)}`;
      if (median === undefined || best === undefined) return `${name} not here: ${absent}`;
      const ratio = first === undefined ? "" : ratioText(median / first);
      const note = single ? "  (float32)" : "";
      return `${name}${timeText(median).padStart(9)}  best ${timeText(best).padStart(9)}  ${ratio.padStart(7)}${note}`;
    });
  return [title, ...lines].join("\n");
}

export function markdown(reports: Reports): string {
  const parts = Object.entries(reports).map(([engine, report]) => engineText(engine, report));
  return `# Results

Written by \`npm run bench\`, from what it keeps in \`results.json\`. Machines differ and drift: only ratios mean
something. Each is a peer's time over that of the first column, medians of rounds taken in turns in one run: above 1, the peer takes longer.
Before anything is timed, all must compute the same. – is what a peer does not do or could not be run; * is
computed in float32. "ceiling" is no peer: it is the time of as many multiplications and additions in 128-bit
WebAssembly that neither load nor store.

${parts.join("\n")}`;
}

function engineText(engine: string, report: Report): string {
  const { tasks, processor, cores, load, rounds, packages } = report;
  const labels = [...new Set(tasks.flatMap(({ outcomes }) => outcomes.map(({ label }) => label)))];
  const [ours, ...others] = labels as [string, ...string[]];
  const versions = new Set(tasks.flatMap(({ outcomes }) => outcomes.flatMap(({ version }) => version ?? [])));
  const busy = isBusy(report)
    ? ` The machine was busy with other work (load ${load.toFixed(1)}): take these as rough.`
    : "";
  return `## ${nameOf(engine)}

${processor}, ${cores} cores; ${[...versions].join("; ")}; ${Object.entries(packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}; ${rounds} rounds.${busy}

${table([ours, ...others], tasks, (outcome, first) => (outcome.label === ours ? timeText(outcome.median!) : ratioText(outcome.median! / first)))}

Medians and, after the stroke, the best round:

${table([ours, ...others], tasks, ({ median, best }) => `${timeText(median!)} / ${timeText(best!)}`)}
`;
}

/** Whether other work had a part in the times. */
export function isBusy({ load }: Report): boolean {
  return load > 0.5;
}

function nameOf(engine: string): string {
  if (engine === "chromium") return "Chromium, cross-origin isolated";
  return engine === "chromium-plain" ? "Chromium, not isolated" : engine.replace("node-", "Node ");
}

function table(
  labels: readonly string[],
  tasks: readonly TaskReport[],
  cell: (outcome: Outcome, first: number) => string,
): string {
  const head = [
    `| |${labels.map((label) => ` ${label} |`).join("")}`,
    `|---|${labels.map(() => "--:|").join("")}`,
  ];
  const rows = tasks.map(({ title, outcomes }) => {
    const first = outcomes[0]?.median ?? Number.NaN;
    const cells = labels.map((label) => {
      const outcome = outcomes.find((one) => one.label === label);
      if (outcome?.median === undefined || Number.isNaN(first)) return " – |";
      return ` ${cell(outcome, first)}${outcome.single ? "\\*" : ""} |`;
    });
    return `| ${title} |${cells.join("")}`;
  });
  return [...head, ...rows].join("\n");
}
