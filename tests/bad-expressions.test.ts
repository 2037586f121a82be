import { and, type Client, F, listAppend, not, or, partitionKey, sortKey } from "@fieldwise/core";
import { describe, expect, it } from "vitest";
import { errorBeforeAnyRequest, type Refused, untyped } from "./support/refused.ts";

// These need no server: what they prove is that none is asked.

const table = "bad-expressions";
const key = { id: "a" };
const id = partitionKey("id").eq("a");
const [a, b, nested] = [F("a"), F("b"), F("a", "b")];
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

type Row = readonly [title: string, message: RegExp, make: () => unknown];

const conditions: readonly Row[] = [
  ["no values for IN", /^status: in\(\) .*1 to 100/, () => F("status").in([])],
  ["101 values for IN", /^a: in\(\) .*101/, () => a.in(times(101, 1))],
  ["and() of nothing", /^and\(\)/, () => and()],
  ["or() of nothing", /^or\(\)/, () => or()],
  ["not() of a value", /^not\(\)/, () => not(untyped(true))],
  ["a comparison's result", /condition/, () => false],
  ["an action", /condition/, () => a.set(1)],
  ["an empty name", /no step/, () => F("").exists()],
  ["a negative index", /-1 after l/, () => F("l", -1).exists()],
  ["a fraction as index", /1\.5 after l/, () => F("l", 1.5).exists()],
  ["too deep a path", /33 steps/, () => F("a", ...times(32, "b")).exists()],
  ["an unknown type", /^a: type\(\)/, () => a.type(untyped("X"))],
  ["a number to begin with", /^a: beginsWith\(\)/, () => a.beginsWith(untyped(1))],
  ["a size to begin with", /^a: beginsWith\(\)/, () => a.beginsWith(untyped(b.size()))],
  ["itself to contain", /^a: contains\(\)/, () => a.contains(a)],
  ["an order of lists", /^a: </, () => a.lt(untyped([1]))],
  ["bounds of two types", /^a: between\(\)/, () => a.between(1, untyped("2"))],
  ["a condition of more than 4 KB", /4096/, () => and(...times(300, a.eq(1)))],
];

const updates: readonly Row[] = [
  ["no action", /at least one action/, () => []],
  ["a condition as action", /actions/, () => a.eq(1)],
  ["a path changed twice", /^a\.b .*twice/, () => [nested.set(1), nested.remove()]],
  ["a path and a part of it", /^a and a\.b/, () => [a.set(1), nested.remove()]],
  ["ADD to a nested path", /^a\.b: add\(\)/, () => nested.add(1)],
  ["DELETE from a nested path", /^a\[0\]: delete\(\)/, () => F("a", 0).delete(new Set(["x"]))],
  ["ADD of a string", /^a: add\(\)/, () => a.add(untyped("x"))],
  ["DELETE of a number", /^a: delete\(\)/, () => a.delete(untyped(1))],
  ["plus a string", /^a: \+/, () => a.set(a.plus(untyped("x")))],
  ["nested arithmetic", /nested/, () => a.set(a.plus(untyped(b.plus(1))))],
  ["append of no list", /^a: list_append/, () => a.append(untyped("x"))],
  ["three lists in one", /^a: listAppend\(\)/, () => a.set(listAppend(listAppend(a, [1]), [2]))],
  ["a size as value", /^a: set\(\)/, () => a.set(untyped(b.size()))],
];

const query = (make: () => unknown) => (client: Client) =>
  client.query(table, untyped(make())).toArray();
const project = (projection: unknown) => (client: Client) =>
  client.get(table, key, { projection: untyped(projection) });

const others: readonly Refused[] = [
  ["an empty projection", "ExpressionError", /at least one path/, project([])],
  ["a path projected twice", "ExpressionError", /^a stands twice/, project(["a", a])],
  ["overlapping projections", "ExpressionError", /^a and a\.b/, project(["a", nested])],
  ["no partition key", "ExpressionError", /partition key/, query(() => sortKey("r").eq("x"))],
  ["no key condition", "ExpressionError", /key condition/, query(() => a.eq(1))],
  [
    "a key attribute twice",
    "ExpressionError",
    /^id: .*once/,
    query(() => id.and(partitionKey("id").eq("b"))),
  ],
  [
    "a sort key behind a range",
    "ExpressionError",
    /^r: .*eq\(\)/,
    query(() => id.and(sortKey("r").gt("x")).and(sortKey("s").eq("y"))),
  ],
];

describe("a bad expression is an error before any request:", () => {
  const messageOf = async (attempt: (client: Client) => unknown): Promise<string> => {
    const error = await errorBeforeAnyRequest(attempt);
    expect(error.name).toBe("ExpressionError");
    return error.message;
  };

  it.each(conditions)("%s", async (_, message, make) => {
    for (const attempt of [
      (client: Client) => client.scan(table, { filter: untyped(make()) }).toArray(),
      (client: Client) => client.delete(table, key, { condition: untyped(make()) }),
    ])
      expect(await messageOf(attempt)).toMatch(message);
  });

  it.each(updates)("%s", async (_, message, make) => {
    for (const attempt of [
      (client: Client) => client.update(table, key, untyped(make())),
      (client: Client) => client.transactWrite([{ update: table, key, actions: untyped(make()) }]),
    ])
      expect(await messageOf(attempt)).toMatch(message);
  });

  it.each(others)("%s", async (_, __, message, attempt) => {
    expect(await messageOf(attempt)).toMatch(message);
  });
});
