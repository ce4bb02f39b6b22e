import {
  add,
  allClose,
  clip,
  dot,
  einsum,
  matmul,
  multiply,
  type NDArray,
  stack,
  where,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

const batch = zeros([4, 3], ["batch", "feature"]);
const weights = zeros([3, 3], ["neuron", "feature"]);
const point = zeros([]);

/** Products, broadcasting and einsum. */
export const PRODUCTS: readonly Refusal[] = [
  [
    "dot.axes",
    () => dot(batch, loose(weights)),
    "dot: the axes do not match, whatever their sizes: it would multiply 'feature' by 'neuron', in (batch 4, feature 3) x (neuron 3, feature 3). Transpose the second array: use .T",
    "dot: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria 'feature' por 'neuron', em (batch 4, feature 3) x (neuron 3, feature 3). Transponha o segundo array: use .T",
  ],
  [
    "dot.axes",
    () => dot(batch, loose(zeros([3, 2], ["pixel", "class"]))),
    "dot: the axes do not match, whatever their sizes: it would multiply 'feature' by 'pixel', in (batch 4, feature 3) x (pixel 3, class 2).",
    "dot: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria 'feature' por 'pixel', em (batch 4, feature 3) x (pixel 3, class 2).",
  ],
  [
    "dot.sizes",
    () => dot(zeros([3, 4], ["batch", "feature"]), loose(zeros([3, 4], ["neuron", "feature"]))),
    "dot: the inner sizes differ, feature 4 against neuron 3, in (batch 3, feature 4) x (neuron 3, feature 4). Transpose the second array: use .T",
    "dot: os tamanhos internos diferem, feature 4 contra neuron 3, em (batch 3, feature 4) x (neuron 3, feature 4). Transponha o segundo array: use .T",
  ],
  [
    "dot.sizes",
    () => matmul(zeros([2, 3]), loose(zeros([4]))),
    "matmul: the inner sizes differ, 3 against 4, in (2, 3) x (4).",
    "matmul: os tamanhos internos diferem, 3 contra 4, em (2, 3) x (4).",
  ],
  [
    "dot.scalar",
    () => dot(point, loose(batch)),
    "dot: a single value has no axis to sum over, in () x (batch 4, feature 3). Use multiply",
    "dot: um valor só não tem eixo a somar, em () x (batch 4, feature 3). Use multiply",
  ],
  [
    "names.repeated",
    () => matmul(batch, loose(batch.T)),
    "matmul: two axes cannot both be named 'batch'. Give one of them another name first: .rename(...)",
    "matmul: dois eixos não podem se chamar 'batch'. Dê antes outro nome a um deles: .rename(...)",
  ],

  [
    "broadcast.sizes",
    () => zeros([4, 3]).add(loose(zeros([4]))),
    "add: the shapes do not broadcast, 3 meets 4, in (4, 3) and (4). From the right, sizes must be equal or 1",
    "add: as formas não se ajustam por broadcasting, 3 encontra 4, em (4, 3) e (4). A partir da direita, os tamanhos devem ser iguais ou 1",
  ],
  [
    "broadcast.sizes",
    () => where(batch as NDArray, zeros([5, 3]), 0),
    "where: the shapes do not broadcast, batch 4 meets 5, in (batch 4, feature 3) and (5, 3). From the right, sizes must be equal or 1",
    "where: as formas não se ajustam por broadcasting, batch 4 encontra 5, em (batch 4, feature 3) e (5, 3). A partir da direita, os tamanhos devem ser iguais ou 1",
  ],
  [
    "broadcast.sizes",
    () => allClose(zeros([2]), loose(zeros([3]))),
    "allClose: the shapes do not broadcast, 2 meets 3, in (2) and (3). From the right, sizes must be equal or 1",
    "allClose: as formas não se ajustam por broadcasting, 2 encontra 3, em (2) e (3). A partir da direita, os tamanhos devem ser iguais ou 1",
  ],
  [
    "broadcast.axes",
    () => multiply(batch, loose(zeros([3], ["neuron"]))),
    "multiply: the axes do not match: 'feature' meets 'neuron', in (batch 4, feature 3) and (neuron 3)",
    "multiply: os eixos não combinam: 'feature' encontra 'neuron', em (batch 4, feature 3) e (neuron 3)",
  ],
  [
    "broadcast.axes",
    () => clip(batch, 0, loose(weights.slice(0).named("neuron"))),
    "clip: the axes do not match: 'feature' meets 'neuron', in (batch 4, feature 3) and (neuron 3)",
    "clip: os eixos não combinam: 'feature' encontra 'neuron', em (batch 4, feature 3) e (neuron 3)",
  ],
  [
    "names.repeated",
    () => add(stack([zeros([4], ["x"])], 1), loose(zeros([1], ["x"]))),
    "add: two axes cannot both be named 'x'. Give one of them another name first: .rename(...)",
    "add: dois eixos não podem se chamar 'x'. Dê antes outro nome a um deles: .rename(...)",
  ],

  [
    "einsum.subscripts",
    () => einsum("ij;jk" as string, batch),
    "einsum: 'ij;jk' is not of the form 'ij,jk->ik'",
    "einsum: 'ij;jk' não tem a forma 'ij,jk->ik'",
  ],
  [
    "einsum.operands",
    () => einsum("ij,jk->ik" as string, batch),
    "einsum: 'ij,jk->ik' names 2 arrays, given: 1",
    "einsum: 'ij,jk->ik' nomeia 2 arrays, dados: 1",
  ],
  [
    "einsum.axes",
    () => einsum("ijk->i", loose(batch)),
    "einsum: 'ijk->i' names 3 axes, but (batch 4, feature 3) has 2",
    "einsum: 'ijk->i' nomeia 3 eixos, mas (batch 4, feature 3) tem 2",
  ],
  [
    "einsum.sizes",
    () => einsum("ij,jk->ik", batch, loose(zeros([5, 2]))),
    "einsum: the axis 'j' has 3 values in one array and 5 in another",
    "einsum: o eixo 'j' tem 3 valores em um array e 5 em outro",
  ],
  [
    "einsum.names",
    () => einsum("ij,jk->ik", batch, loose(weights)),
    "einsum: the axes do not match: 'j' would be both 'feature' and 'neuron'",
    "einsum: os eixos não combinam: 'j' seria 'feature' e também 'neuron'",
  ],
];
