import { defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";

export const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]),
    placedAt: isoDate(), // Date in the app, ISO string in the table
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    tags: z.set(z.string()).default(() => new Set<string>()),
    note: z.string().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  indexes: {
    byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] },
  },
});

export const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int().nonnegative() }),
  partitionKey: "sku",
});
