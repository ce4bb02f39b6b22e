import { NetworkError } from "../errors/network.js";
import { Strided } from "../storage/strided.js";

/** What trees are made of, beside lists and objects: what traced functions take and give, of any depth. */
export type Leaf = Strided | number;

/** Whether something is a plain object or one made by JSON: not a class of somebody's. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * What `f` makes of every array and number in a tree, in a tree of the same form. Texts, booleans and null
 * stay as they are.
 * @throws CamadaError with `code` where there is something else
 */
export function mapTree(
  tree: unknown,
  f: (leaf: Leaf, path: string) => unknown,
  { code, op }: { readonly code: "trace.argument" | "trace.output"; readonly op: string },
  path = "",
): unknown {
  if (tree instanceof Strided || typeof tree === "number") return f(tree, path);
  const within = (part: unknown, key: string | number) =>
    mapTree(part, f, { code, op }, path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(tree)) return tree.map(within);
  if (tree === null || tree === undefined || typeof tree === "boolean" || typeof tree === "string")
    return tree;
  if (typeof tree === "object" && isPlain(tree)) {
    return Object.fromEntries(Object.entries(tree).map(([key, part]) => [key, within(part, key)]));
  }
  throw new NetworkError(code, { op, found: typeof tree === "object" ? tree.constructor.name : typeof tree });
}

/** All arrays and numbers of a tree, in order. */
export function leavesOf(tree: unknown, where: Parameters<typeof mapTree>[2]): Leaf[] {
  const leaves: Leaf[] = [];
  mapTree(tree, (leaf) => leaves.push(leaf), where);
  return leaves;
}
