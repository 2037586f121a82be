import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { NumberValue } from "../attribute-value/number-value.ts";
import { AttributeValueError, ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import {
  type KeyCondition,
  keyConditionExpression,
  partitionKey,
  sortKey,
} from "./key-condition.ts";
import { Placeholders } from "./placeholders.ts";

const p = partitionKey("p").eq("x");

describe("expressions", () => {
  test.each<[string, KeyCondition, string, object[]]>([
    ['p = "x"', p, "#n0 = :v0", [{ S: "x" }]],
    ["p = 1.0", partitionKey("p").eq(new NumberValue("1.0")), "#n0 = :v0", [{ N: "1.0" }]],
    ['p = binary "AQ=="', partitionKey("p").eq(new Uint8Array([1])), "#n0 = :v0", [{ B: "AQ==" }]],
    [
      'p = "x" AND s = 1',
      p.and(sortKey("s").eq(1)),
      "#n0 = :v0 AND #n1 = :v1",
      [{ S: "x" }, { N: "1" }],
    ],
    [
      'p = "x" AND s < 1',
      p.and(sortKey("s").lt(1)),
      "#n0 = :v0 AND #n1 < :v1",
      [{ S: "x" }, { N: "1" }],
    ],
    [
      'p = "x" AND s <= 1',
      p.and(sortKey("s").lte(1)),
      "#n0 = :v0 AND #n1 <= :v1",
      [{ S: "x" }, { N: "1" }],
    ],
    [
      'p = "x" AND s > 1',
      p.and(sortKey("s").gt(1n)),
      "#n0 = :v0 AND #n1 > :v1",
      [{ S: "x" }, { N: "1" }],
    ],
    [
      'p = "x" AND s >= "x"',
      p.and(sortKey("s").gte("x")),
      "#n0 = :v0 AND #n1 >= :v0",
      [{ S: "x" }],
    ],
    [
      'p = "x" AND s BETWEEN 1 AND 2',
      p.and(sortKey("s").between(1, 2)),
      "#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2",
      [{ S: "x" }, { N: "1" }, { N: "2" }],
    ],
    [
      'p = "x" AND begins_with(s, "y")',
      p.and(sortKey("s").beginsWith("y")),
      "#n0 = :v0 AND begins_with(#n1, :v1)",
      [{ S: "x" }, { S: "y" }],
    ],
    ['"a.b" = "x"', partitionKey("a.b").eq("x"), "#n0 = :v0", [{ S: "x" }]],
    [
      'p = "x" AND q = 1 AND s = "y" AND t > 2',
      p.and(partitionKey("q").eq(1)).and(sortKey("s").eq("y").and(sortKey("t").gt(2))),
      "#n0 = :v0 AND #n1 = :v1 AND #n2 = :v2 AND #n3 > :v3",
      [{ S: "x" }, { N: "1" }, { S: "y" }, { N: "2" }],
    ],
  ])("%s", (debug, key, text, values) => {
    expect(key.debug()).toBe(debug);
    const placeholders = new Placeholders();
    expect(keyConditionExpression(key, placeholders)).toBe(text);
    expect(Object.values(placeholders.attributes().ExpressionAttributeValues ?? {})).toEqual(
      values,
    );
  });

  test("key conditions are data: equal, readable, unchanged by and()", () => {
    const key = p.and(sortKey("s").gt(1));
    expect(key.equals(partitionKey("p").eq("x").and(sortKey("s").gt(1)))).toBe(true);
    expect(key.equals(p)).toBe(false);
    expect(p.debug()).toBe('p = "x"');
    expect(inspect(key)).toBe('KeyCondition(p = "x" AND s > 1)');
  });
});

describe("rules", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["an attribute twice", () => p.and(partitionKey("p").eq("y")), /^p: .*once/],
    ["an attribute as both keys", () => p.and(sortKey("p").gt("y")), /^p: .*once/],
    [
      "a partition key behind a sort key",
      () => p.and(sortKey("s").eq(1)).and(partitionKey("q").eq(1)),
      /^q: partition keys come before/,
    ],
    [
      "a sort key behind an inequality",
      () => p.and(sortKey("s").gt(1)).and(sortKey("t").eq(1)),
      /^s: only the last sort key/,
    ],
    [
      "two conditions on one sort key",
      () => p.and(sortKey("s").gt(1)).and(sortKey("s").lt(5)),
      /^s: .*once/,
    ],
    [
      "a Boolean",
      () => partitionKey("p").eq(true as never),
      /^p: a key is a string, a number or binary, not a Boolean/,
    ],
    ["null", () => sortKey("s.t").eq(null as never), /^"s\.t": a key is .*, not null/],
    ["a list", () => sortKey("s").eq([] as never), /^s: .*, not a list/],
    ["a path", () => partitionKey("p").eq(F("q") as never), /^p: .*, not a path/],
    ["a set in an order", () => sortKey("s").gt(new Set([1]) as never), /^s: .*, not a number set/],
    ["a number as a prefix", () => sortKey("s").beginsWith(5 as never), /^s: beginsWith\(\)/],
    ["bounds of two types", () => sortKey("s").between(1, "2"), /^s: between\(\)/],
    ["an empty name", () => partitionKey("").eq("x"), /is no step/],
  ])("%s is refused", (_, attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });

  test("a value that can't be stored is refused with the key's name", () => {
    expect(() => partitionKey("p").eq(undefined as never)).toThrow(AttributeValueError);
    expect(() => partitionKey("p").eq(Number.NaN)).toThrow(/^p: as an operand: NaN/);
  });

  test("without a partition key there is no query", () => {
    expect(() => keyConditionExpression(sortKey("s").eq(1), new Placeholders())).toThrow(
      /needs the partition key/,
    );
  });

  test.each<[string, unknown]>([
    ["a plain key", { p: "x" }],
    ["a condition", F("p").eq("x")],
    ["an unfinished key", partitionKey("p")],
    ["a string", "x"],
    ["nothing", undefined],
    ["null", null],
  ])("%s is no key condition", (_, given) => {
    for (const attempt of [
      () => keyConditionExpression(given as never, new Placeholders()),
      () => p.and(given as never),
    ]) {
      expect(attempt).toThrow(ExpressionError);
      expect(attempt).toThrow(/takes what partitionKey\(…\) and sortKey\(…\) make, not /);
    }
  });
});
