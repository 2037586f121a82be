import type { Database, InferKey } from "@fieldwise/schema";
import { Orders, Stock } from "../orders/tables.ts";

/** The tables of a shop, by the names that its code uses. */
export const tables = { orders: Orders, stock: Stock };
export type Shop = Database<typeof tables>;

/** Ships an order that was placed: all of its lines leave the stock, or nothing happens. */
export async function ship(db: Shop, key: InferKey<typeof Orders>): Promise<void> {
  const { lines } = await db.orders.getOrThrow(key);
  // A transaction writes each item once, and an order may name a thing twice.
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  await db.transactWrite((tx) => [
    tx.orders.update(key, Orders.F("status").set("shipped"), {
      condition: Orders.F("status").eq("placed"),
    }),
    ...[...quantities].map(([sku, quantity]) =>
      tx.stock.update({ sku }, Stock.F("count").decrement(quantity), {
        condition: Stock.F("count").gte(quantity),
      }),
    ),
  ]);
}
