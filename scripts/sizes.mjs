// What a program costs that uses a little of camada: bundled, minified, compressed, and held below a limit.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { BUDGETS } from "./budgets.mjs";
import { ROOT } from "./setup.mjs";

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
