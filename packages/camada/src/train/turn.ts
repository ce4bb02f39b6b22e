/** What is asked of the machine beside arithmetic: the time, and a turn for others. */
const machine = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly setImmediate?: (f: () => void) => void;
  readonly MessageChannel: new () => {
    readonly port1: { onmessage: (() => void) | null; close(): void };
    readonly port2: { postMessage(message: null): void };
  };
};

/** How long a stretch of work may be before others get a turn, in milliseconds. */
const STRETCH = 12;

/** The time in seconds, from some beginning. */
export function seconds(): number {
  return machine.performance.now() / 1000;
}

/** Turns of the page or the process, to do what waits: every few milliseconds one is due. */
export class Turns {
  private last = machine.performance.now();

  /** Whether it is time for a turn of others. */
  get isDue(): boolean {
    return machine.performance.now() - this.last >= STRETCH;
  }

  async take(): Promise<void> {
    await pause();
    this.last = machine.performance.now();
  }
}

/** A timer would wait 4 ms or more. */
function pause(): Promise<void> {
  const { setImmediate, MessageChannel } = machine;
  if (setImmediate !== undefined) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
