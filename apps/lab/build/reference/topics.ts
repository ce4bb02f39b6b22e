import type { Language } from "camada";
import type { Entry } from "./reader.js";

/**
 * A page of the reference: what it is for, and the files whose exports it has, in the order in which it shows them.
 * A folder stands for its files that no page lists.
 */
export interface Topic {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly about: Readonly<Record<Language, string>>;
  readonly files: readonly string[];
}

/** Topics that are looked for together. */
interface Part {
  readonly title: Readonly<Record<Language, string>>;
  readonly topics: readonly Topic[];
}

const files = (folder: string, names: string) =>
  names.split(" ").map((name) => `packages/${folder}/src/${name.endsWith("/") ? name : `${name}.ts`}`);

/** The reference in the order in which a newcomer reads. */
export const PARTS: readonly Part[] = [
  {
    title: { en: "Arrays", "pt-BR": "Arrays" },
    topics: [
      {
        id: "arrays",
        title: { en: "Making and reading arrays", "pt-BR": "Criar e ler arrays" },
        about: {
          en: "An array is numbers with a shape, and names for its axes where you give them. Here is how to make one, what it can say of itself, and how to take parts of it.",
          "pt-BR":
            "Um array são números com uma forma e, se você quiser, nomes para os eixos. Aqui está como criar um, o que ele diz de si e como tomar partes dele.",
        },
        files: files(
          "camada",
          "array/creation array/ndarray array/indexing shape/types shape/tuples shape/shape array/print/options array/ shape/",
        ),
      },
      {
        id: "elementwise",
        title: { en: "Element by element", "pt-BR": "Elemento por elemento" },
        about: {
          en: "Arithmetic, functions and comparisons of each element. Arrays of different shapes meet as NumPy broadcasts them, and axes with different names never do. Each gives a new array, or a number of numbers.",
          "pt-BR":
            "Aritmética, funções e comparações de cada elemento. Arrays de formas diferentes se combinam pelo broadcasting do NumPy; eixos de nomes diferentes, nunca. Cada uma dá um novo array, ou um número de números.",
        },
        files: files(
          "camada",
          "ops/arithmetic ops/math ops/special ops/comparison ops/where ops/selection ops/",
        ),
      },
      {
        id: "products",
        title: { en: "Products, sums and order", "pt-BR": "Produtos, somas e ordem" },
        about: {
          en: "Products of matrices, sums and means along an axis, and sorting. An axis is told by its place or by its name. Each gives a new array, or a number where no axis is left.",
          "pt-BR":
            "Produtos de matrizes, somas e médias ao longo de um eixo, e ordenação. Um eixo se indica pela posição ou pelo nome. Cada um dá um novo array, ou um número quando não sobra eixo.",
        },
        files: files("camada", "ops/product ops/einsum ops/reductions ops/reduce ops/sorting"),
      },
      {
        id: "shapes",
        title: { en: "Shapes, joining and taking", "pt-BR": "Formas, junção e seleção" },
        about: {
          en: "Turning, joining and cutting arrays, and taking elements by their places. What gives a view shares its memory; each entry says which.",
          "pt-BR":
            "Girar, juntar e cortar arrays, e tomar elementos pelas posições. O que dá uma visão compartilha a memória; cada verbete diz qual é o caso.",
        },
        files: files("camada", "ops/movement ops/joining ops/taking ops/windows"),
      },
      {
        id: "random",
        title: { en: "Random numbers", "pt-BR": "Números aleatórios" },
        about: {
          en: "NumPy's streams of random numbers, digit for digit: the same seed gives the same numbers there and here.",
          "pt-BR":
            "As sequências de números aleatórios do NumPy, dígito por dígito: a mesma semente dá os mesmos números lá e aqui.",
        },
        files: files(
          "camada",
          "array/random/index array/random/generator array/random/random-state array/random/sampler",
        ),
      },
      {
        id: "data",
        title: { en: "Data to learn from", "pt-BR": "Dados para aprender" },
        about: {
          en: "Sets drawn from a seed, and what data goes through before a network sees it: splitting, standardizing, one column for each class.",
          "pt-BR":
            "Conjuntos sorteados de uma semente e o que se faz com os dados antes que uma rede os veja: dividir, padronizar, uma coluna para cada classe.",
        },
        files: files("camada", "data/generated data/split data/standardize data/labels data/"),
      },
    ],
  },
  {
    title: { en: "Networks", "pt-BR": "Redes" },
    topics: [
      {
        id: "models",
        title: { en: "Models", "pt-BR": "Modelos" },
        about: {
          en: "A network of layers, one after the other, with its weights: made, run, described, and made again from its description.",
          "pt-BR":
            "Uma rede de camadas, uma depois da outra, com seus pesos: criada, executada, descrita e refeita a partir da descrição.",
        },
        files: files("camada", "train/model train/config nn/config"),
      },
      {
        id: "layers",
        title: { en: "Layers", "pt-BR": "Camadas" },
        about: {
          en: "What networks are made of. Each says what comes in and what goes out; layers that do not fit do not compile.",
          "pt-BR":
            "Do que as redes são feitas. Cada uma diz o que entra e o que sai; camadas que não se ajustam não compilam.",
        },
        files: files(
          "camada",
          "nn/input nn/dense nn/conv2d nn/pooling nn/windows nn/normalization nn/dropout nn/embedding nn/shaping nn/layer nn/",
        ),
      },
      {
        id: "activations",
        title: { en: "Activations and weights", "pt-BR": "Ativações e pesos" },
        about: {
          en: "Activations are functions of arrays and layers at once. Weights begin as an initializer draws them, and a regularizer says what large ones cost.",
          "pt-BR":
            "Ativações são ao mesmo tempo funções de arrays e camadas. Os pesos começam como um inicializador os sorteia, e um regularizador diz quanto custam os grandes.",
        },
        files: files("camada", "nn/activations nn/initializers nn/regularizers"),
      },
    ],
  },
  {
    title: { en: "Training", "pt-BR": "Treino" },
    topics: [
      {
        id: "training",
        title: { en: "Fitting and watching", "pt-BR": "Treinar e acompanhar" },
        about: {
          en: "The options of model.fit, what it tells while it goes on and what it gives in the end, and the study of batch sizes.",
          "pt-BR":
            "As opções de model.fit, o que ele conta enquanto corre e o que dá no fim, e o estudo dos tamanhos de lote.",
        },
        files: files(
          "camada",
          "train/fit train/evaluate train/callbacks train/history train/state train/study train/studyText train/spread train/",
        ),
      },
      {
        id: "losses",
        title: { en: "Losses and metrics", "pt-BR": "Perdas e métricas" },
        about: {
          en: "A loss is what training makes smaller; a metric is what a person wants to know. Both are made of operations on arrays.",
          "pt-BR":
            "Uma perda é o que o treino diminui; uma métrica é o que uma pessoa quer saber. Ambas são feitas de operações de arrays.",
        },
        files: files("camada", "nn/losses nn/loss nn/targets nn/metrics"),
      },
      {
        id: "optimizers",
        title: { en: "Optimizers and schedules", "pt-BR": "Otimizadores e taxas" },
        about: {
          en: "How weights follow their gradients, how the learning rate changes on the way, and how gradients are kept from growing too large.",
          "pt-BR":
            "Como os pesos seguem os gradientes, como a taxa de aprendizado muda no caminho e como se impede que os gradientes cresçam demais.",
        },
        files: files("camada", "nn/optimizers nn/schedules nn/clipping nn/optimizer"),
      },
      {
        id: "gradients",
        title: { en: "Gradients and programs", "pt-BR": "Gradientes e programas" },
        about: {
          en: "The gradient of any function made of the arrays' operations, a compiled program of it, its graph, and what runs it.",
          "pt-BR":
            "O gradiente de qualquer função feita das operações de arrays, um programa compilado dela, seu grafo e o que o executa.",
        },
        files: files(
          "camada",
          "transform/grad transform/compile transform/check-grads graph/print graph/graph backends/registry backends/wasm/index backends/wasm/target backends/backend ops/elementwise transform/ graph/ backends/",
        ),
      },
    ],
  },
  {
    title: { en: "Files", "pt-BR": "Arquivos" },
    topics: [
      {
        id: "files",
        title: { en: "Files of arrays", "pt-BR": "Arquivos de arrays" },
        about: {
          en: "Arrays from and to NumPy's files, safetensors, IDX and PNG. A file is refused unless it is exactly what its header says.",
          "pt-BR":
            "Arrays de e para arquivos do NumPy, safetensors, IDX e PNG. Um arquivo é recusado se não for exatamente o que seu cabeçalho diz.",
        },
        files: [
          ...files(
            "interop",
            "npy/npy npy/npz npy/stream npy/ safetensors/safetensors safetensors/ idx png/png files mnist stream zip/zip error messages/index zip/",
          ),
          "packages/interop/src/",
        ],
      },
      {
        id: "tables",
        title: { en: "Tables", "pt-BR": "Tabelas" },
        about: {
          en: "CSV files in and out, and how the columns of a table become the numbers that a network learns from.",
          "pt-BR":
            "Arquivos CSV para ler e escrever, e como as colunas de uma tabela viram os números com que uma rede aprende.",
        },
        files: files(
          "interop",
          "csv/read csv/write csv/records csv/values table/table table/fit table/apply table/preparation csv/ table/",
        ),
      },
      {
        id: "model-files",
        title: { en: "Files of models", "pt-BR": "Arquivos de modelos" },
        about: {
          en: "Models from and to files: camada's own, ONNX, Keras and PyTorch.",
          "pt-BR": "Modelos de e para arquivos: os próprios da camada, ONNX, Keras e PyTorch.",
        },
        files: files(
          "interop",
          "models/model models/pytorch keras/keras onnx/read onnx/model onnx/tensor onnx/writing/write pytorch/write models/ keras/ onnx/ pytorch/",
        ),
      },
    ],
  },
  {
    title: { en: "Around it", "pt-BR": "Ao redor" },
    topics: [
      {
        id: "errors",
        title: { en: "Settings and errors", "pt-BR": "Configuração e erros" },
        about: {
          en: "The language, what runs programs, and every sentence that says what is wrong, with its code.",
          "pt-BR":
            "O idioma, o que executa os programas, e cada frase que diz o que está errado, com seu código.",
        },
        files: files("camada", "configure errors/error errors/catalog errors/network errors/"),
      },
      {
        id: "figures",
        title: { en: "Figures", "pt-BR": "Figuras" },
        about: {
          en: "Pure functions from numbers to SVG, to text for a terminal, and to a table that says the same.",
          "pt-BR":
            "Funções puras de números para SVG, para texto de terminal e para uma tabela que diz o mesmo.",
        },
        files: [
          ...files(
            "figures",
            "matrixFigure matrix productFigure product productText networkFigure network curvesFigure curves curvesText confusionFigure confusion regionsFigure regions strokesFigure strokes studyFigure studyCurves study formula table palette svg messages/index error",
          ),
          "packages/figures/src/",
        ],
      },
      {
        id: "lessons",
        title: { en: "Lessons and notebooks", "pt-BR": "Lições e notebooks" },
        about: {
          en: "Lessons as files: read, checked by the compiler, made into modules that run, and written back byte for byte; and Jupyter's notebooks, in and out.",
          "pt-BR":
            "Lições como arquivos: lidas, verificadas pelo compilador, transformadas em módulos que rodam e escritas de volta byte por byte; e os notebooks do Jupyter, para ler e escrever.",
        },
        files: [
          ...files(
            "lesson",
            "parse lesson check compile program run answer figure flow show error messages/index",
          ),
          "packages/lesson/src/",
          ...files("interop", "notebook/read notebook/write notebook/"),
        ],
      },
    ],
  },
];

