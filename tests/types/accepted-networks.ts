import {
  averagePooling2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalAveragePooling2d,
  input,
  type Layer,
  layerNorm,
  maxPooling2d,
  type NDArray,
  type Padding,
  relu,
  reshapeTo,
  sequential,
  softmax,
  zeros,
} from "camada";

/** Networks that must compile, and what they give for a batch. */
type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T>() {
  return <U>(x: U, _ok: Eq<T, U> extends true ? "ok" : ["expected", T, "got", U]) => x;
}

const image = zeros([32, 28, 28, 1]);
const digit = zeros([32, 784]);

is<NDArray<readonly [32, 10]>>()(
  sequential(input(784), dense(128), relu(), dropout(0.2), dense(10), softmax()).forward(digit),
  "ok",
);
is<NDArray<readonly [32, 10]>>()(
  sequential(
    input([28, 28, 1]),
    conv2d(8, { kernelSize: 3 }),
    batchNorm(),
    relu(),
    maxPooling2d(),
    conv2d(16, { kernelSize: 3 }),
    maxPooling2d(),
    flatten(),
    dense(10),
  ).forward(image),
  "ok",
);
// sizes: what a window leaves, one by one and in strides, with the edges and without them
is<NDArray<readonly [32, 26, 24, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: [3, 5] })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 28, 28, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 5, padding: "same" })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 13, 9, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3, strides: [2, 3] })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 14, 10, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3, strides: [2, 3], padding: "same" })).forward(
    image,
  ),
  "ok",
);
is<NDArray<readonly [32, 24, 20, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3, dilation: [2, 4] })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 14, 7, 1]>>()(
  sequential(input([28, 28, 1]), averagePooling2d({ poolSize: [2, 4] })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 27, 27, 1]>>()(
  sequential(input([28, 28, 1]), maxPooling2d({ strides: 1 })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 10, 10, 1]>>()(
  sequential(input([28, 28, 1]), maxPooling2d({ poolSize: 3, padding: "same" })).forward(image),
  "ok",
);
is<NDArray<readonly [2, 1022, 5]>>()(
  sequential(input([1024, 9, 3]), conv2d({ weights: zeros([5, 3, 9, 3]) }), reshapeTo([1022, 5])).forward(
    zeros([2, 1024, 9, 3]),
  ),
  "ok",
);
is<NDArray<readonly [32, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3 }), globalAveragePooling2d()).forward(image),
  "ok",
);
is<NDArray<readonly [32, 28, number, 1]>>()(
  sequential(input(784), reshapeTo([28, -1, 1]), layerNorm()).forward(digit),
  "ok",
);
is<NDArray<readonly [4, 96]>>()(
  sequential(input(12), embedding(1000, 8), flatten()).forward(zeros([4, 12], ["batch", "step"])),
  "ok",
);

// sizes that are not known
declare const n: number;
declare const padding: Padding;
declare const layers: readonly Layer[];
declare const own: Layer;
is<NDArray<readonly [32, number, number, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: n })).forward(image),
  "ok",
);
is<NDArray<readonly [32, number, 26, number]>>()(
  sequential(input([28, 28, 1]), conv2d(n, { kernelSize: 3, strides: [n, 1] })).forward(image),
  "ok",
);
is<NDArray<readonly [32, 26 | 28, 26 | 28, 8]>>()(
  sequential(input([28, 28, 1]), conv2d(8, { kernelSize: 3, padding })).forward(image),
  "ok",
);
is<NDArray<readonly [32, number, number, number]>>()(
  sequential(input([n, n, n]), maxPooling2d()).forward(image),
  "ok",
);
is<NDArray<readonly [32, 3]>>()(
  sequential(input([28, 28, 1]), own, conv2d(8, { kernelSize: 3 }), flatten(), dense(3)).forward(image),
  "ok",
);
is<NDArray<readonly [32, ...number[]]>>()(sequential(input(784), own, own).forward(digit), "ok");
is<NDArray<readonly [32, 3]>>()(
  sequential(input(784), n > 0 ? relu() : dense(5), dense(3)).forward(digit),
  "ok",
);
is<NDArray<readonly [32, ...number[]]>>()(sequential(...layers).forward(image), "ok");

// @ts-expect-error an option that there is not
conv2d(8, { kernelSize: 3, stride: 2 });
// @ts-expect-error a padding that there is not
maxPooling2d({ padding: "full" });
