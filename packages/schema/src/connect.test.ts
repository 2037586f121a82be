import { Client, InvalidInput } from "@fieldwise/core";
import * as z from "zod";
import { describe, expect, it } from "vitest";
import { isConditionalCheckFailed } from "./conditions.ts";
import { connect } from "./connect.ts";
import { defineTable } from "./define-table.ts";
import { InvalidCursor, InvalidItem } from "./errors.ts";

const Things = defineTable({
  name: "things",
  schema: z.object({ id: z.string(), n: z.number(), text: z.string().optional() }),
  partitionKey: "id",
  sortKey: "n",
  indexes: { byText: { partitionKey: "text" } },
});
const others = {
  name: "others",
  schema: z.object({ id: z.string() }),
  partitionKey: "id",
} as const;
const Others = defineTable(others);
// Nothing listens there: whatever is refused here was refused before a request.
const client = new Client({
  region: "local",
  endpoint: "http://127.0.0.1:9",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
const db = connect(client, { things: Things });
const { F } = Things;
const untyped = (value: unknown): never => value as never;
const key = { id: "a", n: 1 };

describe("bad input", () => {
  it.each<readonly [string, () => unknown, new (...parameters: never[]) => Error]>([
    ["the key of a query", () => db.things.query(untyped({ n: 1 })), InvalidInput],
    ["a value of a query", () => db.things.query(untyped({ id: 1 })), InvalidItem],
    ["a cursor", () => db.things.query({ id: "a" }, { cursor: "x" }), InvalidCursor],
    ["a limit", () => db.things.query({ id: "a" }, { limit: 0 }), InvalidInput],
    ["a page's size", () => db.things.scan({ pageSize: 1.5 }), InvalidInput],
    ["a segment", () => db.things.scan({ segment: 1 }), InvalidInput],
    ["an index", () => db.things.index(untyped("nope")), InvalidInput],
    ["a projection", () => db.things.scan({ project: untyped([5]) }), Error],
  ])("throws at once where it makes pages: %s", (_, attempt, type) => {
    expect(attempt).toThrow(type);
  });

  it.each<readonly [string, () => Promise<unknown>, new (...parameters: never[]) => Error]>([
    ["put", () => db.things.put(untyped({ id: 1 })), InvalidItem],
    ["create", () => db.things.create(untyped(null)), InvalidItem],
    ["get", () => db.things.get(untyped({})), InvalidItem],
    ["getOrThrow", () => db.things.getOrThrow(untyped("a")), InvalidItem],
    ["update", () => db.things.update(untyped({}), F("text").set("x")), InvalidItem],
    ["update without actions", () => db.things.update(key, []), Error],
    ["patch", () => db.things.patch(key, untyped({ text: 5 })), InvalidItem],
    ["patch without values", () => db.things.patch(key, {}), Error],
    ["upsert", () => db.things.upsert(untyped({ id: 1 })), InvalidItem],
    ["delete", () => db.things.delete(untyped({ id: "a" })), InvalidItem],
    ["count", () => db.things.count(untyped({})), InvalidInput],
    ["scanCount", () => db.things.scanCount({ limit: -1 }), InvalidInput],
    ["an index's count", () => db.things.index("byText").count(untyped({ id: "a" })), InvalidInput],
    ["batchGet", () => db.things.batchGet([untyped({})]), InvalidItem],
    ["batchPut", () => db.things.batchPut([untyped({})]), InvalidItem],
    ["batchDelete", () => db.things.batchDelete([untyped({})]), InvalidItem],
    ["batchWrite", () => db.things.batchWrite({ put: [untyped(5)] }), InvalidItem],
    ["db.batchGet", () => db.batchGet({ things: [untyped({})] }), InvalidItem],
    ["transactWrite", () => db.transactWrite((tx) => [tx.things.put(untyped({}))]), InvalidItem],
    ["transactGet", () => db.transactGet((tx) => [tx.things.get(untyped({}))]), InvalidItem],
    ["page", () => db.things.scan().page({ cursor: "x" }), InvalidCursor],
    ["enableTimeToLive", () => db.things.table.enableTimeToLive(), InvalidInput],
  ])("rejects where there is a promise: %s", async (_, attempt, type) => {
    let promise: Promise<unknown> | undefined;
    expect(() => (promise = attempt())).not.toThrow();
    await expect(promise).rejects.toBeInstanceOf(type);
  });
});

it("names what a database has", () => {
  expect(Object.keys(db).toSorted()).toEqual([
    "batchGet",
    "things",
    "transactGet",
    "transactWrite",
  ]);
  expect(() => connect(client, { batchGet: Things })).toThrow(/connect the table by another name/);
});

describe("the names of deployed tables", () => {
  const staged = connect(client, { things: Things }, { tableName: (name) => `test-${name}` });

  it("are what requests and messages say", async () => {
    expect(staged.things.table.name).toBe("test-things");
    const limit = AbortSignal.abort(new Error("enough"));
    await expect(staged.things.get(key, { signal: limit })).rejects.toThrow("enough");
  });

  it("leave the definition as it is", () => {
    expect(Things.name).toBe("things");
    expect(db.things.table.name).toBe("things");
  });

  it("are known to the table, whose failed conditions can be told", async () => {
    const body = Buffer.from(`{"__type":"ConditionalCheckFailedException","message":"no"}`);
    const failing = new Client({
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      requestHandler: {
        handle: async () => ({ response: { statusCode: 400, headers: {}, body } }),
      },
    });
    const tables = { things: Things };
    const names = ["test-things", "prod-things"];
    for (const name of names) {
      const { things } = connect(failing, tables, { tableName: () => name });
      const error: unknown = await things.delete(key).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ tableName: name });
      expect(isConditionalCheckFailed(error, Things)).toBe(true);
      expect(isConditionalCheckFailed(error, Others)).toBe(false);
    }
  });

  it("must be names", () => {
    const nameless = (): unknown =>
      connect(client, { things: Things }, { tableName: () => untyped(undefined) });
    expect(nameless).toThrow(InvalidInput);
    expect(nameless).toThrow("tableName gave undefined for table things");
  });
});

