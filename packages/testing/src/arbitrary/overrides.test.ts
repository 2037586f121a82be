import { defineTable, isoDate, jsonString } from "@fieldwise/schema";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { FixtureError } from "./fixture-error.ts";
import { itemsOf } from "./items.ts";
import { plainStyle } from "./style.ts";

const table = defineTable({
  name: "overrides",
  schema: z.intersection(
    z.object({
      id: z.string(),
      count: z.int().min(0),
      tree: z.object({ left: z.object({ leaf: z.string() }).optional(), right: z.int() }),
      pair: z.tuple([z.string(), z.object({ a: z.int(), b: z.int() })]),
      names: z.record(z.string(), z.object({ a: z.int(), b: z.int() })),
      listed: z.record(z.enum(["p", "q"]), z.int()),
      tags: z.set(z.string()),
      either: z.union([
        z.object({ circle: z.number().positive() }),
        z.object({ width: z.number(), height: z.number() }),
        z.array(z.object({ x: z.int(), y: z.int() })),
        z.string(),
      ]),
      kind: z.discriminatedUnion("type", [
        z.object({ type: z.literal("a"), text: z.string() }),
        z.object({ type: z.literal("b"), count: z.int(), more: z.int() }),
      ]),
      packed: jsonString(z.object({ at: isoDate(), list: z.array(z.int()) })),
      maybe: z.string().nullish(),
      any: z.unknown(),
    }),
    z.object({
      other: z.object({ deep: z.string(), more: z.int() }),
      rows: z.array(z.object({ a: z.int(), b: z.int() })),
    }),
  ),
  partitionKey: "id",
});

const withOverride = (override: unknown): readonly Record<string, unknown>[] =>
  fc.sample(itemsOf(table, plainStyle, override), { seed: 4, numRuns: 15 });

test.each<[string, Record<string, unknown>]>([
  ["a value", { count: 7 }],
  ["a member of a member", { tree: { left: { leaf: "x" } } }],
  ["an element of a tuple", { pair: ["x", { b: 5 }] }],
  ["members of a record", { names: { one: { a: 1 }, two: {} } }],
  ["one of the members that a record lists", { listed: { q: 9 } }],
  ["a set", { tags: new Set(["x", "y"]) }],
  ["a member that tells the option of a union", { either: { height: 2 } }],
  ["a list that tells the option of a union", { either: [{ x: 1 }, { y: 2 }] }],
  ["a value that tells the option of a union", { either: "text" }],
  ["the discriminator", { kind: { type: "b" } }],
  ["a member beside the discriminator", { kind: { more: 3 } }],
  ["a member inside a codec", { packed: { list: [1, 2] } }],
  ["null", { maybe: null }],
  ["anything", { any: { a: [1] } }],
  ["a list of the other side of an intersection", { rows: [{ a: 1 }, { b: 2 }] }],
  ["a member of the other side of an intersection", { other: { more: 2 }, count: 1 }],
])("%s is as it was given, and the rest is made up", (_, override) => {
  for (const item of withOverride(override)) {
    expect(item).toMatchObject(override);
    expect(table.codec.encodeItem(item)).toBeDefined();
  }
});

test("a record that is given has no other members", () => {
  for (const { names } of withOverride({ names: { one: { a: 1 } } })) {
    expect(names).toEqual({ one: { a: 1, b: expect.any(Number) } });
  }
});

test("a list that is given has as many elements", () => {
  for (const { either } of withOverride({ either: [{ x: 1 }, {}] })) expect(either).toHaveLength(2);
});

test("what is undefined is left out", () => {
  for (const item of withOverride({ maybe: undefined, tree: { left: undefined } })) {
    expect(item).not.toHaveProperty("maybe");
    expect(item["tree"]).not.toHaveProperty("left");
  }
});

test("what is given and does not fit is an error that names it", () => {
  expect(() => withOverride({ count: -1 })).toThrow(FixtureError);
  expect(() => withOverride({ count: -1 })).toThrow(/overrides.*count: Too small/);
  expect(() => withOverride({ tree: { right: "x" } })).toThrow(/tree\.right: Invalid input/);
});
