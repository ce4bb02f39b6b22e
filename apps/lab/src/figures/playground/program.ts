import type { Settings } from "./settings.js";
import { CENTERS, classesOf } from "./training.js";

/** The playground's training as a program of TypeScript that gives the same numbers anywhere. */
export function programOf(settings: Settings, epochs: number): string {
  const { layers, activation, optimizer, learningRate, batchSize, l2, seed } = settings;
  const own = settings.data === "own";
  const penalty = l2 === 0 ? "" : `, { regularizer: l2(${l2}) }`;
  const hidden = layers.map((neurons) => `  dense(${neurons}${penalty}),\n  ${activation}(),\n`).join("");
  const names = [
    "accuracy",
    optimizer,
    ...(own ? ["array"] : [settings.data, "trainTestSplit"]),
    "dense",
    "input",
    ...(layers.length === 0 ? [] : [activation]),
    ...(l2 === 0 ? [] : ["l2"]),
    "sequential",
    "softmaxCrossEntropy",
  ].sort((a, b) => a.localeCompare(b));
  return `import { ${names.join(", ")} } from "camada";

${dataOf(settings)}
const model = sequential(
  input(2),
${hidden}  dense(${classesOf(settings)}${penalty}),
).initialize(${seed});

const history = await model.fit(train.x, train.y, {
  loss: softmaxCrossEntropy(),
  optimizer: ${optimizer}(${learningRate}),
  metrics: [accuracy()],
${own ? "" : "  validationData: [test.x, test.y],\n"}  epochs: ${epochs},
  batchSize: ${batchSize},
  seed: ${seed},
});

console.log(history.epochs.at(-1));
console.log(model.summary());
`;
}

function dataOf({ data, noise, samples, seed, own }: Settings): string {
  if (data === "own") {
    const points = own.map(([x, y]) => `[${x}, ${y}]`).join(", ");
    const labels = own.map(([, , label]) => label).join(", ");
    return `const train = {
  x: array([${points}], ["batch", "feature"]),
  y: array([${labels}], ["batch"], { dtype: "int32" }),
};
`;
  }
  const options = {
    spiral: `points: ${Math.floor(samples / 3)}`,
    moons: `samples: ${samples}`,
    circles: `samples: ${samples}, factor: 0.5`,
    blobs: `samples: ${samples}, centers: ${JSON.stringify(CENTERS)}`,
  }[data];
  return `const { x, y } = ${data}({ ${options}, noise: ${noise}, seed: ${seed} });
const { train, test } = trainTestSplit(x, y, { testSize: 0.25, seed: ${seed} });
`;
}
