import { type LayerLike, type MatrixLike, neuronRows } from "@camada/figures";
import { activation, array, dense, type Layer, type NDArray, Sequential } from "camada";

/**
 * What flows through layers that are given by their weights, as camada computes it: the first observation of
 * the input, then what each layer with weights gives, the activation behind it applied.
 */
export function flow(layers: readonly LayerLike[], input: MatrixLike): number[][] {
  const steps: Layer[][] = [];
  for (const { weights, biases, kind } of layers) {
    if (weights !== undefined) steps.push([denseOf(weights, biases)]);
    else if (kind !== undefined) steps.at(-1)?.push(activation(kind));
  }
  const values = input.toArray() as number[] | number[][];
  const first = (Array.isArray(values[0]) ? values[0] : values) as number[];
  const columns = [first];
  for (const step of steps) {
    const x = array([columns.at(-1)!], ["batch", "feature"]);
    const [row] = new Sequential(step).forward(x).toArray() as number[][];
    columns.push(row!);
  }
  return columns;
}

/** A layer of a row of weights for each neuron, whatever its axes are called. */
function denseOf(given: MatrixLike, biases: MatrixLike | undefined): Layer {
  const weights = array(neuronRows(given), ["neuron", "feature"]);
  return dense({
    weights: weights as NDArray,
    ...(biases === undefined ? {} : { biases: array(biases.toArray() as number[], ["neuron"]) as NDArray }),
  }) as Layer;
}
