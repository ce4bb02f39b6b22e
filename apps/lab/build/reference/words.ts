import type { Language } from "camada";
import { filled } from "../../src/messages/fill.js";

const en = {
  about:
    "Everything that camada's packages export, as it is described beside its code. Every example is run by the tests, and gives what stands behind its //.",
  english: "",
  find: "Find a name",
  count: "{count} found. The arrow keys go through them.",
  everywhere: "Look in the whole reference",
  here: "On this page",
  next: "Next: {title}",
  options: "In {parameter}",
  fields: "Properties",
  bases: "And the properties of {bases}",
  methods: "Methods",
  throws: "Throws",
  example: "Example",
  "example.of": "Example of {name}",
  "signature.of": "How {name} is called",
  run: "Run it",
  function: "function",
  class: "class",
  type: "type",
  value: "value",
  from: "from",
  also: "also exported as",
  as: "As {as}.",
  numpy: "in NumPy:",
  source: "source:",
  codes: "Every sentence, by its code",
  "codes.about":
    "An error has a code, data, and a sentence made of both. What stands in {braces} is filled in.",
};

const ptBR: Record<keyof typeof en, string> = {
  about:
    "Tudo o que os pacotes da camada exportam, como está descrito ao lado do código. Todo exemplo é executado pelos testes, e dá o que está depois de //.",
  english: "As descrições são as do próprio código, em inglês.",
  find: "Procurar um nome",
  count: "Encontrados: {count}. As setas do teclado passam por eles.",
  everywhere: "Procurar em toda a referência",
  here: "Nesta página",
  next: "A seguir: {title}",
  options: "Em {parameter}",
  fields: "Propriedades",
  bases: "E as propriedades de {bases}",
  methods: "Métodos",
  throws: "Lança",
  example: "Exemplo",
  "example.of": "Exemplo de {name}",
  "signature.of": "Como se chama {name}",
  run: "Executar",
  function: "função",
  class: "classe",
  type: "tipo",
  value: "valor",
  from: "de",
  also: "também exportado como",
  as: "Como {as}.",
  numpy: "no NumPy:",
  source: "código:",
  codes: "Cada frase, por seu código",
  "codes.about":
    "Um erro tem um código, dados e uma frase feita de ambos. O que está entre {chaves} é preenchido.",
};

/** The reference's own words, around what the code says of itself. */
export function words(lang: Language, word: keyof typeof en, data?: Parameters<typeof filled>[1]): string {
  const sentence = (lang === "en" ? en : ptBR)[word];
  return data === undefined ? sentence : filled(sentence, data);
}
