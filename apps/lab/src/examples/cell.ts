/** An example as a cell: it imports what it uses of camada, and prints what stands behind its `//`. */
export function exampleCell(code: string, uses: string): string {
  const shown = code.replace(/^(?!const |let |if |try |\}|\s)(.+);\s*\/\/ .+$/gm, "console.log($1);");
  return `import { ${uses.split(" ").join(", ")} } from "camada";\n${shown}`;
}
