import ts from "typescript";
import type { LessonCode } from "./messages/index.js";

/** A cell as the body of a function, and what it has to do with other cells. */
export interface Dissected {
  /** Its code, with imports taken from `$modules` and names of other cells from `$scope`. */
  readonly body: string;
  /** What it makes for later cells: what it declares at the top level and what it imports. */
  readonly makes: readonly string[];
  /** What it takes from the cells before it. */
  readonly takes: readonly string[];
}

/** A piece of the code and what stands there instead. */
type Edit = readonly [from: number, to: number, text: string];

/** Takes a cell apart. `made` are the names of the cells before it; `fail` refuses a line, from 1. */
export function dissect(
  code: string,
  made: ReadonlySet<string>,
  fail: (code: LessonCode, line: number) => never,
): Dissected {
  const { file, checker } = bind(code);
  const edits: Edit[] = [];
  const makes: string[] = [];
  const takes = new Set<string>();
  for (const statement of file.statements) {
    const line = file.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
    if (isExport(statement)) fail("cell.export", line);
    if (ts.isImportDeclaration(statement)) {
      const found = imported(statement) ?? fail("cell.import", line);
      makes.push(...found.names);
      edits.push([statement.getStart(), statement.end, found.text + keep(found.names)]);
    } else {
      const names = declared(statement);
      makes.push(...names);
      edits.push([statement.end, statement.end, keep(names, isAssignable(statement))]);
    }
  }
  for (const name of freeNames(file, checker)) {
    if (!made.has(name.text)) continue;
    takes.add(name.text);
    edits.push([name.getStart(), name.end, fromScope(name)]);
  }
  return { body: edited(code, edits), makes, takes: [...takes] };
}

/** The cell with its names resolved; those of other cells and of JavaScript itself are not known to it. */
function bind(code: string): { file: ts.SourceFile; checker: ts.TypeChecker } {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022, true);
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === file.fileName ? file : undefined),
    fileExists: (name) => name === file.fileName,
    readFile: () => undefined,
    writeFile: () => {},
    getDefaultLibFileName: () => "",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
  };
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 };
  return { file, checker: ts.createProgram([file.fileName], options, host).getTypeChecker() };
}

/** Identifiers that mean something from outside the cell. */
function freeNames(file: ts.SourceFile, checker: ts.TypeChecker): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && isReference(node)) {
      const symbol = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      if (symbol === undefined) found.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether an identifier names a variable: not a property after a dot, nor a label. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isQualifiedName(parent)) return parent.right !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  return !(ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent));
}

/** A reference to another cell's name; called, it must not take the scope for its `this`. */
function fromScope(name: ts.Identifier): string {
  const { parent, text } = name;
  if (ts.isShorthandPropertyAssignment(parent)) return `${text}: $scope.${text}`;
  const called =
    (ts.isCallExpression(parent) && parent.expression === name) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === name);
  return called ? `(0, $scope.${text})` : `$scope.${text}`;
}

/** Keeps names in the scope as soon as they have values; variables that may change, as they change. */
function keep(names: readonly string[], assignable = false): string {
  if (names.length === 0) return "";
  const kept = assignable
    ? names.map((name) => `get ${name}() { return ${name}; }, set ${name}(value) { ${name} = value; }`)
    : names;
  return `; Object.defineProperties($scope, Object.getOwnPropertyDescriptors({ ${kept.join(", ")} }));`;
}

const isExport = (statement: ts.Statement): boolean =>
  ts.isExportDeclaration(statement) ||
  ts.isExportAssignment(statement) ||
  (ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));

const isAssignable = (statement: ts.Statement): boolean =>
  ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Const) === 0;

/** An import as variables of its own; undefined where it is not by name, or not from camada. */
function imported({ importClause, moduleSpecifier }: ts.ImportDeclaration) {
  const bindings = importClause?.namedBindings;
  if (importClause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings))
    return undefined;
  if ((moduleSpecifier as ts.StringLiteral).text !== "camada") return undefined;
  const typesOnly = importClause!.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const elements = bindings.elements.filter(({ isTypeOnly }) => !typesOnly && !isTypeOnly);
  const pairs = elements.map(({ propertyName, name }) =>
    propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`,
  );
  return {
    names: elements.map(({ name }) => name.text),
    text: `const { ${pairs.join(", ")} } = $modules.camada`,
  };
}

function declared(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return named && statement.name !== undefined ? [statement.name.text] : [];
}

function bound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)));
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = "";
  let at = 0;
  for (const [from, to, instead] of [...edits].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    text += code.slice(at, from) + instead;
    at = to;
  }
  return text + code.slice(at);
}
