import type { Client } from "@fieldwise/core";
import { connect, type Database, defineTable } from "@fieldwise/schema";
import { describe, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string(), total: z.number() }),
  partitionKey: "id",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string() }),
  partitionKey: "sku",
});

declare const client: Client;

describe("createTestDatabase", () => {
  it("has the same db as connect", async () => {
    await using database = await createTestDatabase({ orders: Orders, stock: Stock });
    const connected = connect(client, { orders: Orders, stock: Stock });
    expectTypeOf(database.db).toEqualTypeOf(connected);
    expectTypeOf(database.connect()).toEqualTypeOf(connected);
    expectTypeOf(database).toExtend<
      TestDatabase<{ readonly orders: typeof Orders; readonly stock: typeof Stock }>
    >();
    expectTypeOf(database.db).toExtend<
      Database<{ readonly orders: typeof Orders; readonly stock: typeof Stock }>
    >();
  });

  it("knows the names of the tables", async () => {
    const { tableNames } = await createTestDatabase({ orders: Orders, stock: Stock });
    expectTypeOf(tableNames).toEqualTypeOf<{ readonly orders: string; readonly stock: string }>();
    // @ts-expect-error -- there is no such table
    void tableNames.customers;
  });

  it("takes a server by word or as it was started, and options of clients and connect", async () => {
    await createTestDatabase({ orders: Orders }, { server: "own" });
    await createTestDatabase({ orders: Orders }, { server: await startDynamoDB() });
    await createTestDatabase(
      { orders: Orders },
      { client: { retry: { timeLimit: 0, delays: () => [] } }, connect: { onInvalid: "skip" } },
    );
    // @ts-expect-error -- no such word
    await createTestDatabase({ orders: Orders }, { server: "mine" });
    // @ts-expect-error -- what is no table
    await createTestDatabase({ orders: z.object({}) });
  });
});
