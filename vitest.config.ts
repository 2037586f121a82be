import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "tests", "examples", "benchmarks"],
    // By default one core is left to others.
    maxWorkers: "100%",
    coverage: { include: ["packages/*/src/**"], exclude: ["**/*.test.ts", "**/*.test-d.ts"] },
  },
});
