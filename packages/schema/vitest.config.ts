import { defineProject } from "vitest/config";

export default defineProject({
  resolve: { conditions: ["@fieldwise/source"] },
  ssr: { resolve: { conditions: ["@fieldwise/source"] } },
  test: {
    name: "schema",
    include: ["src/**/*.test.ts"],
    typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.test.json" },
  },
});
