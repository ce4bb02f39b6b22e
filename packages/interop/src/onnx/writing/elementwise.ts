import { type DType, fromTypedArray, type NDArray } from "camada";
import { codeOfDType } from "../tensor.js";
import type { Builder } from "./builder.js";

/** An element-by-element step to write: the names of its inputs, of one dtype, and where nodes go. */
interface Elements {
  readonly builder: Builder;
  readonly inputs: readonly string[];
  /** Of the inputs. */
  readonly dtype: DType;
}

type Write = (elements: Elements) => string;

const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

/** One operator that means the same. */
const simple =
  (opType: string): Write =>
  ({ builder, inputs }) =>
    builder.add(opType, inputs);

/** Another operator for bools. */
const orOfBools =
  (opType: string, ofBools: string): Write =>
  ({ builder, inputs, dtype }) =>
    builder.add(dtype === "bool" ? ofBools : opType, inputs);

/** Of floats only: whole numbers are as they are. */
const ofFloats =
  (opType: string): Write =>
  ({ builder, inputs, dtype }) =>
    isFloat(dtype) ? builder.add(opType, inputs) : inputs[0]!;

/** The inputs as another dtype where theirs is one that ONNX's operator does not take. */
const cast =
  (to: DType, needed: (dtype: DType) => boolean, write: Write): Write =>
  ({ builder, inputs, dtype }) =>
    write({
      builder,
      inputs: needed(dtype) ? inputs.map((x) => builder.add("Cast", [x], { to: codeOfDType(to) })) : inputs,
      dtype: needed(dtype) ? to : dtype,
    });

const ofBools = (opType: string): Write => cast("bool", (dtype) => dtype !== "bool", simple(opType));
const comparison = (opType: string): Write => cast("int32", (dtype) => dtype === "bool", simple(opType));
const asFloats = (write: Write): Write => cast("float32", (dtype) => !isFloat(dtype), write);
const not =
  (write: Write): Write =>
  (elements) =>
    elements.builder.add("Not", [write(elements)]);

/** A number beside the inputs. */
function number({ builder, dtype }: Elements, value: number): string {
  const data = dtype === "float64" ? Float64Array.of(value) : Float32Array.of(value);
  return builder.constant(fromTypedArray(data, []) as NDArray);
}

/** One formula near 0, where the other would lose digits. */
function nearZero(elements: Elements, near: string, far: string): string {
  const { builder, inputs } = elements;
  const isNear = builder.add("Less", [builder.add("Abs", inputs), number(elements, 0.5)]);
  return builder.add("Where", [isNear, near, far]);
}

/** exp(x) - 1 = 2 exp(x / 2) sinh(x / 2). */
function expm1(elements: Elements): string {
  const { builder, inputs } = elements;
  const half = builder.add("Mul", [inputs[0]!, number(elements, 0.5)]);
  const root = builder.add("Mul", [builder.add("Exp", [half]), builder.add("Sinh", [half])]);
  const near = builder.add("Mul", [root, number(elements, 2)]);
  return nearZero(elements, near, builder.add("Sub", [builder.add("Exp", inputs), number(elements, 1)]));
}

/** log(1 + x) = 2 atanh(x / (2 + x)). */
function log1p(elements: Elements): string {
  const { builder, inputs } = elements;
  const share = builder.add("Div", [inputs[0]!, builder.add("Add", [inputs[0]!, number(elements, 2)])]);
  const near = builder.add("Mul", [builder.add("Atanh", [share]), number(elements, 2)]);
  return nearZero(elements, near, builder.add("Log", [builder.add("Add", [inputs[0]!, number(elements, 1)])])); // biome-ignore format: one line
}

/** ONNX's remainder of floats has the dividend's sign. */
function mod(elements: Elements): string {
  const { builder, inputs, dtype } = elements;
  if (!isFloat(dtype)) return builder.add("Mod", inputs);
  const rest = builder.add("Mod", inputs, { fmod: 1 });
  const zero = number(elements, 0);
  const signs = [rest, inputs[1]!].map((x) => builder.add("Less", [x, zero]));
  const nothing = builder.add("Equal", [rest, zero]);
  const other = builder.add("And", [builder.add("Xor", signs), builder.add("Not", [nothing])]);
  return builder.add("Where", [other, builder.add("Add", [rest, inputs[1]!]), rest]);
}

const finite: Write = ({ builder, inputs }) =>
  builder.add("Not", [builder.add("Or", [builder.add("IsNaN", inputs), builder.add("IsInf", inputs)])]);

/** What each operation element by element is in ONNX. */
export const ELEMENTWISE: ReadonlyMap<string, Write> = new Map([
  ["abs", simple("Abs")],
  ["add", orOfBools("Add", "Or")],
  ["ceil", ofFloats("Ceil")],
  ["cos", simple("Cos")],
  ["divide", simple("Div")],
  ["equal", simple("Equal")],
  ["erf", simple("Erf")],
  ["exp", simple("Exp")],
  ["expm1", expm1],
  ["floor", ofFloats("Floor")],
  ["greater", comparison("Greater")],
  ["greaterEqual", comparison("GreaterOrEqual")],
  ["isFinite", asFloats(finite)],
  ["isInf", asFloats(simple("IsInf"))],
  ["isNaN", asFloats(simple("IsNaN"))],
  ["less", comparison("Less")],
  ["lessEqual", comparison("LessOrEqual")],
  ["log", simple("Log")],
  ["log1p", log1p],
  ["logicalAnd", ofBools("And")],
  ["logicalNot", ofBools("Not")],
  ["logicalOr", ofBools("Or")],
  ["maximum", orOfBools("Max", "Or")],
  ["minimum", orOfBools("Min", "And")],
  ["mod", mod],
  ["multiply", orOfBools("Mul", "And")],
  ["negative", simple("Neg")],
  ["notEqual", not(simple("Equal"))],
  ["power", simple("Pow")],
  ["sigmoid", simple("Sigmoid")],
  ["sign", simple("Sign")],
  ["sin", simple("Sin")],
  ["sqrt", simple("Sqrt")],
  ["square", ({ builder, inputs }) => builder.add("Mul", [inputs[0]!, inputs[0]!])],
  ["subtract", simple("Sub")],
  ["tanh", simple("Tanh")],
]);
