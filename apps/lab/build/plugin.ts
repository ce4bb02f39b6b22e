import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, runnerImport } from "vite";

const app = fileURLToPath(new URL("..", import.meta.url));
const lessons = resolve(app, "../../lessons");

/** What makes pages: those of the lessons, and those of the reference, which takes longer. */
const LESSONS = "build/pages.ts";
const REFERENCE = "build/reference/pages.ts";
interface Made {
  readonly pages: ReadonlyMap<string, string>;
  /** Files beside the pages, by their paths. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/** Makes an HTML page of every lesson and language: `en/03-first-layers/index.html`, and pages that lead to them. */
export function lessonPages(): Plugin {
  const pages = new Map<string, string>();
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  const read = async (from: typeof LESSONS | typeof REFERENCE) => {
    // The pages are made by TypeScript sources that this config's own bundle does not hold.
    const { module } = await runnerImport<Made>(join(app, from), {
      environments: {
        inline: { resolve: { conditions: ["camada-source"], noExternal: ["camada", /^@camada\//] } },
      },
    });
    files = module.files ?? files;
    for (const [path, html] of module.pages) pages.set(resolve(app, path), html);
  };
  return {
    name: "lesson-pages",
    enforce: "pre",
    async config(_, { command }) {
      if (command !== "build") return {};
      await read(LESSONS);
      await read(REFERENCE);
      return { build: { rollupOptions: { input: [...pages.keys(), resolve(app, "src/sw.ts")] } } };
    },
    resolveId: (id) => (pages.has(id) ? id : null),
    load: (id) => pages.get(id) ?? null,
    generateBundle() {
      for (const [fileName, source] of files) this.emitFile({ type: "asset", fileName, source });
    },
    configureServer(server) {
      server.watcher.add(lessons);
      server.watcher.on("change", (file) => {
        if (file.startsWith(lessons)) server.ws.send({ type: "full-reload" });
      });
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname.replace(/\/index\.html$/, "/");
        const file = files.get(path.slice(1));
        if (file !== undefined) return response.end(file);
        if (!path.endsWith("/")) return next();
        read(/\/reference\//.test(path) ? REFERENCE : LESSONS)
          .then(() => pages.get(resolve(app, `.${path}index.html`)))
          .then((html) => (html === undefined ? undefined : server.transformIndexHtml(path, html)))
          .then((html) => {
            if (html === undefined) return next();
            response.setHeader("content-type", "text/html; charset=utf-8").end(html);
          })
          .catch(next);
      });
    },
  };
}
