import {
  accuracy,
  activation,
  adam,
  array,
  batchSizeStudy,
  type Callback,
  checkpoint,
  configure,
  confusionMatrix,
  dense,
  earlyStopping,
  type FitOptions,
  full,
  input,
  log,
  meanSquaredError,
  multiply,
  type NDArray,
  ones,
  reduceLearningRate,
  relu,
  Sequential,
  type StudyOptions,
  sgd,
  softmaxCrossEntropy,
  sqrt,
  standardize,
  studyText,
  subtract,
  zeros,
} from "camada";
import { reference } from "../../packages/camada/src/backends/reference/index.js";
import { loose, type Refusal } from "./refusal.js";

const x = ones([6, 2]) as NDArray;
const y = zeros([6, 1]) as NDArray;
const labels = zeros([6], undefined, { dtype: "int32" }) as NDArray;
const quiet = { seed: 0, batchSize: 3, onWarning: () => {} };

/** Trains a small network, of one output unless its layers are given. */
const fit =
  (
    options: Partial<FitOptions> = {},
    { of = [x, y], layers = [dense(1)] as Sequential["network"]["layers"][number]["layer"][] } = {},
  ) =>
  () =>
    new Sequential([input(2), ...layers])
      .initialize(0)
      .fit(of[0]!, of[1]!, { loss: meanSquaredError(), ...quiet, ...options });

/** The second row is 0, and what comes of it is not finite. */
const zeroRow = array([[1, 1], [0, 0], [1, 1], [1, 1], [1, 1], [1, 1]]) as NDArray; // biome-ignore format: rows
const given = dense({ weights: array([[1, 1]], undefined, { dtype: "float32" }) });
const state = { epoch: 1, step: 1, seed: 0, rate: 1, weights: {}, optimizer: {} };
const during = (onBatchEnd: Callback["onBatchEnd"]) => ({ callbacks: [{ onBatchEnd: onBatchEnd! }] });

const study = (options: Partial<StudyOptions>) => () =>
  batchSizeStudy({
    build: () => new Sequential([input(2), dense(2)]),
    train: [x, labels],
    test: [x, labels],
    batchSizes: [3],
    seeds: [0],
    loss: softmaxCrossEntropy(),
    optimizer: sgd,
    learningRate: 0.1,
    budget: { epochs: 1 },
    ...options,
  });
const studied = async (options: Partial<StudyOptions>, line: number) =>
  studyText(await study(options)())
    .split("\n")
    .at(line);
const heading = async (column: number) => (await studied({}, 0))!.trim().split(/\s{2,}/)[column];

