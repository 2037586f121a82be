import {
  isoDate,
  epochSeconds,
  decimal,
  bytes,
  jsonString,
  sortableNumber,
  defineTable,
} from "@fieldwise/schema";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { arbitrary } from "./arbitrary.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.uuid(),
    status: z.enum(["placed", "shipped", "delivered"]).default("placed"),
    placedAt: isoDate(),
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string().min(1), quantity: z.int().positive() })),
    tags: z.set(z.string()).default(() => new Set<string>()),
    note: z.string().max(20).optional(),
    expires: epochSeconds().optional(),
    price: decimal(),
    picture: bytes().optional(),
    more: jsonString(z.object({ a: z.array(z.number()), at: isoDate() })),
    rank: sortableNumber(),
    any: z.unknown(),
    email: z.email().nullable(),
    site: z.url(),
    either: z.union([z.string(), z.number(), z.object({ a: z.string() })]),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
});

test("items", () => {
  for (const item of fc.sample(arbitrary(Orders), { seed: 3, numRuns: 50 }))
    expect(Orders.codec.encodeItem(item)).toBeDefined();
});
