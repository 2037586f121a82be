import { marshall } from "@fieldwise/core";
import { bytes, decimal, defineTable, isoDate } from "@fieldwise/schema";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { arbitrary } from "./arbitrary.ts";
import { FixtureError } from "./fixture-error.ts";
import { outcomeOf } from "./update-outcome.ts";
import { arbitraryUpdate } from "./update.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({
    id: z.string(),
    group: z.string(),
    title: z.string().optional(),
    status: z.enum(["open", "closed"]),
    count: z.int(),
    score: z.number(),
    percent: z.int().min(0).max(100),
    big: z.bigint(),
    price: decimal().optional(),
    at: isoDate().nullable(),
    picture: bytes().optional(),
    tags: z.set(z.string()),
    few: z.set(z.number()).max(2),
    log: z.array(z.string()),
    short: z.array(isoDate()).max(2),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    address: z.object({ city: z.string(), floor: z.int().optional(), names: z.array(z.string()) }),
    prices: z.record(z.string(), z.number()),
    stock: z.map(z.string(), z.object({ count: z.int() })),
    shape: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("circle"), radius: z.number() }),
      z.object({ kind: z.literal("square"), side: z.number() }),
    ]),
    range: z
      .object({ from: z.number(), to: z.number() })
      .refine(({ from, to }) => from <= to)
      .optional(),
  }),
  partitionKey: "id",
  indexes: { byGroup: { partitionKey: "group", sortKey: "title" } },
});

const items = arbitrary(Things);
const runs = { numRuns: 50 };

const resultOf = (item: unknown, actions: readonly unknown[]) => {
  const after = outcomeOf(marshall(Things.codec.encodeItem(item)), actions as never);
  return after === undefined ? "refused" : Things.codec.decodeItem(after);
};

describe("arbitraryUpdate", () => {
  it("leaves items that fit, of the item that is known", () => {
    const itemAndUpdates = items.chain((item) =>
      fc.tuple(
        fc.constant(item),
        fc.array(arbitraryUpdate(Things, { item }), { minLength: 1, maxLength: 3 }),
      ),
    );
    fc.assert(
      fc.property(itemAndUpdates, ([item, updates]) => {
        for (const actions of updates) expect(resultOf(item, actions)).toMatchObject({ ok: true });
      }),
      runs,
    );
  }, 30_000);

  it("leaves items that fit, of any item whose numbers are not at their ends", () => {
    const moderate = (value: number | bigint): boolean =>
      Number(value) === 0 || (Math.abs(Number(value)) > 1e-9 && Math.abs(Number(value)) < 2 ** 50);
    fc.assert(
      fc.property(
        items.filter(({ count, score, big }) => [count, score, big].every(moderate)),
        arbitraryUpdate(Things),
        (item, actions) => {
          expect(resultOf(item, actions)).toMatchObject({ ok: true });
        },
      ),
      runs,
    );
  }, 30_000);

  const [item] = fc.sample(items, { seed: 1, numRuns: 1 });

  it.each([
    ["a known item", arbitraryUpdate(Things, { item: { ...item!, log: ["a", "b"] } })],
    ["any item", arbitraryUpdate(Things)],
  ])("has every kind of action for %s, and never a key attribute", (_, updates) => {
    const texts = fc
      .sample(updates, { seed: 1, numRuns: 500 })
      .map((actions) => fc.stringify(actions));
    const kinds = [
      /SET status = "open"/,
      /= \w+ \+ \d/,
      /= \w+ - \d/,
      /if_not_exists\(/,
      /list_append\(log, \[/,
      /list_append\(\[.*, log\)/,
      /address\.floor = /,
      /= (group|status|title|address\.city)\b/,
      /ADD .*tags set\(/,
      /ADD .*count -?\d/,
      /DELETE .*tags set\(/,
      /REMOVE .*title/,
    ];
    expect(kinds.filter((kind) => !texts.some((text) => kind.test(text)))).toEqual([]);
    expect(texts.filter((text) => /(SET|REMOVE|,) id( =|$)/.test(text))).toEqual([]);
  });

  it("goes into the lists, maps and unions of a known item", () => {
    const known = {
      ...item!,
      lines: [{ sku: "tea", quantity: 2 }],
      log: ["a", "b"],
      shape: { kind: "circle" as const, radius: 1 },
      prices: { "a.b": 1 },
      stock: new Map([["x", { count: 1 }]]),
    };
    const texts = fc
      .sample(arbitraryUpdate(Things, { item: known }), { seed: 1, numRuns: 500 })
      .map((actions) => fc.stringify(actions));
    const parts = [
      "lines[0].quantity = lines[0].quantity + 1",
      "REMOVE log[1]",
      "shape.radius = ",
      'prices."a.b" = ',
      "stock.x.count = ",
    ];
    expect(parts.filter((part) => !texts.some((text) => text.includes(part)))).toEqual([]);
    expect(
      texts.filter((text) => /log\[[0-9]+\].*log\[[0-9]+\]$/.test(text) && /REMOVE/.test(text)),
    ).toEqual([]);
  });

  it("shrinks to one action that is printed as DynamoDB's expression", () => {
    const result = fc.check(
      fc.property(arbitraryUpdate(Things), (actions) => {
        return !actions.some((action) => action.debug().includes("address.floor"));
      }),
      { seed: 3, numRuns: 2000 },
    );
    expect(result.failed).toBe(true);
    expect(result.counterexample?.[0]).toHaveLength(1);
    expect(fc.stringify(result.counterexample)).toBe("[SET address.floor = 0]");
    expect(fc.defaultReportMessage(result)).toContain("Counterexample: [SET address.floor = 0]");
  });

  it("says so where an update may change nothing in every item", () => {
    const Shapes = defineTable({
      name: "shapes",
      schema: z.union([
        z.object({ id: z.string(), radius: z.number() }),
        z.object({ id: z.string(), side: z.number() }),
      ]),
      partitionKey: "id",
    });
    expect(() => arbitraryUpdate(Shapes)).toThrow(FixtureError);
    expect(() => arbitraryUpdate(Shapes)).toThrow(/Table shapes: .* Name the item by the option/);
    const [actions] = fc.sample(arbitraryUpdate(Shapes, { item: { id: "a", side: 1 } }), 1);
    expect(actions!.length).toBeGreaterThan(0);
  });

  it("says at once that an item does not fit", () => {
    expect(() => arbitraryUpdate(Things, { item: { id: "a" } as never })).toThrow(/does not fit/);
  });
});
