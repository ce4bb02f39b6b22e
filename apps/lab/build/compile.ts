import ts from "typescript";

export interface Compiled {
  /** A JavaScript module: `export default async (modules, scope, console) => ({ ...names })`. */
  readonly code: string;
  /** What the cell declares or imports: later cells see it. */
  readonly names: readonly string[];
}

/** Compiles a cell to a module that takes what earlier cells made (`known`) and returns what it makes. */
export function compileCell(source: string, known: ReadonlySet<string>): Compiled {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const names: string[] = [];
  let body = "";
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) body += importOf(statement, names);
    else {
      body += statement.getFullText();
      names.push(...declared(statement));
    }
  }
  const used = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const given = [...known].filter((name) => used.has(name) && !names.includes(name));
  const head = given.length > 0 ? `const { ${given.join(", ")} } = scope;\n` : "";
  const module = `export default async (modules, scope, console) => {\n${head}${body}\nreturn { ${names.join(", ")} };\n};\n`;
  const { outputText } = ts.transpileModule(module, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return { code: outputText, names };
}

function importOf(statement: ts.ImportDeclaration, names: string[]): string {
  const clause = statement.importClause;
  if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return "";
  const from = `modules[${statement.moduleSpecifier.getText()}]`;
  const bindings = clause.namedBindings;
  if (bindings === undefined) return "";
  if (ts.isNamespaceImport(bindings)) {
    names.push(bindings.name.text);
    return `const ${bindings.name.text} = ${from};\n`;
  }
  const parts = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map(({ name, propertyName }) => {
      names.push(name.text);
      return propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`;
    });
  return `const { ${parts.join(", ")} } = ${from};\n`;
}

function declared(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  }
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name === undefined ? [] : [statement.name.text];
  }
  return [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)));
}
