import { defineProject } from "vitest/config";

export default defineProject({
  resolve: { conditions: ["@fieldwise/source"] },
  ssr: { resolve: { conditions: ["@fieldwise/source"] } },
  test: {
    name: "testing",
    include: ["src/**/*.test.ts"],
    // The tests are about servers of our own, whatever the one who runs them has set.
    env: { DYNAMODB_ENDPOINT: "" },
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
  },
});
