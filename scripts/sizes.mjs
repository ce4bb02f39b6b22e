// What a program costs that uses a little of camada: bundled, minified, compressed, and held below a limit.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./setup.mjs";

const KB = 1024;
const BUDGETS = [
  {
    name: "arrays alone: array, dot, add, print",
    limit: 15 * KB,
    program: `import { add, array, dot } from "camada";
console.log(String(add(dot(array([[1]]), array([[2]])), 3)));`,
  },
  {
    name: "inference alone: a model of dense layers, asked",
    limit: 88 * KB,
    program: `import { array, dense, input, relu, sequential, softmax } from "camada";
console.log(String(sequential(input(1), dense(2), relu(), softmax()).forward(array([[1]]))));`,
  },
  {
    name: "everything",
    limit: 112 * KB,
    program: `import * as camada from "camada"; console.log(camada);`,
  },
];

let failed = false;
for (const { name, limit, program } of BUDGETS) {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    conditions: ["camada-source"],
    tsconfigRaw: {},
  });
  const size = gzipSync(Buffer.concat(outputFiles.map(({ contents }) => contents)), { level: 9 }).length;
  const fits = size <= limit;
  failed ||= !fits;
  console.log(
    `${(size / 1024).toFixed(1).padStart(6)} KB of ${limit / 1024} KB gzip  ${name}${fits ? "" : "  TOO LARGE"}`,
  );
}
if (failed) process.exit(1);
