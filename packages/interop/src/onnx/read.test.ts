import { activation, array, compile, configure, input, type NDArray, sequential, zeros } from "camada";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { refusedFile } from "../../../../tests/refusedFile.js";
import { InteropError, OnnxModel, type ReadOnnxOptions, readOnnx, writeOnnx } from "../index.js";
import { encode } from "./message.js";
import { ATTRIBUTE_TYPES, type AttributeDraft, type GraphDraft, MODEL, type ModelDraft, type NodeDraft, type TensorDraft } from "./schema.js"; // biome-ignore format: one line
import { int64Tensor, tensorOf } from "./tensor.js";
import { Builder } from "./writing/builder.js";
import { type Node, writeStep } from "./writing/steps.js";

afterEach(() => configure({ lang: "en" }));

const float = (...dims: (number | string)[]) => ({
  tensorType: {
    elemType: 1,
    shape: {
      dim: dims.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size })),
    },
  },
});

const int = (name: string, i: number): AttributeDraft => ({ name, i, type: ATTRIBUTE_TYPES.int });

/** y = x W + b, of a batch of any size. */
const GEMM: NodeDraft = { opType: "Gemm", name: "dense", input: ["x", "w", "b"], output: ["y"] };
const WEIGHTS = tensorOf("w", array([[1, 2], [3, 4]], undefined, { dtype: "float32" })); // biome-ignore format: one line
const BIASES = tensorOf("b", array([10, 20], undefined, { dtype: "float32" }));
const GRAPH: GraphDraft = {
  node: [GEMM],
  initializer: [WEIGHTS, BIASES],
  input: [{ name: "x", type: float("batch", 2) }],
  output: [{ name: "y", type: float("batch", 2) }],
};

const file = (graph: GraphDraft = {}, model: ModelDraft = {}): Uint8Array =>
  encode(MODEL, {
    irVersion: 8,
    producerName: "test",
    opsetImport: [{ domain: "", version: 17 }],
    graph: { ...GRAPH, ...graph },
    ...model,
  });

/** A model of one node, of x alone. */
const single = (node: NodeDraft, more: GraphDraft = {}): Uint8Array =>
  file({ node: [{ input: ["x"], output: ["y"], ...node }], initializer: [], ...more });

const x = array([[1, 1]], undefined, { dtype: "float32" });

describe("a model of an ONNX file", () => {
  it("runs, as it is and compiled, for arrays with names and without", () => {
    const model = readOnnx(file());
    const named = x.named("batch", "feature") as NDArray;
    expect(model.run({ x })["y"]!.toArray()).toEqual([[14, 26]]);
    expect(compile(model.run)({ x: named })["y"]!.toArray()).toEqual([[14, 26]]);
  });

  it("says what it is made of", () => {
    const model = readOnnx(file());
    expect([...model.inputs.values()]).toEqual([
      { name: "x", type: "float", dtype: "float32", shape: ["batch", 2] },
    ]);
    expect([...model.outputs.keys()]).toEqual(["y"]);
    expect([...model.operators]).toEqual([["Gemm", 1]]);
    expect([...model.opsets]).toEqual([["", 17]]);
    expect(model.initializers.get("w")!.array.toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: one line
    expect(model.producer).toBe("test");
  });

  it("has names that are just names", () => {
    const name = "__proto__";
    const node = { opType: "Relu", input: [name], output: ["constructor"] };
    const model = readOnnx(
      file({ node: [node], initializer: [], input: [{ name, type: float(1) }], output: [{ name: "constructor", type: float(1) }] }), // biome-ignore format: one line
    );
    const found = model.run(Object.fromEntries([[name, array([-1], undefined, { dtype: "float32" })]]));
    expect(Object.entries(found).map(([key, a]) => [key, a.toArray()])).toEqual([["constructor", [0]]]);
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  });

  it("takes external data that was given, and no other", () => {
    const bytes = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4).buffer);
    const outside = (location: string): TensorDraft => ({
      name: "w",
      dims: [2, 2],
      dataType: 1,
      dataLocation: 1,
      externalData: [
        { key: "location", value: location },
        { key: "offset", value: "4" },
      ],
    });
    const graph = { initializer: [outside("weights.bin"), BIASES] };
    const model = readOnnx(file(graph), { externalData: new Map([["weights.bin", bytes]]) });
    expect(model.run({ x })["y"]!.toArray()).toEqual([[14, 26]]);
    const elsewhere = file({ initializer: [outside("../../etc/passwd"), BIASES] });
    expect(refusedFile(() => readOnnx(elsewhere)).data["location"]).toBe("../../etc/passwd");
  });

  it("reads 'to the end' where a file says it with the largest number of 64 bits", () => {
    const end = int64Tensor("end", [2 ** 63 - 2 ** 10]);
    const node = { opType: "Slice", input: ["x", "start", "end"], output: ["y"] };
    const model = readOnnx(file({ node: [node], initializer: [int64Tensor("start", [1]), end] }));
    expect(model.run({ x: zeros([3, 2], undefined, { dtype: "float32" }) })["y"]!.shape).toEqual([2, 2]);
  });
});

