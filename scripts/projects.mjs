import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

/**
 * The folders in a folder, by their paths from the root.
 * @param {string} folder
 */
const within = (folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);

/** Every folder with a tsconfig.json of its own. */
export function projects() {
  return [...within("packages"), ...within("apps"), "tests", "bench", "scripts"].filter((folder) =>
    existsSync(join(ROOT, folder, "tsconfig.json")),
  );
}

/**
 * What is read of a package.json.
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {Record<string, Record<string, string>>} [exports]
 * @property {Record<string, string>} [dependencies]
 * @property {unknown} [repository]
 */

/** Every package that is published, each after those that it depends on. */
export function packages() {
  const found = within("packages")
    .filter((folder) => existsSync(join(ROOT, folder, "package.json")))
    .map((folder) => {
      /** @type {Manifest} */
      const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
      return { folder, ...manifest };
    });
  /** @type {Set<(typeof found)[number]>} */
  const ordered = new Set();
  /** @param {(typeof found)[number]} one */
  const add = (one) => {
    for (const other of found) if (one.dependencies?.[other.name] !== undefined) add(other);
    ordered.add(one);
  };
  found.forEach(add);
  return [...ordered];
}

/** Those that programs import, with the names of their entries; the others are commands. */
export function libraries() {
  return packages().flatMap(({ exports, ...one }) => {
    // an entry with an extension is a program by itself
    const paths = Object.keys(exports ?? {}).filter((path) => !path.endsWith(".js"));
    return exports === undefined ? [] : { ...one, entries: paths.map((path) => one.name + path.slice(1)) };
  });
}
