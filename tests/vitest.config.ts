import { defineProject } from "vitest/config";

const resolve = { conditions: ["@fieldwise/source"] };

export default defineProject({
  resolve,
  ssr: { resolve },
  // What runs globalSetup has an environment of its own, which takes over none of the above.
  environments: { __vitest__: { resolve } },
  test: {
    name: "integration",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**"],
    globalSetup: ["support/start-servers.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