type Case = readonly [code: string, en: string, pt: string, f: () => unknown];

const read = (bytes: Uint8Array, options?: ReadOnnxOptions) => () => readOnnx(bytes, options);
const deep = Uint8Array.from([0x3a, 0x7f, ...new Array(200).fill(0x0b)]);
const attribute = (name: string) => ({ ...GEMM, attribute: [int(name, 1)] });
const tensor = (t: TensorDraft) => file({ initializer: [{ ...WEIGHTS, ...t }, BIASES] });

const REFUSED: readonly Case[] = [
  ["onnx.bytes", "takes the bytes of a file", "recebe os bytes", () => readOnnx("0" as never)],
  ["onnx.large", "more than 10. Allow more", "mais que 10. Permita", read(file(), { maxBytes: 10 })],
  ["onnx.damaged", "that shows at byte", "isso se vê no byte", read(Uint8Array.of(0xff, 0xff, 0xff))],
  ["onnx.damaged", "that shows at byte", "isso se vê no byte", read(deep)],
  ["onnx.damaged", "that shows at byte", "isso se vê no byte", read(Uint8Array.from([...file(), ...file()]))],
  ["onnx.damaged", "at byte", "no byte", read(file().slice(0, -1))],
  ["onnx.parts", "more than 5 parts", "mais de 5 partes", read(file(), { maxParts: 5 })],
  ["onnx.graph", "has no graph", "não tem grafo", read(new Uint8Array(0))],
  ["onnx.functions", "has 1 functions", "tem 1 funções", read(file({}, { functions: [Uint8Array.of(1)] }))],
  ["onnx.training", "how it is trained", "como é treinado", read(file({}, { trainingInfo: [Uint8Array.of(1)] }))],
  ["onnx.sparse", "sparse constants", "constantes esparsas", read(file({ sparseInitializer: [Uint8Array.of(1)] }))],
  ["onnx.domainTwice", "of '' is there twice", "de '' aparece duas vezes", read(file({}, { opsetImport: [{ version: 17 }, { domain: "ai.onnx", version: 17 }] }))],
  ["onnx.version", "version 99 of the operators of ai.onnx", "versão 99 dos operadores de ai.onnx", read(file({}, { opsetImport: [{ version: 99 }] }))],
  ["onnx.operators", "Nope (0, 2); my.If (1). Export", "Nope (0, 2); my.If (1). Exporte", read(file({ node: [{ opType: "Nope" }, { opType: "If", domain: "my" }, { opType: "Nope" }] }))],
  ["onnx.operators", "Gemm (0)", "Gemm (0)", read(file({}, { opsetImport: [] }))],
  ["onnx.operators", "constructor (0)", "constructor (0)", read(single({ opType: "constructor" }))],
  ["onnx.kind", "'x' is no tensor", "'x' não é um tensor", read(file({ input: [{ name: "x" }] }))],
  ["onnx.nothing", "has no output", "não tem saída", read(file({ output: [] }))],
  ["onnx.twice", "the initializer 'b' is there twice", "'b' (initializer) aparece duas vezes", read(file({ initializer: [BIASES, BIASES, WEIGHTS] }))],
  ["onnx.twice", "the input '' is there", "'' (input) aparece", read(file({ input: [{ type: float(1) }] }))],
  ["onnx.name", "node 1 (Gemm 'dense') gives 'y'", "nó 1 (Gemm 'dense') dá 'y'", read(file({ node: [GEMM, GEMM] }))],
  ["onnx.name", "gives 'x', which there is already", "dá 'x', que já existe", read(single({ opType: "Relu", output: ["x"] }))],
  ["onnx.source", "takes 'z', which nothing before it gives", "recebe 'z', que nada antes dele dá", read(single({ opType: "Relu", input: ["z"] }))],
  ["onnx.source", "in a circle", "em círculo", read(file({ node: [{ opType: "Add", input: ["x", "q"], output: ["p"] }, { opType: "Relu", input: ["p"], output: ["q"] }, GEMM] }))],
  ["onnx.output", "nothing gives the output 'z'", "nada dá a saída 'z'", read(file({ output: [{ name: "z", type: float(1) }] }))],
  ["onnx.inputs", "has 1 inputs, but takes 2-3", "tem 1 entradas, mas recebe 2-3", read(single({ opType: "Gemm" }))],
  ["onnx.outputs", "has 2 outputs, but gives at least 1 and at most 1", "tem 2 saídas", read(single({ opType: "Relu", output: ["y", "z"] }))],
  ["onnx.subgraph", "as its attribute 'body'", "como atributo 'body'", read(single({ opType: "Relu", attribute: [{ name: "body", g: Uint8Array.of(1), type: 5 }] }))],
  ["onnx.attribute", "'wrong', which is not known; known are: alpha", "'wrong', que não é conhecido", read(file({ node: [attribute("wrong")] }))],
  ["onnx.attribute", "'__proto__', which is not known", "'__proto__', que não é", read(file({ node: [attribute("__proto__")] }))],
  ["onnx.attributeTwice", "the attribute 'transA' twice", "o atributo 'transA' duas vezes", read(file({ node: [{ ...GEMM, attribute: [int("transA", 1), int("transA", 0)] }] }))],
  ["onnx.attributeType", "'alpha' of node 0 (Gemm 'dense') should be of type float", "'alpha' do nó 0 (Gemm 'dense') deveria ser do tipo float", read(file({ node: [attribute("alpha")] }))],
  ["onnx.attributeMissing", "lacks the attribute 'axis'", "o atributo 'axis'", read(single({ opType: "Concat" }))],
  ["onnx.choice", "is 'tan'; known are: none, tanh", "é 'tan'; os conhecidos são: none, tanh", read(single({ opType: "Gelu", attribute: [{ name: "approximate", s: new TextEncoder().encode("tan"), type: 3 }] }))],
  ["onnx.tensor", "'value' should hold a tensor", "'value' deveria conter um tensor", read(single({ opType: "Constant", input: [], attribute: [{ name: "value", type: 4 }] }))],
  ["onnx.type", "of 'w' are string", "de 'w' são string", read(tensor({ dataType: 8 }))],
  ["onnx.type", "of 'w' are 77?", "de 'w' são 77?", read(tensor({ dataType: 77 }))],
  ["onnx.dims", "the sizes (-1, 4)", "os tamanhos (-1, 4)", read(tensor({ dims: [-1, 4] }))],
  ["onnx.dims", "more values than an array can hold", "mais valores do que cabem", read(tensor({ dims: [2 ** 40, 2 ** 40] }))],
  ["onnx.size", "with the sizes (2, 3) needs 6 values, but there are 4", "de tamanhos (2, 3) precisa de 6 valores, mas há 4", read(tensor({ dims: [2, 3] }))],
  ["onnx.bytesOf", "has 7 bytes, which are no whole number of values of 4", "tem 7 bytes", read(tensor({ rawData: new Uint8Array(7) }))],
  ["onnx.range", "the value 300 at 0 in 'w'", "o valor 300 em 0 de 'w'", read(tensor({ dataType: 2, dims: [1], rawData: undefined, int32Data: [300] }))],
  ["onnx.range", "the value 4294967296 at 1", "o valor 4294967296 em 1", () => readOnnx(file({ initializer: [int64Tensor("w", [0, 2 ** 32]), BIASES] })).initializers.get("w")!.array],
  ["onnx.external", "in another file, 'w.bin'", "em outro arquivo, 'w.bin'", read(tensor({ externalData: [{ key: "location", value: "w.bin" }] }))],
  ["onnx.externalRange", "from byte 9 on", "a partir do byte 9", read(tensor({ externalData: [{ key: "location", value: "w" }, { key: "offset", value: "9" }] }), { externalData: new Map([["w", new Uint8Array(8)]]) })],
  ["onnx.externalRange", "from byte -4 on", "a partir do byte -4", read(tensor({ externalData: [{ key: "location", value: "w" }, { key: "offset", value: "-4" }] }), { externalData: new Map([["w", new Uint8Array(8)]]) })],
  ["onnx.input", "no array for the input 'x'", "não há array para a entrada 'x'", () => readOnnx(file()).run({})],
  ["onnx.inputUnknown", "no input 'z', only: x", "a entrada 'z', só: x", () => readOnnx(file()).run({ x, z: x })],
  ["onnx.inputType", "takes float32, not float64", "recebe float32, e não float64", () => readOnnx(file()).run({ x: array([[1, 1]]) })],
  ["onnx.inputShape", "takes the sizes (batch 1, 2), not (1, 3)", "recebe os tamanhos (batch 1, 2), e não (1, 3)", () => readOnnx(file()).run({ x: zeros([1, 3], undefined, { dtype: "float32" }) })],
  ["onnx.node", "node 0 (MatMul '') cannot be computed. matmul:", "nó 0 (MatMul '') não pode ser calculado. matmul:", () => readOnnx(single({ opType: "MatMul", input: ["x", "w"] }, { initializer: [tensorOf("w", zeros([3]))] })).run({ x })],
  ["onnx.missing", "needs its input 1, which is left out", "precisa da entrada 1", () => readOnnx(single({ opType: "Add", input: ["x", ""] })).run({ x })],
  ["onnx.missingOutput", "gives no output 1 in this mode", "não dá a saída 1", () => readOnnx(single({ opType: "BatchNormalization", input: ["x", "b", "b", "b", "b"], output: ["y", "z"] }, { initializer: [BIASES] })).run({ x })],
  ["onnx.values", "depends on the values of its input 1", "depende dos valores da entrada 1", () => compile(readOnnx(single({ opType: "Reshape", input: ["x", "s"] }, { input: [{ name: "x", type: float(1, 2) }, { name: "s", type: { tensorType: { elemType: 7 } } }] })).run)({ x, s: array([2, 1], undefined, { dtype: "int32" }) })],
  ["onnx.setting", "camada cannot do: k = 9", "a camada não faz: k = 9", () => readOnnx(single({ opType: "TopK", input: ["x", "k"] }, { initializer: [int64Tensor("k", [9])] })).run({ x })],
  ["onnx.axis", "names the axis 7, which an array with 2 axes", "do eixo 7, que um array de 2 eixos", () => readOnnx(single({ opType: "Softmax", attribute: [int("axis", 7)] })).run({ x })],
  ["onnx.axis", "names the axis -2, which", "do eixo -2, que", () => readOnnx(single({ opType: "ReduceMax", attribute: [{ name: "axes", ints: [0, -2], type: 7 }] })).run({ x })],
  ["onnx.range", "the value 18446744073709552000 at 0", "o valor 18446744073709552000 em 0", () => readOnnx(file({ initializer: [{ name: "w", dims: [1], dataType: 13, rawData: new Uint8Array(8).fill(255) }, BIASES] })).initializers.get("w")!.array],
  ["onnx.range", "the value 40000 at 0", "o valor 40000 em 0", read(tensor({ dataType: 5, dims: [1], rawData: undefined, int32Data: [40000] }))],
  ["onnx.valueRange", "'y' has 200 at 1, which int8,", "'y' tem 200 em 1, que int8,", () => readOnnx(single({ opType: "Mul", input: ["c", "c"] }, { initializer: [{ name: "c", dims: [2], dataType: 3, rawData: Uint8Array.of(1, 100) }, { name: "d", dims: [2], dataType: 3, rawData: Uint8Array.of(1, 2) }], node: [{ opType: "Mul", input: ["c", "d"], output: ["y"] }], output: [{ name: "y", type: { tensorType: { elemType: 3 } } }] })).run({ x })],
  ["onnx.valueRange", "'n' has -1 at 0, which uint32,", "'n' tem -1 em 0, que uint32,", () => readOnnx(single({ opType: "Identity" }, { input: [{ name: "x", type: float(1, 2) }, { name: "n", type: { tensorType: { elemType: 12 } } }] })).run({ x, n: array([-1], undefined, { dtype: "int32" }) })],
  ["onnx.setting", "to = int8, X[0] = 300", "to = int8, X[0] = 300", () => readOnnx(single({ opType: "Cast", input: ["c"], attribute: [int("to", 3)] }, { initializer: [int64Tensor("c", [300])] })).run({ x })],
  ["onnx.overflow", "node 0 (Mul '') comes to 4294967296", "nó 0 (Mul '') chega a 4294967296", () => readOnnx(single({ opType: "Mul", input: ["c", "c"] }, { initializer: [int64Tensor("c", [2 ** 16])] })).run({ x })],
  ["onnx.choice", "'keepdims' of node 0 (ReduceMax '') is '2'; known are: false, true", "é '2'", read(single({ opType: "ReduceMax", attribute: [int("keepdims", 2)] }))],
  ["onnx.layer", "the layer 'activation1' (activation)", "a camada 'activation1' (activation)", () => writeOnnx(sequential(input(2), activation((a) => a)))],
  ["onnx.results", "must give arrays by name", "deve dar arrays por nome", () => writeOnnx(() => ({}), {})],
  ["onnx.step", "no operator for the step 'uniform'", "operador para o passo 'uniform'", () => writeStep({ builder: new Builder([]), inputs: [], node: { step: { kind: "uniform", stream: 0 } } as unknown as Node })],
  ["onnx.largeResult", "of the sizes (100000, 100000)", "de tamanhos (100000, 100000)", () => readOnnx(single({ opType: "ConstantOfShape", input: ["s"] }, { initializer: [int64Tensor("s", [1e5, 1e5])] })).run({ x })],
]; // biome-ignore format: a table

