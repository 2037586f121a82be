import { isFieldwiseError } from "@fieldwise/core";
import { bytes, defineTable, epochSeconds, isoDate } from "@fieldwise/schema";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { arbitrary, arbitraryKey } from "./arbitrary.ts";
import { FixtureError } from "./fixture-error.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]).default("placed"),
    placedAt: isoDate(),
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int(), gift: z.boolean().optional() })),
    tags: z.set(z.string()).default(() => new Set<string>()),
    note: z.string().optional(),
    expires: epochSeconds().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  indexes: { byNote: { partitionKey: "note", sortKey: "placedAt" } },
});

const itemsOf = (seed: number): readonly unknown[] =>
  fc.sample(arbitrary(Orders), { seed, numRuns: 100 });

function counterexample<Item>(
  items: fc.Arbitrary<Item>,
  holds: (item: Item) => boolean,
  seed: number,
): Item | undefined {
  return fc.check(fc.property(items, holds), { seed }).counterexample?.[0];
}

test("the same seed gives the same items", () => {
  expect(itemsOf(5)).toEqual(itemsOf(5));
  expect(itemsOf(5)).not.toEqual(itemsOf(6));
});

test("one arbitrary gives the same items again, whatever was drawn before", () => {
  const orders = arbitrary(Orders);
  const first = fc.sample(orders, { seed: 9, numRuns: 20 });
  fc.sample(orders, { seed: 10, numRuns: 33 });
  expect(fc.sample(orders, { seed: 9, numRuns: 20 })).toEqual(first);
});

describe("counter-examples are small", () => {
  test.each([1, 2, 3, 4, 5])("with seed %d", (seed) => {
    const found = counterexample(arbitrary(Orders), ({ lines }) => lines.length < 3, seed);
    const line = { sku: "", quantity: 0 };
    expect(found).toEqual({
      customerId: expect.stringMatching(/^.$/u),
      orderId: expect.stringMatching(/^.$/u),
      status: "placed",
      placedAt: new Date(0),
      total: 0,
      lines: [line, line, line],
      tags: new Set(),
    });
  });

  test("what fails by one attribute is small in all others", () => {
    const found = counterexample(arbitrary(Orders), ({ total }) => total < 1000, 8);
    expect(found).toMatchObject({ total: 1000, lines: [], placedAt: new Date(0) });
    expect(found).not.toHaveProperty("note");
  });
});

describe("keys", () => {
  const Pictures = defineTable({
    name: "pictures",
    schema: z.object({ id: bytes(), at: z.number(), owner: z.string().optional() }),
    partitionKey: "id",
    sortKey: "at",
    indexes: { byOwner: { partitionKey: "owner" } },
  });

  test("are never empty, and neither are those of indexes", () => {
    for (const { id, owner } of fc.sample(arbitrary(Pictures), { seed: 3, numRuns: 300 })) {
      expect(id.length).toBeGreaterThan(0);
      expect(owner).not.toBe("");
    }
    for (const { note } of fc.sample(arbitrary(Orders), { seed: 3, numRuns: 300 })) {
      expect(note).not.toBe("");
    }
  });

  test("are no longer than DynamoDB takes them", () => {
    const sizes = fc
      .sample(arbitraryKey(Orders), { seed: 3, numRuns: 2000 })
      .map(({ customerId, orderId }) => [customerId, orderId].map((key) => Buffer.byteLength(key)));
    expect(Math.max(...sizes.map(([partition]) => partition ?? 0))).toBeLessThanOrEqual(2048);
    expect(Math.max(...sizes.map(([, sort]) => sort ?? 0))).toBeLessThanOrEqual(1024);
    expect(Math.max(...sizes.map(([partition]) => partition ?? 0))).toBeGreaterThan(900);
  });

  test("have the attributes of the primary key alone", () => {
    for (const key of fc.sample(arbitraryKey(Orders), 20)) {
      expect(Object.keys(key)).toEqual(["customerId", "orderId"]);
      expect(Orders.codec.encodeKey(key, Orders.keys.primary)).toEqual(key);
    }
  });
});

