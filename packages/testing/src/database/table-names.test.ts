import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniqueTableNames } from "./table-names.ts";

describe("uniqueTableNames", () => {
  it("puts a prefix before the name that no other database has", () => {
    const [name, other] = [uniqueTableNames()("orders"), uniqueTableNames()("orders")];
    expect(name).toMatch(/^test-[0-9a-f]{16}-orders$/);
    expect(other).not.toBe(name);
  });

  it("gives what DynamoDB allows, and different names different ones", () => {
    const part = fc.string({
      unit: fc.constantFrom("a", "Z", "7", "_", ".", "-", "/", ":", " ", "é", "😀"),
      maxLength: 300,
    });
    const long = fc
      .tuple(fc.constantFrom("a".repeat(254), "a/b", "a_b"), part)
      .map((p) => p.join(""));
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(part, long), { maxLength: 5 }), (names) => {
        const tableName = uniqueTableNames();
        const unique = names.map(tableName);
        for (const name of unique) expect(name).toMatch(/^test-[a-zA-Z0-9_.-]{5,250}$/);
        expect(new Set(unique).size).toBe(names.length);
        expect(names.map(tableName)).toEqual(unique);
      }),
    );
  });

  it("tells apart two long names that differ at their end only", () => {
    const tableName = uniqueTableNames();
    const [first, second] = [tableName("o".repeat(254) + "a"), tableName("o".repeat(254) + "b")];
    expect(first).toHaveLength(255);
    expect(second).toHaveLength(255);
    expect(second).not.toBe(first);
  });
});
