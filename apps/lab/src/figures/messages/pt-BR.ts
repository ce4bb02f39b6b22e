import type { en } from "./en.js";

/** Every word of the living figures, in Brazilian Portuguese. */
export const ptBR: Record<keyof typeof en, string> = {
  data: "Os dados da figura em tabela",
  previous: "Anterior",
  next: "Próximo",
  reset: "Valores do início",
  "product.keys": "Produto, passo a passo: as setas do teclado vão de linha em linha e de coluna em coluna",
  "product.place": "Linha {row}, coluna {column}",
  "product.transpose": "Transpor {label}",
  "network.keys": "Rede: as setas do teclado vão de neurônio em neurônio; os controles abaixo a mudam",
  "network.input": "Entrada {at}",
  "network.neuron": "Neurônio {at} da camada {layer}",
  "network.weight": "Peso {at}",
  "network.bias": "Viés",
  "network.value": "Valor",
  "network.observation": "Observação",
  "network.hint":
    "Escolha um neurônio, uma entrada ou uma conexão; arraste para o lado para mudar um peso ou uma entrada.",
};
