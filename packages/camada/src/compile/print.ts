import { sizeOf } from "../shape/shape.js";
import { type Expression, load } from "./expression.js";
import type { Kernel, Plan } from "./kernel.js";
import { type Buffer, isWhole, type View } from "./view.js";

/**
 * A plan as text, a kernel a line, and what it stores below it. Buffers have numbers; strides stand where values
 * do not lie in row-major order.
 *
 * ```
 * map (4, 3)
 *   %2 = add(%0, %1 by 0 1)
 * ```
 */
export function printPlan({ kernels, outputs }: Plan): string {
  const numbers = new Map<Buffer, number>();
  const view = (of: View): string => {
    const number = numbers.get(of.buffer) ?? numbers.size;
    numbers.set(of.buffer, number);
    const from = of.offset === 0 ? "" : ` from ${of.offset}`;
    return `%${number}${isWhole(of) || sizeOf(of.shape) === 1 ? "" : ` by ${of.strides.join(" ")}`}${from}`;
  };
  const shape = (sizes: readonly number[]): string => `(${sizes.join(", ")})`;
  const expression = (of: Expression): string => {
    switch (of.kind) {
      case "load":
        return view(of.view);
      case "number":
        return String(of.value);
      case "product":
        return "product";
      case "apply":
        return `${of.operation.name}(${of.args.map(expression).join(", ")})`;
      case "where":
        return `where(${of.args.map(expression).join(", ")})`;
      case "cast":
        return `${of.dtype}(${expression(of.args[0]!)})`;
    }
  };
  const stored = (into: View, value: string): string => `\n  ${view(into)} = ${value}`;
  const line = (kernel: Kernel): string => {
    switch (kernel.kind) {
      case "map": {
        const ordered = kernel.ordered === 0 ? "" : `, ${kernel.ordered} in order`;
        const stores = kernel.stores.map((store) => stored(store.view, expression(store.value)));
        return `map ${shape(kernel.shape)}${ordered}${stores.join("")}`;
      }
      case "product": {
        const stores = kernel.stores.map((store) => stored(store.view, expression(store.value)));
        const panels = kernel.panel === undefined ? "" : `, in panels of ${kernel.panel}`;
        const k = kernel.a.shape.at(-1)!;
        return `product ${shape(kernel.shape)} over ${k} of ${view(kernel.a)} and ${view(kernel.b)}${panels}${stores.join("")}`;
      }
      case "reduce":
        return [
          `${kernel.by} ${shape(kernel.shape)} over ${kernel.size}`,
          ...kernel.stores.map((store) => stored(store.view, expression(store.value))),
          stored(kernel.into, expression(kernel.value)),
        ].join("");
      case "take":
      case "scatterAdd":
        return `${kernel.kind} of ${view(kernel.from)} at ${view(kernel.indices)}${stored(kernel.into, "")}`;
      case "argsort":
        return `argsort${stored(kernel.into, expression(load(kernel.from)))}`;
      case "uniform":
        return `uniform of ${view(kernel.key)}, stream ${kernel.stream}${stored(kernel.into, "")}`;
    }
  };
  const lines = kernels.map(line);
  return [...lines, `return ${outputs.map((buffer) => `%${numbers.get(buffer) ?? "?"}`).join(" ")}`].join(
    "\n",
  );
}
