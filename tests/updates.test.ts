import {
  F,
  ifNotExists,
  type Item,
  listAppend,
  type UpdateActions,
  type UpdateOptions,
} from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { RecordingHandler } from "./support/request-handlers.ts";

type Case = readonly [title: string, before: Item, actions: UpdateActions, after: Item];

const cases: readonly Case[] = [
  ["set", { a: 1 }, F("a").set("new"), { a: "new" }],
  ["set to the value of a path", { a: 1, b: [2] }, F("a").set(F("b", 0)), { a: 2, b: [2] }],
  ["set a member of a map", { m: { a: 1, b: 2 } }, F("m", "a").set(3), { m: { a: 3, b: 2 } }],
  ["set an element of a list", { l: [1, 2] }, F("l", 1).set({ x: 1 }), { l: [1, { x: 1 }] }],
  ["set an empty string", {}, [F("s").set(""), F("t").set("x")], { s: "", t: "x" }],
  ["set an empty list", { l: [1] }, F("l").set([]), { l: [] }],
  ["set null", { a: 1 }, F("a").set(null), { a: null }],
  ["set if absent, where it is", {}, F("a").setIfNotExists(1), { a: 1 }],
  ["set if absent, where it is not", { a: 0 }, F("a").setIfNotExists(1), { a: 0 }],
  [
    "set to another path where it is absent",
    { b: 3 },
    F("a").setIfNotExists(F("b")),
    { a: 3, b: 3 },
  ],
  ["increment", { n: 5 }, F("n").increment(), { n: 6 }],
  ["increment by a value", { n: 123 }, F("n").increment(-12), { n: 111 }],
  ["increment by a path", { n: 1, by: 2.5 }, F("n").increment(F("by")), { n: 3.5, by: 2.5 }],
  ["decrement", { m: { n: [5] } }, F("m", "n", 0).decrement(), { m: { n: [4] } }],
  ["decrement by a value", { n: 5 }, F("n").decrement(7), { n: -2 }],
  ["add two paths", { a: 1, b: 2, c: 0 }, F("c").set(F("a").plus(F("b"))), { a: 1, b: 2, c: 3 }],
  ["subtract from a path", { a: 1, b: 2 }, F("b").set(F("a").minus(10)), { a: 1, b: -9 }],
  ["count from nothing", {}, F("n").set(ifNotExists(F("n"), 10).plus(1)), { n: 11 }],
  [
    "use one default on both sides",
    { b: 2 },
    F("n").set(ifNotExists(F("a"), 10).minus(ifNotExists(F("b"), 10))),
    { n: 8, b: 2 },
  ],
  ["append", { l: ["hello"] }, F("l").append(["!", 1]), { l: ["hello", "!", 1] }],
  ["append a path's list", { l: [1], m: [2] }, F("l").append(F("m")), { l: [1, 2], m: [2] }],
  ["prepend", { l: [3] }, F("l").prepend([1, 2]), { l: [1, 2, 3] }],
  [
    "append to a list that may be absent",
    {},
    F("log").set(listAppend(ifNotExists(F("log"), []), ["x"])),
    { log: ["x"] },
  ],
  [
    "join two lists",
    { a: [1], b: [2] },
    F("c").set(listAppend(F("b"), F("a"))),
    {
      a: [1],
      b: [2],
      c: [2, 1],
    },
  ],
  ["remove", { a: 1, b: 2 }, F("a").remove(), { b: 2 }],
  ["remove what is absent", { b: 2 }, F("a").remove(), { b: 2 }],
  ["remove an element of a list", { l: [1, 2, 3] }, F("l", 1).remove(), { l: [1, 3] }],
  ["remove a member", { m: { a: 1, b: 2 } }, F("m", "a").remove(), { m: { b: 2 } }],
  ["add to a number", { n: 1 }, F("n").add(2), { n: 3 }],
  ["add to a number that is absent", {}, F("n").add(-2), { n: -2 }],
  [
    "add to a set",
    { s: new Set(["a"]) },
    F("s").add(new Set(["a", "b"])),
    {
      s: new Set(["a", "b"]),
    },
  ],
  ["add to a set that is absent", {}, F("s").add(new Set([1])), { s: new Set([1]) }],
  [
    "add to a binary set",
    { s: new Set([new Uint8Array([1])]) },
    F("s").add(new Set([new Uint8Array([1]), new Uint8Array([2])])),
    { s: new Set([new Uint8Array([1]), new Uint8Array([2])]) },
  ],
  [
    "delete from a set",
    { s: new Set([1, 2]) },
    F("s").delete(new Set([2, 3])),
    {
      s: new Set([1]),
    },
  ],
  ["delete the last member of a set", { s: new Set(["a"]) }, F("s").delete(new Set(["a"])), {}],
  ["delete from a set that is absent", {}, F("s").delete(new Set(["a"])), {}],
  [
    "all clauses at once",
    {
      "string-key": "this is a string",
      "number-key": 123,
      "list-key": ["hello", "world"],
      "set-key-one": new Set(["hello", "world"]),
      "set-key-two": new Set(["hello", "world"]),
      "dead-key": "foo",
    },
    [
      F("string-key").set("new value"),
      F("number-key").decrement(12),
      F("list-key").append(["!"]),
      F("set-key-one").add(new Set(["hoge"])),
      F("dead-key").remove(),
      F("set-key-two").delete(new Set(["hello"])),
    ],
    {
      "string-key": "new value",
      "number-key": 111,
      "list-key": ["hello", "world", "!"],
      "set-key-one": new Set(["hello", "world", "hoge"]),
      "set-key-two": new Set(["world"]),
    },
  ],
  [
    "read every operand as it was before the update",
    { a: 1, b: 2 },
    [F("a").set(F("b")), F("b").set(F("a"))],
    { a: 2, b: 1 },
  ],
];

