import ts from "typescript";
import { type Instance, type Library, root } from "./program.js";

/**
 * Types as a person reads them. What they say of shapes and names is for the compiler: of camada's own types
 * the arguments are left out, a type parameter is its bound, and what is computed from shapes is what it comes to.
 */
export class TypeText {
  readonly #checker: ts.TypeChecker;
  readonly #instance: Library["instance"];
  readonly #public: ReadonlySet<ts.Symbol>;
  /** Types that are being written out, so that one that has itself within it ends. */
  readonly #open = new Set<ts.Symbol>();

  constructor({ checker, instance }: Library, exported: ReadonlySet<ts.Symbol>) {
    this.#checker = checker;
    this.#instance = instance;
    this.#public = exported;
  }

  /** How something is called: `name(x: NDArray, axis?: number | string): NDArray`. */
  signature(name: string, signature: ts.Signature, of: "function" | "method" | null): string {
    const { type } = signature.getDeclaration();
    const computed = type !== undefined && /^Lazy</.test(type.getText());
    const instance = computed && of !== null ? this.#instance(of, name) : undefined;
    const given = signature.getParameters();
    const parameters = given.flatMap((parameter, i) => {
      const declaration = parameter.valueDeclaration as ts.ParameterDeclaration;
      const known = instance && this.#depends(declaration, signature) ? this.#given(instance, i) : undefined;
      const text = known ?? this.#parameter(declaration, parameter);
      // what can never be given is not there
      if (text === "undefined" && i === given.length - 1) return [];
      const rest = declaration.dotDotDotToken === undefined ? "" : "...";
      const optional = declaration.questionToken || declaration.initializer ? "?" : "";
      return `${rest}${parameterName(declaration)}${optional}: ${text}`;
    });
    const gives = instance
      ? this.#gives(instance, type as ts.TypeReferenceNode)
      : type === undefined
        ? this.resolved(signature.getReturnType())
        : this.node(type);
    const functions = (signature.getTypeParameters() ?? [])
      .filter(isFunction)
      .map(({ symbol }) => symbol.name);
    const called = functions.length === 0 ? name : `${name}<${functions.join(", ")}>`;
    const line = `${called}(${parameters.join(", ")}): ${gives}`;
    if (line.length <= 76) return line;
    return `${called}(\n${parameters.map((one) => `  ${one},\n`).join("")}): ${gives}`;
  }

  /** A type as it is written, with what only the compiler needs made plain. */
  node(node: ts.TypeNode): string {
    const source = node.getSourceFile().text;
    let [text, at] = ["", node.getStart()];
    const replace = (from: number, to: number, by: string): void => {
      text += source.slice(at, from) + by;
      at = to;
    };
    const visit = (inner: ts.Node): void => {
      if (ts.isFunctionTypeNode(inner) && inner.typeParameters !== undefined) {
        replace(inner.getStart(), inner.typeParameters.end + 1, "");
      }
      const own = ts.isTypeReferenceNode(inner) ? this.#reference(inner) : null;
      if (own === null) {
        // of a function's type, not what its parameters would be bound to
        inner.forEachChild((part) => (ts.isTypeParameterDeclaration(part) ? undefined : visit(part)));
        return;
      }
      const isPart = ts.isArrayTypeNode(inner.parent) || (ts.isUnionTypeNode(inner.parent) && /=>/.test(own));
      replace(inner.getStart(), inner.end, isPart && / \| |=>/.test(own) ? `(${own})` : own);
    };
    visit(node);
    return tidy(text + source.slice(at, node.end));
  }

  /** A type that is nowhere written. */
  resolved(type: ts.Type): string {
    const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
    const shown = this.#checker.getNonNullableType(type);
    const hidden = shown.aliasSymbol !== undefined && !this.#public.has(shown.aliasSymbol);
    const expand = hidden ? ts.TypeFormatFlags.InTypeAlias : 0;
    const nothing = type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void);
    return tidy(this.#checker.typeToString(nothing ? type : shown, undefined, flags | expand));
  }

