import { readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";

/** Lists the built files that the service worker keeps. */
export function offlineList(): Plugin {
  return {
    name: "offline-list",
    apply: "build",
    writeBundle({ dir }) {
      const files = readdirSync(dir!, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(dir!, join(parentPath, name)).replaceAll("\\", "/"))
        // browsers that know service workers know woff2; other scripts' letters come when they are needed
        .filter((path) => !/\.woff$|(cyrillic|greek|vietnamese).*\.woff2$|^sw\.js$/.test(path));
      writeFileSync(join(dir!, "offline.json"), JSON.stringify(files.sort()));
    },
  };
}
