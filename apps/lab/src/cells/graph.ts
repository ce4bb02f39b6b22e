/** Of a cell, what says whether its output still holds. */
export interface Node {
  readonly code: string;
  readonly makes: readonly string[];
  readonly takes: readonly string[];
  /** Its last run; null where it has not run. */
  readonly ran: Run | null;
  /** Whether its last run was ended before its time: then it runs only where it is asked for or needed. */
  readonly stopped: boolean;
}

export interface Run {
  readonly code: string;
  /** Which run it was, of all: later ones have larger numbers. */
  readonly turn: number;
  readonly milliseconds: number;
  /** Whether the worker that has what it made still lives. */
  readonly alive: boolean;
}

/** Runs so short that nobody minds when they come by themselves. */
const cheap = 300;

/** The cells whose names cell `at` takes: for each name, the last one before it that makes it. */
export function makersOf(nodes: readonly Node[], at: number): number[] {
  const found = nodes[at]!.takes.map((name) =>
    nodes.slice(0, at).findLastIndex(({ makes }) => makes.includes(name)),
  );
  return [...new Set(found)].filter((maker) => maker >= 0).sort((a, b) => a - b);
}

/** The cells that build on cell `at`, directly or through others. */
export function dependentsOf(nodes: readonly Node[], at: number): number[] {
  const found = new Set([at]);
  for (let i = at + 1; i < nodes.length; i++) {
    if (makersOf(nodes, i).some((maker) => found.has(maker))) found.add(i);
  }
  return [...found].slice(1);
}

/**
 * Whether a cell has an output that no longer holds: its code has changed since, what it made is gone, or a
 * cell that it builds on has run again, has changed, or is itself out of date.
 */
export function isStale(nodes: readonly Node[], at: number): boolean {
  const { ran, code } = nodes[at]!;
  if (ran === null) return false;
  if (ran.code !== code || !ran.alive) return true;
  return makersOf(nodes, at).some((maker) => {
    const before = nodes[maker]!.ran;
    return before === null || before.turn > ran.turn || isStale(nodes, maker);
  });
}

/** What must run for cell `at` to run: itself, and before it what is missing above it or out of date below it. */
export function orderFor(nodes: readonly Node[], at: number): number[] {
  const needed = new Set<number>();
  const need = (i: number): void => {
    for (const maker of makersOf(nodes, i)) if (!needed.has(maker)) need(maker);
    if (i === at || nodes[i]!.ran === null || isStale(nodes, i)) needed.add(i);
  };
  need(at);
  // what a cell does besides making names, as seeding a stream does, counts for the cells after it
  for (let i = 0; i < at; i++) if (!nodes[i]!.ran?.alive && !nodes[i]!.stopped) needed.add(i);
  return [...needed].sort((a, b) => a - b);
}

/** The cells that run again by themselves after cells have run or were lost: out of date, and soon done. */
export function runsByItself(nodes: readonly Node[]): number[] {
  const slow = new Set<number>();
  return nodes.flatMap(({ ran, code }, at) => {
    const waits = makersOf(nodes, at).some((maker) => slow.has(maker));
    const mine = ran !== null && ran.code === code && ran.milliseconds < cheap && !waits;
    if (!mine && (ran === null || isStale(nodes, at))) slow.add(at);
    return mine && isStale(nodes, at) ? [at] : [];
  });
}