  /** Whether a parameter's type is written with the signature's type parameters. */
  #depends({ type }: ts.ParameterDeclaration, signature: ts.Signature): boolean {
    const names = (signature.getTypeParameters() ?? []).map(({ symbol }) => symbol.name);
    return type !== undefined && names.some((name) => new RegExp(`\\b${name}\\b`).test(type.getText()));
  }

  #given({ given }: Instance, i: number): string | undefined {
    if (!this.#checker.isTupleType(given)) return undefined;
    const { elementFlags } = (given as ts.TupleTypeReference).target;
    const text = this.resolved(this.#checker.getTypeArguments(given as ts.TypeReference)[i]!);
    // of some values the compiler knows only what it would say of them
    if (/^["`]/.test(text)) return undefined;
    if (!(elementFlags[i]! & ts.ElementFlags.Rest)) return text;
    return text.includes(" ") ? `(${text})[]` : `${text}[]`;
  }

  #gives({ gives }: Instance, written: ts.TypeReferenceNode): string {
    if (!(gives.flags & ts.TypeFlags.Never)) return this.resolved(gives);
    const type = this.#checker.getTypeFromTypeNode(written.typeArguments![0]!);
    return this.resolved(this.#checker.getBaseConstraintOfType(type) ?? type);
  }

  #parameter(declaration: ts.ParameterDeclaration, parameter: ts.Symbol): string {
    const { type } = declaration;
    const symbol = type && ts.isTypeReferenceNode(type) ? this.#symbol(type.typeName) : undefined;
    const known = (declaration.parent as ts.SignatureDeclaration).typeParameters;
    const given = symbol?.declarations?.[0];
    const isOuter = given && ts.isTypeParameterDeclaration(given) && given.parent !== known?.[0]?.parent;
    if (type === undefined || isOuter) return this.resolved(this.#checker.getTypeOfSymbol(parameter));
    return this.node(type);
  }

  /** What stands for a reference to another type, or null where its own words do. */
  #reference(node: ts.TypeReferenceNode): string | null {
    const symbol = this.#symbol(node.typeName);
    const [declaration] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined) return null;
    if (this.#public.has(symbol)) return `${symbol.name}${emptyShape(node)}`;
    if (ts.isTypeParameterDeclaration(declaration)) {
      const { constraint, parent } = declaration;
      // the name that stands in a mapped or conditional type means nothing outside it
      if (ts.isInferTypeNode(parent) || ts.isMappedTypeNode(parent)) return null;
      if (isFunction(this.#checker.getTypeAtLocation(declaration))) return null;
      return constraint === undefined ? "unknown" : this.node(constraint);
    }
    if (!isOurs(declaration)) return null;
    if (this.#open.has(symbol)) return null;
    this.#open.add(symbol);
    const text = this.#hidden(node, declaration);
    this.#open.delete(symbol);
    return text;
  }

  /** A type that has no entry of its own, as what it is. */
  #hidden(node: ts.TypeReferenceNode, declaration: ts.Declaration): string | null {
    if (ts.isInterfaceDeclaration(declaration)) return this.#literal(node);
    if (!ts.isTypeAliasDeclaration(declaration)) return null;
    if (declaration.name.text === "AxisKey") return "number | string";
    if (declaration.typeParameters === undefined) return this.node(declaration.type);
    // what is checked stands for what it is checked for, and what is computed for what it is computed from: the last
    if (this.#isComputed(declaration)) return this.node(node.typeArguments!.at(-1)!);
    if (ts.isTypeReferenceNode(declaration.type)) return this.node(declaration.type);
    return this.resolved(this.#checker.getTypeFromTypeNode(node));
  }

  /** An object whose type has no public name, if it is short. */
  #literal(node: ts.TypeReferenceNode): string | null {
    const properties = this.#checker.getTypeFromTypeNode(node).getProperties();
    const parts = properties.map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? "?" : "";
      return `${property.name}${optional}: ${this.property(property)}`;
    });
    const text = `{ ${parts.join("; ")} }`;
    return parts.length > 0 && text.length < 80 ? text : null;
  }

  /** A property's type. */
  property(property: ts.Symbol): string {
    const written = (property.valueDeclaration as ts.PropertySignature | undefined)?.type;
    const type = this.#checker.getTypeOfSymbol(property);
    const symbol = written && ts.isTypeReferenceNode(written) ? this.#symbol(written.typeName) : undefined;
    if (written === undefined || (symbol && symbol.flags & ts.SymbolFlags.TypeParameter)) {
      return this.resolved(this.#checker.getBaseConstraintOfType(type) ?? type);
    }
    return this.node(written);
  }

  /** Whether a type is what only the compiler computes: from shapes and names, or a sentence about them. */
  #isComputed({ type }: ts.TypeAliasDeclaration): boolean {
    if (ts.isConditionalTypeNode(type) || ts.isMappedTypeNode(type)) return true;
    if (!ts.isTypeReferenceNode(type)) return false;
    const [declaration] = this.#symbol(type.typeName)?.declarations ?? [];
    return (
      declaration !== undefined && ts.isTypeAliasDeclaration(declaration) && this.#isComputed(declaration)
    );
  }

  #symbol(name: ts.EntityName): ts.Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(name);
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }
}

/** A parameter that is taken apart at once is called what it is. */
export function parameterName({ name }: ts.ParameterDeclaration): string {
  return ts.isIdentifier(name) ? name.text : "options";
}

/** Whether something is written in one of our packages. */
export function isOurs(node: ts.Node | undefined): boolean {
  return node?.getSourceFile().fileName.startsWith(`${root}packages/`) === true;
}

/** Whether a type parameter stands for a function, which what is given back then is too. */
function isFunction(type: ts.Type): boolean {
  const bound = type.getConstraint();
  return bound !== undefined && bound.getCallSignatures().length > 0;
}

/** An array without axes is told from others. */
const emptyShape = ({ typeArguments }: ts.TypeReferenceNode) =>
  typeArguments?.length === 1 && typeArguments[0]!.getText() === "[]" ? "<[]>" : "";

/** Types whose arguments say nothing to a reader. */
const SHAPED =
  /\b(NDArray|NamedArray|Layer|Sequential|Conv2dOptions|GivenConv2d|GivenDense|PoolingOptions|ReduceOptions|Split|Standardized|Uint8Array|AxisKey)<(?!\[\]>)/;

/** One line, without comments, without what the compiler computes with, and without saying anything twice. */
function tidy(written: string): string {
  let text = written
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/\s+/g, " ")
    .replace(/\breadonly (?=\w+\??:)/g, "")
    .replace(/[;,] ([})])/g, (_, end) => (end === "}" ? " }" : end))
    .replace(/\( /g, "(")
    .replace(/^\| |(?<=[(<])\| /g, "")
    .replace(/(\?: [^;]*?) \| undefined(?=;| \})/g, "$1");
  for (let found = SHAPED.exec(text); found !== null; found = SHAPED.exec(text)) {
    const open = found.index + found[0].length;
    text = text.slice(0, open - 1) + text.slice(closing(text, open));
  }
  text = text
    .replace(/\(typeof (\w+)\)/g, "typeof $1")
    .replace(/string \| number \| \(string & \{\}\)|\bAxisKey\b(?!\[)/g, "number | string")
    .replace(/\bAxisKey\b/g, "(number | string)")
    .replace(/\(NDArray & number\)/g, "NDArray | number");
  // `A & number` is how the compiler says that it cannot tell which
  const parts = text.split(/ [|&] /).map((part) => part.replace(/^NamedArray$/, "NDArray"));
  return parts.every((part) => /^(\w|[.[\]"<>-])+$/.test(part))
    ? [...new Set(parts)].join(" | ")
    : text.trim();
}

/** The place behind the bracket that closes what is open at `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  let at = from;
  for (; depth > 0; at++) {
    if (/[<[({]/.test(text[at]!)) depth++;
    else if (/[\])}]/.test(text[at]!) || (text[at] === ">" && text[at - 1] !== "=")) depth--;
  }
  return at;
}
