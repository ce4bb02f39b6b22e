import type { en } from "./en.js";

/** What can be wrong with an ONNX file, or with a model that becomes one, in Brazilian Portuguese. */
export const ptBR: { readonly [code in keyof typeof en]: string } = {
  "onnx.bytes": "readOnnx: recebe os bytes de um arquivo, como Uint8Array",
  "onnx.large":
    "readOnnx: o arquivo tem {found} bytes, mais que {most}. Permita mais com maxBytes se confia nele",
  "onnx.damaged":
    "readOnnx: os bytes não são um arquivo ONNX: isso se vê no byte {at}. O arquivo está danificado ou é outro: baixe-o de novo",
  "onnx.parts":
    "readOnnx: o arquivo é feito de mais de {most} partes. Permita mais com maxParts se confia nele; pesos gravados como dados crus contam como uma",
  "onnx.graph": "readOnnx: o arquivo não tem grafo. Veja se é um modelo: um tensor sozinho também não tem",
  "onnx.functions":
    "readOnnx: o arquivo tem {count} funções próprias, que a camada não lê. Expanda-as antes, por exemplo com onnx.inliner",
  "onnx.training":
    "readOnnx: o arquivo diz como é treinado, em um grafo à parte, que a camada não lê. Exporte-o para inferência",
  "onnx.sparse": "readOnnx: o arquivo tem constantes esparsas, que a camada não lê. Grave-as inteiras",
  "onnx.domainTwice":
    "readOnnx: a versão dos operadores de '{domain}' aparece duas vezes. O arquivo está errado: gere-o de novo",
  "onnx.version":
    "readOnnx: o arquivo foi feito para a versão {version} dos operadores de {domain}; a camada conhece de 1 a {latest}. Converta-o, por exemplo com onnx.version_converter",
  "onnx.operators":
    "readOnnx: há operadores que a camada não tem, aqui com os lugares de seus nós: {operators}. Exporte o modelo sem eles",
  "onnx.kind":
    "readOnnx: '{value}' não é um tensor, e sim uma sequência, um mapa ou algo assim, que a camada não tem. Exporte o modelo sem isso",
  "onnx.nothing": "readOnnx: o grafo não tem saída. O arquivo está errado: gere-o de novo",
  "onnx.twice":
    "readOnnx: '{value}' ({kind}) aparece duas vezes, ou não tem nome. O arquivo está errado: gere-o de novo",
  "onnx.name":
    "readOnnx: o nó {index} ({operator} '{name}') dá '{value}', que já existe. O arquivo está errado: gere-o de novo",
  "onnx.source":
    "readOnnx: o nó {index} ({operator} '{name}') recebe '{value}', que nada antes dele dá: falta, os nós estão fora de ordem, ou correm em círculo. Gere o arquivo de novo",
  "onnx.output": "readOnnx: nada dá a saída '{value}'. O arquivo está errado: gere-o de novo",
  "onnx.inputs":
    "readOnnx: o nó {index} ({operator} '{name}') tem {count} entradas, mas recebe {expected}. O arquivo está errado, ou é de outra versão do operador",
  "onnx.outputs":
    "readOnnx: o nó {index} ({operator} '{name}') tem {count} saídas, mas dá no mínimo 1 e no máximo {most}. O arquivo está errado, ou é de outra versão do operador",
  "onnx.subgraph":
    "readOnnx: o nó {index} ({operator} '{name}') tem um grafo dentro dele, ou um valor de fora, como atributo '{attribute}', que a camada não lê. Exporte o modelo sem isso",
  "onnx.attribute":
    "readOnnx: o nó {index} ({operator} '{name}') tem o atributo '{attribute}', que não é conhecido; os conhecidos são: {known}. Exporte o modelo para uma versão dos operadores que a camada conheça",
  "onnx.attributeTwice":
    "readOnnx: o nó {index} ({operator} '{name}') tem o atributo '{attribute}' duas vezes. O arquivo está errado: gere-o de novo",
  "onnx.attributeType":
    "readOnnx: o atributo '{attribute}' do nó {index} ({operator} '{name}') deveria ser do tipo {type}, e não do tipo de código {found}. O arquivo está errado: gere-o de novo",
  "onnx.attributeMissing":
    "readOnnx: falta ao nó {index} ({operator} '{name}') o atributo '{attribute}'. O arquivo está errado: gere-o de novo",
  "onnx.choice":
    "readOnnx: o atributo '{attribute}' do nó {index} ({operator} '{name}') é '{value}'; os conhecidos são: {known}. Exporte o modelo com um destes",
  "onnx.tensor":
    "readOnnx: o atributo '{attribute}' deveria conter um tensor, mas não contém nada. O arquivo está errado: gere-o de novo",
  "onnx.type":
    "readOnnx: os valores de '{where}' são {type}, que a camada não tem. Converta-os para float, double, int32, int64, uint8 ou bool",
  "onnx.dims":
    "readOnnx: o tensor '{tensor}' tem os tamanhos {shape}: negativos, ou com mais valores do que cabem em um array. O arquivo está danificado: baixe-o de novo",
  "onnx.size":
    "readOnnx: o tensor '{tensor}' de tamanhos {shape} precisa de {needed} valores, mas há {found}. O arquivo está cortado ou danificado: baixe-o de novo",
  "onnx.bytesOf":
    "readOnnx: o tensor '{tensor}' tem {found} bytes, que não são um número inteiro de valores de {bytes} bytes. O arquivo está cortado ou danificado: baixe-o de novo",
  "onnx.range":
    "readOnnx: o valor {value} em {index} de '{tensor}' não cabe nos inteiros de 32 bits que a camada tem. Exporte o modelo com números menores, ou reais",
  "onnx.external":
    "readOnnx: o tensor '{tensor}' está em outro arquivo, '{location}', que não é aberto. Dê os bytes dele: readOnnx(bytes, { externalData: new Map([['{location}', bytes]]) })",
  "onnx.externalRange":
    "readOnnx: o tensor '{tensor}' deveria estar em '{location}' a partir do byte {offset}, com {length} bytes, mas foram dados {found} bytes. Dê o arquivo inteiro",
  "onnx.input": "run: não há array para a entrada '{input}'. Dê um com esse nome",
  "onnx.inputUnknown": "run: o modelo não tem a entrada '{input}', só: {known}. Dê estas",
  "onnx.inputType": "run: a entrada '{input}' recebe {dtype}, e não {found}. Use antes .astype('{dtype}')",
  "onnx.inputShape":
    "run: a entrada '{input}' recebe os tamanhos {shape}, e não {found}. Mude a forma do array, ou veja o que ele deveria conter",
  "onnx.valueRange":
    "run: '{value}' tem {found} em {index}, que {type}, o tipo que o arquivo lhe dá, não tem, ou não em 32 bits. Use outros números, ou exporte o modelo com reais",
  "onnx.node": "run: o nó {index} ({operator} '{name}') não pode ser calculado. {reason}",
  "onnx.missing":
    "run: o nó {index} ({operator} '{name}') precisa da entrada {input}, que foi omitida. O arquivo está errado: gere-o de novo",
  "onnx.missingOutput":
    "run: o nó {index} ({operator} '{name}') não dá a saída {output} neste modo. O arquivo está errado, ou é para treino: exporte-o para inferência",
  "onnx.values":
    "run: o que o nó {index} ({operator} '{name}') faz depende dos valores da entrada {input}, que uma função compilada ainda não conhece. Feche a função sobre o array: compile((x) => model.run({ x, shape }))",
  "onnx.setting":
    "run: o nó {index} ({operator} '{name}') pede o que a camada não faz: {setting}. Exporte o modelo de outro modo",
  "onnx.axis":
    "run: o nó {index} ({operator} '{name}') fala do eixo {axis}, que um array de {ndim} eixos não tem, ou não duas vezes. O arquivo está errado, ou o array tem outro número de eixos do que ele espera",
  "onnx.overflow":
    "run: o nó {index} ({operator} '{name}') chega a {value}, que não cabe nos inteiros de 32 bits que a camada tem. Use números menores, ou exporte o modelo com reais",
  "onnx.largeResult":
    "run: o nó {index} ({operator} '{name}') faria um array de tamanhos {shape}: mais de {most} valores, ou mais de 64 eixos. Permita mais com maxValues se confia no arquivo",
  "onnx.layer":
    "writeOnnx: a camada '{layer}' ({kind}) não é uma para a qual o ONNX tenha operador. Grave o modelo como função, para um lote de um só tamanho: writeOnnx(({ input }) => ({ output: model.forward(input) }), { input: batch })",
  "onnx.step":
    "writeOnnx: o ONNX não tem operador para o passo '{step}'. Grave uma função sem ele, ou um modelo, que é gravado para inferência",
  "onnx.results":
    "writeOnnx: uma função deve dar arrays por nome, { y }, e por outros nomes que não os que recebe. Mude a função",
};