describe("what is connected", () => {
  it.each<readonly [string, object, string]>([
    ["a schema", { things: z.object({}) }, "things is no table: give what defineTable returned"],
    ["nothing", { things: undefined }, "things is no table"],
    ["a table by itself", Things, "name is no table"],
    [
      "a table whose name is not set",
      { things: Things, others: defineTable({ ...others, name: untyped(undefined) }) },
      "The table connected as others was defined without a name",
    ],
  ])("is a table by a name, not %s", (_, tables, message) => {
    const attempt = (): unknown => connect(client, untyped(tables));
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(message);
  });

  it("may have its name by tableName alone", () => {
    const Nameless = defineTable({ ...others, name: untyped(undefined) });
    expect(connect(client, { nameless: Nameless }, { tableName: () => "others" })).toBeDefined();
  });
});

it.each(["transactWrite", "transactGet"] as const)("%s takes what lists actions", async (name) => {
  const message = `${name} takes a function that gives a list`;
  for (const given of [[], undefined, () => undefined, () => ({ action: {} })]) {
    await expect(db[name](untyped(given))).rejects.toMatchObject({
      name: "InvalidInput",
      message: expect.stringContaining(message) as unknown,
    });
  }
});

it("refuses a policy that there is not before an item does not fit", async () => {
  const message = 'onInvalid must be "throw", "skip" or a function';
  const options = { onInvalid: untyped("ignore") };
  expect(() => connect(client, { things: Things }, options)).toThrow(message);
  await expect(db.things.get(key, options)).rejects.toMatchObject({
    name: "InvalidInput",
    message,
  });
});

it("refuses an empty secret for cursors, which everybody knows", () => {
  const empty = (): unknown => connect(client, { things: Things }, { cursorSecret: "" });
  expect(empty).toThrow(InvalidInput);
  expect(empty).toThrow(/cursorSecret is empty/);
});
