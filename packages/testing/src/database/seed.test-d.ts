import { type Database, defineTable, type InferItem } from "@fieldwise/schema";
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { seed } from "./seed.ts";
import { createTestDatabase } from "./test-database.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    id: z.string(),
    status: z.enum(["placed", "shipped"]),
    placedAt: z.codec(z.string(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    }),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number() })),
  }),
  partitionKey: "id",
});
const Events = defineTable({
  name: "events",
  schema: z.discriminatedUnion("kind", [
    z.object({ id: z.string(), kind: z.literal("click"), x: z.number() }),
    z.object({ id: z.string(), kind: z.literal("key"), code: z.string() }),
  ]),
  partitionKey: "id",
});
type Order = InferItem<typeof Orders>;
type Event = InferItem<typeof Events>;

const { db } = await createTestDatabase({ orders: Orders, events: Events });

describe("seed", () => {
  it("returns the items of the tables that were asked, and no others", async () => {
    const seeded = await seed(db, { orders: 50, events: [{}] });
    expectTypeOf(seeded.orders).toEqualTypeOf<Order[]>();
    expectTypeOf(seeded.events).toEqualTypeOf<[Event]>();
    const { orders } = await seed(db, { orders: [{ status: "placed" }, {}] }, { seed: 7 });
    expectTypeOf(orders).toEqualTypeOf<[Order, Order]>();
    // @ts-expect-error -- it was not asked for
    void (await seed(db, { orders: 1 })).events;
  });

  it("knows no number of items where a list's length is not known", async () => {
    const list = [1, 2, 3].map((day) => ({ placedAt: new Date(2026, 0, day) }));
    const { orders } = await seed(db, { orders: list });
    expectTypeOf(orders).toEqualTypeOf<Order[]>();
  });

  it("takes overrides at every depth, and of any member of a union", async () => {
    await seed(db, {
      orders: [{ lines: [{ quantity: 2 }, {}], placedAt: new Date() }],
      events: [{ kind: "click", x: 1 }, { kind: "key", code: "a" }, { id: "e1" }],
    });
  });

  it("takes what makes the values of a table", async () => {
    await seed(db, { orders: 2 }, { values: { orders: ({ index }) => ({ id: `o${index}` }) } });
    // @ts-expect-error -- it is a text
    await seed(db, { orders: 2 }, { values: { orders: () => ({ id: 1 }) } });
  });

  it("refuses what is misspelt and what does not fit", async () => {
    // @ts-expect-error -- there is no such table
    await seed(db, { customers: 1 });
    // @ts-expect-error -- what spans the tables is no table
    await seed(db, { batchGet: 1 });
    // @ts-expect-error -- there is no such status
    await seed(db, { orders: [{ status: "lost" }] });
    // @ts-expect-error -- there is no such attribute
    await seed(db, { orders: [{ status: "placed", statsu: "placed" }] });
    // @ts-expect-error -- neither a number nor a list
    await seed(db, { orders: { status: "placed" } });
  });

  it("takes the db of any code", () => {
    const fill = (given: Database<{ readonly orders: typeof Orders }>) =>
      seed(given, { orders: 1 });
    expectTypeOf(fill).returns.resolves.toExtend<{ readonly orders: Order[] }>();
  });
});
