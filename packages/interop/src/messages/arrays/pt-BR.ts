import type { en } from "./en.js";

/** What can be wrong with files of arrays, in Brazilian Portuguese. */
export const ptBR: { readonly [code in keyof typeof en]: string } = {
  "file.bytes": "{op}: recebe os bytes de um arquivo, como Uint8Array",
  "file.read": "{file} não pode ser lido. {reason}",
  "file.write": "{file} não pode ser gravado, e ficou como estava. {reason}",
  "file.stream":
    "{op}: recebe um fluxo de bytes: o body de uma resposta, ou createReadStream(caminho) de node:fs",
  "file.source": "{op}: recebe um Blob ou File, ou um arquivo que open(path) de node:fs/promises abriu",
  "file.part":
    "{op}: o arquivo só tem {found} dos {needed} bytes a partir do byte {begin}. Ele ficou mais curto: abra-o de novo",
  "file.name": "{op}: o arquivo não tem o array '{name}'. Tem: {known}",
  "file.overflow":
    "{op}: os tamanhos {sizes} dão mais valores do que cabem em um array. O cabeçalho está danificado: baixe o arquivo de novo",
  "file.short":
    "{op}: os tamanhos {sizes} precisam de {needed} bytes, mas há {found}. O arquivo está cortado: baixe-o de novo",
  "file.long":
    "{op}: os tamanhos {sizes} precisam de {needed} bytes, mas há {found}. Algo vem depois dos valores: remova-o, ou baixe o arquivo de novo",
  "file.large":
    "{op}: o arquivo ocuparia {size} bytes. Se você confia nele, deixe maxBytes ser maior que {limit}",
  "file.range":
    "{op}: o valor {value} na posição {position} não cabe em int32, que é como {dtype} é lido. Grave o arquivo de novo: no NumPy, com a.astype('float64')",
  "file.truth":
    "{op}: um bool é um byte 0 ou 1, mas o da posição {position} é {value}. O arquivo está danificado: baixe-o de novo",
  "npy.magic":
    "{op}: um arquivo .npy começa com 93 4e 55 4d 50 59, este com {found}. Veja se é o arquivo certo: um servidor pode ter respondido com uma página",
  "npy.version":
    "{op}: existem as versões 1.0, 2.0 e 3.0 de .npy, mas não {found}. O arquivo está danificado: baixe-o de novo",
  "npy.header":
    "{op}: o cabeçalho precisa de {needed} bytes, mas há {found}. O arquivo está cortado: baixe-o de novo",
  "npy.large":
    "{op}: o cabeçalho diz que tem {found} bytes, mas o NumPy aceita no máximo {limit}. O arquivo está danificado: baixe-o de novo",
  "npy.literal":
    "{op}: o cabeçalho não é um dicionário como o NumPy o grava, a partir do caractere {at}: {found}. O arquivo está danificado: baixe-o de novo",
  "npy.keys":
    "{op}: o cabeçalho deve dizer 'descr', 'fortran_order' e 'shape', e nada mais, mas é {found}. O arquivo está danificado: baixe-o de novo",
  "npy.objects":
    "{op}: o arquivo contém objetos do Python, em pickle: lê-los é executar código de quem o fez. Grave números: no NumPy, a.astype('float64')",
  "npy.complex":
    "{op}: os valores são números complexos, que a camada não tem. Grave a.real e a.imag, cada um em um arquivo",
  "npy.text": "{op}: os valores são texto, que a camada não tem. Grave números: classes, por exemplo",
  "npy.dates":
    "{op}: os valores são datas ou durações, que a camada não tem. Grave números: dias desde o primeiro, por exemplo",
  "npy.structured":
    "{op}: os valores são registros de vários campos, que a camada não tem. Grave cada campo em um arquivo",
  "npy.dtype":
    "{op}: não existe o dtype {dtype} na camada. Grave o arquivo de novo: no NumPy, com a.astype('float64')",
  "npy.axes": "{op}: um arquivo .npy tem no máximo {limit} eixos, e não {axes}. Use antes .reshape([...])",
  "npz.entry":
    "{op}: '{entry}', no arquivo, não é um .npy. Veja se é o arquivo certo: um .npz contém apenas arrays",
  "png.signature": "{op}: isto não é uma imagem PNG. Veja se é o arquivo certo, ou salve-o como PNG",
  "png.chunk": "{op}: a imagem está danificada no byte {at}. Baixe-a de novo",
  "png.header": "{op}: o cabeçalho da imagem tem tamanhos e tipos de cor que PNG não tem. Baixe-a de novo",
  "png.interlaced": "{op}: a imagem é entrelaçada, de {depth} bits por amostra. Salve-a sem entrelaçamento",
  "png.pixels":
    "{op}: os pixels não são os que descomprimidos dão {needed} bytes, como o cabeçalho promete. A imagem está danificada: baixe-a de novo",
  "zip.end":
    "{op}: isto não é um arquivo zip, ou está cortado: falta o registro que encerra um. Veja se é o arquivo certo, ou baixe-o de novo",
  "zip.record":
    "{op}: o zip está danificado, ou se contradiz: o que diz no byte {at} não pode ser. Baixe o arquivo de novo",
  "zip.encrypted": "{op}: '{entry}' está cifrado. Grave o zip sem senha",
  "zip.method":
    "{op}: '{entry}' foi comprimido pelo método {method}; a camada conhece 0, sem compressão, e 8, deflate. Grave o zip de novo com um deles",
  "zip.twice": "{op}: '{entry}' está no zip duas vezes. Grave-o de novo com um nome para cada um",
  "zip.overlap":
    "{op}: '{entry}' e '{other}' compartilham bytes do zip, o que programa nenhum grava. O arquivo está danificado, ou foi feito para causar dano",
  "zip.large":
    "{op}: o zip diz que descomprimido tem {size} bytes. Se você confia nele, deixe maxBytes ser maior que {limit}",
  "zip.ratio":
    "{op}: o zip tem {packed} bytes, mas diz que descomprimido tem {size}: tanto só uma bomba tem. Grave-o sem compressão",
  "zip.content":
    "{op}: '{entry}' descomprimido não tem os {size} bytes, ou não a soma de verificação, que o zip diz. O arquivo está danificado: baixe-o de novo",
  "zip.name": "{op}: um nome no zip tem no máximo {limit} bytes, mas '{name}...' tem mais. Encurte-o",
  "zip.tooMuch": "{op}: isto é mais do que cabe em um zip, 4 GiB ou 65534 arquivos. Grave vários",
};
