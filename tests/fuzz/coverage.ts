/// <reference types="node" />
import { type Profiler, Session } from "node:inspector";

/** What the engine says has been run, between one question and the next. */
export interface Covered {
  /** The ways that functions went since the last question: of each, which blocks ran and which did not. */
  taken(): ReadonlySet<string>;
  end(): void;
}

/** Watches what this thread runs of our own, by V8's coverage of blocks. */
export function coverage(): Covered {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return {
    taken: () => {
      const scripts = ran(session).filter(({ url }) => !/^$|^node:|node_modules/.test(url));
      return new Set(
        scripts.flatMap(({ scriptId, functions }) =>
          functions.flatMap(({ ranges }) => {
            const [whole, ...blocks] = ranges;
            const left = blocks.filter(({ count }) => count === 0).map(({ startOffset }) => startOffset);
            return whole!.count > 0 ? [`${scriptId} ${whole!.startOffset} ${left.join()}`] : [];
          }),
        ),
      );
    },
    end: () => session.disconnect(),
  };
}

/** What has run since the last time. A session with one's own thread answers at once. */
function ran(session: Session): readonly Profiler.ScriptCoverage[] {
  let found: readonly Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (error, { result }) => {
    if (error !== null) throw error;
    found = result;
  });
  return found;
}
