import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { NumberValue } from "../attribute-value/number-value.ts";
import { AttributeValueError, ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { type Condition, conditionExpression } from "./condition.ts";
import { Placeholders } from "./placeholders.ts";
import { ifNotExists, listAppend } from "./set-value.ts";
import { type UpdateAction, updateExpression } from "./update.ts";

function encode(write: (placeholders: Placeholders) => string) {
  const placeholders = new Placeholders();
  return { text: write(placeholders), ...placeholders.attributes() };
}

describe("steps", () => {
  test.each<[string, ReturnType<typeof F>, string, string, string[]]>([
    ["a name", F("a"), "a", "#n0", ["a"]],
    ["a dot is no separator", F("a.b"), '"a.b"', "#n0", ["a.b"]],
    ["names and indexes", F("a", 1, "b"), "a[1].b", "#n0[1].#n1", ["a", "b"]],
    ["equal names share a placeholder", F("a", "a", 0, "a"), "a.a[0].a", "#n0.#n0[0].#n0", ["a"]],
    ["a reserved word", F("size"), "size", "#n0", ["size"]],
    ["a dash", F("first-name"), "first-name", "#n0", ["first-name"]],
    ["placeholders' own characters", F("#n0", ":v0"), '"#n0".":v0"', "#n0.#n1", ["#n0", ":v0"]],
    ["an index's characters", F("a[0]"), '"a[0]"', "#n0", ["a[0]"]],
    ["a number as a name", F("a", "0"), 'a."0"', "#n0.#n1", ["a", "0"]],
    [
      "names that objects inherit",
      F("__proto__", "constructor"),
      "__proto__.constructor",
      "#n0.#n1",
      ["__proto__", "constructor"],
    ],
  ])("%s", (_, path, debug, text, names) => {
    expect(path.debug()).toBe(debug);
    expect(encode((placeholders) => conditionExpression(path.exists(), placeholders))).toEqual({
      text: `attribute_exists(${text})`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name, n) => [`#n${n}`, name])),
    });
  });

  test("32 steps are the most", () => {
    const steps = (count: number) => ["a", ...Array.from({ length: count - 1 }, () => 0)] as const;
    expect(F(...steps(32)).debug()).toBe(`a${"[0]".repeat(31)}`);
    expect(() => F(...steps(33))).toThrow(/33 steps/);
    expect(() => F(...steps(40))).toThrow(ExpressionError);
  });

  test.each<[unknown[], string, string]>([
    [[], "undefined is no step", ""],
    [[""], "'' is no step", ""],
    [[0], "0 is no step", ""],
    [["a", -1], "-1 after a is no step", "a"],
    [["a", 1.5], "1.5 after a is no step", "a"],
    [["a", Number.NaN], "NaN after a is no step", "a"],
    [["a", 2 ** 53], "9007199254740992 after a is no step", "a"],
    [["a", ""], "'' after a is no step", "a"],
    [["a", 0, undefined], "undefined after a[0] is no step", "a[0]"],
    [["a", 1n], "1n after a is no step", "a"],
    [["a", Symbol("b")], "Symbol(b) after a is no step", "a"],
    [["a", ["b"]], "[ 'b' ] after a is no step", "a"],
    [["\ud800"], "is no step", ""],
  ])("F(...%o) is refused", (steps, message, path) => {
    const attempt = () => F(...(steps as [string]));
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ path }) as never);
  });

  test("two paths are equal where their steps are", () => {
    expect(F("a", 0).equals(F("a", 0))).toBe(true);
    expect(F("a", 0).equals(F("a", "0"))).toBe(false);
    expect(F("a")).toEqual(F("a"));
    expect(F("a")).not.toEqual(F("b"));
  });

  test("inspecting shows the path", () => {
    expect(inspect({ path: F("a", 0, "b.c") })).toBe('{ path: F(a[0]."b.c") }');
  });
});

