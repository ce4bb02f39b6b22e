/*
 * Which cell runs is noted where it outlives the page, as a run that takes all memory takes the page with it:
 * browsers let a worker's heap grow until they end the whole process, and tell neither page nor worker before.
 * A lock, which ends with its page, says whether the note is of a run in another tab that still goes on.
 */

const place = (lesson: string) => `camada-run ${lesson}`;

/** Notes that a cell runs, until it has ended or the page is left. */
export function noteRun(lesson: string, cell: string, ended: Promise<unknown>): void {
  const name = place(lesson);
  try {
    localStorage.setItem(name, cell);
  } catch {
    // a browser that stores nothing has nothing to tell later
    return;
  }
  const forget = () => localStorage.removeItem(name);
  addEventListener("pagehide", forget);
  void navigator.locks?.request(name, { mode: "shared" }, () => ended);
  void ended.then(() => {
    removeEventListener("pagehide", forget);
    forget();
  });
}

/** The cell whose run has ended the page before, told once; null where none has. */
export async function interruptedRun(lesson: string): Promise<string | null> {
  const name = place(lesson);
  try {
    const cell = localStorage.getItem(name);
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    if (cell === null || held.some((lock) => lock.name === name)) return null;
    localStorage.removeItem(name);
    return cell;
  } catch {
    return null;
  }
}