describeOnEachServer("updates", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  it.each(cases)("%s", async (title, before, actions, after) => {
    const key = { id: title };
    await client.put(table, { ...key, ...before });
    expect(await client.update(table, key, actions, { returnValues: "ALL_NEW" })).toEqual({
      ...key,
      ...after,
    });
    expect(await client.get(table, key)).toEqual({ ...key, ...after });
  });

  deviates(
    { dynoxide: "fills the gap with null" },
    "set behind the end of a list appends to it",
    async () => {
      await client.put(table, { id: "end", l: [1] });
      await client.update(table, { id: "end" }, F("l", 7).set(2));
      expect(await client.get(table, { id: "end" })).toEqual({ id: "end", l: [1, 2] });
    },
  );

  deviates(
    { dynoxide: "counts each element after the removal of the one before" },
    "removes several elements of a list, counted as they were before the update",
    async () => {
      await client.put(table, { id: "elements", l: ["a", "b", "c", "d"] });
      await client.update(table, { id: "elements" }, [F("l", 0).remove(), F("l", 2).remove()]);
      expect(await client.get(table, { id: "elements" })).toEqual({
        id: "elements",
        l: ["b", "d"],
      });
    },
  );

  it("makes the item where there is none", async () => {
    expect(await client.update(table, { id: "made" }, F("a").set(1))).toBeUndefined();
    expect(await client.get(table, { id: "made" })).toEqual({ id: "made", a: 1 });
  });

  it.each<[NonNullable<UpdateOptions["returnValues"]>, Item | undefined]>([
    ["NONE", undefined],
    ["ALL_OLD", { id: "ALL_OLD", a: 1, b: 1 }],
    ["UPDATED_OLD", { a: 1 }],
    ["ALL_NEW", { id: "ALL_NEW", a: 2, b: 1, c: 3 }],
    ["UPDATED_NEW", { a: 2, c: 3 }],
  ])("returns %s", async (returnValues, returned) => {
    const key = { id: returnValues };
    await client.put(table, { ...key, a: 1, b: 1 });
    const actions = [F("a").increment(), F("c").set(3)];
    expect(await client.update(table, key, actions, { returnValues })).toEqual(returned);
  });

  deviates(
    { "dynamodb-local": "returns the whole top-level attribute" },
    "returns of a nested attribute only what was updated",
    async () => {
      const key = { id: "nested" };
      await client.put(table, { ...key, m: { a: 1, b: 2 } });
      const options = { returnValues: "UPDATED_NEW" } as const;
      expect(await client.update(table, key, F("m", "a").set(5), options)).toEqual({ m: { a: 5 } });
    },
  );

  it("is refused by the server where the item does not fit", async () => {
    const key = { id: "unfit" };
    await client.put(table, { ...key, s: "text", l: [1] });
    for (const actions of [
      F("absent").increment(),
      F("s").increment(),
      F("s").append(["x"]),
      F("absent").append(["x"]),
      F("l", "member").set(1),
      F("absent", "member").set(1),
      F("s").add(1),
      F("l").delete(new Set([1])),
      F("id").set("another"),
    ]) {
      await expect(client.update(table, key, actions)).rejects.toMatchObject({
        name: "ValidationError",
        operation: "UpdateItem",
        tableName: table,
        key,
      });
    }
    expect(await client.get(table, key)).toEqual({ ...key, s: "text", l: [1] });
  });

  it("is refused before any request where two actions meet", async () => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    for (const [one, other, message] of [
      [F("f").set(2), F("f").set(3), /f is changed twice/],
      [F("a", "b").set(2), F("a").remove(), /a\.b and a can't be changed in one update/],
      [F("l", 0).set(2), F("l", 0, "x").set(1), /l\[0\] and l\[0\]\.x/],
    ] as const) {
      const update = observed.update(table, { id: "a" }, [one, other]);
      await expect(update).rejects.toThrow(message);
      await expect(update).rejects.toMatchObject({ name: "ExpressionError" });
    }
    expect(requestHandler.requests).toEqual([]);
  });

  it("writes equal names and values once", async () => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    await observed.update(
      table,
      { id: "shared" },
      [F("a").set(ifNotExists(F("a"), 1).plus(1)), F("b").set(1), F("c").remove()],
      { condition: F("a").notExists().or(F("a").gte(1)) },
    );
    expect(requestHandler.requests[0]?.input).toMatchObject({
      UpdateExpression: "SET #n0 = if_not_exists(#n0, :v0) + :v0, #n1 = :v0 REMOVE #n2",
      ConditionExpression: "attribute_not_exists(#n0) OR #n0 >= :v0",
      ExpressionAttributeNames: { "#n0": "a", "#n1": "b", "#n2": "c" },
      ExpressionAttributeValues: { ":v0": { N: "1" } },
    });
    expect(await client.get(table, { id: "shared" })).toEqual({ id: "shared", a: 2, b: 1 });
  });
});
