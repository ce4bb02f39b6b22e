import { type Expression, expressionsIn } from "../../compile/expression.js";
import type { View } from "../../compile/view.js";
import type { ElementwiseOperation } from "../../ops/elementwise.js";
import { type DType, isFloat } from "../../storage/dtype.js";
import type { Code } from "./assembler/index.js";
import { canLower, WasmLanes } from "./lanes.js";
import type { Writer } from "./writer.js";

/**
 * How a vector holds values: numbers of 64 or 32 bits, or masks of that width, all ones where true. Beside float64,
 * of which two make a vector, values of 32 bits take its lower half.
 */
export type Form = "float64" | "float32" | "int32" | "mask64" | "mask32";

/** A vector's local and how it holds its values. */
export interface Value {
  readonly local: number;
  readonly form: Form;
}

/** How many values a vector of these expressions has: two if one is a float64 or made of them, else four. */
export function lanesOf(roots: readonly Expression[]): 2 | 4 {
  for (const { dtype } of expressionsIn(roots)) if (dtype === "float64") return 2;
  return 4;
}

/** The form in which values of a dtype are computed with. */
export function formOf(dtype: DType): Form {
  if (isFloat(dtype)) return dtype as "float64" | "float32";
  return dtype === "bool" ? "mask32" : "int32";
}

/** What lanes compute with values of a dtype: bytes and truths as whole numbers. */
function laneTypeOf(dtype: DType): "float64" | "float32" | "int32" {
  return isFloat(dtype) ? (dtype as "float64" | "float32") : "int32";
}

/** Writes the instructions that compute expressions, a vector at a time; each once. */
export class Values {
  readonly code: Code;
  readonly writer: Writer;
  readonly lanes: 2 | 4;
  private readonly known: Map<Expression, Value>;
  private readonly loadView: (view: View) => Value;
  private readonly product: Value | undefined;

  constructor(
    code: Code,
    writer: Writer,
    lanes: 2 | 4,
    loadView: (view: View) => Value,
    { known = new Map(), product }: { known?: Map<Expression, Value>; product?: Value } = {},
  ) {
    this.code = code;
    this.writer = writer;
    this.lanes = lanes;
    this.loadView = loadView;
    this.known = known;
    this.product = product;
  }

  /** The value of an expression, computed where the code stands now unless it is known already. */
  of(expression: Expression): Value {
    let value = this.known.get(expression);
    if (value === undefined) {
      value = this.compute(expression);
      this.known.set(expression, value);
    }
    return value;
  }

  /** The value in the form of its dtype. */
  as(value: Value, form: Form): Value {
    const { code } = this;
    if (value.form === form) return value;
    code.get(value.local);
    const pair = `${value.form} ${form}` as const;
    if (!this.converted(pair, value.local)) {
      // by way of whole numbers or of the narrower mask
      code.op("drop");
      const isMask = value.form === "mask64" || form === "mask64" || form === "mask32";
      const via: Form = value.form === "float64" && isMask ? "mask64" : isMask ? "mask32" : "int32";
      return this.as(this.as(value, via), form);
    }
    const local = code.local("v128");
    code.set(local);
    return { local, form };
  }

  /** Makes one form of another of the vector on the stack, which is also in `local`, if that is one step. */
  private converted(pair: `${Form} ${Form}`, local: number): boolean {
    const { code } = this;
    switch (pair) {
      case "mask64 mask32":
        // the lower word of each
        code.get(local).shuffle(0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11);
        return true;
      case "mask32 mask64":
        code.op("i64x2.extend_low_i32x4_s");
        return true;
      case "float32 float64":
        code.op("f64x2.promote_low_f32x4");
        return true;
      case "float64 float32":
        code.op("f32x4.demote_f64x2_zero");
        return true;
      case "int32 float64":
        code.op("f64x2.convert_low_i32x4_s");
        return true;
      case "int32 float32":
        code.op("f32x4.convert_i32x4_s");
        return true;
      case "mask32 int32":
        code.op("i32x4.neg");
        return true;
      case "int32 mask32":
        code.get(this.zero()).op("i32x4.ne");
        return true;
      case "float32 mask32":
        code.get(this.zero()).op("f32x4.ne");
        return true;
      case "float64 mask64":
        code.get(this.zero()).op("f64x2.ne");
        return true;
      case "float64 int32":
        this.wrapped();
        return true;
      case "float32 int32":
        this.wrappedFour(local);
        return true;
      default:
        return false;
    }
  }

  /** A vector of the same number. */
  constant(value: number, form: Form): Value {
    const { code } = this;
    const local = code.local("v128");
    if (form === "float64") code.get(code.number("f64", value)).op("f64x2.splat");
    else if (form === "float32") code.get(code.number("f32", value)).op("f32x4.splat");
    else code.i32(form === "int32" ? value : value === 0 ? 0 : -1).op("i32x4.splat");
    code.set(local);
    return { local, form };
  }

