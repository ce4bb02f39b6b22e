import { add, allClose, argsort, array, broadcastTo, clip, concatenate, cumsum, dot, einsum, expandDims, flip, matmul, max, sort, split, squeeze, stack, sum, where, zeros } from "camada"; // biome-ignore format: one line

/**
 * Mistakes that must not compile. The compiler's sentence, in either language, must be the one that running
 * the line throws: refused.test.ts compares the two, line by line.
 */
export const mistakes: (() => unknown)[] = [];
const refused = (f: () => unknown) => mistakes.push(f);

const inputs = array([[0.47, 0.42, 0.46], [0.12, -0.15, -0.01], [-0.08, -0.1, 0.14], [-0.16, 0.13, -0.38]], ["batch", "feature"]); // biome-ignore format: rows
const weights = array([[0.42, -0.22, 0.45], [-0.04, 0.03, -0.29], [0.2, 0.34, -0.4]], ["neuron", "feature"]); // biome-ignore format: rows
const wide = zeros([3, 4], ["batch", "feature"]);
const wideWeights = zeros([3, 4], ["neuron", "feature"]);
const m43 = zeros([4, 3]);
const m53 = zeros([5, 3]);
const v4 = zeros([4]);

refused(() => dot(inputs, weights));
refused(() => inputs.dot(weights));
refused(() => dot(wide, wideWeights));
refused(() => dot(m43, m53));
refused(() => dot(v4.named("feature"), wideWeights));
refused(() => dot(zeros([3]), v4));
refused(() => dot(inputs, v4));
refused(() => dot(dot(inputs, weights.T), zeros([3, 3], ["feature", "class"])));
refused(() => matmul(m43, m53));
refused(() => add(m43, v4));
refused(() => add(dot(inputs, weights.T), zeros([3], ["feature"])));
refused(() => inputs.multiply(m53));
refused(() => sum(inputs, "neuron"));
refused(() => m43.sum(2));
refused(() => sum(m43, -3));
refused(() => m43.reshape([5, 2]));
refused(() => inputs.reshape([2, 3, 4]));
refused(() => array([[1, 2], [1, 2, 3]])); // biome-ignore format: rows
refused(() => array([[[1, 2], [1]], [[1, 2], [3, 4]]])); // biome-ignore format: rows
refused(() => array([[1, 2], [3, 4]], ["a", "b", "c"])); // biome-ignore format: rows
refused(() => m43.named("batch"));
refused(() => inputs.transpose("x", "batch"));
refused(() => concatenate([m43, zeros([2, 4])]));
refused(() => array([[1, 2], 3]));

// names that would stand twice
refused(() => dot(inputs, inputs.T));
refused(() => matmul(inputs, inputs.T));
refused(() => add(stack([v4.named("x")], 1), v4.slice([0, 1]).named("x")));
refused(() => array([[1]], ["x", "x"]));
refused(() => m43.named("x", "x"));
refused(() => inputs.rename({ batch: "feature" }));
refused(() => inputs.rename({ neuron: "unit" }));

// axes
refused(() => inputs.transpose(0));
refused(() => inputs.transpose("batch", 0));
refused(() => max(inputs, 2));
refused(() => sort(m43, 2));
refused(() => argsort(m43, -3));
refused(() => flip(inputs, "neuron"));
refused(() => cumsum(inputs, "neuron"));
refused(() => expandDims(inputs, 3));
refused(() => expandDims(m43, -4));
refused(() => squeeze(inputs, "neuron"));
refused(() => squeeze(inputs, "batch"));
refused(() => squeeze(m43, 0));
refused(() => broadcastTo(inputs, [4, 4]));
refused(() => broadcastTo(m43, [3]));

// joining and splitting
refused(() => concatenate([]));
refused(() => concatenate([m43, m43], 2));
refused(() => concatenate([inputs, inputs], "neuron"));
refused(() => concatenate([m43, v4]));
refused(() => concatenate([m43, inputs, zeros([3, 3], ["neuron", "feature"])]));
refused(() => concatenate([stack([v4.named("x")]), stack([v4.named("x")], 1)], 1));
refused(() => concatenate([stack([v4.named("x")], 1), stack([zeros([1], ["x"])])]));
refused(() => stack([]));
refused(() => stack([m43, m53]));
refused(() => stack([wide, wideWeights], 1));
refused(() => stack([m43, m43], 4));
refused(() => split(m43, 3));
refused(() => split(inputs, 2, "feature"));
refused(() => split(m43, 0));
refused(() => split(m43, -2));
refused(() => split(m43, 1.5));
refused(() => split(m43, [1, 2.5]));
refused(() => split(m43, 2, 2));

// choosing and comparing
refused(() => where(inputs, m53, 0));
refused(() => where(m43, v4, zeros([3])));
refused(() => where(inputs, zeros([3], ["neuron"]), 0));
refused(() => clip(inputs, v4, 1));
refused(() => clip(inputs, 0, zeros([3], ["neuron"])));
refused(() => allClose(m43, m53));

// einsum
refused(() => einsum("ij,jk=ik", m43, m43));
refused(() => einsum("ij->ijk", m43));
refused(() => einsum("ij->ii", m43));
refused(() => einsum("ij,jk->ik", m43));
refused(() => einsum("ij->ji"));
refused(() => einsum("ij,jk->ik", m43, v4));
refused(() => einsum("ij,jk->ik", m43, m53));
refused(() => einsum("ii", m43));
refused(() => einsum("bf,fn->bn", inputs, weights));
refused(() => einsum("bf,cf->bc", inputs, inputs));
