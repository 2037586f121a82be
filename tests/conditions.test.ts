import {
  and,
  type Condition,
  ConditionalCheckFailed,
  F,
  isDynamoDBError,
  not,
  or,
  partitionKey,
} from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

const item = {
  id: "a",
  n: 5,
  m: 6,
  s: "hello",
  t: "hello",
  emoji: "é😀",
  wide: "～",
  empty: "",
  b: bytes(1, 2, 3),
  yes: true,
  nothing: null,
  list: [1, "x", [2], { k: 3 }],
  map: { k: 1, "a.b": { c: "deep" } },
  strings: new Set(["a", "b"]),
  numbers: new Set([1, 2]),
  binaries: new Set([bytes(1), bytes(2)]),
};

const holding: readonly Condition[] = [
  F("n").eq(5),
  F("n").eq(5n),
  F("n").ne(6),
  F("n").ne("5"),
  F("n").lt(6),
  F("n").lte(5),
  F("n").gt(4.9),
  F("n").gte(5),
  F("n").lt(F("m")),
  F("m").gte(F("n")),
  F("s").eq(F("t")),
  F("s").gt("hell"),
  F("s").lt("i"),
  F("s").gt("Z"),
  F("wide").lt("😀"),
  F("b").lt(bytes(1, 2, 4)),
  F("b").eq(bytes(1, 2, 3)),
  F("b").gt(bytes(1, 2)),
  F("yes").eq(true),
  F("nothing").eq(null),
  F("nothing").exists(),
  F("empty").eq(""),
  F("list").eq([1, "x", [2], { k: 3 }]),
  F("map").eq({ "a.b": { c: "deep" }, k: 1 }),
  F("strings").eq(new Set(["b", "a"])),
  F("numbers").eq(new Set([2, 1])),
  F("binaries").eq(new Set([bytes(2), bytes(1)])),
  F("list", 3, "k").eq(3),
  F("map", "a.b", "c").eq("deep"),
  F("list", 0).lt(F("list", 2, 0)),
  F("absent").ne(1),
  F("absent").notExists(),
  F("list", 9).notExists(),
  F("map", "k", "x").notExists(),
  F("n").between(5, 5),
  F("n").between(1, F("m")),
  F("s").between("h", "i"),
  F("b").between(bytes(1), bytes(2)),
  F("n").in([1, "x", [1], 5]),
  F("n").in([F("absent"), F("map", "k"), F("list", 0), 5]),
  F("n").in(Array.from({ length: 100 }, (_, index) => index)),
  F("list").in([[], [1, "x", [2], { k: 3 }]]),
  F("s").beginsWith("he"),
  F("s").beginsWith(F("t")),
  F("b").beginsWith(bytes(1, 2)),
  F("s").contains("ell"),
  F("s").contains(F("t")),
  F("strings").contains("a"),
  F("numbers").contains(2),
  F("binaries").contains(bytes(2)),
  F("list").contains("x"),
  F("list").contains([2]),
  F("b").contains(bytes(2, 3)),
  F("s").size().eq(5),
  F("s").size().eq(F("n")),
  F("n").eq(F("s").size()),
  F("s").size().lt(6),
  F("s").size().gt(F("b").size()),
  F("s").size().between(1, 5),
  F("s").size().in([4, 5]),
  F("emoji").size().eq("é😀".length),
  F("b").size().eq(3),
  F("empty").size().eq(0),
  F("list").size().eq(4),
  F("map").size().eq(2),
  F("strings").size().eq(2),
  F("map", "a.b").size().gte(1),
  F("n").size().ne(1),
  F("n").type("N"),
  F("s").type("S"),
  F("b").type("B"),
  F("yes").type("BOOL"),
  F("nothing").type("NULL"),
  F("list").type("L"),
  F("map").type("M"),
  F("strings").type("SS"),
  F("numbers").type("NS"),
  F("binaries").type("BS"),
  and(F("n").eq(5), F("s").exists(), F("absent").notExists()),
  or(F("n").eq(6), F("s").eq("hello")),
  or(F("n").eq(6), and(F("n").eq(5), or(F("m").eq(1), F("m").eq(6)))),
  F("n")
    .eq(5)
    .and(F("m").eq(7).or(F("m").eq(6))),
  not(F("n").eq(6)),
  not(and(F("n").eq(5), F("m").eq(7))),
  not(F("absent").gt(1)),
  not(not(F("n").eq(5))),
];

