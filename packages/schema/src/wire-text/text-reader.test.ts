import assert from "node:assert/strict";
import { type AttributeMap, marshall, notUnderstood, TextCursor } from "@fieldwise/core";
import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { tables } from "../../test-support/schema-arbitrary.ts";
import { bytes } from "../codecs/bytes.ts";
import { epochSeconds, isoDate } from "../codecs/dates.ts";
import { decimal } from "../codecs/decimal.ts";
import { compileSchema } from "../compile/compile-schema.ts";
import { decoderOf } from "../compile/decoder.ts";
import { itemTextReader } from "./text-reader.ts";

afterEach(() => z.config({ jitless: false }));

/** What comes of an item's text: the item, or nothing where it is left to another reader. */
function readText(
  schema: z.core.$ZodType,
  text: string | Buffer,
  side: "application" | "stored" = "application",
): { readonly item: unknown } | undefined {
  const read = itemTextReader(schema, side);
  if (read === undefined) return undefined;
  const cursor = new TextCursor(typeof text === "string" ? Buffer.from(text) : text);
  let item: unknown;
  try {
    item = read(cursor);
  } catch {
    return undefined;
  }
  // What comes behind an item is not its reader's to look at.
  return cursor.at === cursor.bytes.length ? { item } : undefined;
}

/** What comes of the same item as DynamoDB's JSON. */
function readJson(
  schema: z.core.$ZodType,
  text: string,
  side: "application" | "stored" = "application",
): { readonly item: unknown } | undefined {
  if (side === "stored") {
    const stored = decoderOf(schema).readStored(JSON.parse(text) as AttributeMap);
    return stored.ok ? { item: stored.value } : undefined;
  }
  const decoded = decoderOf(schema).decode(JSON.parse(text) as AttributeMap);
  return decoded.ok ? { item: decoded.item } : undefined;
}

// More of them by RUNS, for whoever changes how items are read.
const runs = Number(process.env["RUNS"] ?? 300);

describe.each([
  ["compiled", false, "application"],
  ["where source text may not be compiled", true, "application"],
  ["the stored side, compiled", false, "stored"],
  ["the stored side, where source text may not be compiled", true, "stored"],
] as const)("%s", (_, jitless, side) => {
  test("any item of any schema is read as from JSON", () => {
    z.config({ jitless });
    let understood = 0;
    fc.assert(
      fc.property(tables, fc.infiniteStream(fc.nat()), ({ schema, item }, order) => {
        const codec = compileSchema("things", schema, { keyAttributes: [] });
        const wire = marshall(codec.encodeItem(item));
        const text = JSON.stringify(shuffled(wire, order));
        const read = readText(schema, text, side);
        if (read === undefined) return;
        understood++;
        assert.deepEqual(read, readJson(schema, text, side));
      }),
      { numRuns: runs },
    );
    expect(understood).toBeGreaterThan(runs / 6);
  });

  test("what does not fit a schema is not understood, or is read as from JSON", () => {
    z.config({ jitless });
    const other = fc.constantFrom<unknown>(
      { S: "" },
      { S: "x" },
      { N: "0" },
      { N: "1.5" },
      { N: "-1e2" },
      { N: "12345678901234567890" },
      { BOOL: true },
      { NULL: true },
      { L: [] },
      { L: [{ S: "a" }] },
      { M: {} },
      { M: { a: { N: "1" } } },
      { SS: ["a"] },
      { NS: ["1", "1.0"] },
      { B: "AA==" },
      {},
      undefined,
    );
    fc.assert(
      fc.property(tables, other, fc.nat(), ({ schema, item }, value, place) => {
        const codec = compileSchema("things", schema, { keyAttributes: [] });
        const wire = marshall(codec.encodeItem(item));
        const text = JSON.stringify(replaced(wire, place, value));
        const read = readText(schema, text, side);
        if (read === undefined) return;
        assert.deepEqual(read, readJson(schema, text, side));
      }),
      { numRuns: runs },
    );
  });

  test("text that was damaged is not understood, or is read as from JSON", () => {
    z.config({ jitless });
    fc.assert(
      fc.property(tables, edits, ({ schema, item }, changes) => {
        const codec = compileSchema("things", schema, { keyAttributes: [] });
        let body = Buffer.from(JSON.stringify(marshall(codec.encodeItem(item))));
        for (const { at, remove, insert } of changes) {
          const place = Math.floor(at * body.length);
          body = Buffer.concat([body.subarray(0, place), insert, body.subarray(place + remove)]);
        }
        const read = readText(schema, body, side);
        if (read === undefined) return;
        assert.deepEqual(read, readJson(schema, body.toString("utf8"), side));
      }),
      { numRuns: runs },
    );
  });
});

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 3 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 2 }).map((each) => Buffer.from(each)),
      fc
        .constantFrom(
          '"',
          "\\",
          "\\u00e9",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          " ",
          "\n",
          "0",
          "é",
          '"a":',
        )
        .map((each) => Buffer.from(each)),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

