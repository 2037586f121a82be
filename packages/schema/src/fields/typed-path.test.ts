import { ExpressionError } from "@fieldwise/core";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { defineTable } from "../define-table.ts";
import { InvalidItem } from "../errors.ts";
import { epochSeconds, isoDate, sortableNumber } from "../index.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    at: isoDate(),
    until: epochSeconds().optional(),
    n: z.number().max(10),
    other: z.number(),
    text: z.string().min(2),
    status: z.enum(["a", "b"]),
    tags: z.set(z.string()),
    days: z.array(isoDate()),
    dates: z.set(isoDate()),
    record: z.record(z.string(), z.object({ at: isoDate() })),
    sortable: sortableNumber(),
    big: z.bigint(),
    get self() {
      return z.array(z.object({ at: isoDate() })).optional();
    },
  }),
  partitionKey: "id",
});
const { F } = Things;
// As untyped callers do.
const anyF = F as unknown as (
  ...steps: readonly unknown[]
) => Record<string, (...values: unknown[]) => { debug(): string }>;
const at = new Date("2026-01-01T00:00:00Z");
const text = '"2026-01-01T00:00:00.000Z"';

it.each([
  [F("at").eq(at), `at = ${text}`],
  [F("at").ne(at), `at <> ${text}`],
  [F("at").lt(at), `at < ${text}`],
  [F("at").lte(at), `at <= ${text}`],
  [F("at").gt(at), `at > ${text}`],
  [F("at").gte(at), `at >= ${text}`],
  [F("at").between(at, at), `at BETWEEN ${text} AND ${text}`],
  [F("at").in([at, at]), `at IN (${text}, ${text})`],
  [F("until").eq(new Date(1999)), "until = 1"],
  [F("days").contains(at), `contains(days, ${text})`],
  [F("dates").contains(at), `contains(dates, ${text})`],
  [F("text").contains("x"), 'contains(text, "x")'],
  [F("text").beginsWith("x"), 'begins_with(text, "x")'],
  [F("days", 2).eq(at), `days[2] = ${text}`],
  [F("record", "a.b", "at").eq(at), `record."a.b".at = ${text}`],
  [F("days").eq([at]), `days = [${text}]`],
  [F("n").lt(F("other")), "n < other"],
  [F("n").gt(100), "n > 100"],
  [F("tags").size().gt(2), "size(tags) > 2"],
  [F("sortable").gt(0), 'sortable > "8000000000000000"'],
  [F("text").eq("x").and(F("n").lt(1)), 'text = "x" AND n < 1'],
])("encodes the operands of conditions: %#", (condition, expected) => {
  expect(condition.debug()).toBe(expected);
});

it.each([
  [F("at").set(at), `SET at = ${text}`],
  [F("at").setIfNotExists(at), `SET at = if_not_exists(at, ${text})`],
  [F("days").append([at]), `SET days = list_append(days, [${text}])`],
  [F("days").prepend([at]), `SET days = list_append([${text}], days)`],
  [F("dates").add(new Set([at])), `ADD dates set(${text})`],
  [F("dates").delete(new Set([at])), `DELETE dates set(${text})`],
  [F("dates").set(new Set()), "REMOVE dates"],
  [F("until").remove(), "REMOVE until"],
  [F("n").add(3), "ADD n 3"],
  [F("n").increment(), "SET n = n + 1"],
  [F("n").set(F("other").minus(1)), "SET n = other - 1"],
  [F("n").set(F("n").ifNotExists(5).plus(1)), "SET n = if_not_exists(n, 5) + 1"],
  [F("big").increment(5n), "SET big = big + 5"],
])("encodes the operands of updates: %#", (action, expected) => {
  expect(action.debug()).toBe(expected);
});

