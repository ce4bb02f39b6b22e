import type { Shape } from "camada";
import {
  add,
  array,
  broadcastTo,
  concatenate,
  dot,
  einsum,
  expandDims,
  matmul,
  type NamedArray,
  type NDArray,
  ones,
  sort,
  split,
  squeeze,
  stack,
  sum,
  zeros,
} from "camada";

/** What must compile where sizes, or even the number of axes, are not known: nothing is refused, nothing is never. */
type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T>() {
  return <U>(x: U, _ok: Eq<T, U> extends true ? "ok" : ["expected", T, "got", U]) => x;
}

declare const k: number;
declare const nested: number[][];
declare const indices: number[];
declare const subscripts: string;
declare const list: NDArray<[2, 3]>[];
declare const renamed: Record<string, string>;
declare const unknown: NDArray;
declare const either: NDArray<[3 | 4, 3]>;
const m23 = zeros([2, 3]);
const v3 = zeros([3]);
const weights = ones([3, 3], ["neuron", "feature"]);
const biases = ones([3], ["neuron"]);

// sizes not known
const dynamic = is<NDArray<[number, number]>>()(array(nested), "ok");
is<NDArray<[number, number]>>()(array([[1, 2], ...nested]), "ok");
is<NDArray<[number, 2]>>()(array([[1, 2]] as [number, number][]), "ok");
is<NDArray<[number, number]>>()(dot(dynamic, dynamic), "ok");
is<NDArray<[number, 3]>>()(add(dynamic, v3), "ok");
is<NDArray<[number]>>()(sum(dynamic, 0), "ok");
is<NDArray<[number]>>()(sum(m23, k), "ok");
is<NDArray<[3, 2]>>()(dynamic.reshape([3, 2]), "ok");
is<NDArray<[number, 3]>>()(dynamic.reshape([-1, 3]), "ok");
is<NDArray<[12, number]>>()(zeros([8, 9]).reshape([12, -1]), "ok");
is<NDArray<[number, 3]>>()(m23.slice([0, k]), "ok");
dot(m23, either);
dot(either, m23.T);
add(either, zeros([4, 3]));

// axes not known
is<NDArray>()(dot(unknown, weights), "ok");
is<NDArray>()(dot(weights, unknown), "ok");
is<NDArray>()(matmul(unknown, weights), "ok");
is<NDArray>()(add(unknown, biases), "ok");
is<NDArray>()(add(biases, unknown), "ok");
is<NDArray>()(sum(unknown, "batch"), "ok");
is<NDArray>()(unknown.T, "ok");
is<NDArray>()(unknown.slice([0, 1]), "ok");
is<NDArray>()(concatenate([unknown, m23]), "ok");
is<NDArray>()(stack([unknown, m23]), "ok");
is<NDArray>()(expandDims(unknown, 0), "ok");
is<NDArray>()(broadcastTo(m23, indices), "ok");
is<NDArray<[2, 3]>>()(broadcastTo(unknown, [2, 3]), "ok");
is<[NDArray, NDArray]>()(split(unknown, 2), "ok");
is<NDArray<[number, 3]>>()(einsum("ij,jk->ik", unknown, v3.reshape([1, 3])), "ok");
is<NDArray<[2, 3]>>()(unknown.reshape([2, 3]), "ok");
is<NDArray<[number, number]>>()(unknown.transpose(1, 0), "ok");
is<NamedArray<Shape, ["batch", "feature"]>>()(unknown.named("batch", "feature"), "ok");
// a number or an array: it depends on how many indices there are
is<NDArray & number>()(unknown.at(0), "ok");
is<NDArray & number>()(m23.at(...indices), "ok");
is<NDArray & number>()(squeeze(unknown), "ok");
is<NDArray & number>()(squeeze(dynamic), "ok");
is<NDArray & number>()(einsum(subscripts, m23), "ok");

// places, and how many arrays there are, not known
is<NDArray<[number, number, number]>>()(expandDims(m23, k), "ok");
is<NDArray<[number]>>()(squeeze(m23, k), "ok");
is<NDArray<[number, number]>>()(concatenate([m23, m23], k), "ok");
is<NDArray<[number, 3]>>()(concatenate(list), "ok");
is<NDArray<[number, 2, 3]>>()(stack(list), "ok");
is<NDArray<[number, number]>>()(einsum("ij,jk->ik", ...list), "ok");
is<NDArray<[number, 3]>[]>()(split(m23, k), "ok");
is<NDArray<[number, 3]>[]>()(split(m23, indices), "ok");
is<[NDArray<[number, number]>, NDArray<[number, number]>]>()(split(m23, 2, k), "ok");
is<NDArray<[number, 3]>>()(sort(add(dynamic, v3), k), "ok");
weights.transpose(k, k);
weights.transpose(...indices);
weights.rename(renamed);

// rows of what is not known, and names in a list
for (const row of dynamic) is<NDArray<[number]>>()(row, "ok");
const called: string[] = ["batch", "feature"];
is<[2, 2]>()(zeros([2, 2], called).shape, "ok");

// in the middle of a program
function forward(x: NDArray<[number, 3]>) {
  return add(dot(x, weights.T), biases);
}
is<NamedArray<[number, 3], [string, "neuron"]>>()(forward(m23), "ok");
let sums = zeros([3]);
for (let i = 0; i < 3; i++) sums = add(sums, v3);