describe("conditions", () => {
  const value = (wire: object) => ({ ExpressionAttributeValues: { ":v0": wire } });
  test.each<[string, Condition, string, object]>([
    ["attribute_exists(a)", F("a").exists(), "attribute_exists(#n0)", {}],
    ["attribute_not_exists(a)", F("a").notExists(), "attribute_not_exists(#n0)", {}],
    ['attribute_type(a, "SS")', F("a").type("SS"), "attribute_type(#n0, :v0)", value({ S: "SS" })],
    ['begins_with(a, "x")', F("a").beginsWith("x"), "begins_with(#n0, :v0)", value({ S: "x" })],
    ["begins_with(a, a)", F("a").beginsWith(F("a")), "begins_with(#n0, #n0)", {}],
    [
      'begins_with(a, binary "AQ==")',
      F("a").beginsWith(new Uint8Array([1])),
      "begins_with(#n0, :v0)",
      value({ B: "AQ==" }),
    ],
    ['contains(a, "x")', F("a").contains("x"), "contains(#n0, :v0)", value({ S: "x" })],
    ["contains(a, 5)", F("a").contains(5), "contains(#n0, :v0)", value({ N: "5" })],
    ["size(a) > 3", F("a").size().gt(3), "size(#n0) > :v0", value({ N: "3" })],
  ])("%s", (debug, condition, text, values) => {
    expect(condition.debug()).toBe(debug);
    expect(encode((placeholders) => conditionExpression(condition, placeholders))).toEqual({
      text,
      ExpressionAttributeNames: { "#n0": "a" },
      ...values,
    });
  });

  test.each<[() => unknown, RegExp]>([
    [() => F("a", 0).type("X" as never), /^a\[0\]: type\(\) takes one of S, N, .*, not 'X'/],
    [() => F("a").type(undefined as never), /not undefined/],
    [() => F("a").type("toString" as never), /not 'toString'/],
    [() => F("a").beginsWith(5), /^a: beginsWith\(\) takes a string or binary, not a number/],
    [
      () => F("a").beginsWith(F("b").size()),
      /^a: beginsWith\(\) takes a string or binary, not a number/,
    ],
    [
      () => F("a", "b").contains(F("a", "b")),
      /^a\.b: contains\(\) can't look for the attribute in itself/,
    ],
  ])("refuses %s", (attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });
});