/** Training, callbacks and weights. */
export const TRAINING: readonly Refusal[] = [
  [
    "value.array",
    fit({}, { of: [loose([[1, 2]]), y] }),
    "dense1: x must be an array, not [...]. Make one of it: array(...)",
    "dense1: x deve ser um array, e não [...]. Faça dele um: array(...)",
  ],
  [
    "value.array",
    fit({}, { of: [x, loose([1, 2, 3, 4, 5, 6])] }),
    "fit: y must be an array, not [...]. Make one of it: array(...)",
    "fit: y deve ser um array, e não [...]. Faça dele um: array(...)",
  ],
  [
    "fit.class",
    fit({ classWeight: { 0: 1 } }, { of: [x, full([6, 1], 0.5) as NDArray] }),
    "fit: classWeight needs classes, whole numbers, but y has 0.5. Use sampleWeight",
    "fit: classWeight precisa de classes, números inteiros, mas y tem 0.5. Use sampleWeight",
  ],
  [
    "fit.made",
    fit({ optimizer: loose("adam") }),
    "fit: optimizer must be what a function makes, such as adam(), not 'adam'",
    "fit: optimizer deve ser o que uma função faz, como adam(), e não 'adam'",
  ],
  [
    "fit.made",
    fit({ metrics: [loose(accuracy)] }),
    "fit: metrics must be what a function makes, such as accuracy(), not function",
    "fit: metrics deve ser o que uma função faz, como accuracy(), e não function",
  ],
  [
    "option.unknown",
    fit(loose({ batch_size: 3 })),
    "fit: there is no option 'batch_size'. There are: loss, optimizer, metrics, epochs, batchSize, validationSplit, validationData, order, shuffle, seed, sampleWeight, classWeight, callbacks, signal, resume, backend, threads, onWarning",
    "fit: não existe a opção 'batch_size'. Existem: loss, optimizer, metrics, epochs, batchSize, validationSplit, validationData, order, shuffle, seed, sampleWeight, classWeight, callbacks, signal, resume, backend, threads, onWarning",
  ],
  [
    "option.unknown",
    () => dense(8, loose({ activation: "relu" })),
    "dense: there is no option 'activation'. There are: name, useBias, weightsInitializer, biasesInitializer, regularizer",
    "dense: não existe a opção 'activation'. Existem: name, useBias, weightsInitializer, biasesInitializer, regularizer",
  ],
  [
    "loss.shapes",
    fit({ loss: (t, p) => subtract(p, t) }, { of: [x, zeros([6]) as NDArray] }),
    "loss: the targets (6) do not fit the result (6, 1), and nothing is broadcast. Give the targets the axis of 1 too: expandDims(targets, -1)",
    "loss: os alvos (6) não combinam com o resultado (6, 1), e nada se ajusta por broadcasting. Dê também aos alvos o eixo de 1: expandDims(alvos, -1)",
  ],
  [
    "value.choice",
    () => configure({ lang: loose("fr") }),
    "configure: lang must be one of en, pt-BR, not 'fr'",
    "configure: lang deve ser um destes: en, pt-BR; e não 'fr'",
  ],
  [
    "weights.unknown",
    () => new Sequential([dense({ weights: array([[1, 2]]) })]).setWeights({ "dense2.weights": x }),
    "setWeights: there is no weight 'dense2.weights'. There are: dense1.weights",
    "setWeights: não existe o peso 'dense2.weights'. Existem: dense1.weights",
  ],
  [
    "weights.shape",
    () =>
      new Sequential([input(3), dense(3)]).setWeights({
        "dense1.weights": zeros([3, 3], ["feature", "neuron"]),
      }),
    "setWeights: dense1.weights has the axes (neuron 3, feature 3), not (feature 3, neuron 3)",
    "setWeights: dense1.weights tem os eixos (neuron 3, feature 3), e não (feature 3, neuron 3)",
  ],
  [
    "weights.finite",
    fit({}, { layers: [dense({ weights: array([[1, Infinity]]) })] }),
    "fit: dense1.weights has Infinity, which nothing can be learnt from. Set other weights first: initialize(seed)",
    "fit: dense1.weights tem Infinity, de que nada se pode aprender. Ponha antes outros pesos: initialize(seed)",
  ],
  [
    "callback.monitor",
    fit({ callbacks: [earlyStopping()] }),
    "earlyStopping: the epochs' logs will have no 'valLoss', only: loss. To watch validation, give fit validationSplit or validationData",
    "earlyStopping: os registros das épocas não terão 'valLoss', somente: loss. Para observar a validação, dê validationSplit ou validationData a fit",
  ],
  [
    "callback.number",
    fit(
      {
        loss: softmaxCrossEntropy(),
        metrics: [confusionMatrix({ classes: 2 })],
        callbacks: [reduceLearningRate({ monitor: "confusionMatrix" })],
      },
      { of: [x, labels], layers: [dense(2)] },
    ),
    "reduceLearningRate: 'confusionMatrix' is not one number, so it cannot get better. Watch another value",
    "reduceLearningRate: 'confusionMatrix' não é um número só, portanto não pode melhorar. Observe outro valor",
  ],
  [
    "callback.patience",
    () => earlyStopping({ patience: -1 }),
    "earlyStopping: patience must be a number of epochs that is not negative, not -1",
    "earlyStopping: patience deve ser um número de épocas não negativo, e não -1",
  ],
  [
    "callback.factor",
    () => reduceLearningRate({ factor: 0 }),
    "reduceLearningRate: a learning rate can be multiplied by a finite number above 0, not by 0",
    "reduceLearningRate: uma taxa de aprendizado pode ser multiplicada por um número finito acima de 0, e não por 0",
  ],
  [
    "value.positive",
    () => checkpoint(() => {}, { every: 0 }),
    "checkpoint: every must be more than 0, not 0",
    "checkpoint: every deve ser maior que 0, e não 0",
  ],
  [
    "fit.loss",
    () => new Sequential([input(2), dense(1)]).evaluate(x, y, loose(undefined)),
    "evaluate: it is not said what to make smaller. Give a loss, as in loss: softmaxCrossEntropy(), or a function of the truth and the result",
    "evaluate: não foi dito o que diminuir. Dê uma perda, como em loss: softmaxCrossEntropy(), ou uma função da verdade e do resultado",
  ],
  [
    "fit.metrics",
    fit({ metrics: [accuracy(), accuracy()] }),
    "fit: the logs cannot have two values named 'accuracy'. Give one another name: { ...metric, name: 'other' }",
    "fit: os registros não podem ter dois valores chamados 'accuracy'. Dê outro nome a um: { ...metric, name: 'outro' }",
  ],
  [
    "fit.nothing",
    fit({}, { layers: [relu()], of: [x, x] }),
    "fit: this network has no weights to learn. Give it a layer that has, such as dense(10)",
    "fit: esta rede não tem pesos a aprender. Dê-lhe uma camada que tenha, como dense(10)",
  ],
  [
    "fit.rows",
    fit({}, { of: [x, zeros([5, 1], ["batch", "price"]) as NDArray] }),
    "fit: every row of x needs its row of y: x is (6, 2), y is (batch 5, price 1)",
    "fit: cada linha de x precisa da sua linha de y: x é (6, 2), y é (batch 5, price 1)",
  ],
  [
    "fit.empty",
    fit({}, { of: [zeros([0, 2]) as NDArray, zeros([0, 1]) as NDArray] }),
    "fit: there are no rows",
    "fit: não há linhas",
  ],
  [
    "fit.data",
    fit({}, { of: [x, array([[0], [0], [Number.NaN], [0], [0], [0]]) as NDArray] }),
    "fit: y has NaN in row 2, which is no finite float32 number. Take the row out or put a number in its place",
    "fit: y tem NaN na linha 2, que não é um número float32 finito. Tire a linha ou ponha um número no lugar",
  ],
  [
    "fit.eachLoss",
    fit({ loss: (truth, result) => multiply(truth, result) as NDArray }),
    "loss: a loss gives one number for each of the 3 rows, not an array of (3, 1). Take the mean over the other axes: mean(..., -1)",
    "loss: uma perda dá um número para cada uma das 3 linhas, e não um array de (3, 1). Tire a média sobre os outros eixos: mean(..., -1)",
  ],
  [
    "fit.seed",
    fit({ seed: 2 ** 31 }),
    "fit: the seed must be a whole number from 0 to 2147483647, not 2147483648",
    "fit: a semente deve ser um número inteiro de 0 a 2147483647, e não 2147483648",
  ],
  [
    "value.rate",
    fit({ validationSplit: 1 }),
    "fit: validationSplit must be at least 0 and less than 1, not 1",
    "fit: validationSplit deve ser ao menos 0 e menor que 1, e não 1",
  ],
  [
    "fit.split",
    fit({ validationSplit: 0.9 }),
    "fit: validationSplit 0.9 of 6 rows leaves none to learn from. Make it smaller, or give validationData",
    "fit: validationSplit 0.9 de 6 linhas não deixa nenhuma para aprender. Diminua-o, ou dê validationData",
  ],
  [
    "fit.validation",
    fit({ validationSplit: 0.5, validationData: [x, y] }),
    "fit: there can be validationSplit or validationData, not both. Leave one of the two out",
    "fit: pode haver validationSplit ou validationData, mas não ambos. Deixe de fora um dos dois",
  ],
  [
    "fit.weights",
    fit({ sampleWeight: y }),
    "fit: sampleWeight needs one number for each of the 6 rows, not (6, 1)",
    "fit: sampleWeight precisa de um número para cada uma das 6 linhas, e não de (6, 1)",
  ],
  [
    "fit.weight",
    fit({ sampleWeight: array([1, 1, 1, 1, -1, 1]) as NDArray }),
    "fit: sampleWeight[4] must be a finite number that is not negative, not -1",
    "fit: sampleWeight[4] deve ser um número finito não negativo, e não -1",
  ],
  [
    "fit.classes",
    () =>
      new Sequential([input([2, 2]), dense(1)]).fit(zeros([3, 2, 2]), zeros([3, 2, 1]), {
        loss: meanSquaredError(),
        classWeight: { 0: 1 },
      }),
    "fit: classWeight needs one class for each row, not a y of (3, 2, 1). Use sampleWeight",
    "fit: classWeight precisa de uma classe em cada linha, e não de um y de (3, 2, 1). Use sampleWeight",
  ],
  [
    "fit.classWeight",
    fit({ classWeight: { 1: 2 } }),
    "fit: classWeight has no weight for the class 0. Give every class one",
    "fit: classWeight não tem peso para a classe 0. Dê um a cada classe",
  ],
  [
    "fit.running",
    () => {
      const model = new Sequential([input(2), dense(1)]);
      return model.fit(x, y, {
        loss: meanSquaredError(),
        ...quiet,
        ...during(() => void model.initialize()),
      });
    },
    "initialize: this model is being trained. Wait for that to end, or stop it",
    "initialize: este modelo está sendo treinado. Espere que termine, ou pare-o",
  ],
  [
    "fit.resume",
    fit({ resume: state, optimizer: sgd() }),
    "fit: this state is of another network or optimizer: it has ; here there are weights.dense1.biases (1), weights.dense1.weights (1, 2)",
    "fit: este estado é de outra rede ou de outro otimizador: tem ; aqui há weights.dense1.biases (1), weights.dense1.weights (1, 2)",
  ],
  [
    "fit.state",
    fit({ resume: { ...state, step: -1 } }),
    "fit: this is not a state that a training had: its step is -1",
    "fit: este não é um estado que um treino teve: step é -1",
  ],
  [
    "fit.optimizer",
    fit({ optimizer: { ...sgd(), update: () => ({ updates: {}, state: {} }) } }),
    "fit: the optimizer sgd must give an array of (1, 2) for dense1.weights",
    "fit: o otimizador sgd deve dar um array de (1, 2) para dense1.weights",
  ],
  [
    "fit.notFinite",
    fit({ shuffle: false }, { of: [zeroRow, y], layers: [given, activation((a) => log(a) as NDArray)] }),
    "fit: training stopped before anything was lost: log in activation1 gave -Infinity, in epoch 1, batch 1, row 1 of the data. The weights are those of the batch before. A smaller learning rate, scaled inputs or clipByGlobalNorm may help",
    "fit: o treino parou antes que algo se perdesse: log em activation1 deu -Infinity, na época 1, lote 1, linha 1 dos dados. Os pesos são os do lote anterior. Uma taxa de aprendizado menor, entradas em escala ou clipByGlobalNorm podem ajudar",
  ],
  [
    "fit.notFiniteGradient",
    fit(
      { shuffle: false },
      { of: [zeroRow, ones([6, 1]) as NDArray], layers: [given, activation((a) => sqrt(a) as NDArray)] },
    ),
    "fit: training stopped before anything was lost: divide in the gradient of activation1 gave -Infinity, in epoch 1, batch 1, row 1 of the data. The weights are those of the batch before. A smaller learning rate, scaled inputs or clipByGlobalNorm may help",
    "fit: o treino parou antes que algo se perdesse: divide no gradiente de activation1 deu -Infinity, na época 1, lote 1, linha 1 dos dados. Os pesos são os do lote anterior. Uma taxa de aprendizado menor, entradas em escala ou clipByGlobalNorm podem ajudar",
  ],
  [
    "fit.notFiniteWeights",
    fit({ optimizer: sgd(1e38) }, { layers: [given] }),
    "fit: training stopped before anything was lost: multiply in the optimizer gave -Infinity for dense1.weights, in epoch 1, batch 1. The weights are those of the batch before. A smaller learning rate or clipByGlobalNorm may help",
    "fit: o treino parou antes que algo se perdesse: multiply no otimizador deu -Infinity para dense1.weights, na época 1, lote 1. Os pesos são os do lote anterior. Uma taxa de aprendizado menor ou clipByGlobalNorm podem ajudar",
  ],
  [
    "fit.notFiniteBackend",
    fit({
      optimizer: adam(),
      backend: {
        name: "broken",
        prepare: (graph, carry) => {
          const program = reference.prepare(graph, carry);
          return Object.assign(program, { value: (i: number) => (i === carry?.guard ? Number.NaN : 0) });
        },
      },
    }),
    "fit: training stopped before anything was lost: the backend came to a value that is not finite, in epoch 1, batch 1, where the reference does not. The weights are those of the batch before. Use backend: 'reference'",
    "fit: o treino parou antes que algo se perdesse: o backend chegou a um valor que não é finito, na época 1, lote 1, onde a referência não chega. Os pesos são os do lote anterior. Use backend: 'reference'",
  ],
  [
    "study.none",
    study({ seeds: [] }),
    "batchSizeStudy: there must be at least one value in seeds",
    "batchSizeStudy: é preciso ao menos um valor em seeds",
  ],
  [
    "study.budget",
    study({ budget: loose({ epochs: 1, updates: 2 }) }),
    "batchSizeStudy: the budget is a number of epochs or a number of updates: { epochs: 5 } or { updates: 2000 }",
    "batchSizeStudy: o orçamento é um número de épocas ou um número de atualizações: { epochs: 5 } ou { updates: 2000 }",
  ],
  [
    "study.scale",
    study({ scaleLearningRate: loose("square") }),
    "batchSizeStudy: scaleLearningRate is false, 'linear' or 'sqrt', not square",
    "batchSizeStudy: scaleLearningRate é false, 'linear' ou 'sqrt', e não square",
  ],
];

