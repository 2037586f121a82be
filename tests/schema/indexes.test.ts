import { connect, defineTable, isoDate } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { untyped } from "../support/refused.ts";
import { RecordingHandler } from "../support/request-handlers.ts";
import { order, ordersTable } from "../support/schema-tables.ts";

const pets = (name: string) =>
  defineTable({
    name,
    schema: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("cat"),
        id: z.string(),
        owner: z.string(),
        lives: z.number(),
        born: isoDate(),
        inner: z.discriminatedUnion("k", [
          z.object({ k: z.literal("n"), v: z.number() }),
          z.object({ k: z.literal("d"), v: isoDate() }),
        ]),
      }),
      z.object({ kind: z.literal("dog"), id: z.string(), owner: z.string(), born: z.string() }),
    ]),
    partitionKey: "id",
    indexes: {
      byOwner: { partitionKey: "owner", projection: "keys" },
      byOwnerWithBirth: { partitionKey: "owner", sortKey: "id", projection: ["kind", "born"] },
    },
  });

describeOnEachServer("indexes through a schema", (suite) => {
  const { client, newClient, uniqueTableName, deviates } = suite;
  const Orders = ordersTable(uniqueTableName());
  const { orders } = connect(client, { orders: Orders });
  const Pets = pets(uniqueTableName());
  const db = connect(client, { pets: Pets });
  const { F } = Orders;
  const day = (n: number) => new Date(Date.UTC(2026, 0, n));

  beforeAll(async () => {
    await Promise.all([orders.table.create({ wait: true }), db.pets.table.create({ wait: true })]);
    await orders.batchPut([
      order("o1", { status: "placed", placedAt: day(1), total: 30, note: "one" }),
      order("o2", { status: "placed", placedAt: day(2), total: 20, tags: new Set(["x"]) }),
      order("o3", { status: "shipped", placedAt: day(3), total: 10, note: "one" }),
      { ...order("o4", { placedAt: day(4), total: 5 }), customerId: "c2" },
    ]);
    await db.pets.batchPut([
      { kind: "cat", id: "1", owner: "o", lives: 9, born: day(1), inner: { k: "d", v: day(2) } },
      { kind: "dog", id: "2", owner: "o", born: "long ago" },
    ]);
  });

  it("reads what a list projects, and the keys, and nothing else", async () => {
    const found = orders.index("byStatus").query({ status: "placed", placedAt: { gte: day(2) } });
    expect(await found.toArray()).toEqual([
      { customerId: "c1", orderId: "o2", status: "placed", placedAt: day(2), total: 20 },
      { customerId: "c2", orderId: "o4", status: "placed", placedAt: day(4), total: 5 },
    ]);
    expectTypeOf(await found.first()).toEqualTypeOf<
      | {
          customerId: string;
          orderId: string;
          status: "placed" | "shipped" | "delivered";
          placedAt: Date;
          total: number;
        }
      | undefined
    >();
  });

  it("reads an index of keys alone, which only items with the attribute are in", async () => {
    const found = await orders.index("byNote").query({ note: "one" }).toArray();
    expect(found.map(({ orderId }) => orderId).toSorted()).toEqual(["o1", "o3"]);
    expect(found[0]).toEqual({
      customerId: "c1",
      note: "one",
      orderId: expect.any(String) as string,
    });
    expect(await orders.index("byNote").scanCount()).toBe(2);
    expect(await orders.index("byNote").scan().toArray()).toHaveLength(2);
    expect(await orders.index("byNote").scan({ segments: 2 }).toArray()).toHaveLength(2);
  });

  it("reads a local index whole, in its order, consistently where asked", async () => {
    const byTotal = orders.index("byTotal");
    const key = { customerId: "c1", total: { lt: 30 } };
    const found = await byTotal.query(key, { consistentRead: true }).toArray();
    expect(found.map(({ orderId }) => orderId)).toEqual(["o3", "o2"]);
    expect(found[1]).toEqual({
      ...order("o2", { status: "placed", placedAt: day(2), total: 20 }),
      tags: new Set(["x"]),
    });
    expect(await byTotal.count(key)).toBe(2);
    expect(await byTotal.query(key, { descending: true, limit: 1 }).first()).toMatchObject({
      orderId: "o2",
    });
  });

  it("filters and projects", async () => {
    const options = { filter: F("total").gt(5), project: [F("orderId"), F("placedAt")] } as const;
    const found = await orders.index("byStatus").query({ status: "placed" }, options).toArray();
    expect(found).toEqual([
      { orderId: "o1", placedAt: day(1) },
      { orderId: "o2", placedAt: day(2) },
    ]);
    expectTypeOf(found).toEqualTypeOf<{ orderId: string; placedAt: Date }[]>();
    expect(
      await orders.index("byStatus").count({ status: "placed" }, { filter: options.filter }),
    ).toBe(2);
  });

  it("reads the keys of a union whose discriminator the index does not carry", async () => {
    const found = await db.pets.index("byOwner").query({ owner: "o" }).toArray();
    expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { id: "1", owner: "o" },
      { id: "2", owner: "o" },
    ]);
  });

  it("reads each member of a union by its own schema", async () => {
    expect(await db.pets.index("byOwnerWithBirth").query({ owner: "o" }).toArray()).toEqual([
      { kind: "cat", id: "1", owner: "o", born: day(1) },
      { kind: "dog", id: "2", owner: "o", born: "long ago" },
    ]);
  });

  it("asks an index for no discriminator that it does not carry", async () => {
    const requestHandler = new RecordingHandler();
    const { pets: recorded } = connect(newClient({ requestHandler }), { pets: Pets });
    const found = await recorded
      .index("byOwner")
      .query({ owner: "o" }, { project: [Pets.F("id")] })
      .toArray();
    expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([{ id: "1" }, { id: "2" }]);
    const input = requestHandler.requests[0]?.input as { ExpressionAttributeNames: object };
    expect(new Set(Object.values(input.ExpressionAttributeNames))).toEqual(
      new Set(["id", "owner"]),
    );
  });

  it("asks for the discriminators that tell how to read a projection, and leaves them out", async () => {
    const project = [Pets.F("born"), Pets.F("inner", "v")];
    expect(await db.pets.get({ id: "1" }, { project })).toEqual({
      born: day(1),
      inner: { v: day(2) },
    });
    expect(await db.pets.get({ id: "2" }, { project })).toEqual({ born: "long ago" });
    const { items } = await db.pets.batchGet([{ id: "2" }, { id: "1" }], { project });
    expect(items).toEqual([{ born: "long ago" }, { born: day(1), inner: { v: day(2) } }]);
    const several = await db.batchGet({ pets: { keys: [{ id: "1" }], project } });
    expect(several.items.pets).toEqual([{ born: day(1), inner: { v: day(2) } }]);
  });

  it("does so in a transaction", async () => {
    const project = [Pets.F("born"), Pets.F("inner", "v")];
    const [cat] = await db.transactGet((tx) => [tx.pets.get({ id: "1" }, { project })]);
    expect(cat).toEqual({ born: day(1), inner: { v: day(2) } });
  });

  it("knows its indexes", () => {
    expect(() => orders.index(untyped("byNothing"))).toThrow(/has no index byNothing/);
    expect(() => orders.index("byStatus").query(untyped({ placedAt: day(1) }))).toThrow(
      `A query of index byStatus of table ${Orders.name} needs a value for its partition key status`,
    );
  });

  deviates(
    { dynoxide: "takes one attribute for each key" },
    "reads an index with keys of several attributes, from left to right",
    async () => {
      const Games = defineTable({
        name: uniqueTableName(),
        schema: z.object({
          id: z.string(),
          season: z.string(),
          region: z.string(),
          round: z.number(),
          day: isoDate(),
          court: z.string().optional(),
        }),
        partitionKey: "id",
        indexes: {
          schedule: {
            partitionKey: ["season", "region"],
            sortKey: ["round", "day", "court"],
            projection: "keys",
          },
        },
      });
      const { games } = connect(client, { games: Games });
      await games.table.create({ wait: true });
      const game = (id: string, round: number, n: number, court?: string) => ({
        id,
        season: "2026",
        region: "north",
        round,
        day: day(n),
        ...(court !== undefined && { court }),
      });
      await games.batchPut([
        game("a", 1, 1, "x"),
        game("b", 2, 1, "x1"),
        game("c", 2, 2, "x2"),
        game("d", 2, 2, "y"),
        game("e", 2, 2),
      ]);
      const schedule = games.index("schedule");
      const partition = { season: "2026", region: "north" };
      const ids = async (pages: AsyncIterable<{ readonly id: string }>) => {
        const found: string[] = [];
        for await (const { id } of pages) found.push(id);
        return found;
      };
      expect(await ids(schedule.query(partition))).toEqual(["a", "b", "c", "d"]);
      expect(await ids(schedule.query({ ...partition, round: { gt: 1 } }))).toEqual([
        "b",
        "c",
        "d",
      ]);
      expect(await ids(schedule.query({ ...partition, round: 2, day: { lt: day(2) } }))).toEqual([
        "b",
      ]);
      const court = { beginsWith: "x" };
      expect(await ids(schedule.query({ ...partition, round: 2, day: day(2), court }))).toEqual([
        "c",
      ]);
      const { items, cursor } = await schedule.query(partition, { pageSize: 3 }).page();
      expect(items.at(-1)).toEqual(game("c", 2, 2, "x2"));
      expect(await schedule.query(partition, { cursor: cursor as string }).toArray()).toEqual([
        game("d", 2, 2, "y"),
      ]);
      expect((await games.table.diff()).differences).toEqual([]);
    },
  );
});
