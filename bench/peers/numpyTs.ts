import { best, type Peer } from "./peer.js";

/** Of numpy-ts what is measured. */
interface Library {
  array(data: unknown): Matrix;
  dot(a: Matrix, b: Matrix): Matrix;
  add(a: Matrix, b: Matrix): Matrix;
  transpose(a: Matrix): Matrix;
}
type Matrix = { readonly shape: readonly number[] };

const PACKAGE: string = "numpy-ts";

export const numpyTs: Peer = {
  name: "numpy-ts",
  time: async (task) => {
    const np = (await import(PACKAGE).catch(() => undefined)) as Library | undefined;
    if (np === undefined || task === "step") return undefined;
    const random = (rows: number, columns: number) =>
      np.array(Array.from({ length: rows }, () => Array.from({ length: columns }, Math.random)));
    if (task === "product") {
      const [a, b] = [random(512, 512), random(512, 512)];
      return best(() => np.dot(a, b), 2);
    }
    const [x, w, b] = [random(4, 3), random(3, 3), np.array([0.1, 0.2, 0.3])];
    return best(() => np.add(np.dot(x, np.transpose(w)), b), 5_000);
  },
};