  private zeros: number | undefined;

  /** A local that is never set. */
  private zero(): number {
    this.zeros ??= this.code.local("v128");
    return this.zeros;
  }

  /** Of two float64 on the stack the whole parts, as int32 wraps them: as ECMAScript's ToInt32. */
  private wrapped(): void {
    const { code } = this;
    const whole = code.local("v128");
    const splat = (value: number) => code.f64(value).op("f64x2.splat");
    code.op("f64x2.trunc").tee(whole).get(whole);
    splat(2 ** -32)
      .op("f64x2.mul")
      .op("f64x2.floor");
    splat(2 ** 32)
      .op("f64x2.mul")
      .op("f64x2.sub")
      .op("i32x4.trunc_sat_f64x2_u_zero");
  }

  /** The same of float32, in two halves, as float64 holds every int32. */
  private wrappedFour(local: number): void {
    const { code } = this;
    code.op("f64x2.promote_low_f32x4");
    this.wrapped();
    if (this.lanes === 2) return;
    const low = code.local("v128");
    const high = code.local("v128");
    code.set(low).get(local).get(local);
    code.shuffle(8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15).op("f64x2.promote_low_f32x4");
    this.wrapped();
    code.set(high).get(low).get(high);
    code.shuffle(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
  }

  private compute(expression: Expression): Value {
    switch (expression.kind) {
      case "load":
        return this.loadView(expression.view);
      case "number":
        return this.constant(expression.value, formOf(expression.dtype));
      case "product":
        return this.product!;
      case "cast": {
        const form = formOf(expression.dtype);
        const value = this.as(this.of(expression.args[0]!), form);
        return expression.dtype === "uint8" ? this.byte(value) : value;
      }
      case "where":
        return this.choose(
          expression.args.map((arg) => this.of(arg)) as [Value, Value, Value],
          expression.dtype,
        );
      case "apply":
        return this.apply(expression.operation, expression.args, expression.dtype);
    }
  }

  private choose([condition, x, y]: readonly [Value, Value, Value], dtype: DType): Value {
    const { code } = this;
    const form = formOf(dtype);
    const mask = this.as(condition, form === "float64" ? "mask64" : "mask32");
    const local = code.local("v128");
    code
      .get(this.as(x, form).local)
      .get(this.as(y, form).local)
      .get(mask.local)
      .op("v128.bitselect")
      .set(local);
    return { local, form };
  }

  private apply(operation: ElementwiseOperation, args: readonly Expression[], dtype: DType): Value {
    const { code, writer } = this;
    const computed = args[0]!.dtype;
    const kind = laneTypeOf(computed);
    if (!canLower(operation, computed)) {
      return this.host(operation, args.map((arg) => this.as(this.of(arg), kind)), computed, dtype); // biome-ignore format: one line
    }
    const lanes = new WasmLanes(code, kind, writer.target);
    const given = args.map((arg) =>
      arg.kind === "number" ? lanes.constant(arg.value) : this.as(this.of(arg), kind).local,
    );
    const local = operation.lower!(lanes, given[0]!, given[1] ?? given[0]!);
    if (operation.gives === "bool") return { local, form: kind === "float64" ? "mask64" : "mask32" };
    return this.settled({ local, form: kind }, dtype);
  }

  /** Whole numbers as their dtype holds them. */
  private settled(value: Value, dtype: DType): Value {
    if (dtype === "bool") return this.as(value, "mask32");
    return dtype === "uint8" ? this.byte(value) : value;
  }

  private byte(value: Value): Value {
    const { code } = this;
    const local = code.local("v128");
    code.get(value.local).i32(255).op("i32x4.splat").op("v128.and").set(local);
    return { local, form: "int32" };
  }

  /** An operation by the host's function, a value at a time. */
  private host(
    operation: ElementwiseOperation,
    args: readonly Value[],
    computed: DType,
    dtype: DType,
  ): Value {
    const { code, lanes } = this;
    const fn = this.writer.hostFunction(operation, computed);
    const form: Form = isFloat(dtype) ? (dtype as Form) : "int32";
    const local = code.local("v128");
    for (let lane = 0; lane < lanes; lane++) {
      code.get(local);
      for (const arg of args) {
        code.get(arg.local);
        if (arg.form === "float64") code.lane("f64x2.extract_lane", lane);
        else if (arg.form === "float32") code.lane("f32x4.extract_lane", lane).op("f64.promote_f32");
        else code.lane("i32x4.extract_lane", lane).op("f64.convert_i32_s");
      }
      code.call(fn);
      if (form === "float64") code.lane("f64x2.replace_lane", lane);
      else if (form === "float32") code.op("f32.demote_f64").lane("f32x4.replace_lane", lane);
      else code.lane("i32x4.replace_lane", lane);
      code.set(local);
    }
    return this.settled({ local, form }, dtype);
  }
}
