import { copyFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { packages } from "./projects.mjs";
import { ROOT, run } from "./setup.mjs";

/**
 * Makes what is published: the lab as static files, in apps/lab/dist, and each package's dist/: one file of
 * JavaScript and one of declarations for each source file, so that bundlers can drop what is not used. What
 * packages take along from elsewhere is copied into them: the command has the lessons and the lab.
 * @param {import("vite").LogLevel} [logLevel]
 */
export async function buildPackages(logLevel) {
  for (const { folder } of packages()) {
    rmSync(join(ROOT, folder, "dist"), { recursive: true, force: true });
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `${folder}/tsconfig.build.json`]);
    copyFileSync(join(ROOT, "LICENSE"), join(ROOT, folder, "LICENSE"));
  }
  await build({ configFile: join(ROOT, "apps/lab/vite.config.ts"), ...(logLevel && { logLevel }) });
  const taken = { lessons: "lessons", lab: "apps/lab/dist" };
  for (const [name, from] of Object.entries(taken)) {
    cpSync(join(ROOT, from), join(ROOT, "packages/cli/dist", name), { recursive: true });
  }
}