// The members of every map in another order.
function shuffled(value: unknown, order: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((member) => shuffled(member, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, member]) => [Number(order.next().value), name, shuffled(member, order)] as const,
  );
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => a - b).map(([, name, member]) => [name, member]),
  );
}

// One attribute value, anywhere, becomes another or goes.
function replaced(wire: unknown, place: number, value: unknown): unknown {
  const places: { readonly holder: Record<string, unknown>; readonly name: string }[] = [];
  const walk = (holder: Record<string, unknown>): void => {
    for (const [name, member] of Object.entries(holder)) {
      places.push({ holder, name });
      const { M, L } = member as { readonly M?: object; readonly L?: object };
      const inside = M ?? L;
      if (inside !== undefined) walk(inside as Record<string, unknown>);
    }
  };
  const copy = structuredClone(wire) as Record<string, unknown>;
  walk(copy);
  const { holder, name } = places[place % Math.max(1, places.length)] ?? { holder: copy, name: "" };
  if (value === undefined && !Array.isArray(holder)) delete holder[name];
  else holder[name] = value ?? { S: "gone" };
  return copy;
}

const Orders = z.object({
  id: z.string().min(1),
  status: z.enum(["placed", "shipped"]),
  at: isoDate(),
  expires: epochSeconds().optional(),
  total: z.number().nonnegative(),
  price: decimal(),
  count: z.bigint().default(5n),
  lines: z.array(z.object({ sku: z.string().regex(/^[A-Z]/), quantity: z.int().positive() })),
  tags: z.set(z.string()),
  by: z.record(z.string(), z.number().nullable()),
  photo: bytes().optional(),
  email: z.email().toLowerCase().optional(),
  note: z.string().optional(),
});
const whole = {
  id: { S: "o1" },
  status: { S: "placed" },
  at: { S: "2026-01-31T12:00:00.000Z" },
  expires: { N: "1700000000" },
  total: { N: "12.50" },
  price: { N: "0.1" },
  count: { N: "7" },
  lines: { L: [{ M: { sku: { S: "Tea" }, quantity: { N: "2" } } }] },
  tags: { SS: ["new", "é"] },
  by: { M: { a: { N: "1" }, b: { NULL: true } } },
  photo: { B: "AAEC" },
  email: { S: "Ada@Example.com" },
  note: { S: 'a "quoted" line\n' },
};

describe("an ordinary schema", () => {
  test.each<readonly [string, object]>([
    ["whole", whole],
    [
      "without what may be missing",
      { ...whole, note: undefined, photo: undefined, expires: undefined, email: undefined },
    ],
    ["with defaults and empty sets", { ...whole, count: undefined, tags: undefined }],
    ["with what the schema drops", { first: { M: { a: { L: [{}] } } }, ...whole, x: { S: "y" } }],
    ["in the opposite order", Object.fromEntries(Object.entries(whole).toReversed())],
  ])("is understood: %s", (_, wire) => {
    const text = JSON.stringify(wire);
    const read = readText(Orders, text);
    expect(read).toBeDefined();
    assert.deepEqual(read, readJson(Orders, text));
  });

  test.each<readonly [string, object]>([
    ["a required member", { id: undefined }],
    ["a value of another type", { total: { S: "12" } }],
    ["a value below its bound", { total: { N: "-1" } }],
    [
      "a string that does not match",
      { lines: { L: [{ M: { sku: { S: "tea" }, quantity: { N: "2" } } }] } },
    ],
    ["no such value of an enum", { status: { S: "lost" } }],
    ["a number that is not exact", { total: { N: "9007199254740993" } }],
    ["a date that is none", { at: { S: "2026-02-31T12:00:00.000Z" } }],
  ])("leaves to others: %s", (_, change) => {
    const text = JSON.stringify({ ...whole, ...change });
    expect(readText(Orders, text)).toBeUndefined();
    expect(readJson(Orders, text)).toBeUndefined();
  });
});

