import { deepStrictEqual } from "node:assert/strict";
import { AttributeValueError, marshall, NumberValue } from "@fieldwise/core";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { tables } from "../../test-support/schema-arbitrary.ts";
import { bytes } from "../codecs/bytes.ts";
import { epochSeconds, isoDate } from "../codecs/dates.ts";
import { decimal } from "../codecs/decimal.ts";
import { encodeByZod, encodeWhole } from "./encode.ts";
import { encoderOf } from "./encoder.ts";

/** Whether the item went the direct way. */
function isDirect(schema: z.ZodType, item: unknown): boolean {
  try {
    return encoderOf(schema)?.(item, 0) !== undefined;
  } catch {
    return false;
  }
}

/** What a table is sent, or the issues: in the same order, and of the same text. */
function sent(encode: typeof encodeWhole, schema: z.ZodType, item: unknown): unknown {
  try {
    const encoded = encode(schema, item, []);
    if (!encoded.ok) return { issues: encoded.issues };
    return { text: JSON.stringify(marshall(encoded.value as never)), value: encoded.value };
  } catch (error) {
    if (!(error instanceof AttributeValueError)) throw error;
    return { error: error.message };
  }
}

/** To be compared by Node's assert: expect would compare members named `constructor` by identity. */
const both = (schema: z.ZodType, item: unknown): readonly [unknown, unknown] => [
  sent(encodeWhole, schema, item),
  sent(encodeByZod, schema, item),
];

describe("the direct way gives what zod gives", () => {
  test("for whatever schema, and items that fit it", () => {
    let direct = 0;
    fc.assert(
      fc.property(tables, ({ schema, item }) => {
        const [one, other] = both(schema, item);
        expect(() => deepStrictEqual(one, other)).not.toThrow();
        if (isDirect(schema, item)) direct++;
      }),
      { numRuns: 300 },
    );
    expect(direct).toBeGreaterThan(10);
  });

  test("and items that don't", () => {
    const misfit = fc.oneof(
      fc.constantFrom<unknown>(
        undefined,
        null,
        "",
        -0,
        Number.NaN,
        2 ** 60,
        1e-200,
        Infinity,
        new Set(),
        new Set([undefined]),
        new Map([["", undefined]]),
        new Map<unknown, unknown>([
          [1, 1],
          ["1", 2],
        ]),
        new Map([[{ toString: 0 }, {}]]),
        new Date(Number.NaN),
        [],
        [undefined],
        { "": 1 },
        JSON.parse('{"__proto__":1}'),
        { [Symbol("s")]: 1 },
        new NumberValue("1"),
        new Uint8Array(2),
        () => 1,
      ),
      fc.anything({ withMap: true, withSet: true, withBigInt: true, withDate: true }),
    );
    fc.assert(
      fc.property(tables, fc.nat(), misfit, fc.boolean(), ({ schema, item }, place, value, add) => {
        const [one, other] = both(schema, changed(item, place, value, add));
        expect(() => deepStrictEqual(one, other)).not.toThrow();
      }),
      { numRuns: 600 },
    );
  });
});

/** The item with something else, or something more, at some place in it. */
function changed(value: unknown, place: number, other: unknown, add: boolean): unknown {
  if (value instanceof Set || value instanceof Map || value instanceof Date) return other;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return other;
  if (value instanceof NumberValue) return other;
  const names = Object.keys(value);
  const name = names[place % (names.length + 1)];
  if (name === undefined) {
    if (!add) return other;
    return Array.isArray(value) ? [...(value as unknown[]), other] : { ...value, added: other };
  }
  const rest = Math.floor(place / (names.length + 1));
  const member = (value as Record<string, unknown>)[name];
  if (Array.isArray(value)) {
    return (value as unknown[]).with(Number(name), changed(member, rest, other, add));
  }
  return { ...value, [name]: changed(member, rest, other, add) };
}

const schema = z.object({
  id: z.string().min(1).trim(),
  url: z.url({ normalize: true }).optional(),
  n: z.int().positive().default(1),
  at: isoDate().default(() => new Date(0)),
  until: epochSeconds().optional(),
  price: decimal().nullable().optional(),
  picture: bytes().nullish(),
  tags: z.set(z.string().max(5)).max(2),
  list: z.array(z.strictObject({ a: z.bigint(), b: z.enum(["x", "y"]).optional() })).max(3),
  byName: z.record(z.string(), z.object({ deep: z.boolean() }).readonly()),
  either: z.union([z.string(), z.object({ a: z.number() })]).optional(),
  any: z.any().optional(),
  nested: z.object({ level: z.number().default(1) }).default({ level: 5 }),
});
const item = {
  id: " a ",
  url: "https://EXAMPLE.com",
  until: new Date(5500),
  price: "1.5",
  picture: new Uint8Array([1]),
  tags: new Set(["a"]),
  list: [{ a: 1n, b: "x" }, { a: 2n }],
  byName: { z: { deep: true }, 1: { deep: false } },
  either: { a: 1 },
  any: [{ b: new Set([1]) }],
  nested: {},
};

