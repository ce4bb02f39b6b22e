import type { NDArray } from "../shape/types.js";

/** What one epoch gave: the loss, each metric under its name, and with "val" in front those of validation. */
export interface EpochLog {
  /** Counted from 1. */
  readonly epoch: number;
  /** The mean loss of the epoch, as it went. */
  readonly loss: number;
  /** The loss on the rows kept to judge by, at the end of the epoch. */
  readonly valLoss?: number;
  /** How long the epoch took, validation included. */
  readonly seconds: number;
  /** The share of each relu layer's neurons that were active for no row of the epoch. */
  readonly deadRelu?: { readonly [layer: string]: number };
  readonly [metric: string]: number | NDArray | { readonly [layer: string]: number } | undefined;
}

/** Something that will probably spoil training, but does not stop it. */
export interface Warning {
  /** What it is about, for programs. */
  readonly code: string;
  /** The sentence, in the configured language. */
  readonly message: string;
}

/** How training ended: all epochs are done; a callback stopped it; the signal did; something was thrown. */
export type Ending = "finished" | "stopped" | "aborted" | "failed";

/** What training gave, epoch by epoch. */
export class History {
  /** What each epoch came to. */
  readonly epochs: EpochLog[] = [];
  /** What there was to say. */
  readonly warnings: Warning[] = [];
  /** How it ended. */
  ending: Ending = "finished";

  /** One value for each epoch, by its name in the logs: "loss", "valAccuracy". Those that have it. */
  series(name: string): number[] {
    return this.epochs.map((log) => log[name]).filter((value): value is number => typeof value === "number");
  }

  /** How long it went on, and the last value of each series: `epochs 20, loss 0.0431, accuracy 0.989`. */
  toString(): string {
    const last = this.names
      .filter((name) => name !== "seconds")
      .map((name) => {
        const value = this.series(name).at(-1)!;
        return `, ${name} ${Number(value.toPrecision(4))}`;
      });
    return `epochs ${this.epochs.length}${last.join("")}`;
  }

  /** The names of all that `series` can give. */
  get names(): string[] {
    const names = this.epochs.flatMap((log) =>
      Object.keys(log).filter((key) => typeof log[key] === "number"),
    );
    return [...new Set(names)].filter((name) => name !== "epoch");
  }
}
