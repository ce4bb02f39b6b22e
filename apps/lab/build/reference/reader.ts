import { relative } from "node:path";
import * as camada from "camada";
import ts from "typescript";
import { type Library, type Module, readLibrary, root } from "./program.js";
import { isOurs, parameterName, TypeText } from "./types.js";

/** What a docstring says: prose in Markdown, and what stands behind its tags. */
export interface Doc {
  readonly text: string;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** A property of an object, or an option. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly doc: Doc;
}

/** What can be called: a function, a method. */
export interface Callable {
  readonly name: string;
  readonly signatures: readonly string[];
  readonly doc: Doc;
  /** The options that its parameters take, by the parameter's name. */
  readonly options: readonly { readonly parameter: string; readonly fields: readonly Field[] }[];
}

/** Something that is exported. */
export interface Entry extends Callable {
  readonly kind: "function" | "class" | "value" | "type";
  /** Other names that it is exported by. */
  readonly aliases: readonly string[];
  readonly modules: readonly Module[];
  /** Where it is written, from the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly fields: readonly Field[];
  readonly methods: readonly Callable[];
  /** Types with an entry of their own, whose properties it has too. */
  readonly bases: readonly string[];
  /** NumPy's name for the same. */
  readonly numpy: string | null;
}

/** All that is public, as it is documented beside its code. */
export function readEntries(library: Library = readLibrary()): Entry[] {
  const found = new Map<ts.Symbol, { names: string[]; modules: Module[] }>();
  for (const [module, names] of library.exports) {
    for (const [name, symbol] of names) {
      const known = found.get(symbol) ?? { names: [], modules: [] };
      if (!known.names.includes(name)) known.names.push(name);
      if (!known.modules.includes(module)) known.modules.push(module);
      found.set(symbol, known);
    }
  }
  const { checker } = library;
  // the name of a class or of an array stands for its type too
  const types = [...found.keys()].flatMap((symbol) => {
    const type = symbol.flags & TYPE ? checker.getDeclaredTypeOfSymbol(symbol).symbol : undefined;
    return type?.name === symbol.name ? type : [];
  });
  const reader = new Reader(library, new Set([...found.keys(), ...types]));
  return [...found].map(([symbol, { names, modules }]) => {
    const name = names.includes(symbol.name) ? symbol.name : names[0]!;
    const aliases = names.filter((other) => other !== name);
    return { ...reader.entry(symbol, name), aliases, modules };
  });
}

