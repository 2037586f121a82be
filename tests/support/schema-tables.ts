import { bytes, defineTable, epochSeconds, isoDate } from "@fieldwise/schema";
import * as z from "zod";

/** A table of orders, as most tests of the schema package use it. */
export const ordersTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      customerId: z.string(),
      orderId: z.string(),
      status: z.enum(["placed", "shipped", "delivered"]).default("placed"),
      placedAt: isoDate(),
      total: z.number().nonnegative(),
      lines: z.array(z.object({ sku: z.string().min(1), quantity: z.int().positive() })),
      tags: z.set(z.string()).default(() => new Set<string>()),
      address: z
        .object({ city: z.string(), zip: z.string().optional(), since: isoDate().optional() })
        .optional(),
      note: z.string().max(20).optional(),
      expires: epochSeconds().optional(),
      views: z.number().optional(),
    }),
    partitionKey: "customerId",
    sortKey: "orderId",
    indexes: {
      byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] },
      byNote: { partitionKey: "note", projection: "keys" },
      byTotal: { sortKey: "total" },
    },
    ttl: "expires",
  });

/** An order that fits; `more` replaces or adds attributes. */
export function order<const More extends object>(orderId: string, more: More = {} as More) {
  return {
    customerId: "c1",
    orderId,
    placedAt: new Date("2026-11-22T10:00:00Z"),
    total: 12,
    lines: [{ sku: "tea", quantity: 2 }],
    ...more,
  };
}

/** A table beside that of the orders. */
export const stockTable = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      sku: z.string(),
      count: z.int().nonnegative(),
      picture: bytes().optional(),
      checkedAt: isoDate().optional(),
    }),
    partitionKey: "sku",
  });
