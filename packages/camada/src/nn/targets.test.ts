import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { refused } from "../../../../tests/refused.js";
import { array, fromTypedArray, zeros } from "../array/creation.js";
import { configure } from "../configure.js";
import { ShapeError } from "../errors/error.js";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../shape/types.js";
import type { Loss } from "./loss.js";
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  categoricalHinge,
  hinge,
  huber,
  meanAbsoluteError,
  meanSquaredError,
  softmaxCrossEntropy,
  sparseCategoricalCrossEntropy,
} from "./losses.js";
import { checkTargets } from "./targets.js";

afterEach(() => configure({ lang: "en" }));

const OF_NUMBERS = [meanSquaredError(), meanAbsoluteError(), huber(), hinge(), binaryCrossEntropy()];
const OF_CLASSES = [
  softmaxCrossEntropy(),
  categoricalCrossEntropy(),
  sparseCategoricalCrossEntropy(),
  categoricalHinge(),
];

describe("the shapes of targets", () => {
  it.each(OF_NUMBERS)("$name refuses (n) against (n, 1) and the reverse, traced or not", (loss) => {
    for (const [target, result] of [
      [[4], [4, 1]],
      [[4, 1], [4]],
    ] as const) {
      const [yTrue, yPred] = [zeros(target) as NDArray, zeros(result) as NDArray];
      const error = refused(() => loss.each(yTrue, yPred));
      expect(error).toBeInstanceOf(ShapeError);
      expect(error.code).toBe("loss.shapes");
      expect(error.message).toContain(`(${target.join(", ")})`);
      expect(error.message).toContain(`(${result.join(", ")})`);
      expect(refused(() => trace("loss", loss.each, [yTrue, yPred])).message).toBe(error.message);
    }
  });

  it("never broadcast: of any two shapes only equal ones pass", () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(shape, shape, fc.constantFrom(...OF_NUMBERS), (target, result, loss) => {
        const each = () => loss.each(zeros(target) as NDArray, zeros(result) as NDArray);
        if (`${target}` === `${result}`) expect(each().shape).toEqual([result[0]]);
        else expect(refused(each).code).toBe("loss.shapes");
      }),
    );
  });

  it("of classes are those of the result, or of one axis less", () => {
    const size = fc.integer({ min: 2, max: 4 });
    const shape = fc.array(size, { minLength: 1, maxLength: 3 });
    const result = fc.array(size, { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(shape, result, fc.constantFrom(...OF_CLASSES), (target, result, loss) => {
        const each = () => loss.each(zeros(target) as NDArray, zeros(result) as NDArray);
        const isRows = `${target}` === `${result}` && loss.targets === "classes";
        if (isRows || `${target}` === `${result.slice(0, -1)}`) expect(each().shape).toEqual([result[0]]);
        else expect(refused(each).code).toBe("loss.shapes");
      }),
    );
  });

  it("say in both languages what to do", () => {
    const column = () => meanSquaredError().each(zeros([4]), zeros([4, 1], ["batch", "neuron"]));
    expect(refused(column).message).toBe(
      "meanSquaredError: the targets (4) do not fit the result (batch 4, neuron 1), and nothing is broadcast. Give the targets the axis of 1 too: expandDims(targets, -1)",
    );
    const labels = () => softmaxCrossEntropy().each(zeros([4, 1]), zeros([4, 3]));
    expect(refused(labels).message).toBe(
      "softmaxCrossEntropy: the targets (4, 1) do not fit the result (4, 3), and nothing is broadcast. Take the targets' axis of 1 away: squeeze(targets, -1)",
    );
    expect(refused(() => softmaxCrossEntropy().each(zeros([4, 2]), zeros([4, 3]))).message).toContain(
      "Give the last layer as many neurons as each observation's targets need",
    );
    expect(refused(() => huber().each(zeros([5, 3]), zeros([4, 3]))).message).toContain(
      "There must be targets for each observation",
    );
    configure({ lang: "pt-BR" });
    expect(refused(column).message).toBe(
      "meanSquaredError: os alvos (4) não combinam com o resultado (batch 4, neuron 1), e nada se ajusta por broadcasting. Dê também aos alvos o eixo de 1: expandDims(alvos, -1)",
    );
  });

  it("of one output suggest the binary loss, before training and while tracing", () => {
    for (const loss of OF_CLASSES) {
      for (const f of [
        () => checkTargets(loss, array([0, 1, 1]), [1]),
        () => checkTargets(loss, array([0, 1, 1]), []),
        () => loss.each(array([0, 1]), zeros([2, 1])),
      ]) {
        expect(refused(f).code).toBe("loss.oneOutput");
        expect(refused(f).message).toContain("Use binaryCrossEntropy()");
      }
    }
  });

  it("may have other names than the result, which keeps the batch's", () => {
    const yTrue = array([[1, 0]], ["sample", "digit"]) as NDArray;
    const yPred = array([[0.5, 0.5]], ["batch", "neuron"]) as NDArray;
    for (const loss of [meanSquaredError(), softmaxCrossEntropy()]) {
      expect(loss.each(yTrue, yPred).names).toEqual(["batch"]);
    }
    expect(softmaxCrossEntropy().each(array([1], ["sample"]), yPred).names).toEqual(["batch"]);
  });

  it("take labels of any dtype", () => {
    const yPred = array([
      [0, 2],
      [1, 0],
    ]) as NDArray;
    const each = (labels: NDArray) => [...softmaxCrossEntropy().each(labels, yPred).data];
    const wanted = each(array([0, 1]));
    for (const dtype of ["float32", "int32", "uint8", "bool"] as const) {
      expect(each(array([0, 1]).astype(dtype))).toEqual(wanted);
    }
    const many = fromTypedArray(Float32Array.of(299), [1]);
    const far = zeros([1, 300], undefined, { dtype: "float32" }) as NDArray;
    expect(softmaxCrossEntropy().each(many, far).data[0]).toBeCloseTo(Math.log(300), 5);
  });
});