export const TOPICS: readonly Topic[] = PARTS.flatMap(({ topics }) => topics);

/** What of the topics' files and folders an entry belongs to: the longest name that its file's begins with. */
function homeOf({ file }: Entry): string | undefined {
  const homes = TOPICS.flatMap(({ files }) => files).filter((home) => file.startsWith(home));
  return homes.sort((a, b) => b.length - a.length)[0];
}

/** The entries of a topic, file by file, each type behind the first thing that is called with it. */
export function entriesOf({ files }: Topic, entries: readonly Entry[]): Entry[] {
  const placed = new Set<Entry>();
  const found = files.map((home) => entries.filter((entry) => homeOf(entry) === home));
  const types = found.flat().filter(({ kind }) => kind === "type");
  const place = (entry: Entry): void => {
    if (placed.has(entry)) return;
    placed.add(entry);
    for (const type of types) {
      if (entry.signatures.some((line) => new RegExp(`\\b${type.name}\\b`).test(line))) place(type);
    }
  };
  for (const here of found) {
    const rank = ({ kind }: Entry) => ["function", "value", "class", "type"].indexOf(kind);
    for (const entry of here.sort(
      (a, b) => a.file.localeCompare(b.file) || rank(a) - rank(b) || a.line - b.line,
    ))
      place(entry);
  }
  return [...placed];
}