describe("refuses", () => {
  it.each<readonly [string, () => unknown, RegExp]>([
    ["a number for a Date", () => anyF("at")["eq"]?.(5), /The operand for at does not fit/],
    ["undefined", () => anyF("text")["eq"]?.(undefined), /can't be undefined/],
    ["an empty set", () => anyF("tags")["eq"]?.(new Set()), /undefined or an empty set/],
    ["a text among Dates", () => anyF("days")["contains"]?.("2026"), /The operand for days/],
    ["what a refinement forbids", () => F("n").set(11), /The value for n does not fit/],
    [
      "what a refinement forbids, if absent",
      () => F("text").setIfNotExists("x"),
      /The value for text/,
    ],
    ["what no enum has", () => anyF("status")["set"]?.("c"), /The value for status/],
    ["a default that does not fit", () => F("n").ifNotExists(11), /The value for n/],
  ])("%s", (_, attempt, message) => {
    expect(attempt).toThrow(InvalidItem);
    expect(attempt).toThrow(message);
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    [
      "a path that is not there",
      () => anyF("nope"),
      /^nope: the schema of table things has no such/,
    ],
    ["a step that is not there", () => anyF("days", "x"), /no such attribute/],
    ["a step into a codec", () => anyF("at", "x"), /no such attribute/],
    ["an index of a record's member", () => anyF("record", "a", 0), /no such attribute/],
    ["an empty set where a value must be", () => F("tags").setIfNotExists(new Set()), /empty set/],
    [
      "a sum of what is stored as text",
      () => anyF("sortable")["plus"]?.(1),
      /stored as a number \(N\)/,
    ],
    ["an increment of text", () => anyF("text")["increment"]?.(), /stored as S/],
    ["a decrement of text", () => anyF("text")["decrement"]?.(), /stored as S/],
    ["a number added to text", () => anyF("text")["add"]?.(1), /stored as S/],
    [
      "a change of the key",
      () => anyF("id")["set"]?.("x"),
      /can't change a key attribute of table things/,
    ],
  ])("%s", (_, attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });
});

it("is plain data, equal where it says the same", () => {
  expect(
    F("at")
      .eq(at)
      .equals(F("at").eq(new Date(at))),
  ).toBe(true);
  expect(F("at").eq(at).equals(F("at").ne(at))).toBe(false);
  expect(F("n").set(1).equals(F("n").set(1))).toBe(true);
});

it("holds what is added to a number to whole numbers and multiples, and not to bounds", () => {
  const Counts = defineTable({
    name: "counts",
    schema: z.object({
      id: z.string(),
      whole: z.int().min(5).optional(),
      steps: z.number().multipleOf(10),
      any: z.number().max(3),
      orNull: z.union([z.int().min(5), z.null()]),
      either: z.union([z.int(), z.number().min(5)]),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), count: z.int() }),
        z.object({ kind: z.literal("b"), count: z.int().min(5) }),
      ]),
    }),
    partitionKey: "id",
  });
  expect(() => Counts.F("whole").increment(0.5)).toThrow(InvalidItem);
  expect(() => Counts.F("whole").add(0.5)).toThrow(/whole: .*expected int/);
  expect(() => Counts.F("steps").decrement(5)).toThrow(/steps: .*multiple of 10/);
  expect(() => Counts.F("orNull").increment(0.5)).toThrow(/orNull: .*expected int/);
  expect(() => Counts.F("shape", "count").increment(0.5)).toThrow(/count: .*expected int/);
  expect(Counts.F("shape", "count").increment(1).debug()).toBe("SET shape.count = shape.count + 1");
  expect(Counts.F("orNull").increment(1).debug()).toBe("SET orNull = orNull + 1");
  expect(Counts.F("either").increment(0.5).debug()).toBe("SET either = either + 0.5");
  expect(Counts.F("whole").decrement(1).debug()).toBe("SET whole = whole - 1");
  expect(Counts.F("steps").set(Counts.F("steps").plus(10)).debug()).toBe("SET steps = steps + 10");
  expect(Counts.F("any").increment(100.5).debug()).toBe("SET any = any + 100.5");
  expect(F("big").increment().debug()).toBe("SET big = big + 1");
});