const failing: readonly Condition[] = [
  F("n").eq("5"),
  F("n").lt("6"),
  F("n").gt(F("s")),
  F("absent").eq(F("also absent")),
  F("absent").lt(1),
  F("absent").exists(),
  F("absent").type("NULL"),
  F("absent").in([1]),
  F("absent").between(0, 1),
  F("absent").contains("x"),
  F("absent").beginsWith("x"),
  F("absent").size().eq(0),
  F("n").size().gte(0),
  F("n").between("1", "9"),
  F("n").beginsWith("5"),
  F("n").contains(5),
  F("map").contains("k"),
  F("strings").contains(1),
  F("s").contains(1),
  F("list").lt(F("map")),
  F("yes").gt(F("nothing")),
  F("map").eq({ k: 1 }),
  F("list", "k").exists(),
  F("map", 0).exists(),
  and(F("n").eq(5), F("m").eq(5)),
  or(F("n").eq(6), F("m").eq(5)),
  not(F("s").beginsWith("h")),
];

describeOnEachServer("conditions", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
    await client.put(table, item);
  });

  const holds = async (condition: Condition): Promise<boolean> =>
    (await client.count(table, partitionKey("id").eq("a"), { filter: condition })) === 1;

  it.each(holding.map((condition) => [condition.debug(), condition] as const))(
    "%s holds",
    async (_, condition) => {
      expect(await holds(condition)).toBe(true);
      expect(await holds(not(condition))).toBe(false);
    },
  );

  it.each(failing.map((condition) => [condition.debug(), condition] as const))(
    "%s does not hold",
    async (_, condition) => {
      expect(await holds(condition)).toBe(false);
      expect(await holds(not(condition))).toBe(true);
    },
  );

  it("guards put, update and delete", async () => {
    const key = { id: "guarded" };
    const absent = F("id").notExists();
    const open = F("status").eq("open");
    await client.put(table, { ...key, status: "open" }, { condition: absent });
    await expect(client.put(table, key, { condition: absent })).rejects.toThrow(
      ConditionalCheckFailed,
    );
    await client.update(table, key, F("status").set("closed"), { condition: open });
    for (const refused of [
      () => client.put(table, key, { condition: open }),
      () => client.update(table, key, F("status").set("open"), { condition: open }),
      () => client.delete(table, key, { condition: open }),
    ]) {
      await expect(refused()).rejects.toThrow(ConditionalCheckFailed);
    }
    expect(await client.get(table, key)).toEqual({ ...key, status: "closed" });
    await client.delete(table, key, { condition: F("status").eq("closed") });
    expect(await client.get(table, key)).toBeUndefined();
  });

  it("gives the item that it failed on, where asked for", async () => {
    const stored = { id: "failed on", n: 1, tags: new Set(["x"]), b: bytes(1) };
    const key = { id: stored.id };
    await client.put(table, stored);
    const options = { condition: F("n").eq(2), returnValuesOnConditionCheckFailure: "ALL_OLD" };
    for (const refused of [
      () => client.put(table, key, options as never),
      () => client.update(table, key, F("n").set(3), options as never),
      () => client.delete(table, key, options as never),
    ]) {
      const error = await refused().catch((thrown: unknown) => thrown);
      expect(isDynamoDBError(error, ConditionalCheckFailed)).toBe(true);
      expect((error as ConditionalCheckFailed).item).toEqual(stored);
    }
    const plain = client.delete(table, key, { condition: F("n").eq(2) });
    await expect(plain).rejects.toMatchObject({ item: undefined, attempts: 1, retryable: false });
    const none = client.delete(table, { id: "none" }, options as never);
    await expect(none).rejects.toMatchObject({ name: "ConditionalCheckFailed", item: undefined });
  });

  it("reads that item's numbers as the client reads every number, and never fails on them", async () => {
    await client.put(table, { id: "big", n: 2n ** 60n });
    const options = {
      condition: F("n").lt(0),
      returnValuesOnConditionCheckFailure: "ALL_OLD",
    } as const;
    await expect(
      newClient({ numbers: "bigint" }).delete(table, { id: "big" }, options),
    ).rejects.toMatchObject({ item: { id: "big", n: 2n ** 60n } });
    const error = await client.delete(table, { id: "big" }, options).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ConditionalCheckFailed);
    expect(String((error as ConditionalCheckFailed).item?.["n"])).toBe(String(2n ** 60n));
  });

  deviates(
    { dynoxide: "takes bounds in any order" },
    "refuses bounds the wrong way round",
    async () => {
      await expect(holds(F("n").between(2, 1))).rejects.toMatchObject({ name: "ValidationError" });
    },
  );
});
