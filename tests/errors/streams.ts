import { random, zeros } from "camada";
import { loose, type Refusal } from "./refusal.js";

const rng = random.defaultRng(0);

/** Random streams. */
export const STREAMS: readonly Refusal[] = [
  [
    "random.seed",
    () => random.seed(2 ** 32),
    "seed: a seed must be a whole number from 0 to 4294967295 or a list of such numbers, not 4294967296",
    "seed: uma semente deve ser um número inteiro de 0 a 4294967295 ou uma lista de números assim, e não 4294967296",
  ],
  [
    "random.seedLarge",
    () => random.defaultRng([1, -1]),
    "defaultRng: a seed must be a whole number that is not negative, or a list of such numbers, not [1, -1]. Write those above 2^53 with an n at the end",
    "defaultRng: uma semente deve ser um número inteiro não negativo, ou uma lista de números assim, e não [1, -1]. Escreva os maiores que 2^53 com um n no fim",
  ],
  [
    "random.bounds",
    () => random.randint(5, 5),
    "randint: low must be less than high, but 5 is not less than 5",
    "randint: low deve ser menor que high, mas 5 não é menor que 5",
  ],
  [
    "random.span",
    () => rng.integers(-(2 ** 53) + 1, 2 ** 53 - 1),
    "integers: the whole numbers from -9007199254740991 to 9007199254740991 are more than fit in 53 bits",
    "integers: os números inteiros de -9007199254740991 a 9007199254740991 são mais do que cabem em 53 bits",
  ],
  [
    "value.integer",
    () => random.randint(0, 1.5),
    "randint: high must be a whole number, not 1.5",
    "randint: high deve ser um número inteiro, e não 1.5",
  ],
  [
    "random.infinite",
    () => random.normal(Number.NaN, 1),
    "normal: mean must be a finite number, not NaN",
    "normal: mean deve ser um número finito, e não NaN",
  ],
  [
    "random.negative",
    () => rng.normal(0, -1),
    "normal: std must not be negative, not -1",
    "normal: std não pode ser negativo, e é -1",
  ],
  [
    "random.scalar",
    () => random.shuffle(zeros([])),
    "shuffle: a single value has no rows to put in another order",
    "shuffle: um único valor não tem linhas para pôr em outra ordem",
  ],
  [
    "random.empty",
    () => random.choice([]),
    "choice: there is nothing to choose from",
    "choice: não há nada para escolher",
  ],
  [
    "random.axes",
    () => random.choice(zeros([4, 3], ["batch", "feature"])),
    "choice: only from an array of one axis, but (batch 4, feature 3) has 2. Use random.defaultRng(seed).choice",
    "choice: somente de um array de um eixo, mas (batch 4, feature 3) tem 2. Use random.defaultRng(seed).choice",
  ],
  [
    "random.population",
    () => random.choice(3, [4], { replace: false }),
    "choice: 4 different ones cannot be chosen out of 3. Let them repeat with replace: true",
    "choice: não se podem escolher 4 diferentes entre 3. Deixe que se repitam com replace: true",
  ],
  [
    "random.weights",
    () => random.choice(3, [1], { p: [0.5, 0.5] }),
    "choice: 3 to choose from, but 2 probabilities",
    "choice: há 3 para escolher, mas 2 probabilidades",
  ],
  [
    "random.weight",
    () => random.choice(2, [1], { p: [1.5, -0.5] }),
    "choice: a probability must be a number that is not negative, not -0.5",
    "choice: uma probabilidade deve ser um número não negativo, e não -0.5",
  ],
  [
    "random.weightSum",
    () => random.choice(2, [1], { p: [0.5, 0.25] }),
    "choice: the probabilities must add up to 1, not 0.75. Divide them by their sum",
    "choice: as probabilidades devem somar 1, e não 0.75. Divida-as pela soma",
  ],
  [
    "random.weightFew",
    () => random.choice(3, [2], { p: [1, 0, 0], replace: false }),
    "choice: 2 different ones cannot be chosen: only 1 have a probability above 0",
    "choice: não se podem escolher 2 diferentes: somente 1 têm probabilidade acima de 0",
  ],
  [
    "random.state",
    () => rng.setState(loose({ ...rng.getState(), bitGenerator: "MT19937" })),
    "setState: this is not a state that PCG64 had",
    "setState: isto não é um estado que PCG64 teve",
  ],
];
