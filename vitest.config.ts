import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["camada-source"] },
  ssr: { resolve: { conditions: ["camada-source"] } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "apps/*/src/**/*.test.ts",
      "bench/*.test.ts",
      "tests/**/*.test.ts",
      "scripts/**/*.test.ts",
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