test("a strict object leaves members without a name in it to others, who refuse them", () => {
  const schema = z.strictObject({ id: z.string() });
  expect(readText(schema, '{"id":{"S":"a"}}')).toEqual({ item: { id: "a" } });
  expect(readText(schema, '{"id":{"S":"a"},"x":{"S":"b"}}')).toBeUndefined();
});

const left = { kind: { S: "left" }, a: { N: "1" } };
const right = { kind: { S: "right" }, b: { S: "x" } };
const Left = z.object({ a: z.number(), kind: z.literal("left") });
const Right = z.object({ kind: z.enum(["right", "other"]), b: z.string().optional() });

const both = ["application", "stored"] as ("application" | "stored")[];

describe.each([
  ["compiled", false],
  ["where source text may not be compiled", true],
])("read as text, %s", (_, jitless) => {
  test.each<readonly [string, () => z.ZodType, readonly object[], ("application" | "stored")[]]>([
    [
      "a discriminated union",
      () => z.discriminatedUnion("kind", [Left, Right]),
      [{ M: left }, { M: right }],
      both,
    ],
    [
      "a union told by a literal",
      () => z.union([Left, Right]),
      [{ M: left }, { M: right }],
      ["application"],
    ],
    [
      "a union told by the stored type",
      () => z.union([z.string(), z.number().nullable(), z.array(z.boolean()), Left]),
      [{ S: "x" }, { N: "1.5" }, { NULL: true }, { L: [{ BOOL: false }] }, { M: left }],
      both,
    ],
    [
      "an intersection of objects",
      () => z.intersection(z.object({ b: z.string() }), z.object({ a: z.number().optional() })),
      [{ M: { a: { N: "1" }, b: { S: "x" } } }, { M: { b: { S: "x" } } }],
      ["application"],
    ],
    [
      "a loose object",
      () => z.looseObject({ a: z.number() }),
      [{ M: { x: { L: [{ N: "1" }] }, a: { N: "2" }, 7: { S: "y" }, constructor: { S: "z" } } }],
      both,
    ],
    [
      "an object with a catchall",
      () => z.object({ a: z.number().optional() }).catchall(z.bigint()),
      [{ M: { x: { N: "12345678901234567890" }, a: { N: "2" } } }, { M: { x: { N: "1" } } }],
      both,
    ],
    [
      "a tuple",
      () => z.tuple([z.string(), z.tuple([z.number()])], z.boolean()),
      [
        { L: [{ S: "x" }, { L: [{ N: "1" }] }] },
        { L: [{ S: "x" }, { L: [{ N: "1" }] }, { BOOL: true }] },
      ],
      both,
    ],
    [
      "a record of an enum's names",
      () => z.record(z.enum(["p", "q"]), z.number()),
      [{ M: { q: { N: "1" }, p: { N: "2" } } }],
      both,
    ],
    [
      "a record and a Map of checked names",
      () => z.tuple([z.record(z.string().min(1), z.number()), z.map(z.uuid(), z.null())]),
      [
        {
          L: [
            { M: { a: { N: "1" } } },
            { M: { "a987fbc9-4bed-4078-8f07-9141ba07c9f3": { NULL: true } } },
          ],
        },
      ],
      both,
    ],
    ["a template literal", () => z.templateLiteral(["id-", z.number()]), [{ S: "id-5" }], both],
    [
      "members that the schema does not name",
      () => z.object({ a: z.number() }),
      [{ M: { b: { S: "é" }, c: { L: [{ BOOL: true }, { M: {} }] }, a: { N: "1" } } }],
      both,
    ],
  ])("%s", (_name, makeSchema, wires, sides) => {
    z.config({ jitless });
    const schema = z.object({ value: makeSchema() });
    for (const wire of wires) {
      const text = JSON.stringify({ value: wire });
      for (const side of sides) {
        const cursor = new TextCursor(Buffer.from(text));
        const throughJson = vi.spyOn(cursor, "json");
        const item = itemTextReader(schema, side)?.(cursor);
        assert.deepEqual({ item }, readJson(schema, text, side));
        expect(throughJson).not.toHaveBeenCalled();
      }
    }
  });
});

