import { expect, it } from "vitest";
import { dot, maximum, mean, type NDArray, square, subtract, valueAndGrad, zeros } from "../index.js";
import { checkGraph } from "./check.js";
import { printGraph } from "./print.js";
import { scoped } from "./scope.js";
import { trace } from "./trace.js";

type Weights = Record<"weights" | "biases", NDArray>;

const layer = (name: string, x: NDArray, { weights, biases }: Weights): NDArray =>
  scoped(name, () => (dot(x, weights.T) as NDArray).add(biases as never));

it("shows a network of two layers, and its gradient, a step a line", () => {
  const network = ([first, second]: [Weights, Weights], x: NDArray, y: NDArray) => {
    const hidden = scoped("relu", () => maximum(layer("dense", x, first), 0)) as NDArray;
    return scoped("loss", () =>
      mean(square(subtract(layer("dense_1", hidden, second), y as never) as NDArray)),
    );
  };
  const weights = (neurons: number, features: number, name: string): Weights => ({
    weights: zeros([neurons, features], [name, "feature"]).astype("float32"),
    biases: zeros([neurons], [name]).astype("float32"),
  });
  const parameters = [
    weights(5, 2, "hidden"),
    { ...weights(3, 5, "neuron"), weights: zeros([3, 5], ["neuron", "hidden"]).astype("float32") },
  ];
  const batch = zeros([4, 2], ["batch", "feature"]).astype("float32");
  const targets = zeros([4, 3], ["batch", "neuron"]).astype("float32");
  const { graph } = trace("print", valueAndGrad(network) as never, [parameters, batch, targets]);
  checkGraph(graph);
  expect(printGraph(graph)).toMatchInlineSnapshot(`
    "%0 = input : float32 (hidden 5, feature 2)
    %1 = input : float32 (hidden 5)
    %2 = input : float32 (neuron 3, hidden 5)
    %3 = input : float32 (neuron 3)
    %4 = input : float32 (batch 4, feature 2)
    %5 = input : float32 (batch 4, neuron 3)
    %6 = reshape %0 : float32 (hidden 5, feature 2)
    %7 = transpose[axes 1 0] %6 : float32 (feature 2, hidden 5) # relu/dense
    %8 = matmul %4 %7 : float32 (4, 5) # relu/dense
    %9 = reshape %1 : float32 (hidden 5)
    %10 = broadcast %9 : float32 (4, 5) # relu/dense
    %11 = add %8 %10 : float32 (batch 4, hidden 5) # relu/dense
    %12 = constant(0) : float32 () # relu
    %13 = broadcast %12 : float32 (4, 5) # relu
    %14 = maximum %11 %13 : float32 (batch 4, hidden 5) # relu
    %15 = reshape %2 : float32 (neuron 3, hidden 5)
    %16 = transpose[axes 1 0] %15 : float32 (hidden 5, neuron 3) # loss/dense_1
    %17 = matmul %14 %16 : float32 (4, 3) # loss/dense_1
    %18 = reshape %3 : float32 (neuron 3)
    %19 = broadcast %18 : float32 (4, 3) # loss/dense_1
    %20 = add %17 %19 : float32 (batch 4, neuron 3) # loss/dense_1
    %21 = subtract %20 %5 : float32 (batch 4, neuron 3) # loss
    %22 = square %21 : float32 (batch 4, neuron 3) # loss
    %23 = reshape %22 : float32 (12) # loss
    %24 = sum[axis 0] %23 : float32 () # loss
    %25 = constant(12) : float32 () # loss
    %26 = divide %24 %25 : float32 () # loss
    %27 = transpose[axes 1 0] %4 : float32 (2, 4) # ∂ relu/dense
    %28 = equal %11 %13 : bool (4, 5) # ∂ relu
    %29 = constant(1) : float32 ()
    %30 = divide %29 %25 : float32 () # ∂ loss
    %31 = reshape %30 : float32 (1) # ∂ loss
    %32 = broadcast %31 : float32 (12) # ∂ loss
    %33 = reshape %32 : float32 (4, 3) # ∂ loss
    %34 = constant(2) : float32 () # ∂ loss
    %35 = broadcast %34 : float32 (4, 3) # ∂ loss
    %36 = multiply %21 %35 : float32 (4, 3) # ∂ loss
    %37 = multiply %33 %36 : float32 (4, 3) # ∂ loss
    %38 = transpose[axes 1 0] %16 : float32 (3, 5) # ∂ loss/dense_1
    %39 = matmul %37 %38 : float32 (4, 5) # ∂ loss/dense_1
    %40 = constant(0.5) : float32 () # ∂ relu
    %41 = broadcast %40 : float32 (4, 5) # ∂ relu
    %42 = multiply %39 %41 : float32 (4, 5) # ∂ relu
    %43 = greater %11 %13 : bool (4, 5) # ∂ relu
    %44 = constant(0) : float32 () # ∂ relu
    %45 = broadcast %44 : float32 (4, 5) # ∂ relu
    %46 = where %43 %39 %45 : float32 (4, 5) # ∂ relu
    %47 = where %28 %42 %46 : float32 (4, 5) # ∂ relu
    %48 = matmul %27 %47 : float32 (2, 5) # ∂ relu/dense
    %49 = transpose[axes 1 0] %48 : float32 (5, 2) # ∂ relu/dense
    %50 = sum[axis 0] %47 : float32 (5) # ∂ relu/dense
    %51 = transpose[axes 1 0] %14 : float32 (5, 4) # ∂ loss/dense_1
    %52 = matmul %51 %37 : float32 (5, 3) # ∂ loss/dense_1
    %53 = transpose[axes 1 0] %52 : float32 (3, 5) # ∂ loss/dense_1
    %54 = sum[axis 0] %37 : float32 (3) # ∂ loss/dense_1
    return %26 %49 %50 %53 %54"
  `);
});
