import * as fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ExpressionError } from "../errors/input-errors.ts";
import { F } from "./attribute-path.ts";
import { and, type Condition, conditionExpression, not, or } from "./condition.ts";
import { partitionKey } from "./key-condition.ts";
import { Placeholders } from "./placeholders.ts";

const [a, b, c, d] = [F("a").eq(1), F("b").eq(2), F("c").exists(), F("d").gt(3)];

describe("and, or, not", () => {
  test.each<[Condition, string]>([
    [and(a), "a = 1"],
    [or(a), "a = 1"],
    [a.and(), "a = 1"],
    [a.and(b, c), "a = 1 AND b = 2 AND attribute_exists(c)"],
    [and(and(a, b), and(c, d)), "a = 1 AND b = 2 AND attribute_exists(c) AND d > 3"],
    [or(a.or(b), c), "a = 1 OR b = 2 OR attribute_exists(c)"],
    [or(and(a, b), c), "(a = 1 AND b = 2) OR attribute_exists(c)"],
    [and(or(a, b), or(c, d)), "(a = 1 OR b = 2) AND (attribute_exists(c) OR d > 3)"],
    [and(or(and(a, b)), c), "a = 1 AND b = 2 AND attribute_exists(c)"],
    [not(a), "NOT a = 1"],
    [not(not(a)), "NOT NOT a = 1"],
    [not(a.and(b)), "NOT (a = 1 AND b = 2)"],
    [not(a).and(b), "NOT a = 1 AND b = 2"],
    [not(a.or(b)).or(c), "NOT (a = 1 OR b = 2) OR attribute_exists(c)"],
    [F("a").between(1, 2).and(b), "a BETWEEN 1 AND 2 AND b = 2"],
  ])("%s", (condition, text) => {
    expect(condition.debug()).toBe(text);
  });

  test("the request's expression has the same shape as debug's", () => {
    const placeholders = new Placeholders();
    const condition = not(a.or(F("a").eq(2))).and(b, F("a").eq(F("b")));
    expect(conditionExpression(condition, placeholders)).toBe(
      "NOT (#n0 = :v0 OR #n0 = :v1) AND #n1 = :v1 AND #n0 = #n1",
    );
    expect(placeholders.attributes()).toEqual({
      ExpressionAttributeNames: { "#n0": "a", "#n1": "b" },
      ExpressionAttributeValues: { ":v0": { N: "1" }, ":v1": { N: "2" } },
    });
  });

  interface Meaning {
    readonly condition: Condition;
    readonly holds: (present: ReadonlySet<string>) => boolean;
  }

  /** Conditions over which of four attributes exist, and what they mean. */
  const { meaning } = fc.letrec<{ meaning: Meaning; several: Meaning[] }>((tie) => ({
    several: fc.array(tie("meaning"), { minLength: 1, maxLength: 3 }),
    meaning: fc.oneof(
      { depthSize: "medium", maxDepth: 5 },
      fc.constantFrom("a", "b", "c", "d").map((name): Meaning => ({
        condition: F(name).exists(),
        holds: (present) => present.has(name),
      })),
      tie("several").map((parts): Meaning => ({
        condition: and(...parts.map(({ condition }) => condition)),
        holds: (present) => parts.every(({ holds }) => holds(present)),
      })),
      tie("several").map((parts): Meaning => ({
        condition: or(...parts.map(({ condition }) => condition)),
        holds: (present) => parts.some(({ holds }) => holds(present)),
      })),
      tie("meaning").map(({ condition, holds }): Meaning => ({
        condition: not(condition),
        holds: (present) => !holds(present),
      })),
    ),
  }));

  test("any tree means what its text means by DynamoDB's precedence: NOT, AND, OR", () => {
    fc.assert(
      fc.property(meaning, fc.subarray(["a", "b", "c", "d"]), ({ condition, holds }, names) => {
        const present = new Set(names);
        expect(evaluate(condition.debug(), present)).toBe(holds(present));
      }),
      { numRuns: 300 },
    );
  });
});

/** Reads a text of NOT, AND, OR, parentheses and attribute_exists, as DynamoDB's precedence has it. */
function evaluate(text: string, present: ReadonlySet<string>): boolean {
  const tokens = text.match(/attribute_exists\(\w\)|NOT|AND|OR|[()]/g) ?? [];
  expect(tokens.join("")).toBe(text.replaceAll(" ", ""));
  let next = 0;
  const series = (word: string, operand: () => boolean, combine: (all: boolean[]) => boolean) => {
    const values = [operand()];
    while (tokens[next] === word) {
      next++;
      values.push(operand());
    }
    return combine(values);
  };
  const disjunction = (): boolean => series("OR", conjunction, (all) => all.includes(true));
  const conjunction = (): boolean => series("AND", negation, (all) => !all.includes(false));
  const negation = (): boolean => {
    const token = tokens[next++];
    if (token === "NOT") return !negation();
    if (token !== "(") return present.has(token?.at(-2) ?? "");
    const value = disjunction();
    expect(tokens[next++]).toBe(")");
    return value;
  };
  const value = disjunction();
  expect(next).toBe(tokens.length);
  return value;
}

