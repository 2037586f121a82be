import { connect, defineTable, InvalidItem, isoDate, type OnInvalid } from "@fieldwise/schema";
import * as z from "zod";
import { beforeAll, describe, expect, expectTypeOf, it, vi } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

const shape = {
  id: z.string(),
  n: z.string(),
  total: z.number().optional(),
  at: isoDate().optional(),
  deep: z.object({ a: z.number() }).optional(),
  kept: z.set(z.string()),
};
const keys = { partitionKey: "id", sortKey: "n" } as const;

type OnInvalidItem = Extract<OnInvalid, (...parameters: never[]) => unknown>;

describeOnEachServer("items that do not fit", ({ client, createTable, uniqueTableName }) => {
  const name = uniqueTableName();
  const Things = defineTable({ name, schema: z.object(shape), ...keys });
  const { F } = Things;
  const strict = connect(client, { things: Things }).things;
  const id = "a";

  beforeAll(async () => {
    await strict.table.create({ wait: true });
    await client.batchWrite({
      [name]: {
        put: [
          { id, n: "1", total: 1 },
          { id, n: "2", total: "two", deep: { a: true } },
          { id, n: "3", total: 3, at: "yesterday" },
          { id, n: "4", total: 4, unknown: { x: 1 }, deep: { a: 1, b: 2 } },
        ],
        keyAttributes: ["id", "n"],
      },
    });
  });

  it("throw, with all issues and their paths", async () => {
    for (const attempt of [
      () => strict.get({ id, n: "2" }),
      () => strict.getOrThrow({ id, n: "2" }),
      () => strict.query({ id }).toArray(),
      () => strict.query({ id, n: { gt: "1" } }).page(),
      () => strict.scan().toArray(),
      () =>
        strict.batchGet([
          { id, n: "1" },
          { id, n: "2" },
        ]),
    ]) {
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown as InvalidItem,
      );
      expect(error).toBeInstanceOf(InvalidItem);
      expect(error?.tableName).toBe(name);
    }
    const attempt = strict.get({ id, n: "2" });
    await expect(attempt).rejects.toThrow(
      `An item that GetItem read does not fit the schema of table ${name}`,
    );
    await expect(attempt).rejects.toMatchObject({
      issues: [{ path: ["total"] }, { path: ["deep", "a"] }],
    });
    await expect(attempt).rejects.not.toThrow("two");
  });

  it("are skipped, by connect and by call", async () => {
    const skipping = connect(client, { things: Things }, { onInvalid: "skip" }).things;
    const numbers = (items: readonly ({ readonly n: string } | undefined)[]) =>
      items.map((item) => item?.n);
    expect(numbers(await skipping.query({ id }).toArray())).toEqual(["1", "4"]);
    expect(numbers(await strict.query({ id }, { onInvalid: "skip" }).toArray())).toEqual([
      "1",
      "4",
    ]);
    expect(new Set(numbers(await skipping.scan({ segments: 2 }).toArray()))).toEqual(
      new Set(["1", "4"]),
    );
    expect(await skipping.get({ id, n: "2" })).toBeUndefined();
    await expect(skipping.getOrThrow({ id, n: "2" })).rejects.toThrow(/has no item/);
    const all = ["1", "2", "3", "4"].map((n) => ({ id, n }));
    expect(numbers((await skipping.batchGet(all)).items)).toEqual(["1", undefined, undefined, "4"]);
    await expect(skipping.query({ id }, { onInvalid: "throw" }).toArray()).rejects.toThrow(
      InvalidItem,
    );
    const db = connect(client, { things: Things }, { onInvalid: "skip" });
    expect(
      await db.transactGet((tx) => [tx.things.get({ id, n: "2" }), tx.things.get({ id, n: "1" })]),
    ).toMatchObject([undefined, { n: "1" }]);
    const reads = { keys: all, onInvalid: "skip" } as const;
    expect(numbers((await db.batchGet({ things: reads })).items.things)).toEqual([
      "1",
      undefined,
      undefined,
      "4",
    ]);
  });

  it("do not count against the limit where they are skipped", async () => {
    const found = await strict.query({ id }, { limit: 2, onInvalid: "skip" }).toArray();
    expect(found.map(({ n }) => n)).toEqual(["1", "4"]);
    const options = { onInvalid: "skip" } as const;
    expect((await strict.query({ id, n: { gt: "1" } }, options).first())?.n).toBe("4");
    const page = await strict.query({ id }, { ...options, pageSize: 3 }).page();
    expect([page.items.length, page.count]).toEqual([1, 3]);
    expect(await strict.count({ id })).toBe(4);
  });

  it("are given to a function, which may mend them", async () => {
    const onInvalid = vi.fn<OnInvalidItem>((raw) =>
      raw["n"] === "3" ? { ...raw, at: new Date(0), mended: true } : undefined,
    );
    const mending = connect(client, { things: Things }, { onInvalid }).things;
    const found = await mending.query({ id }).toArray();
    expect(found.map(({ n }) => n)).toEqual(["1", "3", "4"]);
    expect(found[1]).toEqual({ id, n: "3", total: 3, at: new Date(0), mended: true });
    expect(onInvalid.mock.calls).toEqual([
      [
        { id, n: "2", total: "two", deep: { a: true } },
        [
          expect.objectContaining({ path: ["total"] }),
          expect.objectContaining({ path: ["deep", "a"] }),
        ],
        { tableName: name, operation: "Query" },
      ],
      [
        expect.objectContaining({ n: "3" }),
        [expect.objectContaining({ path: ["at"] })],
        { tableName: name, operation: "Query" },
      ],
    ]);
  });

  it("fit a projection of what fits", async () => {
    const project = [F("n"), F("deep")];
    const found = await strict.query({ id }, { project, onInvalid: "skip" }).toArray();
    expect(found).toEqual([{ n: "1" }, { n: "3" }, { n: "4", deep: { a: 1 } }]);
    expect(await strict.get({ id, n: "2" }, { project: [F("n"), F("at")] })).toEqual({ n: "2" });
    await expect(strict.get({ id, n: "2" }, { project: [F("total")] })).rejects.toMatchObject({
      issues: [{ path: ["total"] }],
    });
  });

  it("come back as they are stored without validation", async () => {
    const options = { validate: false } as const;
    const stored = await strict.query({ id }, options).toArray();
    const kept = new Set();
    expect(stored).toEqual([
      { id, n: "1", total: 1, kept },
      { id, n: "2", total: "two", deep: { a: true }, kept },
      { id, n: "3", total: 3, at: "yesterday", kept },
      { id, n: "4", total: 4, deep: { a: 1 }, kept },
    ]);
    const one = await strict.get({ id, n: "3" }, options);
    expect(one).toEqual(stored[2]);
    expectTypeOf(one?.at).toEqualTypeOf<string | undefined>();
    expect(await strict.get({ id, n: "2" }, { ...options, project: [F("total")] })).toEqual({
      total: "two",
    });
  });

  describe("by the kind of object", () => {
    it("drop, keep or refuse attributes that the schema does not know", async () => {
      const table = await createTable({
        partitionKey: { name: "id", type: "S" },
        sortKey: { name: "n", type: "S" },
      });
      const item = { id, n: "1", kept: new Set(["k"]), more: 1, deep: { a: 1, extra: { b: [1] } } };
      await client.put(table, item);
      const read = (schema: z.ZodType<{ id: string; n: string }, { id: string; n: string }>) =>
        connect(client, { t: defineTable({ name: table, schema, ...keys }) }).t.get({ id, n: "1" });
      const { more: _, ...known } = item;
      expect(await read(z.object(shape))).toEqual({ ...known, deep: { a: 1 } });
      expect(
        await read(z.looseObject({ ...shape, deep: z.looseObject({ a: z.number() }) })),
      ).toEqual(item);
      expect(await read(z.object(shape).catchall(z.number()))).toEqual({ ...item, deep: { a: 1 } });
      await expect(read(z.strictObject(shape))).rejects.toThrow(/Unrecognized key: "more"/);
    });

    it("write the unknown attributes of a loose object, and refuse those of a strict one", async () => {
      const schema = z.looseObject(shape) as unknown as z.ZodObject<typeof shape>;
      const loose = defineTable({ name, schema, ...keys });
      const { things } = connect(client, { things: loose });
      const item = {
        id: "loose",
        n: "1",
        kept: new Set<string>(),
        more: { a: [1, new Set(["x"])] },
      };
      await things.put(item);
      expect(await things.get({ id: "loose", n: "1" })).toEqual(item);
      const tight = defineTable({ name, schema: z.strictObject(shape), ...keys });
      const db = connect(client, { things: tight });
      await expect(db.things.put(item)).rejects.toThrow(/Unrecognized key/);
      await strict.put(item);
      expect(await client.get(name, { id: "loose", n: "1" })).toEqual({ id: "loose", n: "1" });
    });
  });
});
