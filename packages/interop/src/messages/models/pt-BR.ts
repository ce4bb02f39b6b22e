import type { en } from "./en.js";

/** What can be wrong with files of weights and models, in Brazilian Portuguese. */
export const ptBR: { readonly [code in keyof typeof en]: string } = {
  "safetensors.header":
    "{op}: o cabeçalho precisa de {needed} bytes, mas há {found}. O arquivo está cortado, ou não é safetensors: baixe-o de novo",
  "safetensors.large":
    "{op}: o cabeçalho diz que tem {found} bytes, mas pode ter no máximo {limit}. Veja se é um arquivo safetensors",
  "safetensors.json":
    "{op}: o cabeçalho não é o JSON de um arquivo safetensors. O arquivo está danificado: baixe-o de novo",
  "safetensors.number":
    "{op}: o cabeçalho tem {found} onde só podem estar contagens. O arquivo está danificado: baixe-o de novo",
  "safetensors.twice":
    "{op}: o cabeçalho tem '{name}' duas vezes. Grave o arquivo de novo com um nome para cada um",
  "safetensors.metadata":
    "{op}: metadados são textos por seus nomes, mas '{key}' é outra coisa. Grave o arquivo de novo",
  "safetensors.tensor":
    "{op}: '{name}', no cabeçalho, deve ter dtype, shape e data_offsets [início, fim], e nada mais. O arquivo está danificado: baixe-o de novo",
  "safetensors.dtype":
    "{op}: '{name}' tem valores {dtype}, que a camada não tem. Grave o arquivo de novo, com F32 por exemplo",
  "safetensors.place":
    "{op}: '{name}' começa no byte {begin} dos valores, mas os anteriores terminam em {at}: não pode haver vãos nem sobreposições. O arquivo está danificado, ou foi feito para causar dano",
  "safetensors.rest":
    "{op}: os valores terminam no byte {needed} do arquivo, mas ele tem {found} bytes. Está cortado, ou algo vem depois: baixe-o de novo",
  "safetensors.reserved": "{op}: '{name}' é o nome dos metadados. Dê outro nome ao array",
  "model.format":
    "{op}: este arquivo safetensors tem pesos, mas não a descrição de um modelo. Faça o modelo com sequential(...) e dê-lhe os pesos: model.setWeights, ou loadPyTorchWeights",
  "model.version":
    "{op}: o modelo foi gravado por uma camada mais nova (versão {found} de seus arquivos; esta conhece a {known}). Atualize a camada",
  "model.description": "{op}: a descrição do modelo não é JSON. O arquivo está danificado: baixe-o de novo",
  "model.name":
    "{op}: uma camada que é salva não pode se chamar '{name}', que indica o treinamento. Dê-lhe outro nome",
  "model.noState":
    "{op}: o arquivo tem um modelo, mas não o estado de seu treinamento. Salve-o com um: saveModel(model, { state })",
  "model.state":
    "{op}: o estado do treinamento não é um: {what} falta ou está errado. O arquivo está danificado: salve-o de novo",
  "pytorch.names":
    "{op}: os nomes dos pesos devem ser os de nn.Sequential, como '0.weight', ou '{layer}.weight' para cada camada, mas um é '{name}'. No PyTorch, salve model.state_dict() do próprio nn.Sequential",
  "pytorch.count":
    "{op}: há pesos para {found} módulos ({modules}), mas o modelo tem {needed} camadas com pesos ({layers}). Faça o modelo com as mesmas camadas",
  "pytorch.weights":
    "{op}: o módulo '{module}' tem {found}, mas a camada {layer} ({kind}) precisa de {needed}. Faça o modelo com as mesmas camadas",
  "pytorch.kind":
    "{op}: a camada (a biblioteca) não conhece os pesos do PyTorch para a camada {layer}, do tipo {kind}. Dê-os com model.setWeights",
};
