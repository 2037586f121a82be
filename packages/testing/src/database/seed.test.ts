import { InvalidInput, RetryConfig } from "@fieldwise/core";
import { defineTable } from "@fieldwise/schema";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect } from "vitest";
import * as z from "zod";
import { FixtureError } from "../arbitrary/fixture-error.ts";
import { withFaults } from "../faults/with-faults.ts";
import { testWithDatabase } from "../vitest/index.ts";
import { seed } from "./seed.ts";
import { TestDatabaseError } from "./test-database-error.ts";

// oxlint-disable vitest/no-standalone-expect -- the linter knows no `test` but Vitest's own.

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    number: z.int().min(1).max(12),
    status: z.enum(["placed", "shipped"]),
    note: z.string().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "number",
});
const Flags = defineTable({
  name: "flags",
  schema: z.object({ name: z.enum(["a", "b", "c", "d", "e", "f"]), on: z.boolean() }),
  partitionKey: "name",
});
const Cards = defineTable({
  name: "cards",
  schema: z.object({ id: z.string(), number: z.string().refine((text) => text.endsWith("-1/x")) }),
  partitionKey: "id",
});

const test = testWithDatabase({ orders: Orders, flags: Flags, cards: Cards });

describe("seed", () => {
  test("writes what it returns, and nothing else", async ({ db }) => {
    const { orders, flags } = await seed(db, { orders: 60, flags: [{ on: true }, {}] });
    expect(orders).toHaveLength(60);
    expect(flags[0].on).toBe(true);
    const keys = orders.map(({ customerId, number }) => ({ customerId, number }));
    expect((await db.orders.batchGet(keys)).items).toEqual(orders);
    const names = flags.map(({ name }) => ({ name }));
    expect((await db.flags.batchGet(names)).items).toEqual(flags);
    expect(await db.orders.scanCount()).toBe(60);
    expect(await db.flags.scanCount()).toBe(2);
    expect(await db.cards.scanCount()).toBe(0);
  });

  test("keeps the order of a list, deep", async ({ db }) => {
    const { orders } = await seed(db, {
      orders: [{ note: "first" }, { status: "shipped" }, { customerId: "c1", number: 3 }],
    });
    expect(orders[0].note).toBe("first");
    expect(orders[1].status).toBe("shipped");
    expect(await db.orders.get({ customerId: "c1", number: 3 })).toEqual(orders[2]);
  });

  test("makes the same again on another database, by the same seed", async ({ db, database }) => {
    const other = database.connect();
    const { orders } = await seed(db, { orders: 5 }, { seed: 7 });
    const again = await seed(other, { orders: 5 }, { seed: 7 });
    expect(again.orders).toEqual(orders);
    const different = await seed(other, { orders: 5 }, { seed: 8 });
    expect(different.orders).not.toEqual(orders);
  });

  test("goes on where it was, and overwrites nothing, whatever the seed", async ({ db }) => {
    const first = await seed(db, { flags: 2 });
    const second = await seed(db, { flags: 1 });
    const third = await seed(db, { flags: [{ on: true }, {}] }, { seed: 1 });
    const fourth = await seed(db, { flags: 1 }, { seed: 1 });
    const all = [first, second, third, fourth].flatMap(({ flags }) => flags);
    const names = all.map(({ name }) => ({ name }));
    expect(new Set(all.map(({ name }) => name)).size).toBe(6);
    expect((await db.flags.batchGet(names)).items).toEqual(all);
    await expect(seed(db, { flags: 1 })).rejects.toThrow(FixtureError);
    await expect(seed(db, { flags: 1 }, { seed: 1 })).rejects.toThrow(FixtureError);
  });

  test("replaces an item whose key is given", async ({ db }) => {
    const key = { customerId: "c1", number: 1 };
    await seed(db, { orders: [{ ...key, note: "old" }] });
    await seed(db, { orders: [{ ...key, note: "new" }] });
    expect(await db.orders.scan().toArray()).toMatchObject([{ ...key, note: "new" }]);
    await expect(seed(db, { orders: [key, key] })).rejects.toThrow("the same key");
  });

  test("takes hooks for what can't be hit by chance", async ({ db }) => {
    await expect(seed(db, { cards: 1 })).rejects.toThrow(FixtureError);
    for (const prefix of ["a", "b"]) {
      await seed(
        db,
        { cards: 2 },
        { values: { cards: ({ index }) => ({ number: "4111-1/x", id: `${prefix}${index}` }) } },
      );
    }
    const ids = (await db.cards.scan().toArray()).map(({ id }) => id.charAt(0));
    expect(ids.toSorted()).toEqual(["a", "a", "b", "b"]);
  });

  test("writes nothing at all where anything can't be made", async ({ db }) => {
    await expect(seed(db, { orders: 5, flags: 7 })).rejects.toThrow(FixtureError);
    await expect(seed(db, { orders: [{}, { status: "lost" as "placed" }] })).rejects.toThrow(
      FixtureError,
    );
    expect(await db.orders.scanCount()).toBe(0);
  });

  test("refuses what is no table of this db, and what is no plan", async ({ db }) => {
    const asked = (plan: object): Promise<unknown> => seed(db, plan as { orders: number });
    for (const name of ["stok", "batchGet", "__proto__", "constructor"]) {
      const plan = Object.fromEntries([[name, 1]]);
      await expect(asked(plan)).rejects.toThrow(
        `No table was connected as ${name}, only orders, flags, cards`,
      );
    }
    for (const wanted of [-1, 1.5, NaN, "5", null, { status: "placed" }]) {
      await expect(asked({ orders: wanted })).rejects.toThrow(InvalidInput);
    }
    await expect(asked({ orders: undefined })).resolves.toEqual({});
  });

  test("says what was left unprocessed", async ({ database }) => {
    const requestHandler = withFaults(new NodeHttpHandler(), {
      faults: [{ fault: "unprocessed", share: 1 }],
    });
    const db = database.connect({ requestHandler });
    const error: unknown = await seed(
      db,
      { orders: 30 },
      { unprocessedRetry: RetryConfig.none },
    ).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TestDatabaseError);
    expect(error).toMatchObject({
      table: "orders",
      message:
        "Table orders could not be filled: DynamoDB left 30 of 30 items unprocessed until the time was up",
    });
  });
});
