import { defineProject } from "vitest/config";
import { secretProbes } from "../../tests/support/secret-probes.ts";

export default defineProject({
  plugins: [secretProbes()],
  resolve: { conditions: ["@fieldwise/source"] },
  ssr: { resolve: { conditions: ["@fieldwise/source"] } },
  test: {
    name: "testing",
    include: ["src/**/*.test.ts"],
    // Properties take long on a busy machine.
    testTimeout: 30_000,
    setupFiles: ["../../tests/support/secret-setup.ts"],
    // The tests are about servers of our own, whatever the one who runs them has set.
    env: { DYNAMODB_ENDPOINT: "" },
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
  },
});
