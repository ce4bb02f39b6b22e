// `npm run build`: sets everything up and makes what is published: packages/*/dist, and the lab in apps/lab/dist.
import { installDependencies } from "./setup.mjs";

installDependencies();
const { buildPackages } = await import("./packages.mjs");
await buildPackages();
