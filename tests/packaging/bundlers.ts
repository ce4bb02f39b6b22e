/// <reference types="node" />
import { basename, dirname } from "node:path";
import { build as esbuild } from "esbuild";
import { createServer, build as vite } from "vite";
import webpack from "webpack";

/** Bundles a file of JavaScript for pages into a folder, as `page.js` and what it needs beside it. */
export type Bundle = (file: string, outdir: string, options: { readonly minify: boolean }) => Promise<void>;

export const BUNDLERS: Readonly<Record<string, Bundle>> = {
  async esbuild(file, outdir, { minify }) {
    await esbuild({
      // esbuild follows no addresses of workers: as the README says, the file of the threads is named to it
      entryPoints: [
        { in: file, out: "page" },
        { in: "camada/thread.js", out: "thread" },
      ],
      absWorkingDir: dirname(file),
      bundle: true,
      minify,
      format: "esm",
      outdir,
      logLevel: "error",
    });
  },

  async vite(file, outDir, { minify }) {
    await vite({
      configFile: false,
      root: dirname(file),
      base: "./",
      logLevel: "error",
      build: {
        outDir,
        emptyOutDir: true,
        minify,
        target: "es2022",
        rollupOptions: {
          input: file,
          preserveEntrySignatures: false,
          output: { entryFileNames: "page.js" },
        },
      },
    });
  },

  webpack: (file, path, { minify: minimize }) =>
    new Promise((resolve, reject) => {
      const compiler = webpack({
        mode: "production",
        context: dirname(file),
        entry: `./${basename(file)}`,
        output: { path, filename: "page.js" },
        optimization: { minimize },
        // size is held by a limit of ours
        performance: false,
      });
      compiler?.run((error, stats) => {
        if (error !== null || stats?.hasErrors()) reject(error ?? new Error(stats?.toString("errors-only")));
        else compiler.close(() => resolve());
      });
    }),
};

/** The pages of a folder as Vite serves them while they are worked on, packages found and bundled by itself. */
export async function serveByVite(root: string, headers: Readonly<Record<string, string>>) {
  const server = await createServer({
    configFile: false,
    root,
    cacheDir: `${root}/.vite`,
    logLevel: "error",
    server: { port: 0, headers: { ...headers } },
  });
  await server.listen();
  return { base: server.resolvedUrls!.local[0]!, close: () => server.close() };
}
