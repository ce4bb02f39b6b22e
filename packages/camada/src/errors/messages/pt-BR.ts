import type { Catalog } from "../catalog.js";

/** Every sentence the library says, in Brazilian Portuguese, by code. */
export const ptBR = {
  "remedy.none": "",
  "count.none": "nenhum",
  "remedy.transposeSecond": " Transponha o segundo array: use .T",

  "dot.sizes": "{op}: os tamanhos internos diferem, {a} contra {b}, em {left} x {right}.{remedy}",
  "dot.axes":
    "{op}: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria '{a}' por '{b}', em {left} x {right}.{remedy}",

  "dot.scalar": "{op}: um valor só não tem eixo a somar, em {left} x {right}. Use multiply",

  "broadcast.sizes":
    "{op}: as formas não se ajustam por broadcasting, {a} encontra {b}, em {left} e {right}. A partir da direita, os tamanhos devem ser iguais ou 1",
  "broadcast.axes": "{op}: os eixos não combinam: '{a}' encontra '{b}', em {left} e {right}",

  "axis.missing": "{op}: não existe o eixo {axis} em {array}",
  "axis.repeated": "{op}: o eixo {axis} foi dado duas vezes",
  "names.count": "{op}: {array} tem {ndim} eixos, nomes dados: {count}",
  "names.repeated":
    "{op}: dois eixos não podem se chamar '{name}'. Dê antes outro nome a um deles: .rename(...)",
  "names.empty": "{op}: o nome de um eixo deve ser um texto que não seja vazio",

  "shape.list": "{op}: uma forma é uma lista de tamanhos, como [{shape}], e não {shape}",
  "shape.size": "{op}: um tamanho deve ser um número inteiro não negativo, e não {size}",
  "shape.overflow": "{op}: a forma {shape} tem valores demais: cabem no máximo {limit} em um array",
  "shape.values": "{op}: {left} tem {count} valores, mas {right} precisa de {needed}",

  "array.ragged":
    "array: todas as linhas devem ter o mesmo número de valores: {expected} na primeira, {found} na linha {row}",
  "array.value":
    "array: somente números, ou linhas de números. De um typed array: fromTypedArray(valores, forma); de arrays: stack([...])",
  "dtype.unknown": "{op}: não existe o dtype '{dtype}'. Existem: {known}",
  "dtype.bool":
    "{op}: não se define para verdadeiro e falso. Transforme-os antes em números: .astype('int32')",
  "dtype.range": "{op}: {value} não cabe em {dtype}. Use antes .astype('float64')",
  "dtype.overflow": "{op}: o resultado {value} não cabe em int32. Use antes .astype('float64')",
  "power.negative":
    "power: um inteiro elevado a um inteiro negativo não é inteiro. Use antes .astype('float64')",

  "reduce.empty": "{op}: não há de que tirar: o eixo de {array} não tem valores",

  "concatenate.sizes":
    "{op}: {left} não se ajusta a {right}: todos os tamanhos, menos o do eixo unido, devem ser iguais",
  "concatenate.axes": "{op}: {left} não se ajusta a {right}: os eixos têm outros nomes",
  "concatenate.none": "{op}: é preciso ao menos um array",
  "stack.sizes": "{op}: {left} não se ajusta a {right}: todos os tamanhos devem ser iguais",
  "split.sections": "split: {size} valores não se dividem em {sections} partes iguais",
  "transpose.count": "transpose: {array} tem {ndim} eixos, eixos dados: {count}",
  "squeeze.size": "squeeze: o eixo {axis} de {array} não tem exatamente um valor",
  "takeAlongAxis.sizes":
    "takeAlongAxis: {left} não se ajusta a {right}: todos os tamanhos, menos o do eixo, devem ser iguais",
  "windows.size": "slidingWindowView: {array} não tem janelas de {windows} ao longo desses eixos",
  "pad.widths": "pad: {array} precisa de um par de números inteiros, não negativos, para cada eixo",
  "broadcastTo.sizes": "broadcastTo: {left} não pode ser repetido até {right}",

  "einsum.subscripts": "einsum: '{subscripts}' não tem a forma 'ij,jk->ik'",
  "einsum.operands": "einsum: '{subscripts}' nomeia {expected} arrays, dados: {count}",
  "einsum.axes": "einsum: '{subscripts}' nomeia {expected} eixos, mas {array} tem {ndim}",
  "einsum.sizes": "einsum: o eixo '{letter}' tem {a} valores em um array e {b} em outro",
  "einsum.names": "einsum: os eixos não combinam: '{letter}' seria '{a}' e também '{b}'",

  "value.integer": "{op}: {name} deve ser um número inteiro, e não {value}",
  "value.positive": "{op}: {name} deve ser maior que 0, e não {value}",
  "value.range": "{op}: {value} não cabe em {dtype}. Escolha outro dtype, como float64",
  "value.zero": "{op}: {name} não pode ser 0",

  "index.range": "{op}: o índice {index} está fora do eixo {axis}, que tem {size} valores",
  "index.integer": "{op}: um índice deve ser um número inteiro, e não {index}",
  "index.count": "{op}: {array} tem {ndim} eixos, índices dados: {count}",
  "index.dtype": "{op}: os índices devem ser números inteiros, e não {dtype}. Use .astype('int32')",
  "index.scalar": "um valor só não tem linhas a percorrer. Use .at()",

  "trace.values":
    "{op}: enquanto uma função é rastreada, seus arrays ainda não têm valores. Use operações sobre arrays inteiros, como multiply(x, 2) ou where(condição, x, y), ou tome os valores depois de a função rodar",

  "print.option": "setPrintOptions: não existe a opção '{option}'. Existem: {known}",
  "print.value": "setPrintOptions: {option} não pode ser {value}",

  "random.seed":
    "{op}: uma semente deve ser um número inteiro de 0 a {max} ou uma lista de números assim, e não {seed}",
  "random.seedLarge":
    "{op}: uma semente deve ser um número inteiro não negativo, ou uma lista de números assim, e não {seed}. Escreva os maiores que 2^53 com um n no fim",
  "random.bounds": "{op}: low deve ser menor que high, mas {low} não é menor que {high}",
  "random.span": "{op}: os números inteiros de {low} a {high} são mais do que cabem em 53 bits",
  "random.infinite": "{op}: {name} deve ser um número finito, e não {value}",
  "random.negative": "{op}: {name} não pode ser negativo, e é {value}",
  "random.scalar": "{op}: um único valor não tem linhas para pôr em outra ordem",
  "random.empty": "{op}: não há nada para escolher",
  "random.axes":
    "{op}: somente de um array de um eixo, mas {array} tem {ndim}. Use random.defaultRng(seed).choice",
  "random.population":
    "{op}: não se podem escolher {count} diferentes entre {size}. Deixe que se repitam com replace: true",
  "random.weights": "{op}: há {size} para escolher, mas {count} probabilidades",
  "random.weight": "{op}: uma probabilidade deve ser um número não negativo, e não {value}",
  "random.weightSum": "{op}: as probabilidades devem somar 1, e não {sum}. Divida-as pela soma",
  "random.weightFew":
    "{op}: não se podem escolher {count} diferentes: somente {size} têm probabilidade acima de 0",
  "random.state": "setState: isto não é um estado que {generator} teve",
} as const satisfies Catalog;
