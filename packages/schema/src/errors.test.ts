import { FieldwiseError, isFieldwiseError } from "@fieldwise/core";
import { describe, expect, test } from "vitest";
import { InvalidCursor, InvalidItem, ItemExists, ItemNotFound, SchemaError } from "./errors.ts";

const issue = { code: "custom", message: "Wrong", path: ["a.b", 0, "größe"] } as const;
const key = { id: "a", n: 1n, at: new Date(0), raw: new Uint8Array(3) };

describe("errors", () => {
  test.each([
    [new SchemaError("t", "a[*]", "no"), "SchemaError", "Table t, a[*]: no"],
    [new SchemaError("t", "", "no"), "SchemaError", "Table t: no"],
    [
      new InvalidItem("t", [issue as never]),
      "InvalidItem",
      'The item does not fit the schema of table t:\n  "a.b"[0]."größe": Wrong',
    ],
    [
      new ItemNotFound("t", key),
      "ItemNotFound",
      'Table t has no item with the key { id: "a", n: 1, at: 1970-01-01T00:00:00.000Z, raw: 3 bytes }',
    ],
    [
      new ItemExists("t", { id: 1 }),
      "ItemExists",
      "Table t has an item with the key { id: 1 } already",
    ],
    [
      new InvalidCursor("t", "it was changed"),
      "InvalidCursor",
      "The cursor can't be used on table t: it was changed",
    ],
  ])("have a name, a table and a message", (error, name, message) => {
    expect(error).toBeInstanceOf(FieldwiseError);
    expect(isFieldwiseError(error)).toBe(true);
    expect(error.name).toBe(name);
    expect(error.tableName).toBe("t");
    expect(error.message).toBe(message);
  });

  test("of very many issues the message shows twenty", () => {
    const { message, issues } = new InvalidItem(
      "t",
      Array.from({ length: 23 }, () => issue as never),
    );
    expect(issues).toHaveLength(23);
    expect(message.split("\n")).toHaveLength(22);
    expect(message).toMatch(/\n {2}and 3 more$/);
  });
});
