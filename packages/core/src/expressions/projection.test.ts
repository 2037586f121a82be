import { describe, expect, test } from "vitest";
import { ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { Placeholders } from "./placeholders.ts";
import { type Projection, projectionExpression, projectionPaths } from "./projection.ts";

describe("projections", () => {
  test.each<[Projection, string, string[]]>([
    [["a"], "#n0", ["a"]],
    [["a", "b"], "#n0, #n1", ["a", "b"]],
    [[F("a"), "b", F("c", 0, "a")], "#n0, #n1, #n2[0].#n0", ["a", "b", "c"]],
    [["a.b", "size", "#n0"], "#n0, #n1, #n2", ["a.b", "size", "#n0"]],
    [[F("a", "b"), F("a", "c")], "#n0.#n1, #n0.#n2", ["a", "b", "c"]],
  ])("%o", (projection, text, names) => {
    const placeholders = new Placeholders();
    expect(projectionExpression(projection, placeholders)).toBe(text);
    expect(placeholders.attributes()).toEqual({
      ExpressionAttributeNames: Object.fromEntries(names.map((name, n) => [`#n${n}`, name])),
    });
  });

  test("paths come out as steps", () => {
    expect(projectionPaths(["a.b", F("a", 0)])).toEqual([["a.b"], ["a", 0]]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no path", [], /list of at least one path.*not \[\]/],
    ["a string", "a", /list of at least one path.*not 'a'/],
    ["a path", F("a"), /list of at least one path.*not F\(a\)/],
    ["a boolean", true, /not true/],
    ["an empty name", [""], /takes paths, .*, and names, not ''/],
    ["half of a surrogate pair", ["\udc00"], /takes paths/],
    ["a size", [F("a").size()], /not size\(a\)/],
    ["a condition", ["a", F("a").exists()], /not Condition\(attribute_exists\(a\)\)/],
    ["a list of steps", [["a", 0]], /not \[ 'a', 0 \]/],
    ["a number", [5], /not 5/],
    ["a name twice", ["a", F("a")], /^a stands twice in one projection/],
    [
      "a path and its member",
      [F("a", 0), F("a", 0, "b")],
      /^a\[0\] and a\[0\]\.b can't stand in one projection: one path/,
    ],
    [
      "a list that is a map",
      [F("a", 0), F("a", "b")],
      /^a\[0\] and a\.b can't stand in one projection: they take/,
    ],
    [
      "more than 4096 bytes",
      Array.from({ length: 700 }, (_, n) => `name${n}`),
      /The projection expression is \d+ bytes long/,
    ],
  ])("refuses %s", (_, projection, message) => {
    const attempt = () => projectionExpression(projection as Projection, new Placeholders());
    expect(attempt).toThrow(ExpressionError);
    expect(attempt).toThrow(message);
  });

  test("a conflict names its path", () => {
    expect(() => projectionPaths(["a", F("a", "b")])).toThrow(
      expect.objectContaining({ path: "a" }) as never,
    );
  });
});