test.each<readonly [string, () => z.ZodType, object]>([
  ["an option that is none", () => z.discriminatedUnion("kind", [Left, Right]), { M: {} }],
  ["a discriminator of another type", () => z.union([Left, Right]), { M: { kind: { N: "1" } } }],
  ["a type of no option", () => z.union([z.string(), z.number()]), { BOOL: true }],
  ["a tuple that is too short", () => z.tuple([z.string(), z.string()]), { L: [{ S: "a" }] }],
  ["a tuple that is too long", () => z.tuple([z.string()]), { L: [{ S: "a" }, { S: "b" }] }],
  ["a record without a name", () => z.record(z.enum(["p", "q"]), z.null()), { M: {} }],
  ["a name that does not fit", () => z.record(z.email(), z.null()), { M: { a: { NULL: true } } }],
  ["a text that is none", () => z.templateLiteral(["id-", z.number()]), { S: "id-" }],
])("leaves to others: %s", (_, makeSchema, wire) => {
  const schema = z.object({ value: makeSchema() });
  const text = JSON.stringify({ value: wire });
  expect(readText(schema, text)).toBeUndefined();
  expect(readJson(schema, text)).toBeUndefined();
});

test("a Map has its members in the order of JSON.parse, which puts indexes first", () => {
  const schema = z.object({ value: z.map(z.string(), z.number()) });
  const names = ["b", "10", "4294967295", "007", "2", "a", "2", "99999999999", "1e3"];
  const members = names.map((name, index) => `"${name}":{"N":"${index}"}`);
  const text = `{"value":{"M":{${members.join(",")}}}}`;
  for (const side of ["application", "stored"] as const) {
    const read = readText(schema, text, side)?.item as z.infer<typeof schema>;
    const json = readJson(schema, text, side)?.item as z.infer<typeof schema>;
    expect([...read.value]).toStrictEqual([...json.value]);
  }
});

test("items of a discriminated union are read by its options", () => {
  const schema = z.discriminatedUnion("kind", [Left, Right.extend({ b: z.string() })]);
  for (const item of [left, right]) {
    const text = JSON.stringify(item);
    expect(readText(schema, text)).toBeDefined();
    assert.deepEqual(readText(schema, text), readJson(schema, text));
  }
});

test.each(["application", "stored"] as const)(
  "an object whose discriminator comes twice is left to others: %s",
  (side) => {
    const schema = z.discriminatedUnion("kind", [Left, Right]);
    const text = '{"kind":{"S":"left"},"a":{"N":"1"},"kind":{"S":"right"}}';
    expect(readText(schema, text, side)).toBeUndefined();
    expect(readJson(schema, text, side)).toBeDefined();
  },
);

test("a refinement, a codec or a default that throws is not understood", () => {
  const fails = (): never => {
    throw new TypeError("failed");
  };
  const schema = z.object({ id: z.string().refine(fails) });
  const read = itemTextReader(schema);
  expect(() => read?.(new TextCursor(Buffer.from('{"id":{"S":"a"}}')))).toThrow("failed");
  expect(() => read?.(new TextCursor(Buffer.from('{"id":{"N":"1"}}')))).toThrow(notUnderstood);
});

test("a schema that holds itself is read, and no deeper than DynamoDB nests", () => {
  const Tree = z.object({
    name: z.string(),
    get children() {
      return z.array(Tree);
    },
  });
  const nested = (levels: number): unknown => ({
    name: { S: `level ${levels}` },
    children: { L: levels === 0 ? [] : [{ M: nested(levels - 1) }] },
  });
  const text = JSON.stringify(nested(10));
  assert.deepEqual(readText(Tree, text), readJson(Tree, text));
  expect(readText(Tree, text)).toBeDefined();
  expect(readText(Tree, JSON.stringify(nested(400)))).toBeUndefined();
});

test("dates are read as from JSON, however they are written", () => {
  const schema = z.object({ at: isoDate() });
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const texts = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc
      .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2), digits(3))
      .map(
        ([year, month, day, hours, minutes, seconds, rest]) =>
          `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${rest}Z`,
      ),
    fc.constantFrom(
      "2026-02-28T23:59:59.999Z",
      "2026-02-29T00:00:00.000Z",
      "2024-02-29T00:00:00.000Z",
      "0099-01-01T00:00:00.000Z",
      "2026-01-01T24:00:00.000Z",
      "2026-01-01T00:00:60.000Z",
      "2026-01-01T00:00:00Z",
      "2026-01-01T00:00:00.1Z",
      "2026-01-01T00:00:00.123456Z",
      "2026-01-01",
      "",
    ),
  );
  fc.assert(
    fc.property(texts, (at) => {
      const text = JSON.stringify({ at: { S: at } });
      assert.deepEqual(readText(schema, text), readJson(schema, text));
    }),
    { numRuns: runs * 5 },
  );
});
