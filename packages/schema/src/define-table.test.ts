import * as z from "zod";
import * as zod3 from "zod/v3";
import { describe, expect, it } from "vitest";
import { epochSeconds, isoDate } from "./index.ts";
import { defineTable } from "./define-table.ts";
import { SchemaError } from "./errors.ts";

const schema = z.object({
  id: z.string(),
  n: z.number(),
  note: z.string().optional(),
  list: z.array(z.string()),
  flag: z.boolean(),
  nullable: z.string().nullable(),
  mixed: z.union([z.string(), z.number()]),
  any: z.any(),
  at: isoDate(),
  until: epochSeconds().optional(),
});

// As untyped callers do: the compiler refuses all of these.
const define = defineTable as unknown as (definition: object) => unknown;
const rest = { name: "t", schema, partitionKey: "id" };

describe("defineTable refuses", () => {
  it.each<readonly [string, object, string]>([
    ["a key that is not there", { partitionKey: "nope" }, "Table t, nope: "],
    [
      "a key that may be absent",
      { sortKey: "note" },
      "Table t, note: a key attribute must be required",
    ],
    [
      "a list as a key",
      { sortKey: "list" },
      "Table t, list: a key attribute must be stored as a string",
    ],
    ["any as a key", { sortKey: "any" }, "Table t, any: "],
    ["a nullable key", { sortKey: "nullable" }, "Table t, nullable: "],
    [
      "one attribute as both keys",
      { sortKey: "id" },
      "Table t, id: can be in the primary key only once",
    ],
    [
      "an index key that is not there",
      { indexes: { byX: { partitionKey: "nope" } } },
      "Table t, nope: is the key of index byX, but the schema has no such attribute",
    ],
    [
      "an index key that is no key",
      { indexes: { byX: { partitionKey: "flag" } } },
      "Table t, flag: is the key of index byX, so it must be stored as a string, a number or binary, and always as the same; it is stored as BOOL",
    ],
    [
      "an index key of two types",
      { indexes: { byX: { partitionKey: "id", sortKey: "mixed" } } },
      "it is stored as S or N",
    ],
    [
      "a nullable index key",
      { indexes: { byX: { partitionKey: "nullable" } } },
      "it is stored as NULL or S",
    ],
    [
      "a local index of a table without a sort key",
      { indexes: { byX: { sortKey: "n" } } },
      "Table t, indexes.byX: an index without a partitionKey is a local one",
    ],
    [
      "a local index without a sort key",
      { sortKey: "n", indexes: { byX: {} } },
      "Table t, indexes.byX: an index without a partitionKey is a local one",
    ],
    [
      "a local index of two sort keys",
      { sortKey: "n", indexes: { byX: { sortKey: ["note", "at"] } } },
      "Table t, indexes.byX: ",
    ],
    [
      "five attributes of a key",
      { indexes: { byX: { partitionKey: ["id", "n", "note", "at", "until"] } } },
      "Table t, indexes.byX: one to four attributes",
    ],
    [
      "no attributes of a key",
      { indexes: { byX: { partitionKey: [] } } },
      "one to four attributes",
    ],
    [
      "an attribute twice in a key",
      { indexes: { byX: { partitionKey: ["id", "n"], sortKey: "id" } } },
      "Table t, id: can be in the key of index byX only once",
    ],
    [
      "a projection of what is not there",
      { indexes: { byX: { partitionKey: "n", projection: ["nope"] } } },
      "Table t, nope: is projected by index byX, but the schema has no such attribute",
    ],
    [
      "a projection of nothing",
      { indexes: { byX: { partitionKey: "n", projection: [] } } },
      "Table t, indexes.byX: its projection lists no attribute",
    ],
    [
      "a time to live that is no number",
      { ttl: "at" },
      "Table t, at: is the time to live, so it must be stored as a number",
    ],
    ["a time to live that is not there", { ttl: "nope" }, "Table t, nope: is the time to live"],
    [
      "a schema of no object",
      { schema: z.string() },
      "Table t: the schema of a table must be z.object()",
    ],
    [
      "members without z.object()",
      { schema: { id: z.string() } },
      "Table t: is no schema of zod 4. Make it with zod 4, as by z.object()",
    ],
    [
      "a schema of zod 3",
      { schema: zod3.object({ id: zod3.string() }) },
      "Table t: is no schema of zod 4",
    ],
    [
      "a member of zod 3",
      { schema: z.object({ id: z.string(), list: z.array(zod3.string() as never) }) },
      "Table t, list[*]: is no schema of zod 4",
    ],
    [
      "a member that is undefined",
      { schema: z.object({ id: z.string(), n: undefined as never }) },
      "Table t, n: is no schema of zod 4",
    ],
    [
      "a transform without a way back",
      { schema: z.object({ id: z.string(), n: z.string().transform(Number) }) },
      "Table t, n: ",
    ],
  ])("%s", (_, definition, message) => {
    const attempt = () => define({ ...rest, ...definition });
    expect(attempt).toThrow(SchemaError);
    expect(attempt).toThrow(message);
  });
});

it("takes all that a table can have", () => {
  const table = defineTable({
    ...rest,
    name: "all",
    partitionKey: "id",
    sortKey: "at",
    indexes: {
      byNote: { partitionKey: ["note", "n"], sortKey: ["until"], projection: ["flag"] },
      local: { sortKey: "n", projection: "keys" },
    },
    ttl: "until",
    billing: { maxReadRequestUnits: 5, maxWriteRequestUnits: 5 },
    stream: "KEYS_ONLY",
    tags: { team: "a" },
    deletionProtection: true,
  });
  expect(table).toMatchObject({ name: "all", schema, ttl: "until" });
  expect(table.definition).toEqual({
    partitionKey: { name: "id", type: "S" },
    sortKey: { name: "at", type: "S" },
    globalSecondaryIndexes: {
      byNote: {
        partitionKey: [
          { name: "note", type: "S" },
          { name: "n", type: "N" },
        ],
        sortKey: [{ name: "until", type: "N" }],
        projection: ["flag"],
      },
    },
    localSecondaryIndexes: {
      local: { sortKey: { name: "n", type: "N" }, projection: "KEYS_ONLY" },
    },
    billing: { maxReadRequestUnits: 5, maxWriteRequestUnits: 5 },
    stream: "KEYS_ONLY",
    tags: { team: "a" },
    deletionProtection: true,
  });
});

it("keyOf gives the primary key of an item, and nothing else", () => {
  const one = defineTable({ name: "one", schema, partitionKey: "id" });
  const both = defineTable({ name: "both", schema, partitionKey: "id", sortKey: "n" });
  const item = { id: "a", n: 1, note: "x" };
  expect(one.keyOf(item)).toEqual({ id: "a" });
  expect(both.keyOf(item)).toEqual({ id: "a", n: 1 });
});
