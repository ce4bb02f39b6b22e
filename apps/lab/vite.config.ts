import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";
import { declarations } from "./build/declarations.js";
import { offlineList } from "./build/offline.js";
import { lessonPages } from "./build/plugin.js";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  appType: "mpa",
  plugins: [lessonPages(), declarations(), offlineList()],
  resolve: { conditions: ["camada-source", ...defaultClientConditions] },
  worker: { format: "es", plugins: () => [declarations()] },
  // what is found only when a page asks for it loads a page anew that someone has begun to read
  optimizeDeps: { entries: ["src/**/*.ts", "!**/*.test.ts"] },
  build: {
    target: "es2022",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rollupOptions: {
      // a service worker keeps the folder that it stands in, under a name that stays
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
