// `npm run build`: sets everything up and makes what is published: packages/*/dist, and the lab in apps/lab/dist.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { installDependencies, ROOT } from "./setup.mjs";

installDependencies();
const { buildPackages } = await import("./packages.mjs");
buildPackages();
const { build } = await import("vite");
await build({ configFile: join(ROOT, "apps/lab/vite.config.ts") });
// for `camada lab`
cpSync(join(ROOT, "apps/lab/dist"), join(ROOT, "packages/cli/dist/lab"), { recursive: true });
