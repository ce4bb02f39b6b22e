import { array, type NDArray, random } from "camada";

/** Labels, int32. */
export function int(values: readonly number[]): NDArray {
  return array([...values], undefined, { dtype: "int32" }) as NDArray;
}

/** Normal deviates of a shape, the same from the same seed. */
export function drawn(shape: number[], seed = 0): NDArray {
  return random.defaultRng(seed).standardNormal(shape) as NDArray;
}

/** All weights of a model, one after the other. */
export function bits(model: { readonly weights: { readonly [name: string]: NDArray } }): number[] {
  return Object.values(model.weights).flatMap(({ data }) => [...data]);
}
