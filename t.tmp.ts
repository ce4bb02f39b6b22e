import * as c from "camada";
const { add, array, dense, equal, exp, expandDims, input, log, max, mean, multiply, negative, relu, rescaling, sequential, spiral, subtract, sum, arange } = c as any;
import { accuracy } from "/work/main/packages/camada/src/nn/metrics.js";
const sce = { name: "softmaxCrossEntropy", expects: "logits", each: (y: any, p: any) => {
  const m = max(p, -1, { keepdims: true }); const z = subtract(p, m); const lse = log(sum(exp(z), -1, { keepdims: true }));
  const hot = equal(expandDims(y, -1), arange(p.shape[1], { dtype: "int32" })).astype(p.dtype);
  return negative(sum(multiply(hot, subtract(z, lse)), -1)); } };
const mode = process.argv[2];
if (mode === "spiral") {
  const { x, y } = spiral({ points: 100, classes: 3, seed: 0 });
  const m = sequential(input(2), dense(64), relu(), dense(3)).initialize(1);
  const t = performance.now();
  const h = await m.fit(x, y, { loss: sce, epochs: 200, batchSize: 32, metrics: [accuracy()], seed: 3, optimizer: (await import("/work/main/packages/camada/src/nn/optimizers.js")).adam(0.01) });
  console.log(h.epochs.at(-1), h.warnings, performance.now() - t);
  console.log(await m.evaluate(x, y, { loss: sce, metrics: [accuracy()] }));
} else {
  const { loadMnist } = await import("/work/main/packages/interop/src/node.js");
  const { train, test } = loadMnist();
  const x = train.images.reshape([60000, 784]), tx = test.images.reshape([10000, 784]);
  const m = sequential(input(784), rescaling(1 / 255), dense(128), relu(), dense(10)).initialize(1);
  const t = performance.now();
  const h = await m.fit(x, train.labels, { loss: sce, epochs: 1, batchSize: 128, metrics: [accuracy()], seed: 3, validationData: [tx, test.labels], callbacks: [{ onBatchEnd: (l: any) => { if (l.batch % 100 === 0) console.log(l); } }] });
  console.log(h.epochs, h.warnings, performance.now() - t);
}
