import type { Peer } from "./peer.js";

/** Of @jax-js/jax what is measured. An array is given up by each use, unless its `ref` is taken. */
interface Library {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): unknown;
  jit(f: (...args: Value[]) => Value): (...args: Value[]) => Value;
  numpy: { dot(a: Value, b: Value): Value; transpose(a: Value): Value; add(a: Value, b: Value): Value };
  random: { key(seed: number): Value; normal(key: Value, shape: readonly number[]): Value };
}
interface Value {
  readonly ref: Value;
  data(): Promise<ArrayLike<number>>;
}

const PACKAGE: string = "@jax-js/jax";

export const jaxJs: Peer = {
  name: "jax-js",
  time: async (task) => {
    const jax = (await import(PACKAGE).catch(() => undefined)) as Library | undefined;
    if (jax === undefined || task === "step") return undefined;
    await jax.init("wasm");
    jax.defaultDevice("wasm");
    const { dot, transpose, add } = jax.numpy;
    const random = (...shape: number[]) => jax.random.normal(jax.random.key(0), shape);
    const [f, args, count]: [(...a: Value[]) => Value, Value[], number] =
      task === "product"
        ? [jax.jit((a, b) => dot(a, b)), [random(512, 512), random(512, 512)], 2]
        : [jax.jit((x, w, b) => add(dot(x, transpose(w)), b)), [random(4, 3), random(3, 3), random(3)], 500];
    let least = Infinity;
    for (let s = 0; s < 7; s++) {
      const start = performance.now();
      for (let i = 0; i < count; i++) await f(...args.map((a) => a.ref)).data();
      least = Math.min(least, (performance.now() - start) / count);
    }
    return least * 1e6;
  },
};
