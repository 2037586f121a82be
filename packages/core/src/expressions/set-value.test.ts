import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AttributeValueError, ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { Placeholders } from "./placeholders.ts";
import { ifNotExists, listAppend } from "./set-value.ts";
import { type UpdateAction, updateExpression } from "./update.ts";

const list = ifNotExists(F("a"), []);

test.each<[string, UpdateAction, string]>([
  [
    "SET a = if_not_exists(b, c)",
    F("a").set(ifNotExists(F("b"), F("c"))),
    "SET #n0 = if_not_exists(#n1, #n2)",
  ],
  [
    "SET a = if_not_exists(b, if_not_exists(c, 1))",
    F("a").set(ifNotExists(F("b"), ifNotExists(F("c"), 1))),
    "SET #n0 = if_not_exists(#n1, if_not_exists(#n2, :v0))",
  ],
  [
    "SET a = if_not_exists(a, 0) + 1",
    F("a").set(ifNotExists(F("a"), 0).plus(1)),
    "SET #n0 = if_not_exists(#n0, :v0) + :v1",
  ],
  [
    "SET a = if_not_exists(a, 10) - b",
    F("a").set(ifNotExists(F("a"), 10).minus(F("b"))),
    "SET #n0 = if_not_exists(#n0, :v0) - #n1",
  ],
  [
    "SET a = b + if_not_exists(c, 0)",
    F("a").set(F("b").plus(ifNotExists(F("c"), 0))),
    "SET #n0 = #n1 + if_not_exists(#n2, :v0)",
  ],
  [
    'SET a = list_append(if_not_exists(a, []), ["x"])',
    F("a").set(listAppend(list, ["x"])),
    "SET #n0 = list_append(if_not_exists(#n0, :v0), :v1)",
  ],
  [
    "SET a = list_append([1], [2])",
    F("a").set(listAppend([1], [2])),
    "SET #n0 = list_append(:v0, :v1)",
  ],
  [
    "SET a = list_append(if_not_exists(a, []), if_not_exists(b, if_not_exists(c, [])))",
    F("a").set(listAppend(list, ifNotExists(F("b"), ifNotExists(F("c"), [])))),
    "SET #n0 = list_append(if_not_exists(#n0, :v0), if_not_exists(#n1, if_not_exists(#n2, :v0)))",
  ],
])("%s", (debug, action, text) => {
  expect(action.debug()).toBe(debug);
  expect(updateExpression(action, new Placeholders())).toBe(text);
});

test("the parts of a SET can be inspected", () => {
  expect(inspect([list, list.plus(1), F("a").minus(1)])).toBe(
    "[ if_not_exists(a, []), if_not_exists(a, []) + 1, a - 1 ]",
  );
});

describe("mistakes", () => {
  test.each<[string, () => unknown, RegExp]>([
    [
      "a sum in a sum",
      () => F("a").plus(F("b").plus(1) as never),
      /^a: \+ can't take b \+ 1: DynamoDB takes one \+ or - in a SET, not nested ones/,
    ],
    [
      "a sum in ifNotExists",
      () => ifNotExists(F("a", 0), F("b").minus(1) as never),
      /^a\[0\]: ifNotExists\(\) can't take b - 1: .*nested/,
    ],
    [
      "a sum in listAppend",
      () => listAppend(F("a"), F("b").plus(1) as never),
      /^a: listAppend\(\) can't take b \+ 1/,
    ],
    [
      "a condition",
      () => F("a").set(F("b").exists() as never),
      /^a: set\(\) can't take Condition\(attribute_exists\(b\)\): a SET takes/,
    ],
    [
      "a size",
      () => F("a").set(F("b").size() as never),
      /^a: set\(\) can't take .*size\(b\).*: a SET takes/,
    ],
    [
      "an action",
      () => F("a").set(F("b").remove() as never),
      /^a: set\(\) can't take UpdateAction\(REMOVE b\)/,
    ],
    ["a sum of text", () => F("a").plus("1" as never), /^a: \+ takes a number, not a string/],
    [
      "text in a list's place",
      () => listAppend(F("a"), "x"),
      /^a: list_append takes a list, not a string/,
    ],
    [
      "text in both lists' places",
      () => listAppend("x", "y"),
      /^list_append takes a list, not a string/,
    ],
    [
      "a list of three",
      () => listAppend(listAppend([1], F("a")), [2]),
      /^a: listAppend\(\) can't take list_append\(\[1\], a\): DynamoDB takes list_append in no other/,
    ],
    [
      "two lists where there is none",
      () => ifNotExists(F("a"), listAppend(F("b"), [1])),
      /^a: ifNotExists\(\) can't take list_append\(b, \[1\]\): DynamoDB takes list_append in no other/,
    ],
    ["a sum of lists", () => listAppend(F("a"), [1]).plus(1), /^a: \+ takes numbers, not the list/],
    [
      "a list subtracted",
      () => F("a").minus(listAppend(F("b"), [1])),
      /^a: - takes numbers, not the list/,
    ],
    [
      "a name for a path",
      () => ifNotExists("a" as never, 1),
      /^ifNotExists\(\) takes a path, such as F\("name"\), .*not 'a'/,
    ],
    [
      "a size for a path",
      () => ifNotExists(F("a").size() as never, 1),
      /^ifNotExists\(\) takes a path/,
    ],
    ["nothing for a path", () => ifNotExists(undefined as never, 1), /not undefined/],
  ])("%s is refused", (_, attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });

  test("a value that can't be stored is refused", () => {
    expect(() => ifNotExists(F("a"), undefined as never)).toThrow(AttributeValueError);
    expect(() => listAppend([1], [Number.NaN])).toThrow(/\[0\]: NaN can't be stored/);
  });
});
