import type { Catalog } from "../catalog.js";

/** Every sentence the library says, in Brazilian Portuguese, by code. */
export const ptBR = {
  "remedy.none": "",
  "remedy.transposeSecond": " Transponha o segundo array: use .T",

  "dot.sizes": "{op}: os tamanhos internos diferem, {a} contra {b}, em {left} x {right}.{remedy}",
  "dot.axes":
    "{op}: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria '{a}' por '{b}', em {left} x {right}.{remedy}",

  "broadcast.sizes":
    "{op}: as formas não se ajustam por broadcasting, {a} encontra {b}, em {left} e {right}. A partir da direita, os tamanhos devem ser iguais ou 1",
  "broadcast.axes": "{op}: os eixos não combinam: '{a}' encontra '{b}', em {left} e {right}",

  "axis.missing": "{op}: não existe o eixo {axis} em {array}",
  "axis.repeated": "{op}: o eixo {axis} foi dado duas vezes",
  "names.count": "{op}: {array} tem {ndim} eixos, nomes dados: {count}",
  "names.repeated": "{op}: dois eixos não podem se chamar '{name}'",
  "names.empty": "{op}: o nome de um eixo deve ser um texto que não seja vazio",

  "shape.size": "{op}: um tamanho deve ser um número inteiro não negativo, e não {size}",
  "shape.overflow": "{op}: a forma {shape} tem valores demais: cabem no máximo {limit} em um array",
  "shape.values": "{op}: {left} tem {count} valores, mas {right} precisa de {needed}",

  "array.ragged": "array: a primeira linha tem {expected} valores, outra tem {found}",
  "array.value": "array: somente números, ou linhas de números",
  "dtype.unknown": "{op}: não existe o dtype '{dtype}'. Existem: {known}",

  "index.range": "{op}: o índice {index} está fora do eixo {axis}, que tem {size} valores",
  "index.integer": "{op}: um índice deve ser um número inteiro, e não {index}",
  "index.count": "{op}: {array} tem {ndim} eixos, índices dados: {count}",
} as const satisfies Catalog;