describe("what is sought", () => {
  const table = defineTable({
    name: "edges",
    schema: z.object({
      id: z.string(),
      text: z.string(),
      number: z.number().min(-5).max(7),
      whole: z.int(),
      date: isoDate(),
      big: z.bigint(),
      members: z.record(z.string(), z.int()),
      either: z.union([z.literal("a"), z.literal("b"), z.int(), z.null(), z.array(z.string())]),
      more: z.string().optional(),
      empty: z.string().nullable(),
      tree: z.json(),
    }),
    partitionKey: "id",
  });
  const items = fc.sample(arbitrary(table), { seed: 2, numRuns: 1000 });

  test.each<[string, (item: (typeof items)[0]) => boolean]>([
    ["the empty text", ({ text }) => text === ""],
    ["a long text", ({ text }) => text.length >= 1000],
    ["a text beyond the basic plane", ({ text }) => /[\u{10000}-\u{10FFFF}]/u.test(text)],
    ["a text named as what objects inherit", ({ text }) => text === "__proto__"],
    ["the lower bound", ({ number }) => number === -5],
    ["the upper bound", ({ number }) => number === 7],
    ["a fraction", ({ number }) => !Number.isInteger(number)],
    ["the number nearest to zero", ({ number }) => number === 1e-130],
    ["the largest exact number", ({ whole }) => whole === Number.MAX_SAFE_INTEGER],
    ["the first date", ({ date }) => date.getTime() === Date.parse("0000-01-01T00:00:00Z")],
    ["the last date", ({ date }) => date.getTime() === Date.parse("9999-12-31T23:59:59.999Z")],
    ["a number of 38 digits", ({ big }) => String(big).length >= 38],
    [
      "a member named as what objects inherit",
      ({ members }) => Object.hasOwn(members, "constructor"),
    ],
    ["no member", ({ members }) => Object.keys(members).length === 0],
    ["the first option", ({ either }) => either === "a"],
    ["the second option", ({ either }) => either === "b"],
    ["an option of another type", ({ either }) => typeof either === "number"],
    ["the option null", ({ either }) => either === null],
    ["an option that is a list", ({ either }) => Array.isArray(either)],
    ["an absent member", ({ more }) => more === undefined],
    ["a member that may be absent", ({ more }) => more !== undefined],
    ["null", ({ empty }) => empty === null],
    ["a value nested deep", ({ tree }) => depthOf(tree) > 6],
  ])("%s", (_, has) => {
    expect(items.filter(has).length).toBeGreaterThan(0);
  });

  test("and nothing that DynamoDB or zod refuses", () => {
    for (const { text, members, number } of items) {
      expect(text.isWellFormed()).toBe(true);
      expect(Object.hasOwn(members, "__proto__") || Object.hasOwn(members, "")).toBe(false);
      expect(Object.is(number, -0)).toBe(false);
    }
  });
});

describe("what is given", () => {
  test("stays as it is, and the rest is made up", () => {
    const placedAt = new Date("2026-11-22T10:00:00.123Z");
    const values = { customerId: "c1", placedAt, lines: [{ sku: "tea" }, {}], note: undefined };
    for (const item of fc.sample(arbitrary(Orders, { values }), 20)) {
      expect(item).toMatchObject({ customerId: "c1", placedAt, lines: [{ sku: "tea" }, {}] });
      expect(item).not.toHaveProperty("note");
      expect(typeof item.lines[1]?.quantity).toBe("number");
    }
  });
});

describe("what can't be hit by chance", () => {
  const hopeless = (schema: z.ZodType): unknown => {
    const table = defineTable({
      name: "cards",
      schema: z.object({ id: z.string(), lines: z.array(z.object({ number: schema })).min(1) }),
      partitionKey: "id",
    });
    try {
      return fc.sample(arbitrary(table), 1);
    } catch (error) {
      return error;
    }
  };

  test("is an error that names the attribute and the refinement, and says what to do", () => {
    const error = hopeless(
      z.string().refine((text) => text.startsWith("4111-1111"), "must be a card"),
    );
    expect(isFieldwiseError(error, FixtureError)).toBe(true);
    expect(error).toMatchObject({
      name: "FixtureError",
      tableName: "cards",
      path: "lines[*].number",
    });
    expect((error as Error).message).toBe(
      "Table cards, lines[*].number: no value that the schema takes was found by chance (must be a card). Say how it is made: give the value by the option `values`, or to fixtures as an override",
    );
  });

  test("names what never ends", () => {
    expect(String(hopeless(endless()))).toBe(
      "FixtureError: Table cards, lines[*].number.next: the schema takes no value at all, or none that ends",
    );
  });

  test.each<[string, z.ZodType]>([
    ["bounds that contradict each other", z.int().min(5).max(4)],
    ["lengths that contradict each other", z.string().min(5).max(4)],
    [
      "a pattern longer than the text may be",
      z
        .string()
        .regex(/^[a-z]{9}$/)
        .max(3),
    ],
    ["a pattern that refers back", z.string().regex(/^(\w{4}) \1 \1$/)],
    ["a class of its own", z.instanceof(URLSearchParams)],
    [
      "a codec of two such",
      z.codec(
        z.string().refine(() => false),
        z.instanceof(URLSearchParams),
        { decode: (text) => new URLSearchParams(text), encode: (value) => value.toString() },
      ),
    ],
    ["a set of more members than there are", z.set(z.enum(["a", "b"])).min(3)],
    ["a schema that never ends", endless()],
    ["a member that takes nothing", z.object({ inner: z.never() })],
  ])("%s", (_, schema) => {
    expect(hopeless(schema)).toBeInstanceOf(FixtureError);
  });

  test("can be given", () => {
    const table = defineTable({
      name: "cards",
      schema: z.object({
        id: z.string(),
        number: z.string().refine((text) => text.startsWith("4111")),
      }),
      partitionKey: "id",
    });
    const cards = fc.sample(arbitrary(table, { values: { number: "4111" } }), 5);
    expect(cards.map(({ number }) => number)).toEqual(Array.from({ length: 5 }, () => "4111"));
    expect(() => fc.sample(arbitrary(table, { values: { number: "4112" } }), 1)).toThrow(
      /^Table cards: .*number: Invalid input/,
    );
  });
});

function endless(): z.ZodType {
  const node: z.ZodType = z.object({ next: z.lazy(() => node) });
  return node;
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
