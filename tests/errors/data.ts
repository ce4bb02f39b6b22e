import {
  accuracy,
  array,
  auc,
  blobs,
  circles,
  confusionMatrix,
  evaluateMetric,
  mse,
  oneHot,
  precision,
  standardize,
  topKAccuracy,
  trainTestSplit,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

const batch = zeros([4, 3], ["batch", "feature"]);
const labels = array([0, 1, 2, 1], undefined, { dtype: "int32" });

/** Data to learn from, and metrics. */
export const DATA: readonly Refusal[] = [
  [
    "value.share",
    () => circles({ factor: 1.5 }),
    "circles: factor must be a number from 0 to 1, not 1.5",
    "circles: factor deve ser um número de 0 a 1, e não 1.5",
  ],
  [
    "blobs.centers",
    () => blobs({ centers: loose([[0, 0, 0]]) }),
    "blobs: each center must be a pair of numbers, as in [[0, 0], [3, 1]]; given: (1, 3)",
    "blobs: cada centro deve ser um par de números, como em [[0, 0], [3, 1]]; dados: (1, 3)",
  ],
  [
    "labels.whole",
    () => oneHot(array([1, 0.5])),
    "oneHot: a label must be a whole number that is not negative, not 0.5 (label 1)",
    "oneHot: um rótulo deve ser um número inteiro não negativo, e não 0.5 (rótulo 1)",
  ],
  [
    "labels.range",
    () => oneHot(labels, 2),
    "oneHot: the label 2 (label 2) is not among 2 classes, which count from 0. Give more classes",
    "oneHot: o rótulo 2 (rótulo 2) não está entre 2 classes, contadas a partir de 0. Dê mais classes",
  ],
  [
    "standardize.axes",
    () => standardize(zeros([4], ["batch"])),
    "standardize: (batch 4) has no features: at least 2 axes are needed, the rows along the first. Use .reshape([-1, 1]) for a single feature",
    "standardize: (batch 4) não tem atributos: são precisos ao menos 2 eixos, com as linhas ao longo do primeiro. Use .reshape([-1, 1]) para um atributo só",
  ],
  [
    "standardize.infinite",
    () => standardize(array([[1, 2], [3, Infinity]], ["batch", "feature"])), // biome-ignore format: rows
    "standardize: column feature 1 has a value that is not finite, or too large to be squared. Repair or remove its row first",
    "standardize: a coluna feature 1 tem um valor que não é finito, ou grande demais para ser elevado ao quadrado. Conserte ou remova antes a linha dele",
  ],
  [
    "standardize.columns",
    () => standardize(batch).apply(zeros([2, 5])),
    "standardize: (2, 5) does not have the columns of (batch 4, feature 3), which were standardized",
    "standardize: (2, 5) não tem as colunas de (batch 4, feature 3), que foram padronizadas",
  ],
  [
    "rows.count",
    () => trainTestSplit(batch, zeros([3])),
    "trainTestSplit: (batch 4, feature 3) and (3) do not have the same number of rows. Each row needs its target",
    "trainTestSplit: (batch 4, feature 3) e (3) não têm o mesmo número de linhas. Cada linha precisa do seu alvo",
  ],
  [
    "split.size",
    () => trainTestSplit(batch, labels, { testSize: 4 }),
    "trainTestSplit: testSize must be a share between 0 and 1, or a number of rows, and leave a row to each part: not 4 of 4 rows",
    "trainTestSplit: testSize deve ser uma fração entre 0 e 1, ou um número de linhas, e deixar uma linha para cada parte: não 4 de 4 linhas",
  ],
  [
    "split.stratify",
    () => trainTestSplit(batch, batch, { stratify: true }),
    "trainTestSplit: only by whole-number labels, one a row, can rows be stratified, not by (batch 4, feature 3). Leave stratify out",
    "trainTestSplit: só por rótulos inteiros, um por linha, é possível estratificar, e não por (batch 4, feature 3). Deixe stratify de fora",
  ],
  [
    "split.time",
    () => trainTestSplit(batch, labels, { order: "time", shuffle: true }),
    "trainTestSplit: order 'time' keeps the rows in order, so shuffle cannot be true. Leave one of the two out",
    "trainTestSplit: order 'time' mantém as linhas em ordem, então shuffle não pode ser true. Deixe um dos dois de fora",
  ],

  [
    "metric.shapes",
    () => evaluateMetric(accuracy(), zeros([3]), batch),
    "accuracy: the labels (3) do not fit the predictions (batch 4, feature 3). There must be a label a row, or one-hot rows as wide as the predictions",
    "accuracy: os rótulos (3) não se ajustam às previsões (batch 4, feature 3). Deve haver um rótulo por linha, ou linhas one-hot tão largas quanto as previsões",
  ],
  [
    "metric.pairs",
    () => evaluateMetric(mse(), zeros([4]), zeros([4, 1])),
    "meanSquaredError: the targets (4) and the predictions (4, 1) must have the same shape. Use .reshape([...]) on one of them",
    "meanSquaredError: os alvos (4) e as previsões (4, 1) devem ter a mesma forma. Use .reshape([...]) em um deles",
  ],
  [
    "metric.weights",
    () => evaluateMetric(accuracy(), labels, batch, zeros([3])),
    "accuracy: the weights (3) must be one for each of 4 rows",
    "accuracy: os pesos (3) devem ser um para cada uma das 4 linhas",
  ],
  [
    "metric.topK",
    () => evaluateMetric(topKAccuracy(5), labels, batch),
    "top5Accuracy: 3 outputs a row are too few to choose from. Use accuracy()",
    "top5Accuracy: 3 saídas por linha são poucas para escolher entre elas. Use accuracy()",
  ],
  [
    "metric.classes",
    () => evaluateMetric(confusionMatrix(), labels, labels),
    "confusionMatrix: labels alone do not tell how many classes there are. Say it: classes: 10",
    "confusionMatrix: só os rótulos não dizem quantas classes há. Diga-o: classes: 10",
  ],
  [
    "metric.columns",
    () => evaluateMetric(confusionMatrix({ classes: 2 }), labels, batch),
    "confusionMatrix: classes is 2, but the predictions have 3 outputs a row. Leave classes out",
    "confusionMatrix: classes é 2, mas as previsões têm 3 saídas por linha. Deixe classes de fora",
  ],
  [
    "metric.outside",
    () => evaluateMetric(confusionMatrix({ classes: 2 }), labels, labels),
    "confusionMatrix: some labels or predictions are not among 2 classes, which count from 0. Give more classes",
    "confusionMatrix: alguns rótulos ou previsões não estão entre 2 classes, contadas a partir de 0. Dê mais classes",
  ],
  [
    "metric.binary",
    () => evaluateMetric(precision({ average: "binary" }), labels, batch),
    "precision: average 'binary' is for 2 classes, not 3. Use average: 'macro'",
    "precision: average 'binary' é para 2 classes, e não 3. Use average: 'macro'",
  ],
  [
    "metric.probabilities",
    () => evaluateMetric(auc(), array([0, 1]), array([0.5, 2])),
    "auc: labels must be 0 or 1 and predictions probabilities, from 0 to 1. Let the network end in a sigmoid",
    "auc: os rótulos devem ser 0 ou 1 e as previsões, probabilidades de 0 a 1. Faça a rede terminar em uma sigmoide",
  ],
];
