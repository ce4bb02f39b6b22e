// One of the pool's threads: see pool.ts. Plain JavaScript, so that it can be started from the sources as well as
// from the package, by Node, which knows no TypeScript everywhere.

/**
 * @typedef {{ id: number, module: WebAssembly.Module, memory: WebAssembly.Memory }} Joined
 * @typedef {{ control: Int32Array, thread: number }} Hello
 */

// as pool.ts has them
const [GO, PROGRAM, MESSAGES, AWAY] = [0, 1, 2, 3];
/** How often a thread looks for work before it sleeps. */
const SPINS = 200_000;

/** @type {Map<number, (thread: number, maySleep: number) => void>} */
const parts = new Map();
/** @type {Int32Array} */
let control;
let thread = 0;
/** How many programs this thread has been told of. */
let messages = 0;

/** @param {Hello | { join: Joined, drop: number[] }} message */
function receive(message) {
  if ("control" in message) {
    ({ control, thread } = message);
    return;
  }
  messages++;
  const { id, module, memory } = message.join;
  for (const old of message.drop) parts.delete(old);
  const never = () => {
    throw new Error("only the first thread calls JavaScript");
  };
  // whatever the module imports beside its memory belongs to the first thread
  /** @type {Record<string, Record<string, unknown>>} */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: name === "memory" ? memory : never };
  }
  const { exports } = new WebAssembly.Instance(module, /** @type {WebAssembly.Imports} */ (imports));
  parts.set(id, /** @type {any} */ (exports["share"]));
  work();
}

/** Helps with each run, until there is a message to receive. */
function work() {
  Atomics.sub(control, AWAY, 1);
  for (let round = 0; ; ) {
    for (let i = 0; i < SPINS && Atomics.load(control, GO) === round; i++);
    if (Atomics.load(control, GO) === round) {
      Atomics.add(control, AWAY, 1);
      Atomics.wait(control, GO, round);
      Atomics.sub(control, AWAY, 1);
    }
    round = Atomics.load(control, GO);
    if (Atomics.load(control, MESSAGES) !== messages) {
      Atomics.add(control, AWAY, 1);
      return;
    }
    parts.get(Atomics.load(control, PROGRAM))?.(thread, 1);
  }
}

/** @type {any} */
const scope = globalThis;
const node = scope.process?.getBuiltinModule?.("node:worker_threads");
if (node?.parentPort) node.parentPort.on("message", receive);
else scope.onmessage = (/** @type {{ data: any }} */ { data }) => receive(data);