describe("what is not an ONNX file that camada can run", () => {
  it.each(REFUSED)("is refused in both languages: %s, %s", (code, english, portuguese, f) => {
    const error = refusedFile(f);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(english)]);
    expect(error.message).not.toMatch(/\{\w+\}/);
    configure({ lang: "pt-BR" });
    expect(refusedFile(f).message).toContain(portuguese);
  });
});

describe("a file made to harm", () => {
  /** A field with bytes in it: its tag, their length, themselves. */
  const field = (number: number, content: Uint8Array): Uint8Array => {
    const size: number[] = [];
    for (let left = content.length; ; left >>>= 7) {
      size.push(left > 127 ? (left & 127) | 128 : left);
      if (left <= 127) break;
    }
    const tag = (number << 3) | 2;
    return Uint8Array.from([...(tag > 127 ? [(tag & 127) | 128, tag >> 7] : [tag]), ...size, ...content]);
  };
  const quickly = (f: () => unknown, code: string): void => {
    const start = performance.now();
    expect(refusedFile(f).code).toBe(code);
    expect(performance.now() - start).toBeLessThan(5000);
  };

  it("with graphs within graphs, thousands deep, is not followed down", () => {
    let graph: Uint8Array = new Uint8Array(0);
    for (let depth = 0; depth < 1000; depth++) graph = field(1, field(5, field(6, graph)));
    quickly(
      () => readOnnx(Uint8Array.from([...field(8, Uint8Array.of(0x10, 17)), ...field(7, graph)])),
      "onnx.nothing",
    );
  });

  it("of millions of nodes that are nothing is not turned into as many objects", () => {
    const nodes = new Uint8Array(12_000_000);
    for (let i = 0; i < nodes.length; i += 2) nodes[i] = 0x0a;
    const header = Uint8Array.of(0x3a, 0x80, 0xb6, 0xdc, 0x05);
    const bytes = new Uint8Array(header.length + nodes.length);
    bytes.set(header);
    bytes.set(nodes, header.length);
    quickly(() => readOnnx(bytes), "onnx.parts");
  });

  it("that says more of itself than there is, is believed nothing", () => {
    const long = Uint8Array.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x07, 0]);
    quickly(() => readOnnx(long), "onnx.damaged");
    const huge = { name: "w", dims: [2 ** 16, 2 ** 16 - 1], dataType: 1, rawData: new Uint8Array(4) };
    quickly(() => readOnnx(file({ initializer: [huge, BIASES] })), "onnx.size");
  });

  it("that doubles an array over and over is stopped", () => {
    const node = Array.from({ length: 60 }, (_, i) => ({
      opType: "Concat",
      input: i === 0 ? ["x", "x"] : [`v${i}`, `v${i}`],
      output: [i === 59 ? "y" : `v${i + 1}`],
      attribute: [int("axis", 0)],
    }));
    const bytes = file({ node, initializer: [] });
    quickly(() => readOnnx(bytes, { maxValues: 2 ** 20 }).run({ x }), "onnx.largeResult");
  });
});

