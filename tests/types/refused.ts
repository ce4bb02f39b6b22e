import { add, array, concatenate, dot, matmul, sum, zeros } from "camada";

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
