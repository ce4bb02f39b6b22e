import {
  adam,
  adamw,
  array,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  chain,
  checkTargets,
  clipByNorm,
  constant,
  dot,
  hinge,
  initializerOf,
  type Loss,
  meanSquaredError,
  momentum,
  type NDArray,
  ones,
  piecewiseConstant,
  sigmoid,
  softmax,
  softmaxCrossEntropy,
  zeros,
} from "camada";
import { trace } from "../../packages/camada/src/graph/trace.js";
import { checkLastActivation } from "../../packages/camada/src/nn/pairing.js";
import { loose, type Refusal } from "./refusal.js";

/** Pairs a loss with a network that ends in `last`. */
function endWith(loss: Loss, last: (x: NDArray) => NDArray): void {
  checkLastActivation(loss, trace("network", last, [zeros([2, 3])]).graph.outputs[0]!);
}

/** Losses, what they are paired with, optimizers, schedules, and their settings. */
export const LOSSES: readonly Refusal[] = [
  [
    "number.finite",
    () => constant(Number.NaN),
    "constant: value must be a finite number, not NaN",
    "constant: value deve ser um número finito, e não NaN",
  ],
  [
    "number.positive",
    () => adam({ learningRate: 0 }),
    "adam: learningRate must be a finite number above 0, not 0",
    "adam: learningRate deve ser um número finito acima de 0, e não 0",
  ],
  [
    "number.notNegative",
    () => adamw({ weightDecay: -1 }),
    "adamw: weightDecay must be a finite number that is not negative, not -1",
    "adamw: weightDecay deve ser um número finito não negativo, e não -1",
  ],
  [
    "number.fraction",
    () => momentum({ momentum: 1 }),
    "momentum: momentum must be a number from 0 up to, but without, 1, not 1",
    "momentum: momentum deve ser um número de 0 até 1, sem o 1, e não 1",
  ],
  [
    "option.unknown",
    () => adam(loose({ beta3: 0.9 })),
    "adam: there is no option 'beta3'. There are: learningRate, beta1, beta2, epsilon",
    "adam: não existe a opção 'beta3'. Existem: learningRate, beta1, beta2, epsilon",
  ],
  [
    "config.unknown",
    () => initializerOf({ name: "zeros" }),
    "initializerOf: there is no 'zeros'. There are: glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal, orthogonal, constant, randomNormal, randomUniform",
    "initializerOf: não existe 'zeros'. Existem: glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal, orthogonal, constant, randomNormal, randomUniform",
  ],
  [
    "optimizer.chain",
    () => chain(loose(adam()), loose(clipByNorm(1))),
    "chain: the last must be an optimizer, such as sgd(0.1), and those before it what gradients go through, such as clipByNorm(1)",
    "chain: o último deve ser um otimizador, como sgd(0.1), e os anteriores, aquilo por que passam os gradientes, como clipByNorm(1)",
  ],
  [
    "schedule.count",
    () => piecewiseConstant([10, 20], [0.1, 0.01]),
    "piecewiseConstant: 2 boundaries need one rate more than that, but there are 2 rates",
    "piecewiseConstant: 2 limites pedem uma taxa a mais do que isso, mas há 2 taxas",
  ],
  [
    "schedule.order",
    () => piecewiseConstant([20, 10], [0.1, 0.01, 0.001]),
    "piecewiseConstant: the boundaries must rise, but 10 comes after one that is not less",
    "piecewiseConstant: os limites devem crescer, mas 10 vem depois de um que não é menor",
  ],
  [
    "loss.shapes",
    () => meanSquaredError().each(zeros([4]), zeros([4, 1])),
    "meanSquaredError: the targets (4) do not fit the result (4, 1), and nothing is broadcast. Give the targets the axis of 1 too: expandDims(targets, -1)",
    "meanSquaredError: os alvos (4) não combinam com o resultado (4, 1), e nada se ajusta por broadcasting. Dê também aos alvos o eixo de 1: expandDims(alvos, -1)",
  ],
  [
    "loss.shapes",
    () => softmaxCrossEntropy().each(zeros([4, 1]), zeros([4, 3])),
    "softmaxCrossEntropy: the targets (4, 1) do not fit the result (4, 3), and nothing is broadcast. Take the targets' axis of 1 away: squeeze(targets, -1)",
    "softmaxCrossEntropy: os alvos (4, 1) não combinam com o resultado (4, 3), e nada se ajusta por broadcasting. Tire dos alvos o eixo de 1: squeeze(alvos, -1)",
  ],
  [
    "loss.shapes",
    () => meanSquaredError().each(zeros([4, 2]), zeros([4, 3])),
    "meanSquaredError: the targets (4, 2) do not fit the result (4, 3), and nothing is broadcast. Give the last layer as many neurons as each observation's targets need",
    "meanSquaredError: os alvos (4, 2) não combinam com o resultado (4, 3), e nada se ajusta por broadcasting. Dê à última camada tantos neurônios quantos os alvos de cada observação pedem",
  ],
  [
    "loss.shapes",
    () => meanSquaredError().each(zeros([5, 3]), zeros([4, 3])),
    "meanSquaredError: the targets (5, 3) do not fit the result (4, 3), and nothing is broadcast. There must be targets for each observation",
    "meanSquaredError: os alvos (5, 3) não combinam com o resultado (4, 3), e nada se ajusta por broadcasting. Deve haver alvos para cada observação",
  ],
  [
    "loss.oneOutput",
    () => softmaxCrossEntropy().each(zeros([4]), zeros([4, 1])),
    "softmaxCrossEntropy: one output cannot tell classes apart. Use binaryCrossEntropy(), with sigmoid() last, or give the last layer a neuron for each class",
    "softmaxCrossEntropy: uma só saída não distingue classes. Use binaryCrossEntropy(), com sigmoid() por último, ou dê à última camada um neurônio para cada classe",
  ],
  [
    "loss.finite",
    () => checkTargets(meanSquaredError(), array([[1], [Number.NaN]]), [1]),
    "meanSquaredError: the target NaN of observation 1 is not a finite number",
    "meanSquaredError: o alvo NaN da observação 1 não é um número finito",
  ],
  [
    "loss.label",
    () => checkTargets(softmaxCrossEntropy(), array([0, 3]), [3]),
    "softmaxCrossEntropy: the target 3 of observation 1 is no class: classes are whole numbers from 0 to 2, one for each neuron of the last layer",
    "softmaxCrossEntropy: o alvo 3 da observação 1 não é uma classe: as classes são números inteiros de 0 a 2, um para cada neurônio da última camada",
  ],
  [
    "loss.fraction",
    () => checkTargets(binaryCrossEntropy(), array([[0], [2]]), [1]),
    "binaryCrossEntropy: the target 2 of observation 1 must be from 0 to 1",
    "binaryCrossEntropy: o alvo 2 da observação 1 deve estar entre 0 e 1",
  ],
  [
    "loss.sign",
    () => checkTargets(hinge(), array([[1], [0]]), [1]),
    "hinge: the target 0 of observation 1 must be -1 or 1. Make them of 0 and 1: targets.multiply(2).subtract(1)",
    "hinge: o alvo 0 da observação 1 deve ser -1 ou 1. Faça-os de 0 e 1: alvos.multiply(2).subtract(1)",
  ],
  [
    "loss.row",
    () => checkTargets(softmaxCrossEntropy(), array([[0.5, 0.6]]), [2]),
    "softmaxCrossEntropy: the targets of observation 0 add up to 1.1, not to 1. Where several classes may be true at once, use binaryCrossEntropy(), with sigmoid() last",
    "softmaxCrossEntropy: os alvos da observação 0 somam 1.1, e não 1. Onde várias classes podem valer ao mesmo tempo, use binaryCrossEntropy(), com sigmoid() por último",
  ],
  [
    "loss.softmaxTwice",
    () => endWith(softmaxCrossEntropy(), (x) => softmax(x)),
    "softmaxCrossEntropy: the model ends with softmax, and this loss applies its own to what it is given. Take the model's away, or use categoricalCrossEntropy()",
    "softmaxCrossEntropy: o modelo termina com softmax, e esta perda aplica a sua própria ao que recebe. Tire a do modelo, ou use categoricalCrossEntropy()",
  ],
  [
    "loss.sigmoidTwice",
    () => endWith(binaryCrossEntropy({ fromLogits: true }), (x) => sigmoid(x)),
    "binaryCrossEntropy: the model ends with sigmoid, and this loss needs the values before it. Take sigmoid away, or use binaryCrossEntropy()",
    "binaryCrossEntropy: o modelo termina com sigmoid, e esta perda precisa dos valores de antes dela. Tire a sigmoid, ou use binaryCrossEntropy()",
  ],
  [
    "loss.sigmoidForSoftmax",
    () => endWith(categoricalCrossEntropy(), (x) => sigmoid(x)),
    "categoricalCrossEntropy: the model ends with sigmoid, whose values need not add up to 1. Use softmax(); or, where several classes may be true at once, binaryCrossEntropy()",
    "categoricalCrossEntropy: o modelo termina com sigmoid, cujos valores não precisam somar 1. Use softmax(); ou, onde várias classes podem valer ao mesmo tempo, binaryCrossEntropy()",
  ],
  [
    "loss.noSoftmax",
    () => endWith(categoricalCrossEntropy(), (x) => dot(x, ones([3, 2]))),
    "categoricalCrossEntropy: this loss needs probabilities, and the model ends with values that are none. Put softmax() last, or use softmaxCrossEntropy()",
    "categoricalCrossEntropy: esta perda precisa de probabilidades, e o modelo termina com valores que não são probabilidades. Ponha softmax() por último, ou use softmaxCrossEntropy()",
  ],
  [
    "loss.noSigmoid",
    () => endWith(binaryCrossEntropy(), (x) => dot(x, ones([3, 1]))),
    "binaryCrossEntropy: this loss needs probabilities, and the model ends with values that are none. Put sigmoid() last, or use binaryCrossEntropy({ fromLogits: true })",
    "binaryCrossEntropy: esta perda precisa de probabilidades, e o modelo termina com valores que não são probabilidades. Ponha sigmoid() por último, ou use binaryCrossEntropy({ fromLogits: true })",
  ],
];
