import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

/** Every folder with a tsconfig.json of its own. */
export function projects() {
  const within = (folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);
  return [...within("packages"), ...within("apps"), "tests", "bench"].filter((folder) =>
    existsSync(join(ROOT, folder, "tsconfig.json")),
  );
}
