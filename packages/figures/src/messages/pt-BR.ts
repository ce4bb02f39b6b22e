import type { Messages } from "./index.js";

/** Every word of the figures, in Brazilian Portuguese. */
export const ptBR: Messages = {
  "axis.batch": "lote",
  "axis.feature": "atributo",
  "axis.neuron": "neurônio",
  "axis.none": "eixo",
  "product.title": "{left} vezes {right}",
  "product.left": "lote",
  "product.right": "pesos",
  "product.result": "resultado",
  "product.impossible": "não é um produto",
  "product.description": "{left} {leftShape} vezes {right} {rightShape} dá {result} {resultShape}.",
  "product.wrong.names":
    "Pares errados: {a} encontra {b}. Cada valor encontraria pesos de outros neurônios. Transponha a segunda matriz.",
  "product.wrong.sizes":
    "Os tamanhos diferem: {a} contra {b}. Alguns valores ficariam sem par. Veja se combinam com a segunda matriz transposta.",
  "network.title": "Rede {sizes}",
  "network.description": "{inputs} entradas; {layers}. De cada neurônio de saída parte uma seta.",
  "network.layer": "camada {i}",
  "network.neurons": "{label}: {size} neurônios",
  "network.inputs": "entradas",
  "network.weight": "peso",
  "network.bias": "viés",
  "network.sign": "azul contínuo: positivo; laranja tracejado: negativo; largura: magnitude",
  "network.thinned": "Só alguns neurônios e conexões estão desenhados.",
  row: "linha",
  matrix: "matriz",
  "error.matrix": "{what} deve ser uma matriz (2 eixos, nenhum vazio); tem forma {shape}.",
  "error.chain": "{what} recebe {expects} atributos, mas chegam {given}. Confira os eixos dos pesos.",
  "error.biases": "{what} tem {neurons} neurônios e precisa de {neurons} vieses; recebeu a forma {shape}.",
  "error.result": "Este produto tem forma {expected}, mas o resultado dado tem forma {shape}.",
  "error.layers": "Uma rede precisa de pelo menos uma camada.",
};