const TYPE = ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.TypeAlias;

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #types: TypeText;
  readonly #public: ReadonlySet<ts.Symbol>;

  constructor(library: Library, exported: ReadonlySet<ts.Symbol>) {
    this.#checker = library.checker;
    this.#types = new TypeText(library, exported);
    this.#public = exported;
  }

  entry(symbol: ts.Symbol, name: string): Omit<Entry, "aliases" | "modules"> {
    const declaration = symbol.declarations![0]!;
    const file = declaration.getSourceFile();
    const isType = (symbol.flags & ts.SymbolFlags.Value) === 0;
    const isModule = ts.isSourceFile(declaration);
    const type =
      symbol.flags & TYPE
        ? this.#checker.getDeclaredTypeOfSymbol(symbol)
        : this.#checker.getTypeOfSymbol(symbol);
    const calls = type.getCallSignatures();
    const isClass = (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.TypeAlias)) !== 0 && !isType;
    const kind = isType ? "type" : isClass ? "class" : calls.length > 0 ? "function" : "value";
    const written = isType && ts.isTypeAliasDeclaration(declaration) ? declaration.type : null;
    const open = written === null || (isSettings(type) && type.getProperties().length > 0);
    return {
      kind,
      name,
      doc: isModule ? headerOf(declaration) : this.#doc(symbol),
      file: relative(root, file.fileName).replaceAll("\\", "/"),
      line: 1 + file.getLineAndCharacterOfPosition(declaration.getStart()).line,
      signatures:
        kind === "function"
          ? this.#signatures(name, calls, "function")
          : written !== null && !open
            ? [`type ${name} = ${this.#alias(type, written)}`]
            : kind === "value" && type.getProperties().every((one) => !isOurs(one.declarations?.[0]))
              ? [`${name}: ${this.#types.resolved(type)}`]
              : [],
      options: kind === "function" ? this.#options(calls) : [],
      ...(kind === "function" || !open
        ? { fields: [], methods: [] }
        : isModule
          ? this.#members(this.#checker.getExportsOfModule(symbol).filter(isValue), null, kind)
          : this.#members(this.#own(type, kind), name === "NDArray" ? "method" : null, kind)),
      bases: this.#bases(type, kind).map((base) => base.symbol.name),
      numpy: numpyOf(name),
    };
  }

  /** What a type has, of its own and from types that have no entry themselves. */
  #own(type: ts.Type, kind: Entry["kind"]): readonly ts.Symbol[] {
    const theirs = this.#bases(type, kind).flatMap((base) =>
      base.getProperties().map(({ declarations }) => declarations?.[0]),
    );
    return type.getProperties().filter((member) => {
      const [declaration] = member.declarations ?? [];
      if (declaration === undefined || !isOurs(declaration)) return false;
      const flags = ts.getCombinedModifierFlags(declaration as ts.Declaration);
      if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return false;
      if (/^(__@|#|_)/.test(member.name)) return false;
      // what a type picks from a class stands with the class
      return !theirs.includes(declaration) && !(kind === "type" && ts.isClassDeclaration(declaration.parent));
    });
  }

  #bases(type: ts.Type, kind: Entry["kind"]): readonly ts.BaseType[] {
    if (kind !== "type" || !type.isClassOrInterface()) return [];
    return this.#checker.getBaseTypes(type).filter((base) => this.#public.has(base.symbol));
  }

  #members(
    members: readonly ts.Symbol[],
    of: "method" | null,
    kind: Entry["kind"],
  ): Pick<Entry, "fields" | "methods"> {
    const fields: Field[] = [];
    const methods: Callable[] = [];
    for (const member of members) {
      const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(member));
      const calls = type.getCallSignatures();
      const isField = member.declarations?.every(ts.isPropertySignature) === true;
      // a property that is a function is called as a method is, unless others give it
      if (calls.length === 0 || (isField && kind === "type")) fields.push(this.#field(member));
      else {
        const signatures = this.#signatures(member.name, calls, of);
        const doc = this.#doc(member);
        methods.push({ name: member.name, signatures, doc, options: this.#options(calls) });
      }
    }
    return { fields, methods };
  }

  /** What a type is another name for: of very many texts, the first. */
  #alias(type: ts.Type, written: ts.TypeNode): string {
    const text = this.#types.node(written);
    if (!text.includes("typeof ")) return text;
    const parts = this.#types.resolved(type).split(" | ");
    return parts.length <= 12 ? parts.join(" | ") : [...parts.slice(0, 4), "..."].join(" | ");
  }

  #signatures(name: string, calls: readonly ts.Signature[], of: "function" | "method" | null): string[] {
    return [...new Set(calls.map((call) => this.#types.signature(name, call, of)))];
  }

  #field(member: ts.Symbol): Field {
    const optional = member.flags & ts.SymbolFlags.Optional;
    const type = this.#types.property(member);
    return {
      name: `${member.name}${optional ? "?" : ""}`,
      type: optional ? type.replace(/ \| undefined$/, "") : type,
      doc: this.#doc(member),
    };
  }

  /** The options of a call: the properties of parameters whose types have no entry themselves. */
  #options(calls: readonly ts.Signature[]): Callable["options"] {
    const found = new Map<string, readonly Field[]>();
    for (const parameter of calls.flatMap((call) => call.getDeclaration().parameters)) {
      if (parameter.dotDotDotToken !== undefined) continue;
      const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(parameter));
      const settings = (type.isUnion() ? type.types : [type]).find(
        (one) => isSettings(one) && !this.#public.has(one.aliasSymbol ?? one.symbol),
      );
      if (settings === undefined) continue;
      const name = parameterName(parameter as ts.ParameterDeclaration);
      const fields = settings.getProperties().map((property) => this.#field(property));
      // what has nothing to say is in the signature already
      if (fields.some(({ doc }) => doc.text !== "")) found.set(name, fields);
    }
    return [...found].map(([parameter, fields]) => ({ parameter, fields }));
  }

  #doc(symbol: ts.Symbol): Doc {
    const tags = symbol.getJsDocTags(this.#checker);
    const tagged = (name: string) =>
      tags.filter((tag) => tag.name === name).map(({ text }) => ts.displayPartsToString(text).trim());
    const text = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    return { text, throws: [...new Set(tagged("throws"))], examples: tagged("example") };
  }
}

/** Whether a type is a plain object of settings that is written in our packages. */
function isSettings(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isSettings);
  const [declaration] = type.symbol?.declarations ?? [];
  return (
    declaration !== undefined &&
    isOurs(declaration) &&
    type.getCallSignatures().length === 0 &&
    (ts.isInterfaceDeclaration(declaration) ||
      ts.isTypeLiteralNode(declaration) ||
      ts.isMappedTypeNode(declaration))
  );
}

const isValue = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Value) !== 0;

/** What a file says of itself, in front of everything. */
function headerOf({ text }: ts.SourceFile): Doc {
  return { text: /^\/\*\* ([^*]*) \*\/\n\n/.exec(text)?.[1] ?? "", throws: [], examples: [] };
}

function numpyOf(name: string): string | null {
  const found = (camada as Record<string, unknown>)[name] as { operation?: { numpy?: string } } | undefined;
  return found?.operation?.numpy ?? null;
}
