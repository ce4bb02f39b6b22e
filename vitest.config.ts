import { configDefaults, defineConfig } from "vitest/config";

/** What looks at packages as people install them: they are built and installed once, before all of these. */
const PACKAGING = "tests/packaging/*.test.ts";
/** What looks at the built lab, in a browser. */
const BROWSER = "tests/browser/*.test.ts";

export default defineConfig({
  resolve: { conditions: ["camada-source"] },
  ssr: { resolve: { conditions: ["camada-source"] } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // every core: left to itself, vitest keeps one of two for what nobody does
    maxWorkers: "100%",
    // pages have the patience of the rest of a test, not the second that is usual
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: { name: "packaging", include: [PACKAGING], globalSetup: "tests/packaging/install.ts" },
      },
      {
        extends: true,
        test: { name: "browser", include: [BROWSER], globalSetup: "tests/browser/build.ts" },
      },
      {
        extends: true,
        test: {
          name: "sources",
          include: [
            "packages/*/src/**/*.test.ts",
            "apps/*/src/**/*.test.ts",
            "bench/*.test.ts",
            "tests/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, PACKAGING, BROWSER],
        },
      },
    ],
  },
});