describe("checkTargets", () => {
  const rows = array([
    [1, 0, 0],
    [0.2, 0.3, 0.5],
  ]) as NDArray;
  const bad = (values: readonly number[]) => fromTypedArray(Float64Array.from(values), [values.length, 1]);

  it("lets through what each loss means", () => {
    checkTargets(softmaxCrossEntropy(), rows, [3]);
    checkTargets(softmaxCrossEntropy(), rows.astype("float32"), [3]);
    checkTargets(sparseCategoricalCrossEntropy(), array([0, 2, 1]), [3]);
    checkTargets(categoricalHinge(), array([0, 2, 1]).astype("uint8"), [3]);
    checkTargets(softmaxCrossEntropy(), zeros([2, 5]), [5, 3]);
    checkTargets(binaryCrossEntropy(), bad([0, 1, 0.5]), [1]);
    checkTargets(binaryCrossEntropy(), array([true, false]), []);
    checkTargets(hinge(), bad([-1, 1]), [1]);
    checkTargets(meanSquaredError(), bad([-1e9, 0.5]), [1]);
    const own: Loss = { name: "own", expects: "values", each: (_, yPred) => yPred };
    checkTargets(own, bad([3]), [1]);
    expect(refused(() => checkTargets(own, bad([Number.NaN]), [1])).code).toBe("loss.finite");
  });

  it.each([
    ["loss.shapes", meanSquaredError(), array([1, 2]), [1], {}],
    ["loss.shapes", sparseCategoricalCrossEntropy(), rows, [3], {}],
    ["loss.label", softmaxCrossEntropy(), array([0, 3, 1]), [3], { value: "3", row: 1, last: 2 }],
    ["loss.label", softmaxCrossEntropy(), array([0, 1, -1]), [3], { value: "-1", row: 2 }],
    ["loss.label", sparseCategoricalCrossEntropy(), array([0.5]), [3], { value: "0.5", row: 0 }],
    ["loss.label", categoricalCrossEntropy(), array([Number.NaN]), [3], { value: "NaN" }],
    ["loss.label", softmaxCrossEntropy(), array([[0, 1], [2, 9]]), [2, 3], { value: "9", row: 1 }],
    ["loss.row", softmaxCrossEntropy(), array([[1, 0, 0], [1, 1, 0]]), [3], { row: 1, sum: "2" }],
    ["loss.fraction", softmaxCrossEntropy(), array([[2, -1, 0]]), [3], { row: 0, value: "2" }],
    ["loss.fraction", binaryCrossEntropy(), bad([0, -1]), [1], { row: 1, value: "-1" }],
    ["loss.sign", hinge(), bad([1, -1, 0]), [1], { row: 2, value: "0" }],
    ["loss.finite", huber(), bad([1, Infinity]), [1], { row: 1, value: "Infinity" }],
  ] as const)("%s", (code, loss, yTrue, outputs, data) => {
    const error = refused(() => checkTargets(loss, yTrue as NDArray, outputs));
    expect(error.code).toBe(code);
    expect(error.data).toMatchObject({ loss: loss.name, ...data });
  }); // biome-ignore format: a mistake a line

  it("says which target, and what it should be, in both languages", () => {
    const f = () => checkTargets(softmaxCrossEntropy(), array([0, 10]), [10]);
    expect(refused(f).message).toBe(
      "softmaxCrossEntropy: the target 10 of observation 1 is no class: classes are whole numbers from 0 to 9, one for each neuron of the last layer",
    );
    configure({ lang: "pt-BR" });
    expect(refused(f).message).toBe(
      "softmaxCrossEntropy: o alvo 10 da observação 1 não é uma classe: as classes são números inteiros de 0 a 9, um para cada neurônio da última camada",
    );
  });
});
