import type { Language } from "camada";

const SENTENCES = {
  en: {
    "front.missing": "line {line}: the file must begin with lesson, lang and title between lines of ---",
    "cell.id": "line {line}: a cell needs an id: ```ts cell id=name",
    "cell.twice": "line {line}: there are two cells called '{id}'",
    "cell.attribute": "line {line}: a cell has no attribute '{name}'",
    "output.unknown": "line {line}: this is the output of '{id}', but there is no such cell before it",
    "output.twice": "line {line}: '{id}' has two outputs",
    "figure.unknown": "line {line}: this is a figure of '{id}', but there is no such cell before it",
    "figure.kind": "line {line}: there is no figure of the kind '{kind}', only product and network",
    "figure.alt": 'line {line}: a figure must be described: alt="..."',
  },
  "pt-BR": {
    "front.missing": "linha {line}: o arquivo deve começar com lesson, lang e title entre linhas de ---",
    "cell.id": "linha {line}: uma célula precisa de um id: ```ts cell id=nome",
    "cell.twice": "linha {line}: há duas células chamadas '{id}'",
    "cell.attribute": "linha {line}: uma célula não tem o atributo '{name}'",
    "output.unknown": "linha {line}: isto é a saída de '{id}', mas não há essa célula antes dela",
    "output.twice": "linha {line}: '{id}' tem duas saídas",
    "figure.unknown": "linha {line}: isto é uma figura de '{id}', mas não há essa célula antes dela",
    "figure.kind": "linha {line}: não há figura do tipo '{kind}', somente product e network",
    "figure.alt": 'linha {line}: uma figura deve ser descrita: alt="..."',
  },
} as const satisfies Record<Language, Record<string, string>>;

export type LessonCode = keyof (typeof SENTENCES)["en"];

/** What is wrong with a lesson's file, and in which line; said in the lesson's language. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  readonly code: LessonCode;
  readonly data: { readonly [name: string]: string | number };

  constructor(lang: Language, code: LessonCode, data: { readonly [name: string]: string | number }) {
    super(SENTENCES[lang][code].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name])));
    this.code = code;
    this.data = data;
  }
}
