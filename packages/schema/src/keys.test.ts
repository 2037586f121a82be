import { InvalidInput } from "@fieldwise/core";
import * as z from "zod";
import { expect, it } from "vitest";
import { defineTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import { bytes, isoDate } from "./index.ts";
import { toKeyCondition } from "./keys.ts";

const { codec } = defineTable({
  name: "t",
  schema: z.object({
    id: z.string(),
    at: isoDate(),
    n: z.number().max(10),
    b: bytes(),
    text: z.string(),
    month: z.codec(z.string().regex(/^\d{4}-\d\d$/), z.object({ year: z.int(), month: z.int() }), {
      decode: (value) => ({ year: Number(value.slice(0, 4)), month: Number(value.slice(5)) }),
      encode: ({ year, month }) => `${year}-${String(month).padStart(2, "0")}`,
    }),
  }),
  partitionKey: "id",
});
const query = (condition: object, sort: readonly string[] = ["at"], partition = ["id"]) =>
  toKeyCondition(condition, { partition, sort, place: "table t", codec }).debug();
const at = new Date("2026-01-01T00:00:00Z");
const text = '"2026-01-01T00:00:00.000Z"';

it.each<readonly [object, string]>([
  [{ id: "a" }, 'id = "a"'],
  [{ id: "a", at: undefined }, 'id = "a"'],
  [{ id: "a", at }, `id = "a" AND at = ${text}`],
  [{ id: "a", at: { eq: at } }, `id = "a" AND at = ${text}`],
  [{ at: { lt: at }, id: "a" }, `id = "a" AND at < ${text}`],
  [{ id: "a", at: { lte: at } }, `id = "a" AND at <= ${text}`],
  [{ id: "a", at: { gt: at } }, `id = "a" AND at > ${text}`],
  [{ id: "a", at: { gte: at } }, `id = "a" AND at >= ${text}`],
  [{ id: "a", at: { between: [at, at] } }, `id = "a" AND at BETWEEN ${text} AND ${text}`],
  [{ id: "a", at: { beginsWith: "2026" } }, 'id = "a" AND begins_with(at, "2026")'],
])("makes a key condition of %j", (condition, expected) => {
  expect(query(condition)).toBe(expected);
});

it("takes binary values, and does not hold values to refinements", () => {
  const b = new Uint8Array([1]);
  expect(query({ id: "a", b }, ["b"])).toBe('id = "a" AND b = binary "AQ=="');
  expect(query({ id: "a", b: { beginsWith: b } }, ["b"])).toBe(
    'id = "a" AND begins_with(b, binary "AQ==")',
  );
  expect(query({ id: "a", n: { lt: 100 } }, ["n"])).toBe('id = "a" AND n < 100');
});

it("takes values that are objects in the application", () => {
  const month = { year: 2026, month: 1 };
  expect(query({ id: "a", month }, ["month"])).toBe('id = "a" AND month = "2026-01"');
  expect(query({ id: "a", month: { gte: month } }, ["month"])).toBe(
    'id = "a" AND month >= "2026-01"',
  );
  expect(() => query({ id: "a", month: { year: 2026 } }, ["month"])).toThrow("not year");
});

it("takes several attributes of an index from left to right", () => {
  const several = (condition: object) => query(condition, ["at", "text"], ["id", "n"]);
  expect(several({ id: "a", n: 1 })).toBe('id = "a" AND n = 1');
  expect(several({ id: "a", n: 1, at, text: { beginsWith: "x" } })).toBe(
    `id = "a" AND n = 1 AND at = ${text} AND begins_with(text, "x")`,
  );
  expect(() => several({ id: "a", n: 1, text: "x" })).toThrow(
    "A query of table t needs a value for at before one for text",
  );
  expect(() => several({ id: "a", n: 1, at: { gt: at }, text: "x" })).toThrow(
    /^at: only the last sort key/,
  );
  expect(() => several({ id: "a" })).toThrow("needs a value for its partition key n");
});

it.each<readonly [object, string]>([
  [{}, "A query of table t needs a value for its partition key id"],
  [{ id: undefined, at }, "needs a value for its partition key id"],
  [
    { id: "a", other: 1 },
    "other is no key attribute of table t, which has id, at. Use the option filter",
  ],
  [{ id: "a", at: {} }, "at: a sort key of table t takes a value or one of eq, lt"],
  [{ id: "a", at: { lt: at, gt: at } }, "not lt and gt"],
  [{ id: "a", at: { contains: "x" } }, "not contains"],
  [{ id: "a", at: { between: at } }, "at: between takes two values"],
  [{ id: "a", at: { between: [at] } }, "at: between takes two values"],
])("refuses %j", (condition, message) => {
  expect(() => query(condition)).toThrow(InvalidInput);
  expect(() => query(condition)).toThrow(message);
});

it.each([
  { id: 5 },
  { id: { eq: "a" } },
  { id: "a", at: "2026" },
  { id: "a", at: { gt: null } },
  { id: "a", at: { gt: undefined } },
])("refuses a value of another type: %j", (condition) => {
  expect(() => query(condition)).toThrow(InvalidItem);
});

it("refuses a prefix of what has none", () => {
  expect(() => query({ id: "a", n: { beginsWith: 1 } }, ["n"])).toThrow(/beginsWith\(\) takes/);
});
