import { type Database, defineTable, type InferItem } from "@fieldwise/schema";
import { describe, expectTypeOf, type TestAPI } from "vitest";
import * as z from "zod";
import type { TestDatabase } from "../database/test-database.ts";
import { type DatabaseFixtures, testWithDatabase } from "./index.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string(), total: z.number() }),
  partitionKey: "id",
});
type Names = { readonly orders: typeof Orders };

const test = testWithDatabase({ orders: Orders });

describe("testWithDatabase", () => {
  expectTypeOf(test).toExtend<TestAPI<DatabaseFixtures<Names>>>();

  test("gives the database, typed", async ({ db, database, expect }) => {
    expectTypeOf(db).toEqualTypeOf<Database<Names>>();
    expectTypeOf(database).toEqualTypeOf<TestDatabase<Names>>();
    expectTypeOf(expect).toBeFunction();
    expectTypeOf(await db.orders.get({ id: "a" })).toEqualTypeOf<
      InferItem<typeof Orders> | undefined
    >();
    // @ts-expect-error -- there is no such table
    void db.stock;
  });

  test.for([1, 2])("in parametrized tests", (number, { db }) => {
    expectTypeOf(number).toBeNumber();
    expectTypeOf(db).toEqualTypeOf<Database<Names>>();
  });

  test.extend<{ order: InferItem<typeof Orders> }>({
    order: async ({ db }, use) => {
      await db.orders.put({ id: "a", total: 1 });
      await use({ id: "a", total: 1 });
    },
  })("in fixtures of one's own", ({ order, db }) => {
    expectTypeOf(order.total).toBeNumber();
    expectTypeOf(db.orders).toEqualTypeOf<Database<Names>["orders"]>();
  });

  testWithDatabase({ orders: Orders }, { per: "file", server: "own" });
  // @ts-expect-error -- no such word
  testWithDatabase({ orders: Orders }, { per: "suite" });
});
