import type { Client } from "@fieldwise/core";
import { defineTable } from "@fieldwise/schema";
import { expectTypeOf, it } from "vitest";
import * as z from "zod";
import { explain, type Explained } from "./explain.ts";
import type { RecordedRequest } from "./recorded-request.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string(), total: z.number() }),
  partitionKey: "id",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int() }),
  partitionKey: "sku",
});

it("gives the function what it calls operations of", () => {
  expectTypeOf(explain((client) => expectTypeOf(client).toEqualTypeOf<Client>())).toEqualTypeOf<
    Promise<Explained>
  >();
  expectTypeOf(explain(Orders, (orders) => orders.get({ id: "a" }))).toEqualTypeOf<
    Promise<Explained>
  >();
  void explain({ orders: Orders, stock: Stock }, async (db) => {
    expectTypeOf((await db.orders.get({ id: "a" }))!.total).toEqualTypeOf<number>();
    expectTypeOf((await db.stock.get({ sku: "a" }))!.count).toEqualTypeOf<number>();
  });
});

it("holds the calls to the schema", () => {
  // @ts-expect-error: the key of another table
  void explain(Orders, (orders) => orders.get({ sku: "a" }));
  // @ts-expect-error: no such table
  void explain({ orders: Orders }, (db) => db.stock.get({ sku: "a" }));
  // @ts-expect-error: nothing is called
  void explain(Orders);
});

it("knows the input of a request whose operation is known", () => {
  const request = {} as RecordedRequest;
  expectTypeOf(request.input).toEqualTypeOf<Readonly<Record<string, unknown>>>();
  if (request.is("GetItem")) expectTypeOf(request.input.TableName).toEqualTypeOf<string>();
});
