import type { Runtime, SessionOptions } from "onnxruntime-web";
import { factorsOf, networkOf, observations } from "../data.js";
import { type OnnxNode, type OnnxTensor, onnxModel } from "../onnx.js";
import { awaited, type Options, type Peer } from "./peer.js";

/** What both builds of ONNX Runtime do alike: products and inference, of models that are made here. */
export function onnxPeer(
  load: (options: Options) => Promise<{ readonly ort: Runtime; readonly options: SessionOptions }>,
): Peer {
  return {
    prepare: async (task, options) => {
      if (task.kind === "step" || task.kind === "convolution") return undefined;
      const { ort, options: sessionOptions } = await load(options);
      const start = async (
        inputs: readonly OnnxTensor[],
        nodes: readonly OnnxNode[],
        constants: readonly OnnxTensor[],
      ) => {
        const model = onnxModel({ inputs, nodes, constants, output: nodes.at(-1)!.output });
        const session = await ort.InferenceSession.create(model, sessionOptions);
        const feeds = Object.fromEntries(
          inputs.map(({ name, values, shape }) => [
            name,
            new ort.Tensor(values instanceof Float64Array ? "float64" : "float32", values, shape),
          ]),
        );
        const run = async () => Object.values(await session.run(feeds))[0]!.data;
        return { result: [await run()], run: awaited(run) };
      };

      if (task.kind === "product") {
        const inputs = factorsOf(task.size).map((values, i) => ({
          name: "ab"[i]!,
          values: task.dtype === "float64" ? Float64Array.from(values) : values,
          shape: [task.size, task.size],
        }));
        return start(inputs, [{ type: "MatMul", inputs: ["a", "b"], output: "c" }], []);
      }
      const batch = task.kind === "predict" ? task.batch : task.kind === "tiny" ? 1 : 4;
      const widths = "widths" in task ? task.widths : Array<number>(task.kind === "layer" ? 2 : 3).fill(3);
      const kept = (values: Float32Array) =>
        task.kind.startsWith("layer") ? Float64Array.from(values) : values;
      const layers = networkOf(widths);
      const nodes = layers.flatMap((_, i): OnnxNode[] => {
        const sum = {
          type: "Gemm",
          inputs: [i === 0 ? "x" : `v${i}`, `w${i}`, `b${i}`],
          output: `s${i}`,
          integers: { transB: 1 },
        };
        const bend =
          task.kind === "tiny"
            ? "Sigmoid"
            : task.kind === "predict" && i + 1 < layers.length
              ? "Relu"
              : "Identity";
        return [sum, { type: bend, inputs: [`s${i}`], output: `v${i + 1}` }];
      });
      const constants = layers.flatMap(({ weights, biases, inputs, outputs }, i) => [
        { name: `w${i}`, values: kept(weights), shape: [outputs, inputs] },
        { name: `b${i}`, values: kept(biases), shape: [outputs] },
      ]);
      const x = { name: "x", values: kept(observations(batch * widths[0]!)), shape: [batch, widths[0]!] };
      return start([x], nodes, constants);
    },
  };
}
