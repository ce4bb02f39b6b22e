import { Bytes } from "./bytes.js";
import { Code, TYPES, type ValueType } from "./code.js";

export { Code, type ValueType };

/** A module's one memory, in pages of 64 KiB. */
interface Memory {
  readonly min: number;
  readonly max?: number;
  /** For threads; then `max` must be given. */
  readonly shared?: boolean;
  /** The module and name to import it as. Else it is the module's own, exported as "memory". */
  readonly from?: readonly [module: string, name: string];
}

interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface Declared {
  readonly name: string | null;
  readonly type: number;
  code: Uint8Array | null;
}

/**
 * A WebAssembly module, written byte by byte: no file to load, nothing to build (WebAssembly Core
 * Specification 2.0, section 5.5; the threads proposal for shared memory).
 */
export class Assembler {
  /** The module's memory, if it has one. */
  memory: Memory | undefined;
  private readonly types = new Map<string, Signature>();
  private readonly imports: { module: string; name: string; type: number }[] = [];
  private readonly globals: Uint8Array[] = [];
  private readonly functions: Declared[] = [];
  private readonly kept = new Map<string, number>();

  constructor(memory?: Memory) {
    this.memory = memory;
  }

  /** A function of the host's; its index. Imports come before all functions. */
  importFunction(
    module: string,
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[],
  ): number {
    if (this.functions.length > 0) throw new Error("imports come before functions: indices would shift");
    return this.imports.push({ module, name, type: this.typeOf({ params, results }) }) - 1;
  }

  /**
   * A function; its index. It is exported if it has a name. Its index is settled before `body` writes it, so
   * that it may call itself, and `body` may add functions that it calls.
   */
  function(
    name: string | null,
    params: readonly ValueType[],
    results: readonly ValueType[],
    body: (code: Code) => void,
  ): number {
    const declared: Declared = { name, type: this.typeOf({ params, results }), code: null };
    const index = this.imports.length + this.functions.push(declared) - 1;
    const code = new Code(this, params);
    body(code);
    declared.code = code.done();
    return index;
  }

  /** What `make` gave the first time for `key`: a function that several others call. */
  once(key: string, make: () => number): number {
    const kept = this.kept.get(key) ?? make();
    this.kept.set(key, kept);
    return kept;
  }

  /** A global that holds what the constant instruction that `value` writes gives, and never changes; its index. */
  constant(type: ValueType, value: (code: Code) => void): number {
    const code = new Code(this, []);
    value(code);
    const expression = code.done().subarray(1); // without the count of locals
    return this.globals.push(new Bytes().byte(TYPES[type]).byte(0).append(expression).done()) - 1;
  }

  /** The module's bytes, to compile. */
  build(): Uint8Array<ArrayBuffer> {
    const out = new Bytes().append([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
    const section = (id: number, entries: readonly Uint8Array[]): void => {
      if (entries.length === 0) return;
      const content = new Bytes().unsigned(entries.length);
      for (const entry of entries) content.append(entry);
      out.byte(id).vector(content.done());
    };
    const { memory } = this;
    const own = memory !== undefined && memory.from === undefined;
    section(1, [...this.types.values()].map(signatureBytes));
    section(2, [
      ...this.imports.map(({ module, name, type }) =>
        new Bytes().name(module).name(name).byte(0).unsigned(type).done(),
      ),
      ...(memory?.from === undefined
        ? []
        : [new Bytes().name(memory.from[0]).name(memory.from[1]).byte(2).append(limits(memory)).done()]),
    ]);
    section(
      3,
      this.functions.map(({ type }) => new Bytes().unsigned(type).done()),
    );
    section(5, own ? [limits(memory)] : []);
    section(6, this.globals);
    section(7, [
      ...this.functions.flatMap(({ name }, i) =>
        name === null
          ? []
          : [
              new Bytes()
                .name(name)
                .byte(0)
                .unsigned(this.imports.length + i)
                .done(),
            ],
      ),
      ...(own ? [new Bytes().name("memory").byte(2).unsigned(0).done()] : []),
    ]);
    section(
      10,
      this.functions.map(({ code }) => new Bytes().vector(code!).done()),
    );
    return out.done();
  }

  private typeOf(signature: Signature): number {
    const key = `${signature.params}:${signature.results}`;
    if (!this.types.has(key)) this.types.set(key, signature);
    return [...this.types.keys()].indexOf(key);
  }
}

function signatureBytes({ params, results }: Signature): Uint8Array {
  const types = (list: readonly ValueType[]) => Uint8Array.from(list, (type) => TYPES[type]);
  return new Bytes().byte(0x60).vector(types(params)).vector(types(results)).done();
}

function limits({ min, max, shared = false }: Memory): Uint8Array {
  const out = new Bytes().byte((shared ? 2 : 0) | (max === undefined ? 0 : 1)).unsigned(min);
  return (max === undefined ? out : out.unsigned(max)).done();
}
