import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { Placeholders } from "./placeholders.ts";
import { debugUpdate, type UpdateActions, updateExpression } from "./update.ts";

const write = (actions: UpdateActions) => updateExpression(actions, new Placeholders());

describe("updates", () => {
  const all = [
    F("d").delete(new Set(["x"])),
    F("a").set(1),
    F("r").remove(),
    F("n").add(1),
    F("b", 0).set(F("a")),
    F("q", "x").remove(),
    F("m").add(2),
  ];

  test("one clause of each kind, the actions of each in their order", () => {
    expect(debugUpdate(all)).toBe(
      'SET a = 1, b[0] = a REMOVE r, q.x ADD n 1, m 2 DELETE d set("x")',
    );
    const placeholders = new Placeholders();
    expect(updateExpression(all, placeholders)).toBe(
      "SET #n0 = :v0, #n1[0] = #n0 REMOVE #n2, #n3.#n4 ADD #n5 :v0, #n6 :v1 DELETE #n7 :v2",
    );
    expect(placeholders.attributes()).toEqual({
      ExpressionAttributeNames: {
        "#n0": "a",
        "#n1": "b",
        "#n2": "r",
        "#n3": "q",
        "#n4": "x",
        "#n5": "n",
        "#n6": "m",
        "#n7": "d",
      },
      ExpressionAttributeValues: { ":v0": { N: "1" }, ":v1": { N: "2" }, ":v2": { SS: ["x"] } },
    });
  });

  test("one action, or a list of it, are the same", () => {
    expect(write(F("a").remove())).toBe("REMOVE #n0");
    expect(write([F("a").remove()])).toBe("REMOVE #n0");
  });

  test("actions are data: equal, readable, and the same in every request", () => {
    const action = F("a", 0).set(F("b").plus(1));
    expect(action.equals(F("a", 0).set(F("b").plus(1)))).toBe(true);
    expect(action.equals(F("a", 0).set(F("b").minus(1)))).toBe(false);
    expect(action).not.toEqual(F("a", 1).set(F("b").plus(1)));
    expect(inspect({ action })).toBe("{ action: UpdateAction(SET a[0] = b + 1) }");
    expect(write(action)).toBe(write(action));
  });
});

describe("mistakes", () => {
  test.each<[string, unknown, RegExp]>([
    ["no action", [], /^An update needs at least one action, such as F\("name"\)\.set\(value\)/],
    ["nothing", undefined, /not undefined/],
    ["null", null, /not null/],
    ["a boolean", true, /not true/],
    ["text", "SET a = 1", /not 'SET a = 1'/],
    ["a plain object", { a: 1 }, /not \{ a: 1 \}/],
    ["a path", F("a"), /not F\(a\)/],
    ["a size", F("a").size(), /size\(a\)/],
    ["a condition with a path", F("a").exists(), /not Condition\(attribute_exists\(a\)\)/],
    ["a comparison", F("a").eq(1), /not Condition\(a = 1\)/],
    ["a sum", F("a").plus(1), /not a \+ 1/],
    ["a list of lists", [[F("a").set(1)]], /not \[ UpdateAction\(SET a = 1\) \]/],
    ["a hole", [F("a").set(1), undefined], /not undefined/],
  ])("%s is refused", (_, actions, message) => {
    for (const attempt of [
      () => write(actions as UpdateActions),
      () => debugUpdate(actions as UpdateActions),
    ]) {
      expect(attempt).toThrow(ExpressionError);
      expect(attempt).toThrow(message);
    }
  });

  test.each<[UpdateActions, string, string]>([
    [[F("a").set(1), F("b").set(1), F("a").remove()], "a is changed twice in one update", "a"],
    [[F("a", 0).set(1), F("a", 0).set(1)], "a[0] is changed twice", "a[0]"],
    [
      [F("a").set({}), F("a", "b").set(1)],
      "a and a.b can't be changed in one update: one path contains the other",
      "a",
    ],
    [
      [F("a", "b", "c").set(1), F("a", "b").remove()],
      "a.b.c and a.b can't be changed in one update",
      "a.b.c",
    ],
  ])("%o conflict", (actions, message, path) => {
    expect(() => write(actions)).toThrow(message);
    expect(() => write(actions)).toThrow(expect.objectContaining({ path }) as never);
  });

  test("a list's index and a map's member say that they conflict, not that one contains the other", () => {
    expect(() => write([F("a", 0).set(1), F("a", "b").set(1)])).toThrow(
      "a[0] and a.b can't be changed in one update: they take the same attribute for a list and for a map",
    );
  });

  test("more than 4096 bytes are refused", () => {
    const actions = Array.from({ length: 300 }, (_, n) => F(`a${n}`).set(n));
    expect(() => write(actions)).toThrow(/The update expression is \d+ bytes long, .* 4096/);
    expect(write(actions.slice(0, 200)).length).toBeLessThan(4096);
  });
});
