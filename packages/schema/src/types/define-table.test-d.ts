import {
  decimal,
  defineTable,
  epochSeconds,
  type InferIndexItem,
  type InferItem,
  type InferKey,
  type InferPutInput,
  type InferStored,
  type InferUpdated,
  isoDate,
} from "@fieldwise/schema";
import { describe, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { Events, Orders, type Stock } from "../../test-support/typed-tables.ts";

const schema = z.object({
  id: z.string(),
  version: z.number(),
  serial: z.bigint(),
  price: decimal(),
  at: isoDate(),
  until: epochSeconds().optional(),
  flag: z.boolean(),
  list: z.array(z.string()),
  maybe: z.string().optional(),
  nullable: z.string().nullable(),
  withDefault: z.string().default("x"),
  dateWithDefault: isoDate().default(() => new Date(0)),
});
const name = "t";

describe("defineTable", () => {
  test("takes keys that are there and stored as a string, a number or binary", () => {
    defineTable({ name, schema, partitionKey: "id" });
    defineTable({ name, schema, partitionKey: "id", sortKey: "version" });
    defineTable({ name, schema, partitionKey: "serial", sortKey: "at" });
    defineTable({ name, schema, partitionKey: "id", sortKey: "price" });
    const made = defineTable({
      name,
      schema,
      partitionKey: "withDefault",
      sortKey: "dateWithDefault",
    });
    expectTypeOf<InferKey<typeof made>>().toEqualTypeOf<{
      withDefault: string;
      dateWithDefault: Date;
    }>();
    // @ts-expect-error there is no such attribute
    defineTable({ name, schema, partitionKey: "ids" });
    // @ts-expect-error there is no such attribute
    defineTable({ name, schema, partitionKey: "id", sortKey: "versions" });
    // @ts-expect-error it may be absent
    defineTable({ name, schema, partitionKey: "maybe" });
    // @ts-expect-error it may be absent
    defineTable({ name, schema, partitionKey: "id", sortKey: "maybe" });
    // @ts-expect-error it may be null
    defineTable({ name, schema, partitionKey: "nullable" });
    // @ts-expect-error a boolean is no key
    defineTable({ name, schema, partitionKey: "flag" });
    // @ts-expect-error a list is no key
    defineTable({ name, schema, partitionKey: "id", sortKey: "list" });
    // @ts-expect-error a key of any type would fail at run time
    defineTable({ name, schema: z.object({ id: z.any() }), partitionKey: "id" });
    // @ts-expect-error a key of unknown type would fail at run time
    defineTable({ name, schema: z.object({ id: z.unknown() }), partitionKey: "id" });
    // @ts-expect-error a table has a partition key
    defineTable({ name, schema });
  });

  test("takes indexes of optional attributes", () => {
    const partitionKey = "id";
    defineTable({ name, schema, partitionKey, indexes: { a: { partitionKey: "maybe" } } });
    defineTable({
      name,
      schema,
      partitionKey,
      indexes: { a: { partitionKey: ["maybe", "version"], sortKey: ["at", "until"] } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      indexes: { a: { partitionKey: "maybe", projection: ["flag", "list"] } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error a list is no key
      indexes: { a: { partitionKey: "list" } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error there is no such attribute
      indexes: { a: { partitionKey: "id", sortKey: "nope" } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error at most four attributes
      indexes: { a: { partitionKey: ["id", "at", "maybe", "version", "serial"] } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error there is no such attribute
      indexes: { a: { partitionKey: "maybe", projection: ["nope"] } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error no such projection
      indexes: { a: { partitionKey: "maybe", projection: "everything" } },
    });
    defineTable({
      name,
      schema,
      partitionKey,
      // @ts-expect-error a word that an index does not have
      indexes: { a: { partitionKey: "maybe", sortkey: "at" } },
    });
  });

  test("takes a time to live that is stored as a number", () => {
    defineTable({ name, schema, partitionKey: "id", ttl: "until" });
    defineTable({ name, schema, partitionKey: "id", ttl: "version" });
    // @ts-expect-error stored as a string
    defineTable({ name, schema, partitionKey: "id", ttl: "at" });
    // @ts-expect-error stored as a string
    defineTable({ name, schema, partitionKey: "id", ttl: "maybe" });
    // @ts-expect-error there is no such attribute
    defineTable({ name, schema, partitionKey: "id", ttl: "nope" });
  });

  test("takes an object, a union of objects, and what is composed of them", () => {
    const base = z.object({ id: z.string() });
    const a = base.extend({ kind: z.literal("a"), x: z.number() });
    const b = base.extend({ kind: z.literal("b"), y: z.number() });
    defineTable({ name, schema: z.union([a, b]), partitionKey: "id" });
    defineTable({ name, schema: z.discriminatedUnion("kind", [a, b]), partitionKey: "id" });
    const both = defineTable({
      name,
      schema: z.intersection(base, z.object({ n: z.number() })),
      partitionKey: "id",
      sortKey: "n",
    });
    expectTypeOf<InferKey<typeof both>>().toEqualTypeOf<{ id: string; n: number }>();
    const item = { id: "a", n: 1, more: true };
    expectTypeOf(both.keyOf(item)).toEqualTypeOf<{ id: string; n: number }>();
    // @ts-expect-error The sort key is missing.
    both.keyOf({ id: "a" });
    // @ts-expect-error only one of the two has it
    defineTable({ name, schema: z.union([a, b]), partitionKey: "x" });
    // @ts-expect-error an item is an object
    defineTable({ name, schema: z.string(), partitionKey: "id" });
  });

  test("takes the table's settings", () => {
    defineTable({
      name,
      schema,
      partitionKey: "id",
      stream: "NEW_AND_OLD_IMAGES",
      tags: { team: "a" },
      deletionProtection: true,
    });
    // @ts-expect-error no such stream
    defineTable({ name, schema, partitionKey: "id", stream: "BOTH" });
  });
});

interface Line {
  sku: string;
  quantity: number;
}

interface Order {
  customerId: string;
  orderId: string;
  status: "placed" | "shipped" | "delivered";
  placedAt: Date;
  total: number;
  lines: Line[];
  tags: Set<string>;
  note?: string | undefined;
}

describe("the types of a table", () => {
  test("its item, as the application holds it and as it is stored", () => {
    expectTypeOf<InferItem<typeof Orders>>().toEqualTypeOf<Order>();
    expectTypeOf<InferStored<typeof Orders>["placedAt"]>().toEqualTypeOf<string>();
    expectTypeOf<InferUpdated<typeof Orders>["total"]>().toEqualTypeOf<number | undefined>();
  });

  test("what put takes: defaults may be left out, and nothing else", () => {
    type Input = InferPutInput<typeof Orders>;
    const least = {
      customerId: "c1",
      orderId: "o1",
      status: "placed",
      placedAt: new Date(),
      total: 1,
      lines: [],
    } as const;
    expectTypeOf(least).toExtend<Input>();
    expectTypeOf<Order>().toExtend<Input>();
    expectTypeOf({ ...least, tags: new Set(["a"]), note: "n" }).toExtend<Input>();
    expectTypeOf<Omit<Order, "total">>().not.toExtend<Input>();
    expectTypeOf<Omit<Order, "placedAt"> & { placedAt: string }>().not.toExtend<Input>();
    expectTypeOf<InferItem<typeof Stock>>().toExtend<InferPutInput<typeof Stock>>();
    expectTypeOf({ ...least, tags: undefined, note: undefined }).toExtend<Input>();
    const nested = defineTable({
      name,
      schema: z.object({
        id: z.string(),
        map: z.object({ a: z.string().default("x"), b: z.number() }),
        list: z.array(z.object({ c: z.number().default(1) })),
      }),
      partitionKey: "id",
    });
    expectTypeOf({ id: "a", map: { b: 1 }, list: [{}, { c: 2 }] }).toExtend<
      InferPutInput<typeof nested>
    >();
    expectTypeOf({ id: "a", map: {}, list: [] }).not.toExtend<InferPutInput<typeof nested>>();
  });

  test("its keys, and what its indexes hold", () => {
    expectTypeOf<InferKey<typeof Orders>>().toEqualTypeOf<{
      customerId: string;
      orderId: string;
    }>();
    expectTypeOf<InferIndexItem<typeof Orders, "byStatus">>().toEqualTypeOf<
      Pick<Order, "customerId" | "orderId" | "status" | "placedAt" | "total">
    >();
    expectTypeOf<InferIndexItem<typeof Orders, "byTotal">>().toEqualTypeOf<
      Pick<Order, "customerId" | "orderId" | "total">
    >();
    // An item without its key is not in a sparse index.
    expectTypeOf<InferIndexItem<typeof Orders, "byNote">["note"]>().toEqualTypeOf<string>();
    // @ts-expect-error there is no such index
    expectTypeOf<InferIndexItem<typeof Orders, "byNothing">>().not.toBeNever();
    type Event = InferIndexItem<typeof Events, "byType">;
    expectTypeOf<Extract<Event, { type: "made" }>>().toEqualTypeOf<{
      id: string;
      at: number;
      type: "made";
      by: string;
    }>();
    expectTypeOf<Extract<Event, { type: "gone" }>>().not.toHaveProperty("why");
  });

  test("the schema, and F without a client", () => {
    expectTypeOf(Orders.name).toEqualTypeOf<"orders">();
    expectTypeOf(Orders.F("total").gt(1)).toEqualTypeOf(Orders.F("note").exists());
    expectTypeOf(Events.F("at").debug()).toBeString();
  });
});
