import type { Messages } from "./index.js";

/** What can be wrong with a lesson's file, in Brazilian Portuguese. */
export const ptBR: Messages = {
  "front.missing": "linha {line}: o arquivo deve começar com lesson, lang e title entre linhas de ---",
  "fence.open":
    "linha {line}: este bloco de código nunca é fechado: termine-o com {fence} em uma linha só sua",
  "attribute.form": "linha {line}: '{text}' não é um atributo: escreva nome=valor",
  "attribute.twice": "linha {line}: o atributo '{name}' aparece duas vezes",
  "attribute.unknown": "linha {line}: não existe aqui o atributo '{name}', somente {known}",
  "attribute.missing": "linha {line}: falta o atributo '{name}'",
  "cell.name": "linha {line}: '{id}' não serve de id: use letras minúsculas sem acento, algarismos e hifens",
  "cell.twice": "linha {line}: há duas células chamadas '{id}'",
  "cell.nested": "linha {line}: uma célula não pode ficar dentro de uma lista ou de uma citação",
  "cell.import":
    "linha {line}: uma célula importa pelo nome, e somente de 'camada': import { array } from \"camada\"",
  "cell.export":
    "linha {line}: uma célula não exporta nada: o que ela declara vale para as células seguintes",
  "output.place": "linha {line}: esta saída deve vir logo depois da célula '{id}'",
  "output.twice": "linha {line}: uma célula tem uma saída, e esta seria a segunda",
  "directive.unknown": "linha {line}: não existe ::{name}, somente ::figure e :::exercise",
  "figure.cell": "linha {line}: isto pertence à célula '{id}', mas não há essa célula antes",
  "figure.kind": "linha {line}: não há figura do tipo '{kind}', somente {known}",
  "exercise.answer": "linha {line}: não há resposta do tipo '{answer}', somente {known}",
  "exercise.check": "linha {line}: um exercício tem uma verificação, e esta seria a segunda",
  "exercise.empty": "linha {line}: este exercício não pergunta nada",
  "figure.value":
    "linha {line}: esta figura é desenhada a partir de '{name}', que nenhuma célula antes dela cria",
  "figure.type": "linha {line}: esta figura é desenhada a partir de '{name}', que deve ser um {kind}",
  "notebook.foreign":
    "este notebook não foi feito de uma lição, então não diz como seria uma. Leia-o no laboratório, que mostra qualquer notebook",
  "notebook.exercise": "Exercício {number}",
  "notebook.setup": "fala a língua da lição e mostra arrays como a lição: só os valores",
  "figure.saved":
    "linha {line}: esta figura é desenhada a partir do arquivo '{name}', que não está ao lado da lição",
};
