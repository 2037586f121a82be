/** The orders that every contender reads and writes: about 400 bytes each as DynamoDB's JSON. */
export interface Order {
  readonly customerId: string;
  readonly orderId: string;
  readonly status: "placed" | "shipped" | "delivered";
  /** ISO 8601, as it is stored. */
  readonly placedAt: string;
  readonly total: number;
  readonly lines: { readonly sku: string; readonly quantity: number }[];
  readonly tags: readonly string[];
  readonly note: string;
}

/** An attribute in DynamoDB's JSON. */
export type Wire = Readonly<Record<string, unknown>>;

export const manyItems = 1_000_000;
export const scannedItems = 10_000;
export const batchSize = 25;
/** What one batch or transaction reads. */
export const readItems = 100;

const statuses = ["placed", "shipped", "delivered"] as const;

/** The order with a number from 0. The one with the number 0 has `orderKey`. */
export function orderOf(index: number): Order {
  return {
    customerId: "c1",
    orderId: orderIdOf(index),
    status: statuses[index % 3] ?? "placed",
    placedAt: new Date(1_790_000_000_000 + index * 61_000).toISOString(),
    total: 48.5 + (index % 400),
    lines: [
      { sku: "tea-green-100g", quantity: 1 + (index % 4) },
      { sku: "cup-porcelain", quantity: 2 },
    ],
    tags: ["gift", "express"],
    note: "leave it at the door",
  };
}

export function orderIdOf(index: number): string {
  return `2026-${String(index).padStart(6, "0")}`;
}

/** An order in DynamoDB's JSON. */
export function wireOrder(order: Order): Wire {
  return {
    customerId: { S: order.customerId },
    orderId: { S: order.orderId },
    status: { S: order.status },
    placedAt: { S: order.placedAt },
    total: { N: String(order.total) },
    lines: {
      L: order.lines.map(({ sku, quantity }) => ({
        M: { sku: { S: sku }, quantity: { N: String(quantity) } },
      })),
    },
    tags: { SS: order.tags },
    note: { S: order.note },
  };
}

/** The plain item that clients without schemas take: a set is a `Set`. */
export function plainOrder(order: Order): Omit<Order, "tags"> & { readonly tags: Set<string> } {
  return { ...order, tags: new Set(order.tags) };
}

/** What a transaction of ten actions is made of, for every contender. */
export const transaction = {
  puts: [10, 11, 12, 13].map(orderOf),
  updates: [20, 21, 22, 23].map(keyOf),
  delete: keyOf(30),
  check: keyOf(40),
} as const;

/** The keys of the first orders. */
export const readKeys: readonly ReturnType<typeof keyOf>[] = Array.from(
  { length: readItems },
  (_, index) => keyOf(index),
);

function keyOf(index: number): { readonly customerId: string; readonly orderId: string } {
  return { customerId: "c1", orderId: orderIdOf(index) };
}
