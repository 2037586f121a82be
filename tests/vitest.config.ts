import { defineProject } from "vitest/config";
import { secretProbes } from "./support/secret-probes.ts";

const resolve = { conditions: ["@fieldwise/source"] };

export default defineProject({
  plugins: [secretProbes()],
  resolve,
  ssr: { resolve },
  // What runs globalSetup has an environment of its own, which takes over none of the above.
  environments: { __vitest__: { resolve } },
  test: {
    name: "integration",
    include: ["**/*.test.ts"],
    exclude: ["node_modules/**", "dist/**"],
    setupFiles: ["support/secret-setup.ts"],
    globalSetup: ["support/start-servers.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