describe("a changed file", () => {
  /** Files with something of everything: shapes, axes, windows, constants of each type. */
  const shapes = file({
    node: [
      { opType: "Transpose", input: ["x"], output: ["t"], attribute: [{ name: "perm", ints: [1, 0], type: 7 }] },
      { opType: "Unsqueeze", input: ["t", "axes"], output: ["u"] },
      { opType: "MaxPool", input: ["u"], output: ["m"], attribute: [{ name: "kernel_shape", ints: [1], type: 7 }] },
      { opType: "Tile", input: ["m", "repeats"], output: ["r"] },
      { opType: "Pad", input: ["r", "pads"], output: ["p"] },
      { opType: "Slice", input: ["p", "axes", "repeats"], output: ["s"] },
      { opType: "Gather", input: ["s", "axes"], output: ["g"], attribute: [int("axis", 1)] },
      { opType: "ReduceMean", input: ["g"], output: ["e"], attribute: [int("keepdims", 0)] },
      { opType: "Cast", input: ["e"], output: ["y"], attribute: [int("to", 1)] },
    ],
    initializer: [int64Tensor("axes", [0]), int64Tensor("repeats", [1, 2, 1]), int64Tensor("pads", [0, 1, 0, 0, 1, 0])],
    output: [{ name: "y", type: float() }],
  }); // biome-ignore format: a table
  const files = [file(), shapes, single({ opType: "Softmax", attribute: [int("axis", 1)] })];

  it("is read or refused with words, and so is what it computes", () => {
    const mutation = fc.record({
      which: fc.nat(files.length - 1),
      changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 2 }),
      cut: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(40)),
    });
    const counts = { run: 0, refused: 0, failed: 0 };
    fc.assert(
      fc.property(mutation, ({ which, changes, cut }) => {
        let bytes = files[which]!.slice();
        for (const [at, value] of changes) bytes[at % bytes.length]! ^= value & 3 || value;
        bytes = bytes.slice(0, Math.max(bytes.length - cut, 0));
        counts[outcome(bytes)]++;
      }),
      { numRuns: 4000 },
    );
    expect([counts.run > 50, counts.refused > 50, counts.failed > 50], JSON.stringify(counts)).toEqual([
      true,
      true,
      true,
    ]);
  });

  /** What becomes of a file: any error but our own is a failure of the test. */
  function outcome(bytes: Uint8Array): keyof { run: 0; refused: 0; failed: 0 } {
    let model: OnnxModel | undefined;
    try {
      model = readOnnx(bytes, { maxValues: 2 ** 16 });
      for (const [name, a] of Object.entries(model.run({ x }))) {
        expect(model.outputs.has(name)).toBe(true);
        expect(a.data.length).toBe(a.size);
      }
      return "run";
    } catch (error) {
      expect(error, String((error as Error).stack)).toBeInstanceOf(InteropError);
      return model instanceof OnnxModel ? "failed" : "refused";
    }
  }
});
