import { InteropError } from "../error.js";
import type { Where } from "./operator.js";
import { ATTRIBUTE_TYPES, type AttributeProto, type NodeProto } from "./schema.js";
import { type ExternalData, type OnnxTensor, readTensor } from "./tensor.js";

/** How an attribute is read, and what it is where the file does not say. */
export interface Attribute<T> {
  readonly type: keyof typeof ATTRIBUTE_TYPES;
  readonly read: (proto: AttributeProto, external: ExternalData) => T;
  readonly otherwise?: T;
  readonly needed?: boolean;
  readonly known?: readonly T[];
}

export interface Attributes {
  readonly [name: string]: Attribute<unknown>;
}

/** The attributes of a node, as the table of its operator says that they are read. */
export type AttributesOf<A extends Attributes> = {
  readonly [K in keyof A]: A[K] extends Attribute<infer T> ? T : never;
};

const decoder = new TextDecoder();
const string = (value: Uint8Array | undefined): string => decoder.decode(value);

/** An attribute that may be missing; with a second argument, what stands for it then. */
const kind =
  <T>(type: Attribute<T>["type"], read: Attribute<T>["read"]) =>
  <D extends T | undefined = undefined>(otherwise?: D): Attribute<T | D> => ({
    type,
    read,
    otherwise: otherwise as T | D,
  });

export const int = kind<number>("int", ({ i }) => i ?? 0);
export const float = kind<number>("float", ({ f }) => f ?? 0);
export const text = kind<string>("string", ({ s }) => string(s));
export const ints = kind<readonly number[]>("ints", ({ ints }) => ints);
export const texts = kind<readonly string[]>("strings", ({ strings }) => strings.map(string));
export const floats = kind<readonly number[]>("floats", ({ floats }) => floats);
/** 0 or 1. */
export const flag = (otherwise: boolean): Attribute<boolean> => ({
  type: "int",
  read: ({ i = 0 }) => (i === 0 || i === 1 ? i === 1 : String(i)) as boolean,
  otherwise,
  known: [false, true],
});
export const tensor = kind<OnnxTensor>("tensor", ({ t, name }, external) => {
  if (t === undefined) throw new InteropError("onnx.tensor", { attribute: name ?? "" });
  return readTensor(t, external, name);
});

/** An attribute that must be there. */
export function needed<T>(attribute: Attribute<T>): Attribute<Exclude<T, undefined>> {
  return { ...attribute, needed: true } as Attribute<Exclude<T, undefined>>;
}

/** A text of a few that are known; the first is meant where the file does not say. */
export function choice<const T extends string>(...known: readonly [T, ...T[]]): Attribute<T> {
  return { ...text(known[0]), known } as unknown as Attribute<T>;
}

/**
 * The attributes of a node.
 * @throws InteropError `onnx.subgraph`, `onnx.attribute`, `onnx.attributeTwice`, `onnx.attributeType`,
 * `onnx.attributeMissing`, `onnx.choice`
 */
export function readAttributes(
  kinds: Attributes,
  node: NodeProto,
  where: Where,
  external: ExternalData,
): { readonly [name: string]: unknown } {
  const protos = new Map<string, AttributeProto>();
  for (const proto of node.attribute) {
    const name = proto.name ?? "";
    if (proto.g !== undefined || proto.graphs.length > 0 || proto.refAttrName !== undefined) {
      throw new InteropError("onnx.subgraph", { ...where, attribute: name });
    }
    if (protos.has(name)) throw new InteropError("onnx.attributeTwice", { ...where, attribute: name });
    if (!Object.hasOwn(kinds, name)) {
      const known = Object.keys(kinds).join(", ") || "-";
      throw new InteropError("onnx.attribute", { ...where, attribute: name, known });
    }
    protos.set(name, proto);
  }
  const values = Object.entries(kinds).map(([name, kind]) => [
    name,
    readAttribute(name, kind, protos.get(name), where, external),
  ]);
  return Object.fromEntries(values);
}

function readAttribute(
  attribute: string,
  { type, read, otherwise, needed, known }: Attribute<unknown>,
  proto: AttributeProto | undefined,
  where: Where,
  external: ExternalData,
): unknown {
  if (proto === undefined) {
    if (needed) throw new InteropError("onnx.attributeMissing", { ...where, attribute });
    return otherwise;
  }
  if (proto.type !== ATTRIBUTE_TYPES[type]) {
    throw new InteropError("onnx.attributeType", { ...where, attribute, type, found: proto.type ?? 0 });
  }
  const value = read(proto, external);
  if (known !== undefined && !known.includes(value)) {
    throw new InteropError("onnx.choice", { ...where, attribute, value: String(value), known: known.join(", ") }); // biome-ignore format: one line
  }
  return value;
}
