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
  "model.noTraining":
    "{op}: o arquivo tem um modelo, mas não com o que ele é treinado. Grave-o com isso: saveModel(model, { training: { loss, optimizer } })",
  "model.training":
    "{op}: o que se usa para treinar o modelo não está como saveModel grava: '{part}' falta ou está errado. O arquivo está danificado, ou é de uma camada mais nova: dê você mesmo as opções a fit",
  "model.own":
    "{op}: '{name}', dado como {part}, é de autoria própria, e arquivos só guardam o que a camada tem. Grave sem isso, e dê-o você mesmo a fit",
  "model.state":
    "{op}: o estado do treinamento não é um: {what} falta ou está errado. O arquivo está danificado: salve-o de novo",
  "pytorch.names":
    "{op}: os nomes dos pesos devem ser os de nn.Sequential, como '0.weight', ou '{layer}.weight' para cada camada, mas um é '{name}'. No PyTorch, salve model.state_dict() do próprio nn.Sequential",
  "pytorch.count":
    "{op}: há pesos para {found} módulos ({modules}), mas o modelo tem {needed} camadas com pesos ({layers}). Faça o modelo com as mesmas camadas",
  "pytorch.weights":
    "{op}: o módulo '{module}' tem {found}, mas a camada {layer} ({kind}) precisa de {needed}. Faça o modelo com as mesmas camadas",
  "pytorch.kind":
    "{op}: a biblioteca não conhece os pesos do PyTorch para a camada {layer}, do tipo {kind}. Dê-os com model.setWeights",
  "keras.file":
    "{op}: não há {name} no zip, como arquivos .keras têm. Salve o modelo de novo: model.save('model.keras')",
  "keras.json":
    "{op}: config.json não descreve um modelo como o Keras 3. Salve-o de novo com o Keras 3: model.save('model.keras')",
  "keras.model":
    "{op}: o modelo deve ser Sequential ou Functional, mas é {found}. Faça-o com keras.Sequential ou keras.Model(inputs, outputs)",
  "keras.layer":
    "{op}: a biblioteca não tem camada para {layer}, da classe {kind} do Keras. Ela conhece: {known}",
  "keras.chain":
    "{op}: as camadas devem seguir uma à outra, com uma entrada e uma saída, mas {layer} não segue. Faça do modelo tal corrente",
  "keras.setting":
    "{op}: a camada {layer} ({kind}) precisa de {name}, mas é {found}. O arquivo está danificado: salve-o de novo",
  "keras.unsupported":
    "{op}: a camada {layer} ({kind}) tem {name} = {found}, que a nossa não conhece. Pode ser: {known}",
  "keras.path":
    "{op}: não há {name} em model.weights.h5. O arquivo está danificado, ou não é do Keras 3: salve-o de novo",
  "keras.weights":
    "{op}: a camada {layer} precisa de {needed} pesos, mas {place}, em model.weights.h5, tem {found}. O arquivo está danificado: salve-o de novo",
  "hdf5.signature": "{op}: isto não é um arquivo HDF5. O arquivo está danificado: baixe-o de novo",
  "hdf5.version":
    "{op}: a camada lê arquivos HDF5 como o h5py os grava por padrão, não da versão {version}. Grave-o de novo sem libver='latest'",
  "hdf5.place": "{op}: o arquivo HDF5 se contradiz no byte {at}. Está danificado: baixe-o de novo",
  "hdf5.kind":
    "{op}: o que há no byte {at} do arquivo HDF5 não é um grupo ou array que a camada lê. Grave-o de novo com os padrões do h5py",
  "hdf5.dtype":
    "{op}: os valores no byte {at} do arquivo HDF5 não são reais de 16, 32 ou 64 bits. Grave-os de novo como float32",
  "hdf5.layout":
    "{op}: o array no byte {at} do arquivo HDF5 está em pedaços ou comprimido. Grave-o de novo sem chunks nem compressão",
  "model.metadata":
    "{op}: '{name}' é um nome do próprio arquivo. Guarde seu texto com outro: que não seja format, nem comece por camada.",
};
