// `npm test`: sets everything up and runs every check. `npm test -- print` runs only the tests named so.

import { join } from "node:path";
import { installBrowser, installDependencies, installOracles, ROOT, run } from "./setup.mjs";

installDependencies();
process.env.CHROME_PATH = installBrowser();
installOracles();

/** @param {string} name */
const bin = (name) => join(ROOT, "node_modules", ".bin", name);
const named = process.argv.slice(2);

if (named.length === 0) {
  check("format and lint", bin("biome"), ["check", "--error-on-warnings"]);
  const { projects } = await import("./projects.mjs");
  for (const project of projects()) check(`types, TypeScript 6: ${project}`, bin("tsc"), ["-p", project]);
  for (const project of projects()) {
    check(`types, TypeScript 7: ${project}`, process.execPath, [
      join(ROOT, "node_modules/typescript-7/bin/tsc"),
      "-p",
      project,
    ]);
  }
  check("unused code and dependencies", bin("knip"), []);
  check("sizes", process.execPath, ["scripts/sizes.mjs"]);
}
check("tests", bin("vitest"), ["run", ...named]);

/**
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 */
function check(name, command, args) {
  console.log(`\n· ${name}`);
  run(command, args);
}
