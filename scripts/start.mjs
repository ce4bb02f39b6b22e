// `npm start`: installs what is missing, then serves the lab and prints its address.
import { join } from "node:path";
import { installDependencies, ROOT, tell } from "./setup.mjs";

installDependencies();
const { createServer } = await import("vite");
const server = await createServer({
  configFile: join(ROOT, "apps/lab/vite.config.ts"),
});
await server.listen();
tell("The lab is at:", "O laboratório está em:");
server.printUrls();
