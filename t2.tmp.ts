import * as c from "camada";
const { add, array, dense, equal, exp, expandDims, input, log, max, mean, multiply, negative, relu, rescaling, sequential, spiral, subtract, sum, arange, random } = c as any;
const sce = { name: "softmaxCrossEntropy", expects: "logits", each: (y: any, p: any) => {
  const m = max(p, -1, { keepdims: true }); const z = subtract(p, m); const lse = log(sum(exp(z), -1, { keepdims: true }));
  const hot = equal(expandDims(y, -1), arange(p.shape[1], { dtype: "int32" })).astype(p.dtype);
  return negative(sum(multiply(hot, subtract(z, lse)), -1)); } };
const sgd = { name: "sgd", init: () => ({}), update: (g: any) => ({ updates: Object.fromEntries(Object.entries(g).map(([k, v]) => [k, multiply(v as any, -0.1)])), state: {} }) };
const rng = random.defaultRng(0);
const x = rng.random([6400, 784]).astype("float32"), y = rng.integers(0, 10, [6400]);
const m = sequential(input(784), dense(128), relu(), dense(10)).initialize(1);
let last = performance.now(); const times: number[] = [];
await m.fit(x, y, { loss: sce, optimizer: sgd, epochs: 12, batchSize: 128, callbacks: [{ onBatchEnd: () => { const t = performance.now(); times.push(t - last); last = t; } }] });
times.sort((a, b) => a - b); console.log("camada median", times[times.length >> 1], "min", times[0]);