describe("what goes the direct way", () => {
  test("an item of many kinds of members", () => {
    expect(isDirect(schema, item)).toBe(true);
    const [one, other] = both(schema, item);
    expect(() => deepStrictEqual(one, other)).not.toThrow();
    expect(one).toMatchObject({
      value: { id: "a", url: "https://example.com/", n: 1, at: "1970-01-01T00:00:00.000Z" },
    });
  });

  test.each<[string, object, boolean]>([
    ["an empty set", { tags: new Set() }, true],
    ["too large a set", { tags: new Set(["a", "b", "c"]) }, false],
    ["a member too many", { extra: 1 }, true],
    ["a member too many of a strict object", { list: [{ a: 1n, extra: 1 }] }, false],
    ["an undefined member", { until: undefined, price: undefined }, true],
    ["a null member", { price: null, picture: null }, true],
    ["what would be left out of a union", { either: { a: undefined } }, false],
    ["a number that is none", { n: Number.NaN }, false],
    ["a decimal that is none", { price: "x" }, false],
    ["an invalid date", { at: new Date(Number.NaN) }, false],
    ["a missing member with defaults inside", { nested: undefined }, false],
    [
      "an instance of a class",
      {
        nested: new (class {
          level = 3;
        })(),
      },
      false,
    ],
    [
      "a hidden member of a record",
      { byName: Object.defineProperty({}, "a", { value: 1 }) },
      false,
    ],
    ["a list with a hole", { list: Array(1) }, false],
  ])("%s", (_, members, direct) => {
    const given = { ...item, ...members };
    expect(isDirect(schema, given)).toBe(direct);
    const [one, other] = both(schema, given);
    expect(() => deepStrictEqual(one, other)).not.toThrow();
  });

  test.each([20, 27, 28, 29, 30, 31, 32, 33, 40, 70])("what nests %i deep", (depth) => {
    type Tree = { readonly child?: Tree | undefined; readonly any?: unknown };
    const tree: z.ZodType<Tree> = z.object({
      child: z.lazy(() => tree).optional(),
      any: z.any().optional(),
    });
    let nested: Tree = {};
    let any: unknown = 1;
    for (let level = 0; level < depth; level++) {
      nested = { child: nested };
      any = [any];
    }
    for (const each of [nested, { any }, { child: { child: { any } } }]) {
      const [one, other] = both(tree, each);
      expect(() => deepStrictEqual(one, other)).not.toThrow();
    }
  });

  const Event = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("made"), at: isoDate(), tags: z.set(z.string()) }),
    z.object({ kind: z.enum(["sent", "lost"]), note: z.json().optional() }),
  ]);
  const Node = z.object({
    name: z.string(),
    tags: z.set(z.string()).optional(),
    get children() {
      return z.array(Node);
    },
  });
  const kinds = z.union([z.string(), z.array(z.number()), z.record(z.string(), z.bigint())]);
  const leaf = { name: "b", tags: new Set(["x"]), children: [] };

  test.each<[string, z.ZodType, unknown, boolean]>([
    ["any JSON", z.json(), { a: [1, "b", null, { c: true, d: [] }] }, true],
    ["what is no JSON", z.json(), { a: [1, new Date(0)] }, false],
    [
      "an option by its discriminator",
      Event,
      { kind: "made", at: new Date(0), tags: leaf.tags },
      true,
    ],
    [
      "an option with an empty set",
      Event,
      { kind: "made", at: new Date(0), tags: new Set() },
      true,
    ],
    ["another option", Event, { kind: "lost", note: { a: [1] } }, true],
    ["an option that does not fit", Event, { kind: "made", note: 1 }, false],
    ["a discriminator of no option", Event, { kind: "found" }, false],
    ["no discriminator", Event, {}, false],
    ["an option by its kind: a text", kinds, "a", true],
    ["an option by its kind: a list", kinds, [1, 2], true],
    ["an option by its kind: a map", kinds, { a: 1n }, true],
    ["a kind of no option", kinds, 1, false],
    ["a schema that holds itself", Node, { name: "a", children: [leaf, leaf] }, true],
    ["a misfit in one", Node, { name: "a", children: [{ ...leaf, children: [1] }] }, false],
  ])("%s", (_, inside, value, direct) => {
    const encode = vi.spyOn(inside["_zod"], "run");
    for (const [outside, given] of [
      [z.object({ value: inside }), { value }],
      [z.object({ list: z.array(inside) }), { list: [value, value] }],
    ] as const) {
      const withoutZod = isDirect(outside, given) && encode.mock.calls.length === 0;
      expect(withoutZod).toBe(direct);
      const [one, other] = both(outside, given);
      expect(() => deepStrictEqual(one, other)).not.toThrow();
      encode.mockClear();
    }
  });

  test("refinements see what the application holds, and once the types are right", () => {
    const seen: unknown[] = [];
    const refined = z.object({
      at: isoDate(),
      list: z.array(isoDate()).refine((list) => seen.push(list)),
      pair: z.object({ a: isoDate() }).refine((pair) => seen.push(pair)),
    });
    const at = new Date(0);
    const given = { at, list: [at], pair: { a: at } };
    expect(isDirect(refined, given)).toBe(true);
    expect(seen).toStrictEqual([given.list, given.pair]);
  });
});

test("what is asynchronous is left to zod", () => {
  const slow = z.object({ a: z.string().refine(() => Promise.resolve(true)) });
  expect(isDirect(slow, { a: "x" })).toBe(false);
  const codec = z.object({
    a: z.codec(z.string(), z.string(), { decode: (a) => a, encode: (a) => Promise.resolve(a) }),
  });
  expect(isDirect(codec, { a: "x" })).toBe(false);
});
