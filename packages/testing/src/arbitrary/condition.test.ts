import { bytes, decimal, defineTable, epochSeconds, isoDate } from "@fieldwise/schema";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { arbitrary } from "./arbitrary.ts";
import { arbitraryCondition } from "./condition.ts";
import { FixtureError } from "./fixture-error.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    group: z.string(),
    status: z.enum(["open", "closed"]),
    count: z.int(),
    other: z.number(),
    price: decimal().optional(),
    at: isoDate(),
    until: isoDate().optional(),
    expires: epochSeconds().optional(),
    picture: bytes(),
    title: z.string(),
    tags: z.set(z.string()),
    log: z.array(z.string()),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    address: z.object({ city: z.string(), floor: z.int().optional() }),
    prices: z.record(z.string(), z.number()),
    stock: z.map(z.string(), z.object({ count: z.int() })),
    lucky: z.string().refine((text): boolean => text === "4711-0815-2342"),
    anything: z.unknown(),
  }),
  partitionKey: "id",
  indexes: { byGroup: { partitionKey: "group" } },
});

const item = {
  id: "a",
  group: "g",
  status: "open" as const,
  count: 7,
  other: 1.5,
  at: new Date("2026-01-31T12:00:00.000Z"),
  picture: Uint8Array.of(1, 2, 3),
  title: "é😀 tea",
  tags: new Set(["new", "old"]),
  log: ["x", "y"],
  lines: [{ sku: "tea", quantity: 2 }],
  address: { city: "Rome" },
  prices: { "a.b": 1 },
  stock: new Map([["x", { count: 1 }]]),
  lucky: "4711-0815-2342",
  anything: [1],
};

const textsOf = (conditions: fc.Arbitrary<{ debug(): string }>): readonly string[] =>
  fc.sample(conditions, { seed: 1, numRuns: 3000 }).map((condition) => condition.debug());

describe("arbitraryCondition", () => {
  const texts = textsOf(arbitraryCondition(Things, { item }));
  const has = (part: string | RegExp): boolean =>
    texts.some((text) => (typeof part === "string" ? text.includes(part) : part.test(text)));

  it.each([
    "count = 7",
    "count <> ",
    "count < ",
    "count >= ",
    /count BETWEEN -?\d/,
    /count IN \(/,
    /(count|floor|quantity) [<>=]+ (count|\w+\.floor|lines\[\d\]\.quantity|stock\.\w+\.count)/,
    /begins_with\(title, "é😀/,
    /contains\(title, "/,
    /begins_with\(picture, binary "AQI/,
    'contains(tags, "new")',
    'contains(log, "y")',
    /size\(\w+\) [<>=]+ \d/,
    /size\(\w+\) [<>=]+ (size\(|count|other)/,
    "attribute_exists(",
    "attribute_not_exists(",
    /attribute_type\(\w+, "S"\)/,
    'at = "2026-01-31T12:00:00.000Z"',
    /at [<>=]+ until/,
    "lines[0].quantity",
    'prices."a.b"',
    "stock.x.count",
    'lucky = "4711-0815-2342"',
    "anything = [1]",
    / AND /,
    / OR /,
    /NOT /,
    /\(.* OR .*\) AND /,
  ])("has %s, for an item that is known", (part) => {
    expect(has(part)).toBe(true);
  });

  it.each([
    /begins_with\((at|until|expires|price|count|tags|log),/,
    /contains\((picture|at|address|prices|count),/,
    /(tags|log|lines|address|stock|prices|anything) (<|>|<=|>=|BETWEEN) /,
    /size\((count|other|price|expires)\)/,
    /(count|other) [<>=]+ (expires|price|title)\b/,
    /(\w+) (=|<>|<|<=|>|>=) \1( |\)|$)/,
  ])("never has %s, which the types or DynamoDB refuse", (part) => {
    expect(texts.filter((text) => part.test(text))).toEqual([]);
  });

  it("has bounds the right way round", () => {
    for (const text of texts) {
      for (const [, low, high] of text.matchAll(/BETWEEN (-?[\d.]+) AND (-?[\d.]+)(?= |\)|$)/g)) {
        expect(Number(low)).toBeLessThanOrEqual(Number(high));
      }
    }
  });

  it("needs no item", () => {
    const found = textsOf(arbitraryCondition(Things));
    const parts = ["count", "lines[0].sku", "address.city", "stock.a.count", "until >"];
    expect(parts.filter((part) => !found.some((text) => text.includes(part)))).toEqual([]);
    // Nothing is known that the refinement takes.
    expect(found.filter((text) => /lucky [=<>]+ "/.test(text))).toEqual([]);
  });

  it("leaves out all key attributes where it is to", () => {
    const found = textsOf(arbitraryCondition(Things, { item, keys: false }));
    expect(found.filter((text) => /(^|[ (])(id|group)\b/.test(text))).toEqual([]);
    const OnlyKeys = defineTable({
      name: "keys",
      schema: z.object({ id: z.string() }),
      partitionKey: "id",
    });
    expect(() => arbitraryCondition(OnlyKeys, { keys: false })).toThrow(FixtureError);
    expect(() => arbitraryCondition(OnlyKeys)).not.toThrow();
  });

  it("stays in DynamoDB's limits, in a not() and with others too", () => {
    fc.assert(
      fc.property(arbitraryCondition(Things, { item }), (condition) => {
        expect(condition.debug().split(/AND|OR|[=<>]+|[(,]/).length).toBeLessThan(300);
      }),
    );
  });

  it("shrinks to a simple condition that is printed as DynamoDB's expression", () => {
    const result = fc.check(
      fc.property(
        arbitraryCondition(Things, { item }),
        (condition) => !/count > |count >= /.test(condition.debug()),
      ),
      { seed: 1, numRuns: 2000 },
    );
    expect(result.failed).toBe(true);
    expect(fc.stringify(result.counterexample)).toMatch(/^\[[\w.[\]]*count >=? [\w.-]+\]$/);
    expect(fc.defaultReportMessage(result)).toMatch(/Counterexample: \[[\w.[\]]*count >/);
  });

  it("is about any item that is drawn", () => {
    const itemAndCondition = arbitrary(Things, { values: { lucky: item.lucky } }).chain((drawn) =>
      arbitraryCondition(Things, { item: drawn }),
    );
    fc.assert(
      fc.property(itemAndCondition, (condition) => {
        expect(condition.debug()).not.toBe("");
      }),
      { numRuns: 30 },
    );
  });
});
