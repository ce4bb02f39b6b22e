import {
  checkGrads,
  compile,
  configure,
  floor,
  grad,
  type NDArray,
  pad,
  slidingWindowView,
  sum,
  take,
  takeAlongAxis,
  zeros,
} from "camada";
import { loose, type Refusal } from "./refusal.js";

/** Tracing, gradients and backends; taking, padding and windows. */
export const TRACING: readonly Refusal[] = [
  [
    "takeAlongAxis.sizes",
    () => takeAlongAxis(zeros([3, 5]), zeros([2, 4]).astype("int32"), 0),
    "takeAlongAxis: (2, 4) does not fit (3, 5): all sizes but that of the axis must be equal",
    "takeAlongAxis: (2, 4) não se ajusta a (3, 5): todos os tamanhos, menos o do eixo, devem ser iguais",
  ],
  [
    "index.dtype",
    () => take(zeros([3]), zeros([1])),
    "take: indices must be whole numbers, not float64. Use .astype('int32')",
    "take: os índices devem ser números inteiros, e não float64. Use .astype('int32')",
  ],
  [
    "windows.size",
    () => slidingWindowView(zeros([3, 2]), [4], [0]),
    "slidingWindowView: (3, 2) has no windows of (4) along these axes",
    "slidingWindowView: (3, 2) não tem janelas de (4) ao longo desses eixos",
  ],
  [
    "pad.widths",
    () => pad(zeros([3]), loose([[1]])),
    "pad: (3) needs a pair of whole numbers, not negative, for each axis",
    "pad: (3) precisa de um par de números inteiros, não negativos, para cada eixo",
  ],
  [
    "trace.values",
    () => compile((x: NDArray) => x.toArray())(zeros([2])),
    "toArray: while a function is traced its arrays have no values yet. Use operations on whole arrays, such as multiply(x, 2) or where(condition, x, y), or take the values after the function has run",
    "toArray: enquanto uma função é rastreada, seus arrays ainda não têm valores. Use operações sobre arrays inteiros, como multiply(x, 2) ou where(condição, x, y), ou tome os valores depois de a função rodar",
  ],
  [
    "trace.argument",
    () => compile((x: unknown) => x)({ inputs: new Float64Array(2) }),
    "compile: an argument must be an array, a number, or a list or object of them, not Float64Array",
    "compile: um argumento deve ser um array, um número, ou uma lista ou objeto deles, e não Float64Array",
  ],
  [
    "trace.output",
    () => compile(async (x: NDArray) => x)(zeros([2])),
    "compile: the function must give back arrays, or lists and objects of them, not Promise",
    "compile: a função deve devolver arrays, ou listas e objetos deles, e não Promise",
  ],
  [
    "trace.leaked",
    () => {
      let kept = zeros([2]) as NDArray;
      compile((x: NDArray) => {
        kept = x;
        return x;
      })(kept);
      return compile((x: NDArray) => x.add(loose(kept)))(zeros([2]));
    },
    "an array that a traced function made was used outside of it, where it has no values. Let the function give it back",
    "um array feito por uma função rastreada foi usado fora dela, onde não tem valores. Faça a função devolvê-lo",
  ],
  [
    "backend.unknown",
    () => configure({ backend: loose("abacus") }),
    "there is no backend 'abacus'. There are: wasm, reference",
    "não existe o backend 'abacus'. Existem: wasm, reference",
  ],
  [
    "grad.scalar",
    () => grad((x: NDArray) => x.multiply(2))(zeros([4, 3], ["batch", "feature"])),
    "grad: the function must give back one number to have a gradient, not an array of (batch 4, feature 3). Reduce it first: sum(...) or mean(...)",
    "grad: a função deve devolver um só número para ter gradiente, e não um array de (batch 4, feature 3). Reduza-o antes: sum(...) ou mean(...)",
  ],
  [
    "grad.count",
    () => grad((x: NDArray) => [sum(x), sum(x)])(zeros([2])),
    "grad: the function must give back one number to have a gradient, not 2 results",
    "grad: a função deve devolver um só número para ter gradiente, e não 2 resultados",
  ],
  [
    "grad.none",
    () => grad((x: NDArray) => x.argmax())(zeros([2])),
    "grad: the function gives int32, which changes only in jumps and has no gradient. Let it give a float",
    "grad: a função devolve int32, que só muda aos saltos e não tem gradiente. Faça-a devolver um float",
  ],
  [
    "grad.dtype",
    () => grad((x: NDArray) => sum(x))(zeros([2]).astype("int32")),
    "grad: there is a gradient only to floats, not to int32. Use .astype('float64') first",
    "grad: só há gradiente em relação a floats, e não a int32. Use antes .astype('float64')",
  ],
  [
    "grad.nothing",
    () => grad((x: NDArray) => sum(x), { argnums: 1 })(zeros([2])),
    "grad: there is no array of floats and no number in argument 1 to take a gradient by",
    "grad: não há array de floats nem número no argumento 1 em relação a que tomar o gradiente",
  ],
  [
    "grad.check",
    () => checkGrads((x: number) => floor(x), [0], { eps: 0.005 }),
    "checkGrads: argument 0, position (): the gradient is 0, but finite differences give 100. At a kink or a jump they need not agree: use other values there, or another eps",
    "checkGrads: argumento 0, posição (): o gradiente é 0, mas diferenças finitas dão 100. Num ponto anguloso ou num salto eles não precisam concordar: use ali outros valores, ou outro eps",
  ],
];
