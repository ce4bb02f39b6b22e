import { copyFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packages } from "./projects.mjs";
import { ROOT, run } from "./setup.mjs";

/**
 * Makes each package's dist/: one file of JavaScript and one of declarations for each source file, so that
 * bundlers can drop what is not used. What packages take along from elsewhere is copied into them.
 */
export function buildPackages() {
  for (const { folder } of packages()) {
    rmSync(join(ROOT, folder, "dist"), { recursive: true, force: true });
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `${folder}/tsconfig.build.json`]);
    copyFileSync(join(ROOT, "LICENSE"), join(ROOT, folder, "LICENSE"));
  }
  cpSync(join(ROOT, "lessons"), join(ROOT, "packages/cli/dist/lessons"), { recursive: true });
}