describe("updates", () => {
  const one = { N: "1" };
  test.each<[string, UpdateAction, string, object[]]>([
    ["SET a = 5", F("a").set(5), "SET #n0 = :v0", [{ N: "5" }]],
    ["SET a = b", F("a").set(F("b")), "SET #n0 = #n1", []],
    ["SET a = b + 1", F("a").set(F("b").plus(1)), "SET #n0 = #n1 + :v0", [one]],
    ["SET a = b - c", F("a").set(F("b").minus(F("c"))), "SET #n0 = #n1 - #n2", []],
    [
      "SET a = if_not_exists(a, 1)",
      F("a").setIfNotExists(1),
      "SET #n0 = if_not_exists(#n0, :v0)",
      [one],
    ],
    [
      "SET a = if_not_exists(a, b)",
      F("a").setIfNotExists(F("b")),
      "SET #n0 = if_not_exists(#n0, #n1)",
      [],
    ],
    ["SET a = a + 1", F("a").increment(), "SET #n0 = #n0 + :v0", [one]],
    ["SET a = a + 2.5", F("a").increment(2.5), "SET #n0 = #n0 + :v0", [{ N: "2.5" }]],
    ["SET a = a + b", F("a").increment(F("b")), "SET #n0 = #n0 + #n1", []],
    ["SET a = a - 1", F("a").decrement(), "SET #n0 = #n0 - :v0", [one]],
    ["SET a = a - 2", F("a").decrement(2n), "SET #n0 = #n0 - :v0", [{ N: "2" }]],
    [
      'SET a = list_append(a, ["x"])',
      F("a").append(["x"]),
      "SET #n0 = list_append(#n0, :v0)",
      [{ L: [{ S: "x" }] }],
    ],
    ["SET a = list_append(a, b)", F("a").append(F("b")), "SET #n0 = list_append(#n0, #n1)", []],
    [
      'SET a = list_append(["x"], a)',
      F("a").prepend(["x"]),
      "SET #n0 = list_append(:v0, #n0)",
      [{ L: [{ S: "x" }] }],
    ],
    [
      "SET a = if_not_exists(b, 1) + 1",
      F("a").set(ifNotExists(F("b"), 1).plus(1)),
      "SET #n0 = if_not_exists(#n1, :v0) + :v0",
      [one],
    ],
    [
      "SET a = list_append(b, c)",
      F("a").set(listAppend(F("b"), F("c"))),
      "SET #n0 = list_append(#n1, #n2)",
      [],
    ],
    ["REMOVE a", F("a").remove(), "REMOVE #n0", []],
    ["REMOVE a[0].b", F("a", 0, "b").remove(), "REMOVE #n0[0].#n1", []],
    ["ADD a 1", F("a").add(1), "ADD #n0 :v0", [one]],
    ["ADD a 1.10", F("a").add(new NumberValue("1.10")), "ADD #n0 :v0", [{ N: "1.10" }]],
    ['ADD a set("x")', F("a").add(new Set(["x"])), "ADD #n0 :v0", [{ SS: ["x"] }]],
    ["DELETE a set(1, 2)", F("a").delete(new Set([1, 2])), "DELETE #n0 :v0", [{ NS: ["1", "2"] }]],
  ])("%s", (debug, action, text, values) => {
    expect(action.debug()).toBe(debug);
    const encoded = encode((placeholders) => updateExpression(action, placeholders));
    expect(encoded.text).toBe(text);
    expect(Object.values(encoded.ExpressionAttributeValues ?? {})).toEqual(values);
    expect(encoded.ExpressionAttributeNames).toMatchObject({ "#n0": "a" });
  });

  test.each<[() => unknown, RegExp]>([
    [() => F("a", "b").add(1), /^a\.b: add\(\) works on top-level attributes only/],
    [
      () => F("a", 0).delete(new Set(["x"])),
      /^a\[0\]: delete\(\) works on top-level attributes only/,
    ],
    [() => F("a").add("x" as never), /^a: add\(\) takes a number or a string set .*, not a string/],
    [() => F("a").delete(["x"] as never), /^a: delete\(\) takes a string set .*, not a list/],
    [() => F("a").delete(5 as never), /^a: delete\(\) .*, not a number/],
    [() => F("a").increment("1" as never), /^a: \+ takes a number, not a string/],
    [() => F("a").decrement(null as never), /^a: - takes a number, not null/],
    [() => F("a").append("x" as never), /^a: list_append takes a list, not a string/],
    [() => F("a").prepend(new Set([1]) as never), /^a: list_append takes a list, not a number set/],
  ])("refuses %s", (attempt, message) => {
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });

  test.each<[() => unknown, RegExp]>([
    [() => F("a", "b").set(undefined as never), /^a\.b: as an operand: undefined can't be stored/],
    [() => F("a").set(Number.NaN), /^a: as an operand: NaN can't be stored/],
    [() => F("a").set({ b: [Number.NaN] }), /^a: as an operand: b\[0\]: NaN can't be stored/],
    [() => F("a").eq(undefined as never), /^a: as an operand: undefined can't be stored/],
    [() => F("a").size().eq(Number.NaN), /^a: as an operand: NaN can't be stored/],
    [() => F("a").delete(new Set<string>()), /^a: as an operand: An empty set can't be stored/],
  ])("refuses a value that can't be stored: %s", (attempt, message) => {
    expect(attempt).toThrow(AttributeValueError);
    expect(attempt).toThrow(message);
  });
});
