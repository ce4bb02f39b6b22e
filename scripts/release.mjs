// Publishes every package, from CI, whose signature tells where each was made. With `--dry-run` it says what would
// be published and what stands against it. `npm run release` builds all of it before.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packages } from "./projects.mjs";
import { ROOT, run, tell } from "./setup.mjs";

/**
 * What stands against a release, each in English and Portuguese.
 * @param {ReturnType<typeof packages>} published
 * @param {string} changelog
 * @returns {(readonly [string, string])[]}
 */
export function obstacles(published, changelog) {
  const [{ version }] = /** @type {[(typeof published)[number]]} */ (published);
  /** @type {(readonly [string, string])[]} */
  const found = [];
  for (const one of published) {
    const { name, dependencies = {}, repository } = one;
    if (one.version !== version) {
      found.push([
        `${name} is ${one.version}, and not ${version} as the others are.`,
        `${name} está em ${one.version}, e não em ${version} como os outros.`,
      ]);
    }
    for (const other of published) {
      const wanted = dependencies[other.name];
      if (wanted !== undefined && wanted !== other.version) {
        found.push([
          `${name} asks for ${other.name} ${wanted}, which is ${other.version}.`,
          `${name} pede ${other.name} ${wanted}, que está em ${other.version}.`,
        ]);
      }
    }
    if (repository === undefined) {
      found.push([
        `${name} names no repository, and npm compares it with the one that it was made from.`,
        `${name} não indica o repositório, e o npm o compara com aquele de onde foi feito.`,
      ]);
    }
  }
  if (!changelog.includes(`\n## ${version} `)) {
    found.push([
      `CHANGELOG.md has no section for ${version}, "## ${version} (date)".`,
      `CHANGELOG.md não tem uma seção para ${version}, "## ${version} (data)".`,
    ]);
  }
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dryRun = process.argv.includes("--dry-run");
  const published = packages();
  const found = obstacles(published, readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"));
  for (const obstacle of found) tell(...obstacle);
  if (found.length > 0 && !dryRun) process.exit(1);
  const workspaces = published.map(({ folder }) => `--workspace=${folder}`);
  run("npm", ["publish", "--loglevel=warn", ...workspaces, ...(dryRun ? ["--dry-run"] : [])]);
}
