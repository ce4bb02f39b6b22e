import {
  averagePooling2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  input,
  layerNorm,
  maxPooling2d,
  relu,
  reshapeTo,
  sequential,
  softmaxCrossEntropy,
  zeros,
} from "camada";

/** Networks that must not compile: as refused.ts. */
export const mistakes: (() => unknown)[] = [];
const refused = (f: () => unknown) => mistakes.push(f);

const weights = zeros([3, 4], ["neuron", "feature"]);
const kernels = zeros([8, 3, 3, 3]);
const strided = { kernelSize: 3, strides: 4 } as const;
const digits = sequential(input(784), dense(128), relu(), dense(10));
const given = sequential(dense({ weights }));
const images = sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3 }), flatten(), dense(10));
const words = sequential(input(12), embedding(1000, 8), flatten(), dense(2));

const labels = zeros([32], undefined, { dtype: "int32" });
const loss = softmaxCrossEntropy();

// layers that do not fit the one before
refused(() => sequential(input(5), dense({ weights })));
refused(() => sequential(input(4), dense({ weights }), relu(), dense({ weights })));
refused(() => sequential(input([28, 28, 1]), flatten(), dropout(0.5), dense({ weights })));
refused(() => sequential(input(784), conv2d(8, { kernelSize: 3 })));
refused(() => sequential(input([28, 28]), batchNorm(), conv2d(8, { kernelSize: 3 })));
refused(() => sequential(input([8, 28, 28, 1]), conv2d(8, { kernelSize: 3 })));
refused(() => sequential(input([28, 28, 1]), conv2d({ weights: kernels })));
refused(() => sequential(input([28, 28, 3]), conv2d({ weights: kernels }), conv2d({ weights: kernels })));
refused(() => sequential(input([5, 28, 1]), conv2d(8, { kernelSize: 7 })));
refused(() => sequential(input([28, 5, 1]), conv2d(8, { kernelSize: [2, 3], dilation: [1, 3] })));
refused(() => sequential(input([9, 9, 1]), conv2d(1, strided), averagePooling2d({ poolSize: 3 })));
refused(() => sequential(input([9, 9, 1]), maxPooling2d(), maxPooling2d({ poolSize: [1, 5] })));
refused(() => sequential(input([0, 9, 1]), conv2d(1, { kernelSize: 3, padding: "same" })));
refused(() => sequential(input([28, 28, 1]), flatten(), averagePooling2d()));
refused(() => sequential(input(784), globalAveragePooling2d()));
refused(() => sequential(input([28, 28, 1]), globalMaxPooling2d(), globalMaxPooling2d()));
refused(() => sequential(input(784), reshapeTo([28, 29, 1])));
refused(() => sequential(input([28, 28, 1]), maxPooling2d(), reshapeTo([784])));
refused(() => sequential(input([28, 28]), reshapeTo([784]), reshapeTo([14, 56, 2])));
refused(() => sequential(input(12), relu(), embedding(1000, 8)));
refused(() => sequential(input(12), embedding(1000, 8), layerNorm(), embedding(1000, 8)));

// batches that are not what the network takes
refused(() => digits.forward(zeros([32, 784], ["batch", "neuron"])));
refused(() => digits.forward(zeros([784, 32], ["feature", "batch"])));
refused(() => digits.forward(zeros([32, 28, 28])));
refused(() => digits.forward(zeros([784])));
refused(() => given.forward(zeros([2, 3])));
refused(() => given.forward(zeros([2, 4], ["batch", "neuron"])));
refused(() => images.forward(zeros([32, 784])));
refused(() => images.forward(zeros([28, 28, 1])));
refused(() => images.forward(zeros([32, 1, 28, 28], ["batch", "channel", "row", "column"])));
refused(() => images.forward(zeros([32, 28, 28, 1], ["batch", "row", "column", "neuron"])));
refused(() => words.forward(zeros([4, 12], ["batch", "feature"], { dtype: "int32" })));
refused(() => words.forward(zeros([4, 12, 8], undefined, { dtype: "int32" })));
refused(() => digits.predict(zeros([32, 784], ["batch", "neuron"])));
refused(() => digits.fit(zeros([32, 784], ["batch", "neuron"]), labels, { loss }));
refused(() => digits.evaluate(zeros([32, 28, 28]), labels, { loss }));
