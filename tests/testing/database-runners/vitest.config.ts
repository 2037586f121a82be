import { defineConfig } from "vitest/config";

const resolve = { conditions: ["@fieldwise/source"] };

export default defineConfig({
  root: import.meta.dirname,
  resolve,
  ssr: { resolve },
  test: { include: ["vitest.ts"], testTimeout: 30_000 },
});