const warnings = async (run: () => Promise<{ readonly warnings: readonly { readonly message: string }[] }>) =>
  (await run()).warnings[0]!.message;
const summary = () => new Sequential([input(4), dense(3)]).summary();
const heads = () => summary().split("\n")[0]!.split(/\s+/);

/** What is said, not thrown. */
export const NOTICES: readonly Refusal[] = [
  [
    "standardize.constant",
    () => standardize(ones([2, 1])).warnings[0],
    "standardize: what never changes became 0, as a network can learn nothing from it: column 0. Leave it out of the data",
    "standardize: o que nunca muda virou 0, pois uma rede nada pode aprender disso: coluna 0. Deixe-o fora dos dados",
  ],
  [
    "warning.scale",
    () => warnings(fit({}, { of: [multiply(x, 255) as NDArray, y] })),
    "the inputs go from 255 to 255: networks learn badly beyond ±10. Scale them first: standardize(x), or a rescaling layer",
    "as entradas vão de 255 a 255: redes aprendem mal além de ±10. Ponha-as antes em escala: standardize(x), ou uma camada rescaling",
  ],
  [
    "warning.dead",
    () => warnings(fit({}, { layers: [dense({ weights: array([[-1, -1]]) }), relu()] })),
    "relu1: 100% of its neurons were active for no row in epoch 1, and will hardly learn again. Try leakyRelu, a smaller learning rate, or heUniform() weights",
    "relu1: 100% de seus neurônios não se ativaram com nenhuma linha na época 1, e dificilmente voltarão a aprender. Tente leakyRelu, uma taxa de aprendizado menor, ou pesos heUniform()",
  ],
  ["summary.layer", () => heads()[0], "layer", "camada"],
  ["summary.output", () => heads()[1], "output", "saída"],
  ["summary.parameters", () => heads()[2], "parameters", "parâmetros"],
  ["summary.total", () => summary().split("\n").at(-1), "parameters in all: 15", "parâmetros ao todo: 15"],
  ["study.batch", () => heading(0), "batch size", "tamanho do lote"],
  ["study.rate", () => heading(1), "learning rate", "taxa de aprendizado"],
  ["study.seconds", () => heading(2), "seconds an epoch", "segundos por época"],
  ["study.train", () => heading(3), "train %", "treino %"],
  ["study.test", () => heading(4), "test %", "teste %"],
  ["study.gap", () => heading(5), "gap", "diferença"],
  ["study.seeds", () => heading(6), "seeds", "sementes"],
  ["study.ranAway", () => heading(7), "ran away", "descontrolados"],
  [
    "study.epochs",
    () => studied({}, 4),
    "Each training is 1 epochs: the larger the batches, the fewer the updates.",
    "Cada treino tem 1 épocas: quanto maiores os lotes, menos atualizações.",
  ],
  [
    "study.updates",
    () => studied({ budget: { updates: 3 } }, 4),
    "Each training is 3 updates: the larger the batches, the more often each row is learnt from.",
    "Cada treino tem 3 atualizações: quanto maiores os lotes, mais vezes se aprende com cada linha.",
  ],
  [
    "study.rate.same",
    () => studied({}, 5),
    "The learning rate is the same at every batch size, and need not suit each.",
    "A taxa de aprendizado é a mesma para todo tamanho de lote, e não precisa convir a cada um.",
  ],
  [
    "study.rate.linear",
    () => studied({ scaleLearningRate: "linear" }, 5),
    "The learning rate grows with the batch size.",
    "A taxa de aprendizado cresce com o tamanho do lote.",
  ],
  [
    "study.rate.sqrt",
    () => studied({ scaleLearningRate: "sqrt" }, 5),
    "The learning rate grows with the root of the batch size.",
    "A taxa de aprendizado cresce com a raiz do tamanho do lote.",
  ],
  [
    "study.incomplete",
    () => studied({ signal: { aborted: true } }, -2),
    "The study was ended before all trainings were done.",
    "O estudo foi encerrado antes de todos os treinos terminarem.",
  ],
  [
    "study.note",
    () => studied({}, -1),
    "Mean ± standard deviation over the seeds, of one network on one data set: a difference not clearly larger than the deviations may be chance.",
    "Média ± desvio padrão entre as sementes, de uma só rede com um só conjunto de dados: uma diferença que não seja claramente maior que os desvios pode ser acaso.",
  ],
];
