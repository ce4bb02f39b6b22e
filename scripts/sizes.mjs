// What a program costs that uses a little of camada: bundled, minified, compressed, and held below a limit.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { ROOT } from "./setup.mjs";

const BUDGETS = [
  { name: "arrays alone: array, dot, add, print", limit: 15 * 1024, names: ["array", "dot", "add"] },
  { name: "everything", limit: 60 * 1024, names: ["*"] },
];

let failed = false;
for (const { name, limit, names } of BUDGETS) {
  const contents = names.includes("*")
    ? `import * as camada from "camada"; console.log(camada);`
    : `import { ${names} } from "camada"; console.log(String(add(dot(array([[1]]), array([[2]])), 3)));`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
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
