import { defineTable, type InferPutInput, isoDate } from "@fieldwise/schema";
import * as z from "zod";
import { tableName } from "../data/names.ts";
import type { Order } from "../data/orders.ts";

const schema = z.object({
  customerId: z.string(),
  orderId: z.string(),
  status: z.enum(["placed", "shipped", "delivered"]),
  placedAt: isoDate(),
  total: z.number().nonnegative(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  tags: z.set(z.string()),
  note: z.string().optional(),
});
const key = { partitionKey: "customerId", sortKey: "orderId" } as const;

/** The orders, declared. */
export const Orders = defineTable({ name: tableName, schema, ...key });

/** The same with the date left as text, as `validate: false` leaves it. */
export const OrdersAsStored = defineTable({
  name: tableName,
  schema: schema.extend({ placedAt: z.string() }),
  ...key,
});

/** An order as an application holds it. */
export function applicationOrder(order: Order): InferPutInput<typeof Orders> {
  return { ...order, placedAt: new Date(order.placedAt), tags: new Set(order.tags) };
}
