import {
  arange,
  array,
  broadcastTo,
  concatenate,
  expandDims,
  fromTypedArray,
  split,
  squeeze,
  stack,
  sum,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

const batch = zeros([4, 3], ["batch", "feature"]);

/** Axes, names and shapes; joining and splitting. */
export const SHAPES: readonly Refusal[] = [
  [
    "axis.missing",
    () => sum(batch, loose("neuron")),
    "sum: there is no axis 'neuron' in (batch 4, feature 3)",
    "sum: não existe o eixo 'neuron' em (batch 4, feature 3)",
  ],
  [
    "axis.missing",
    () => stack([batch, batch], loose(-4)),
    "stack: there is no axis -4 in (batch 4, feature 3)",
    "stack: não existe o eixo -4 em (batch 4, feature 3)",
  ],
  [
    "axis.missing",
    () => batch.rename(loose({ neuron: "unit" })),
    "rename: there is no axis 'neuron' in (batch 4, feature 3)",
    "rename: não existe o eixo 'neuron' em (batch 4, feature 3)",
  ],
  [
    "axis.missing",
    () => expandDims(zeros([2]), loose(0.5)),
    "expandDims: there is no axis 0.5 in (2)",
    "expandDims: não existe o eixo 0.5 em (2)",
  ],
  [
    "axis.repeated",
    () => batch.transpose("batch", loose(0)),
    "transpose: the axis 0 is given twice",
    "transpose: o eixo 0 foi dado duas vezes",
  ],
  [
    "transpose.count",
    () => batch.transpose(loose("batch")),
    "transpose: (batch 4, feature 3) has 2 axes, axes given: 1",
    "transpose: (batch 4, feature 3) tem 2 eixos, eixos dados: 1",
  ],
  [
    "squeeze.size",
    () => squeeze(batch, loose("batch")),
    "squeeze: the axis 'batch' of (batch 4, feature 3) does not have exactly one value",
    "squeeze: o eixo 'batch' de (batch 4, feature 3) não tem exatamente um valor",
  ],
  [
    "broadcastTo.sizes",
    () => broadcastTo(batch, loose([4, 4])),
    "broadcastTo: (batch 4, feature 3) cannot be repeated to (4, 4)",
    "broadcastTo: (batch 4, feature 3) não pode ser repetido até (4, 4)",
  ],

  [
    "names.count",
    () => array([[1, 2]], loose(["a", "b", "c"])),
    "array: (1, 2) has 2 axes, names given: 3",
    "array: (1, 2) tem 2 eixos, nomes dados: 3",
  ],
  [
    "names.repeated",
    () => batch.named("x", loose("x")),
    "named: two axes cannot both be named 'x'. Give one of them another name first: .rename(...)",
    "named: dois eixos não podem se chamar 'x'. Dê antes outro nome a um deles: .rename(...)",
  ],
  [
    "names.empty",
    () => zeros([2, 2], ["", "x"]),
    "zeros: an axis name must be a text that is not empty",
    "zeros: o nome de um eixo deve ser um texto que não seja vazio",
  ],

  [
    "shape.list",
    () => zeros(loose(3)),
    "zeros: a shape is a list of sizes, such as [3], not 3",
    "zeros: uma forma é uma lista de tamanhos, como [3], e não 3",
  ],
  [
    "shape.list",
    () => zeros([6]).reshape(loose(3)),
    "reshape: a shape is a list of sizes, such as [3], not 3",
    "reshape: uma forma é uma lista de tamanhos, como [3], e não 3",
  ],
  [
    "shape.size",
    () => zeros([1.5]),
    "zeros: a size must be a whole number that is not negative, not 1.5",
    "zeros: um tamanho deve ser um número inteiro não negativo, e não 1.5",
  ],
  [
    "shape.size",
    () => arange(0, Infinity),
    "arange: a size must be a whole number that is not negative, not Infinity",
    "arange: um tamanho deve ser um número inteiro não negativo, e não Infinity",
  ],
  [
    "shape.overflow",
    () => zeros([1e5, 1e5]),
    "zeros: the shape (100000, 100000) has too many values: at most 4294967295 fit in one array",
    "zeros: a forma (100000, 100000) tem valores demais: cabem no máximo 4294967295 em um array",
  ],
  [
    "shape.values",
    () => zeros([4, 3]).reshape(loose([5, 2])),
    "reshape: (4, 3) has 12 values, but (5, 2) needs 10",
    "reshape: (4, 3) tem 12 valores, mas (5, 2) precisa de 10",
  ],
  [
    "shape.values",
    () => fromTypedArray(Float64Array.of(1, 2, 3), [2, 2]),
    "fromTypedArray: (3) has 3 values, but (2, 2) needs 4",
    "fromTypedArray: (3) tem 3 valores, mas (2, 2) precisa de 4",
  ],

  [
    "concatenate.sizes",
    () => concatenate([batch, loose(zeros([2, 5]))]),
    "concatenate: (2, 5) does not fit (batch 4, feature 3): all sizes but the joined one must be equal",
    "concatenate: (2, 5) não se ajusta a (batch 4, feature 3): todos os tamanhos, menos o do eixo unido, devem ser iguais",
  ],
  [
    "concatenate.axes",
    () => stack([zeros([3], ["feature"]), loose(zeros([3], ["neuron"]))]),
    "stack: (neuron 3) does not fit (feature 3): the axes have other names",
    "stack: (neuron 3) não se ajusta a (feature 3): os eixos têm outros nomes",
  ],
  [
    "concatenate.none",
    () => concatenate(loose([])),
    "concatenate: there must be at least one array",
    "concatenate: é preciso ao menos um array",
  ],
  [
    "stack.sizes",
    () => stack([zeros([3]), loose(zeros([4]))]),
    "stack: (4) does not fit (3): all sizes must be equal",
    "stack: (4) não se ajusta a (3): todos os tamanhos devem ser iguais",
  ],
  [
    "split.sections",
    () => split(batch, loose(3)),
    "split: 4 values cannot be split into 3 equal parts",
    "split: 4 valores não se dividem em 3 partes iguais",
  ],
  [
    "value.integer",
    () => split(batch, loose(1.5)),
    "split: sections must be a whole number, not 1.5",
    "split: sections deve ser um número inteiro, e não 1.5",
  ],
  [
    "value.positive",
    () => split(batch, loose(0)),
    "split: sections must be more than 0, not 0",
    "split: sections deve ser maior que 0, e não 0",
  ],
  [
    "index.integer",
    () => split(batch, [loose(0.5)]),
    "split: an index must be a whole number, not 0.5",
    "split: um índice deve ser um número inteiro, e não 0.5",
  ],
];
