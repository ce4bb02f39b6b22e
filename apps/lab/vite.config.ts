import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { lessonPages } from "./build/plugin.js";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  appType: "mpa",
  plugins: [lessonPages()],
  resolve: { conditions: ["camada-source", ...defaultClientConditions] },
  worker: { format: "es" },
  build: { target: "es2022", emptyOutDir: true, assetsInlineLimit: 0 },
});
