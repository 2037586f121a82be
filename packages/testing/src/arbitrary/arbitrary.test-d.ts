import { bytes, decimal, defineTable, isoDate } from "@fieldwise/schema";
import type * as fc from "fast-check";
import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { arbitrary, arbitraryKey } from "./arbitrary.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.int(),
    status: z.enum(["placed", "shipped"]).default("placed"),
    placedAt: isoDate(),
    price: decimal(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
    place: z.tuple([z.number(), z.number()]),
    picture: bytes().optional(),
    either: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), text: z.string() }),
      z.object({ kind: z.literal("b"), count: z.int() }),
    ]),
    note: z.string().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
});

test("items are as the application holds them", () => {
  const items = arbitrary(Orders);
  type Item = typeof items extends fc.Arbitrary<infer Value> ? Value : never;
  expectTypeOf<Item["placedAt"]>().toEqualTypeOf<Date>();
  expectTypeOf<Item["price"]>().toEqualTypeOf<string>();
  expectTypeOf<Item["status"]>().toEqualTypeOf<"placed" | "shipped">();
  expectTypeOf<Item["lines"]>().toEqualTypeOf<{ sku: string; quantity: number }[]>();
  expectTypeOf<Item["note"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Item["picture"]>().toEqualTypeOf<Uint8Array | undefined>();
});

test("keys have the attributes of the primary key", () => {
  expectTypeOf(arbitraryKey(Orders)).toEqualTypeOf<
    fc.Arbitrary<{ customerId: string; orderId: number }>
  >();
});

test("what is given is of the item's types, at every depth", () => {
  arbitrary(Orders, { values: { lines: [{ sku: "tea" }, {}], place: [1, 2], note: undefined } });
  arbitrary(Orders, { values: { either: { kind: "b", count: 1 } } });
  arbitrary(Orders, { values: { either: { kind: "b" } } });
  // @ts-expect-error a line has no weight
  arbitrary(Orders, { values: { lines: [{ weight: 1 }] } });
  // @ts-expect-error a date is given as the application holds it
  arbitrary(Orders, { values: { placedAt: "2026-01-01" } });
});
