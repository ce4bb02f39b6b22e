import {
  add,
  arange,
  array,
  clip,
  cumsum,
  full,
  max,
  negative,
  power,
  setPrintOptions,
  sum,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

const bytes = array([1, 2], undefined, { dtype: "uint8" });
const whole = array([2 ** 31 - 1, 1], undefined, { dtype: "int32" });

/** Making arrays, their values and dtypes; indexing; printing. */
export const VALUES: readonly Refusal[] = [
  [
    "array.ragged",
    () => array(loose([[1, 2], [1, 2, 3]])), // biome-ignore format: rows
    "array: all rows must have as many values: 2 in the first, 3 in row 1",
    "array: todas as linhas devem ter o mesmo número de valores: 2 na primeira, 3 na linha 1",
  ],
  [
    "array.ragged",
    () => array(loose([[1, 2], 3])),
    "array: all rows must have as many values: 2 in the first, none in row 1",
    "array: todas as linhas devem ter o mesmo número de valores: 2 na primeira, nenhum na linha 1",
  ],
  [
    "array.value",
    () => array(loose([1, "2"])),
    "array: only numbers, or rows of numbers. Of a typed array: fromTypedArray(values, shape); of arrays: stack([...])",
    "array: somente números, ou linhas de números. De um typed array: fromTypedArray(valores, forma); de arrays: stack([...])",
  ],
  [
    "value.range",
    () => array([300], undefined, { dtype: "uint8" }),
    "array: 300 does not fit in uint8. Choose another dtype, such as float64",
    "array: 300 não cabe em uint8. Escolha outro dtype, como float64",
  ],
  [
    "value.range",
    () => zeros([1], undefined, { dtype: "int32" }).set(Number.NaN, 0),
    "set: NaN does not fit in int32. Choose another dtype, such as float64",
    "set: NaN não cabe em int32. Escolha outro dtype, como float64",
  ],
  [
    "value.range",
    () => full([2], -1, undefined, { dtype: "uint8" }),
    "full: -1 does not fit in uint8. Choose another dtype, such as float64",
    "full: -1 não cabe em uint8. Escolha outro dtype, como float64",
  ],
  [
    "array.ragged",
    () => array(loose([[[1], [2]], [[3], [4, 5]]])), // biome-ignore format: rows
    "array: all rows must have as many values: 1 in the first, 2 in row 1",
    "array: todas as linhas devem ter o mesmo número de valores: 1 na primeira, 2 na linha 1",
  ],
  [
    "dtype.unknown",
    () => zeros([2], undefined, { dtype: loose("int64") }),
    "zeros: there is no dtype 'int64'. There are: float64, float32, int32, uint8, bool",
    "zeros: não existe o dtype 'int64'. Existem: float64, float32, int32, uint8, bool",
  ],
  [
    "dtype.bool",
    () => negative(array([true, false])),
    "negative: not defined for true and false. Make numbers of them first: .astype('int32')",
    "negative: não se define para verdadeiro e falso. Transforme-os antes em números: .astype('int32')",
  ],
  [
    "dtype.range",
    () => add(bytes, 300),
    "add: 300 does not fit in uint8. Use .astype('float64') first",
    "add: 300 não cabe em uint8. Use antes .astype('float64')",
  ],
  [
    "dtype.range",
    () => clip(bytes, -1, 9),
    "clip: -1 does not fit in uint8. Use .astype('float64') first",
    "clip: -1 não cabe em uint8. Use antes .astype('float64')",
  ],
  [
    "dtype.overflow",
    () => cumsum(whole),
    "cumsum: the result 2147483648 does not fit in int32. Use .astype('float64') first",
    "cumsum: o resultado 2147483648 não cabe em int32. Use antes .astype('float64')",
  ],
  [
    "dtype.overflow",
    () => sum(whole),
    "sum: the result 2147483648 does not fit in int32. Use .astype('float64') first",
    "sum: o resultado 2147483648 não cabe em int32. Use antes .astype('float64')",
  ],
  [
    "power.negative",
    () => power(whole, -1),
    "power: a whole number to a negative whole power is not whole. Use .astype('float64') first",
    "power: um inteiro elevado a um inteiro negativo não é inteiro. Use antes .astype('float64')",
  ],
  [
    "reduce.empty",
    () => max(zeros([0, 3], ["batch", "feature"]), "batch"),
    "max: there is nothing to take it of: the axis of (batch 0, feature 3) has no values",
    "max: não há de que tirar: o eixo de (batch 0, feature 3) não tem valores",
  ],
  ["value.zero", () => arange(0, 3, 0), "arange: step cannot be 0", "arange: step não pode ser 0"],
  [
    "value.zero",
    () => arange(4).slice([null, null, 0]),
    "slice: step cannot be 0",
    "slice: step não pode ser 0",
  ],

  [
    "index.range",
    () => arange(4).at(4),
    "at: the index 4 is outside axis 0, which has 4 values",
    "at: o índice 4 está fora do eixo 0, que tem 4 valores",
  ],
  [
    "index.integer",
    () => arange(4).at(0.5),
    "at: an index must be a whole number, not 0.5",
    "at: um índice deve ser um número inteiro, e não 0.5",
  ],
  [
    "index.count",
    () => zeros([4, 3], ["batch", "feature"]).set(1, 0),
    "set: (batch 4, feature 3) has 2 axes, indices given: 1",
    "set: (batch 4, feature 3) tem 2 eixos, índices dados: 1",
  ],
  [
    "index.scalar",
    () => [...array(7)],
    "a single value has no rows to go through. Use .at()",
    "um valor só não tem linhas a percorrer. Use .at()",
  ],

  [
    "print.option",
    () => setPrintOptions(loose({ digits: 3 })),
    "setPrintOptions: there is no option 'digits'. There are: precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, floatmode",
    "setPrintOptions: não existe a opção 'digits'. Existem: precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, floatmode",
  ],
  [
    "print.value",
    () => setPrintOptions({ precision: -1 }),
    "setPrintOptions: precision cannot be -1",
    "setPrintOptions: precision não pode ser -1",
  ],
];
