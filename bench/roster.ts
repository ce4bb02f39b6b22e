import type { Options } from "./peers/peer.js";
import type { Task } from "./tasks.js";

/** Where a peer in JavaScript runs: this Node, another, or a page, whose origin is isolated or not. */
export type Engine = `node-${string}` | "chromium" | "chromium-plain";

/** A peer as it takes part: `camada:tier=wide:engine=node-24`. */
export interface Entry {
  readonly label: string;
  readonly peer: string;
  readonly options: Omit<Options, "packages">;
  readonly engine: Engine;
}

export const THIS_NODE: Engine = `node-${process.versions.node.split(".")[0]!}`;

const WIDE = "camada:tier=wide";
const ALL = [
  "camada",
  WIDE,
  "plain-js",
  "ceiling",
  "numpy:threads=1",
  "numpy:threads=2",
  "torch:threads=1",
  "torch:threads=2",
  "jax-js",
  "tfjs-wasm",
  "ort-web",
  "ort-node",
  "numpy-ts",
  "brain.js",
];
const NOT_IN_PAGES = [WIDE, "ort-node", "numpy-ts", "brain.js"];
/** The first Node that camada's tier is for. */
const FIRST_WIDE = 24;

/** All peers that run on an engine. */
export function everyone(engine: Engine): readonly string[] {
  if (!engine.startsWith("node")) return ALL.filter((name) => !NOT_IN_PAGES.includes(name));
  return Number(engine.slice("node-".length)) >= FIRST_WIDE ? ALL : ALL.filter((name) => name !== WIDE);
}

/** Everyone's names, without what they are set to. */
export const NAMES: readonly string[] = [...new Set(ALL.map((label) => label.split(":")[0]!))];

/** Reads an entry; `defaults` are what camada is set to and where peers run unless it says so itself. */
export function entryOf(label: string, engine: Engine, defaults: Entry["options"]): Entry {
  const [peer, ...parts] = label.split(":");
  const said = Object.fromEntries(parts.map((part) => part.split("=", 2) as [string, string]));
  const { threads, engine: own, ...rest } = said;
  return {
    label,
    peer: peer!,
    options: {
      ...(peer === "camada" ? defaults : {}),
      ...rest,
      ...(threads && { threads: Number(threads) }),
    },
    engine: own === "node" ? THIS_NODE : ((own as Engine | undefined) ?? engine),
  };
}

/** Whether a task is one for this entry: those of one thread are not for entries of more. */
export function takesPart({ options }: Entry, task: Task): boolean {
  return task.threads === undefined || (options.threads ?? 1) <= task.threads;
}
