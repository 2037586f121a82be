import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "vitest/node";

// Vitest passes over type tests without a word where a package's own configuration does not ask for them.

const packages = new URL("../../packages/", import.meta.url);

describe.each(readdirSync(packages))("packages/%s", (name) => {
  it("has its type tests run", async () => {
    const root = fileURLToPath(new URL(name, packages));
    const { vitestConfig } = await resolveConfig({ root });
    expect(vitestConfig.typecheck).toMatchObject({
      enabled: true,
      include: ["src/**/*.test-d.ts"],
    });
    expect(vitestConfig.typecheck.ignoreSourceErrors).not.toBe(true);
  });
});
