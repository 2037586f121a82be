import { ExpressionError, InvalidInput } from "@fieldwise/core";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import { isoDate } from "./index.ts";
import { patchActions, upsertActions } from "./patch.ts";
import type { TableTypes } from "./types/table-types.ts";
import type { DefinedTable } from "./define-table.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    n: z.number().max(5).optional(),
    at: isoDate().optional(),
    must: z.string().optional().default("x"),
    tags: z.set(z.string()).optional(),
    wanted: z.set(z.string()),
  }),
  partitionKey: "id",
}) as unknown as DefinedTable<TableTypes>;
const Bare = defineTable({
  name: "bare",
  schema: z.object({ id: z.string() }),
  partitionKey: "id",
}) as unknown as DefinedTable<TableTypes>;
const at = new Date(0);
const patch = (values: object) => patchActions(Things, values).map((action) => action.debug());
const upsert = (item: object) => {
  const { key, actions } = upsertActions(Things, item);
  return [key, actions.map((action) => action.debug())];
};

describe("a patch", () => {
  it("sets and removes", () => {
    expect(patch({ n: 1, at, tags: undefined })).toEqual([
      "SET n = 1",
      'SET at = "1970-01-01T00:00:00.000Z"',
      "REMOVE tags",
    ]);
    expect(patch({ wanted: new Set() })).toEqual(["REMOVE wanted"]);
    expect(patch({})).toEqual([]);
  });

  it("tells all issues at once", () => {
    expect(() => patch({ n: 6, at: "x", tags: new Set([1]) })).toThrow(InvalidItem);
    expect(() => patch({ n: 6, at: "x" })).toThrow(
      /The patch does not fit .*\n {2}n: .*\n {2}at: /,
    );
  });

  it("refuses keys, and attributes that are not there", () => {
    expect(() => patch({ id: "b" })).toThrow(ExpressionError);
    expect(() => patch({ nope: 1 })).toThrow(ExpressionError);
    expect(() => patchActions(Bare, { id: undefined })).toThrow(InvalidInput);
  });
});

describe("an upsert", () => {
  it("sets what the item has, with defaults, and removes sets that it has emptied", () => {
    expect(upsert({ id: "a", at, wanted: new Set(["x"]) })).toEqual([
      { id: "a" },
      ['SET at = "1970-01-01T00:00:00.000Z"', 'SET must = "x"', 'SET wanted = set("x")'],
    ]);
    expect(upsert({ id: "a", tags: new Set(), wanted: new Set() })).toEqual([
      { id: "a" },
      ['SET must = "x"', "REMOVE tags", "REMOVE wanted"],
    ]);
    expect(upsert({ id: "a", wanted: new Set(), unknown: new Set() })).toEqual(
      upsert({ id: "a", wanted: new Set() }),
    );
  });

  it("removes what a codec stores as nothing, and leaves alone what is not given", () => {
    const listed = z.codec(z.set(z.string()), z.array(z.string()), {
      decode: (set) => [...set],
      encode: (list) => new Set(list),
    });
    const nullable = z.codec(z.string().optional(), z.string().nullable(), {
      decode: (text) => text ?? null,
      encode: (text) => text ?? undefined,
    });
    const Coded = defineTable({
      name: "coded",
      schema: z.object({
        id: z.string(),
        tags: listed,
        made: listed.default([]),
        other: listed.optional(),
        note: nullable.optional(),
      }),
      partitionKey: "id",
    }) as unknown as DefinedTable<TableTypes>;
    const changes = (item: object) =>
      upsertActions(Coded, item).actions.map((action) => action.debug());
    expect(changes({ id: "a", tags: [], note: null })).toEqual([
      "REMOVE tags",
      "REMOVE note",
      "REMOVE made",
    ]);
    expect(changes({ id: "a", tags: ["x"], made: ["y"], other: undefined })).toEqual([
      'SET tags = set("x")',
      'SET made = set("y")',
    ]);
    expect(changes({ id: "a", tags: [], made: [], other: [] })).toEqual([
      "REMOVE tags",
      "REMOVE made",
      "REMOVE other",
    ]);
  });

  it("refuses an item of nothing but its key", () => {
    expect(() => upsertActions(Bare, { id: "a" })).toThrow(/nothing but its key/);
  });
});
