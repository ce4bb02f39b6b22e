import type { BatchLog, Callback, EpochLog } from "camada";
import type { Stream } from "./context.js";
import type { Say } from "./language.js";
import { type Task, valName } from "./task.js";

/* What is told while a network is trained: each way of telling is a callback of `fit`. */

/** Of more epochs than this, only some have a line. */
const LINES = 100;
/** Columns that stay free, for the ^C that terminals show: it must not begin a new line. */
const FREE = 3;
/** How long a bar stays as it is, in milliseconds, at least. */
const PAUSE = 100;
const BAR = { least: 5, most: 30 };

/** Back to the beginning of the line, and clear it (ECMA-48). */
export const CLEAR = "\r\u001b[K";

/** A line for each epoch, or for about a hundred of many; something may have to be cleared for it. */
export function epochLines(out: Stream, task: Task, epochs: number, say: Say, clear = ""): Callback {
  const every = Math.ceil(epochs / LINES);
  return {
    onEpochEnd: (log) => {
      if (log.epoch % every !== 0 && log.epoch !== epochs) return;
      out.write(`${clear}${epochLine(log, task, epochs, say)}\n`);
    },
  };
}

/** The same lines, and under them one that is rewritten as training goes on. */
export function progressBar(
  out: Stream,
  task: Task,
  epochs: number,
  say: Say,
  now: () => number = () => performance.now(),
): Callback {
  let drawn = -Infinity;
  return {
    ...epochLines(out, task, epochs, say, CLEAR),
    onBatchEnd: (log, training) => {
      if (now() - drawn < PAUSE) return;
      drawn = now();
      const { loss, [task.metric.name]: measure } = training.measured();
      const soFar = { ...log, loss, measure: task.tell(measure as number, say) };
      out.write(CLEAR + progressLine(soFar, (out.columns ?? 80) - FREE, say));
    },
    onTrainEnd: () => out.write(CLEAR),
  };
}

/** A JSON object a line for each epoch, the measure in the units of what is learnt. */
export function epochRecords(out: Stream, task: Task): Callback {
  const names = [task.metric.name, valName(task)];
  return {
    onEpochEnd: (log) => {
      const scaled = names
        .filter((name) => name in log)
        .map((name) => [name, task.scaled(log[name] as number)]);
      record(out, "epoch", { ...log, ...Object.fromEntries(scaled) });
    },
  };
}

/** One line of JSON, for programs. */
export function record(out: Stream, event: string, data: object): void {
  out.write(`${JSON.stringify({ event, ...data })}\n`);
}

/** What an epoch came to. */
function epochLine(log: EpochLog, task: Task, epochs: number, say: Say): string {
  const { epoch, loss, valLoss, seconds } = log;
  const told = (name: string) => task.tell(log[name] as number, say);
  const validation = () => say("train.judged", { loss: brief(valLoss!), measure: told(valName(task)) });
  return [
    say("train.epoch", { epoch: String(epoch).padStart(String(epochs).length), epochs }),
    say("train.loss", { loss: brief(loss) }),
    told(task.metric.name),
    ...(valLoss === undefined ? [] : [validation()]),
    say("train.seconds", { seconds: seconds.toFixed(2) }),
  ].join("  ");
}

/** "training: loss 0.1234, accuracy 96.12%" */
export function measures(
  say: Say,
  of: "train.training" | "train.validation" | "train.test",
  loss: number,
  measure: string,
): string {
  return say("train.measures", { of: say(of), loss: brief(loss), measure });
}

const brief = (value: number): string => value.toFixed(4);

/** How far training has come, in one line, with as much as fits into the width. */
export function progressLine(log: BatchLog & { readonly measure: string }, width: number, say: Say): string {
  const { epoch, epochs, batch, batches, loss, measure, rowsPerSecond, secondsLeft } = log;
  const begin = say("train.epoch", { epoch, epochs });
  // as they are shown; those of a high rank are the first to go where it is narrow
  const parts = [
    { text: say("train.loss", { loss: brief(loss) }), rank: 1 },
    { text: measure, rank: 2 },
    { text: say("train.speed", { rows: Number(rowsPerSecond.toPrecision(3)) }), rank: 4 },
    { text: say("train.left", { time: clock(secondsLeft) }), rank: 3 },
  ];
  for (let rank = 4; rank >= 0; rank--) {
    const end = parts.filter((part) => part.rank <= rank).map(({ text }) => `  ${text}`);
    const room = width - begin.length - 2 - end.join("").length;
    if (room >= BAR.least)
      return `${begin}  ${bar(batch / batches, Math.min(room, BAR.most))}${end.join("")}`;
  }
  return begin.slice(0, width);
}

function bar(share: number, length: number): string {
  const full = Math.round(share * length);
  return "█".repeat(full) + "░".repeat(length - full);
}

/** Seconds as 1:05 or 2:00:05. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = `${String(whole % 60).padStart(2, "0")}`;
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, "0")}:${rest}`;
}
