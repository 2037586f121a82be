import { defineProject } from "vitest/config";

const resolve = { conditions: ["@fieldwise/source"] };

export default defineProject({
  resolve,
  ssr: { resolve },
  test: { name: "benchmarks", include: ["**/*.test.ts"], testTimeout: 30_000 },
});
