import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AttributeValueError, ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { type Condition, conditionExpression } from "./condition.ts";
import { partitionKey } from "./key-condition.ts";
import { Placeholders } from "./placeholders.ts";
import { ifNotExists } from "./set-value.ts";

describe("comparisons", () => {
  test.each<[string, Condition, string, object[]]>([
    ["a = 1", F("a").eq(1), "#n0 = :v0", [{ N: "1" }]],
    ["a <> null", F("a").ne(null), "#n0 <> :v0", [{ NULL: true }]],
    ["a < 1", F("a").lt(1), "#n0 < :v0", [{ N: "1" }]],
    ["a <= 1", F("a").lte(1), "#n0 <= :v0", [{ N: "1" }]],
    ['a > "x"', F("a").gt("x"), "#n0 > :v0", [{ S: "x" }]],
    ["a >= 1", F("a").gte(1n), "#n0 >= :v0", [{ N: "1" }]],
    ["a = b", F("a").eq(F("b")), "#n0 = #n1", []],
    ["a > size(b)", F("a").gt(F("b").size()), "#n0 > size(#n1)", []],
    ["size(a) = size(b[0])", F("a").size().eq(F("b", 0).size()), "size(#n0) = size(#n1[0])", []],
    ["size(a) <= b", F("a").size().lte(F("b")), "size(#n0) <= #n1", []],
    ["a = true", F("a").eq(true), "#n0 = :v0", [{ BOOL: true }]],
    ["a = { b: [1] }", F("a").eq({ b: [1] }), "#n0 = :v0", [{ M: { b: { L: [{ N: "1" }] } } }]],
    [
      "a BETWEEN 1 AND 2",
      F("a").between(1, 2),
      "#n0 BETWEEN :v0 AND :v1",
      [{ N: "1" }, { N: "2" }],
    ],
    ["a BETWEEN 1 AND 1", F("a").between(1, 1), "#n0 BETWEEN :v0 AND :v0", [{ N: "1" }]],
    ["a BETWEEN b AND 2", F("a").between(F("b"), 2), "#n0 BETWEEN #n1 AND :v0", [{ N: "2" }]],
    [
      "size(a) BETWEEN 1 AND size(b)",
      F("a").size().between(1, F("b").size()),
      "size(#n0) BETWEEN :v0 AND size(#n1)",
      [{ N: "1" }],
    ],
    ["a IN (1)", F("a").in([1]), "#n0 IN (:v0)", [{ N: "1" }]],
    [
      'a IN (1, "x", b, 1)',
      F("a").in([1, "x", F("b"), 1]),
      "#n0 IN (:v0, :v1, #n1, :v0)",
      [{ N: "1" }, { S: "x" }],
    ],
    [
      "size(a) IN (1, 2)",
      F("a").size().in([1, 2]),
      "size(#n0) IN (:v0, :v1)",
      [{ N: "1" }, { N: "2" }],
    ],
  ])("%s", (debug, condition, text, values) => {
    expect(condition.debug()).toBe(debug);
    const placeholders = new Placeholders();
    expect(conditionExpression(condition, placeholders)).toBe(text);
    expect(Object.values(placeholders.attributes().ExpressionAttributeValues ?? {})).toEqual(
      values,
    );
  });

  test.each(["lt", "lte", "gt", "gte"] as const)("%s takes what has an order", (method) => {
    const path = F("a");
    expect(path[method](new Uint8Array([1])).debug()).toMatch(/^a [<>]=? binary "AQ=="$/);
    for (const value of [true, null, [1], { a: 1 }, new Set([1])]) {
      const attempt = () => F("a", "b")[method](value);
      expect(attempt).toThrow(ExpressionError);
      expect(attempt).toThrow(/^a\.b: [<>]=? takes a string or a number or binary, not /);
    }
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      "bounds of two types",
      () => F("a").between(1, "2"),
      /^a: between\(\) from a number takes a number, not a string/,
    ],
    ["a list as a bound", () => F("a").between([], 1), /^a: between\(\) takes .*, not a list/],
    [
      "a set as a bound",
      () => F("a").between(1, new Set([1])),
      /^a: between\(\) takes .*, not a number set/,
    ],
    [
      "a sum as an operand",
      () => F("a").eq(F("b").plus(1) as never),
      /^a: it compares with values, .*, not with b \+ 1/,
    ],
    [
      "ifNotExists as an operand",
      () => F("a").eq(ifNotExists(F("b"), 1) as never),
      /not with if_not_exists\(b, 1\)/,
    ],
    [
      "a condition as an operand",
      () => F("a").eq(F("b").exists() as never),
      /not with Condition\(attribute_exists\(b\)\)/,
    ],
    [
      "a key condition as an operand",
      () => F("a").in([partitionKey("b").eq(1) as never]),
      /not with KeyCondition\(b = 1\)/,
    ],
  ])("refuses %s", (_, attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });
});

describe("in", () => {
  test("takes 1 to 100 values", () => {
    const values = (count: number) => Array.from({ length: count }, (_, n) => n);
    const placeholders = new Placeholders();
    conditionExpression(F("a").in(values(100)), placeholders);
    expect(Object.keys(placeholders.attributes().ExpressionAttributeValues ?? {})).toHaveLength(
      100,
    );
    expect(() => F("a", 0).in(values(101))).toThrow(
      "a[0]: in() takes a list of 1 to 100 values, not 101",
    );
    expect(() => F("a", 0).in([])).toThrow("a[0]: in() takes a list of 1 to 100 values, not 0");
  });

  test.each([["a string"], [new Set([1])], [undefined], [5]])("refuses %s", (given) => {
    expect(() => F("a").in(given as never)).toThrow(ExpressionError);
    expect(() => F("a").in(given as never)).toThrow(/^a: in\(\) takes a list/);
  });

  test("names the path of a value that can't be stored", () => {
    expect(() => F("a").in([1, undefined as never])).toThrow(AttributeValueError);
    expect(() => F("a").in([1, undefined as never])).toThrow(/^a: /);
  });

  test("keeps the values as they were given", () => {
    const values = [1, 2];
    const condition = F("a").in(values);
    values.push(3);
    expect(condition.debug()).toBe("a IN (1, 2)");
  });
});

test("a size is shown as DynamoDB writes it", () => {
  expect(F("a", 0).size().debug()).toBe("size(a[0])");
  expect(inspect([F("a").size()])).toBe("[ size(a) ]");
});