describe("as data", () => {
  test("a condition gives the same expression in every request", () => {
    const condition = a.and(or(b, c));
    const texts = [1, 2].map(() => conditionExpression(condition, new Placeholders()));
    expect(texts).toEqual(["#n0 = :v0 AND (#n1 = :v1 OR attribute_exists(#n2))", texts[0]]);
  });

  test("combining leaves the parts as they were", () => {
    const both = a.and(b);
    both.and(c);
    not(both);
    expect(both.debug()).toBe("a = 1 AND b = 2");
    expect(a.debug()).toBe("a = 1");
  });

  test("what a condition was made of can change without changing it", () => {
    const value = { list: [1] };
    const condition = F("a").eq(value);
    value.list.push(2);
    expect(condition.debug()).toBe("a = { list: [1] }");
  });

  test("equal conditions are equal, however they came about", () => {
    const one = and(a, b, c);
    const other = F("a").eq(1).and(F("b").eq(2)).and(F("c").exists());
    expect(one.equals(other)).toBe(true);
    expect(one).toEqual(other);
    expect(one.equals(and(b, a, c))).toBe(false);
    expect(one).not.toEqual(and(b, a, c));
    expect(F("a").eq(1).equals(F("a").eq("1"))).toBe(false);
  });

  test("inspecting shows what debug shows", () => {
    expect(inspect({ filter: a.or(c) })).toBe(
      "{ filter: Condition(a = 1 OR attribute_exists(c)) }",
    );
  });

  test("it is plain data, and survives a copy", () => {
    expect(JSON.parse(JSON.stringify(F("a", 0).eq(1).node))).toEqual({
      kind: "compare",
      comparator: "=",
      left: { kind: "path", steps: ["a", 0] },
      right: { kind: "value", value: { N: "1" } },
    });
  });
});

describe("mistakes of untyped callers", () => {
  const mistakes: [string, unknown, string][] = [
    ["a boolean", true, "not true"],
    ["a string", "a = 1", "not 'a = 1'"],
    ["nothing", undefined, "not undefined"],
    ["null", null, "not null"],
    ["a list", [a], "not [ Condition(a = 1) ]"],
    ["a path", F("a"), "not F(a)"],
    ["a size", F("a").size(), "size(a)"],
    ["an action", F("a").remove(), "not UpdateAction(REMOVE a)"],
    ["a sum", F("a").plus(1), "not a + 1"],
    ["a key condition", partitionKey("a").eq(1), "not KeyCondition(a = 1)"],
    ["a plain object", { a: 1 }, "not { a: 1 }"],
  ];
  test.each(mistakes)("%s is no condition", (_, given, shown) => {
    const attempts: [() => unknown, string][] = [
      [() => and(a, given as never), "and() takes conditions, such as"],
      [() => and(given as never), "and() takes conditions"],
      [() => a.or(given as never), "or() takes conditions"],
      [() => not(given as never), "not() takes conditions"],
      [
        () => conditionExpression(given as never, new Placeholders()),
        "The condition must be a condition, such as",
      ],
      [
        () => conditionExpression(given as never, new Placeholders(), "filter"),
        "The filter must be a condition",
      ],
    ];
    for (const [attempt, message] of attempts) {
      expect(attempt).toThrow(ExpressionError);
      expect(attempt).toThrow(message);
      expect(attempt).toThrow(shown);
    }
  });

  test("and() and or() need a condition", () => {
    expect(() => and()).toThrow(new ExpressionError("and() needs at least one condition"));
    expect(() => or()).toThrow(new ExpressionError("or() needs at least one condition"));
  });
});

test("an expression of more than 4096 bytes is refused", () => {
  // "#n0 = :v0" and " OR #n0 = :v0", 13 bytes each.
  const many = (count: number) => or(...Array.from({ length: count }, () => a));
  expect(conditionExpression(many(315), new Placeholders())).toHaveLength(4091);
  expect(() => conditionExpression(many(316), new Placeholders())).toThrow(
    "The condition expression is 4104 bytes long, and DynamoDB takes 4096",
  );
  expect(() => conditionExpression(many(316), new Placeholders(), "filter")).toThrow(/The filter/);
});
