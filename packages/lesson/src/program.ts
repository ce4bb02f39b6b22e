import ts from "typescript";
import type { Cell } from "./lesson.js";

/**
 * A cell as a module of plain JavaScript: `export default async (modules, scope, console) => { ... }`. What
 * it declares goes into `scope`, where later cells find it. So cells run by importing modules: nothing is
 * ever evaluated from text.
 */
export interface CompiledCell {
  readonly id: string;
  readonly module: string;
  /** The names it declares. */
  readonly declares: readonly string[];
}

/** Compiles cells in order; each may use what those before it import and declare. */
export function compileCells(cells: readonly Cell[]): CompiledCell[] {
  const known = new Set<string>();
  return cells.map(({ id, code }) => {
    const { body, declares, imports } = dissect(code);
    const taken = [...known].filter((name) => !declares.includes(name) && !imports.includes(name));
    const source = [
      "export default async (modules, scope, console) => {",
      taken.length > 0 ? `const { ${taken.join(", ")} } = scope;` : "",
      body,
      "};",
    ].join("\n");
    for (const name of [...declares, ...imports]) known.add(name);
    const module = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    }).outputText;
    return { id, module, declares };
  });
}

/** The code with its imports taken from `modules`, and every top-level name kept in `scope`. */
function dissect(code: string): { body: string; declares: string[]; imports: string[] } {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const declares: string[] = [];
  const imports: string[] = [];
  const parts = file.statements.map((statement) => {
    const text = code.slice(statement.getStart(), statement.end);
    if (ts.isImportDeclaration(statement)) {
      const from = (statement.moduleSpecifier as ts.StringLiteral).text;
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) return "";
      const names = bindings.elements.filter((element) => !element.isTypeOnly);
      imports.push(...names.map((element) => element.name.text));
      const pairs = names.map(({ propertyName, name }) =>
        propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`,
      );
      return `const { ${pairs.join(", ")} } = modules[${JSON.stringify(from)}];\n${keep(names.map(({ name }) => name.text))}`;
    }
    const names = declaredBy(statement);
    declares.push(...names);
    return names.length > 0 ? `${text}\n${keep(names)}` : text;
  });
  return { body: parts.join("\n"), declares, imports };
}

function keep(names: readonly string[]): string {
  return `Object.assign(scope, { ${names.join(", ")} });`;
}

function declaredBy(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundBy(element.name)));
}
