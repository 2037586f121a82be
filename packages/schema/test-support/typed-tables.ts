import { Client } from "@fieldwise/core";
import {
  bytes,
  connect,
  decimal,
  defineTable,
  epochSeconds,
  isoDate,
  jsonString,
  sortableNumber,
} from "@fieldwise/schema";
import * as z from "zod";

/** The design's example. */
export const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]),
    placedAt: isoDate(),
    total: z.number().nonnegative(),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
    tags: z.set(z.string()).default(() => new Set<string>()),
    note: z.string().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  indexes: {
    byStatus: { partitionKey: "status", sortKey: "placedAt", projection: ["total"] },
    byTotal: { sortKey: "total", projection: "keys" },
    byNote: { partitionKey: "note" },
    byPlace: { partitionKey: ["status", "note"], sortKey: ["placedAt", "total", "orderId"] },
  },
});

export const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int().nonnegative(), bins: z.array(z.string()) }),
  partitionKey: "sku",
});

const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category);
  },
});

interface Tree {
  label: string;
  left?: Tree | undefined;
}
const Tree: z.ZodType<Tree, Tree> = z.lazy(() =>
  z.object({ label: z.string(), left: Tree.optional() }),
);

/** An attribute of every kind. */
export const Kinds = defineTable({
  name: "kinds",
  schema: z.object({
    id: z.string(),
    text: z.string(),
    city: z.string().nullable(),
    age: z.number(),
    other: z.number().optional(),
    big: z.bigint(),
    flag: z.boolean(),
    nothing: z.null(),
    bytes: bytes(),
    binary: bytes(),
    price: decimal(),
    at: isoDate(),
    epoch: epochSeconds(),
    settings: jsonString(z.object({ gift: z.boolean() })),
    jsonList: jsonString(z.array(z.string())),
    rank: sortableNumber(),
    level: z.literal([1, 2, 3]),
    branded: z.string().brand<"Sku">(),
    map: z.object({
      street: z.string(),
      zip: z.string().optional(),
      inner: z.object({ deep: z.array(z.object({ n: z.number() })) }).nullable(),
    }),
    optionalMap: z.object({ a: z.number() }).optional(),
    list: z.array(z.string()),
    numbers: z.array(z.number()),
    tuple: z.tuple([z.string(), z.number()]),
    record: z.record(z.string(), z.number()),
    byName: z.map(z.string(), z.object({ n: z.number() })),
    texts: z.set(z.string()),
    ids: z.set(z.number()),
    nested: z.object({ texts: z.set(z.string()), n: z.number() }),
    shape: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("circle"), radius: z.number() }),
      z.object({ kind: z.literal("square"), side: z.number(), label: z.string() }),
    ]),
    either: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
    textOrNumber: z.union([z.string(), z.number()]),
    category: Category,
    tree: Tree,
  }),
  partitionKey: "id",
});

/** Items of two kinds in one table. */
export const Events = defineTable({
  name: "events",
  schema: z.discriminatedUnion("type", [
    z.object({ id: z.string(), at: z.number(), type: z.literal("made"), by: z.string() }),
    z.object({ id: z.string(), at: z.number(), type: z.literal("gone"), why: z.string() }),
  ]),
  partitionKey: "id",
  sortKey: "at",
  indexes: { byType: { partitionKey: "type", sortKey: "at", projection: ["by"] } },
});

/** Items with more attributes than the schema says. */
export const Notes = defineTable({
  name: "notes",
  schema: z.looseObject({ id: z.string(), text: z.string(), rank: z.number().optional() }),
  partitionKey: "id",
});

export const db = connect(new Client({ region: "eu-west-1" }), {
  orders: Orders,
  stock: Stock,
  kinds: Kinds,
  events: Events,
  notes: Notes,
});
