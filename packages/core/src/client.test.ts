import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Refusal, scriptedClient } from "../test-support/scripted-client.ts";
import { Client } from "./client.ts";
import { InvalidInput } from "./errors/input-errors.ts";
import { DynamoDBError } from "./errors/dynamodb-error.ts";
import { F } from "./expressions/attribute-path.ts";

const key = { id: "a" };
const Item = { id: { S: "a" }, n: { N: "5" } };
const item = { id: "a", n: 5 };

describe("items", () => {
  test("go out and come back as plain values", async () => {
    const { client, sent } = scriptedClient(() => ({ Item, Attributes: Item }));
    expect(await client.get("orders", key)).toEqual(item);
    expect(await client.put("orders", item, { returnValues: "ALL_OLD" })).toEqual(item);
    expect(await client.update("orders", key, F("n").increment())).toEqual(item);
    expect(await client.delete("orders", key)).toEqual(item);
    expect(sent.map(({ operation }) => operation)).toEqual([
      "GetItem",
      "PutItem",
      "UpdateItem",
      "DeleteItem",
    ]);
  });

  test("of transactions and statements too", async () => {
    const { client, sent } = scriptedClient(() => ({ Responses: [{ Item }], Items: [Item] }));
    expect(await client.transactGet([{ get: "orders", key }])).toEqual([item]);
    expect(await client.transactWrite([{ put: "orders", item }])).toBeUndefined();
    expect((await client.executeStatement("SELECT")).items).toEqual([item]);
    expect((await client.batchExecuteStatement([{ statement: "SELECT" }]))[0]?.item).toEqual(item);
    expect(await client.executeTransaction([{ statement: "SELECT" }])).toEqual([item]);
    expect(sent.map(({ operation }) => operation)).toEqual([
      "TransactGetItems",
      "TransactWriteItems",
      "ExecuteStatement",
      "BatchExecuteStatement",
      "ExecuteTransaction",
    ]);
  });

  test("of a list that the caller fills anew before the answer", async () => {
    const { client } = scriptedClient(() => ({ Responses: [{ Item }] }));
    const filledAnew = <Action>(list: Action[], send: (list: Action[]) => unknown): unknown => {
      const sent = send(list);
      list.length = 0;
      return sent;
    };
    const statements = [{ statement: "SELECT" }];
    expect(await filledAnew([{ get: "orders", key }], (list) => client.transactGet(list))).toEqual([
      item,
    ]);
    expect(
      await filledAnew([...statements], (list) => client.batchExecuteStatement(list)),
    ).toMatchObject([{ item }]);
    expect(await filledAnew([...statements], (list) => client.executeTransaction(list))).toEqual([
      item,
    ]);
  });

  test("that can't be sent are rejections, not exceptions, and no request", async () => {
    const { client, sent } = scriptedClient(() => ({}));
    const attempts = [
      client.put("orders", { n: Number.NaN }),
      client.get("orders", {}),
      client.update("orders", key, []),
      client.delete("x", key),
      client.transactWrite([]),
      client.transactGet([]),
      client.executeStatement(""),
      client.batchExecuteStatement([]),
      client.executeTransaction([]),
      client.createTable("x", { partitionKey: { name: "id", type: "S" } }),
    ];
    for (const { status } of await Promise.allSettled(attempts)) expect(status).toBe("rejected");
    expect(sent).toEqual([]);
  });
});

describe("send", () => {
  test("takes any operation, and passes its input and output on", async () => {
    const { client, sent } = scriptedClient(() => ({ Anything: [1] }));
    expect(await client.send("BrandNewOperation", { Some: { Input: null } })).toEqual({
      Anything: [1],
    });
    expect(sent[0]).toMatchObject({
      operation: "BrandNewOperation",
      input: { Some: { Input: null } },
    });
    expect(await client.send("GetItem", { TableName: "orders", Key: {} })).toEqual({
      Anything: [1],
    });
  });

  test.each(["", "Get Item", "GetItem\r\nx-evil: 1", "../x", "GetItem#", "☃", undefined])(
    "refuses %j as the name of an operation",
    async (name) => {
      const { client, sent } = scriptedClient(() => ({}));
      await expect(client.send(name as string, {})).rejects.toThrow(
        new InvalidInput(`${JSON.stringify(name)} can't be the name of an operation`),
      );
      expect(sent).toEqual([]);
    },
  );

  test("rejects as every other method does, with what the request was about", async () => {
    const { client } = scriptedClient(() => new Refusal("BrandNewException", { More: 1 }));
    const failed = client.send("GetItem", { TableName: "orders", Key: { id: { S: "a" } } });
    await expect(failed).rejects.toThrow(DynamoDBError);
    await expect(failed).rejects.toMatchObject({
      wireName: "BrandNewException",
      operation: "GetItem",
      tableName: "orders",
      key,
      body: { More: 1 },
    });
  });

  test.each(["", "Get Item", "GetItem\r\nx: y", "../x"])(
    "%j can't be an operation",
    async (operation) => {
      const { client, sent } = scriptedClient(() => ({}));
      await expect(client.send(operation, {})).rejects.toThrow(InvalidInput);
      expect(sent).toEqual([]);
    },
  );
});

test("an inspected client shows no secret", () => {
  const { client } = scriptedClient(() => ({}));
  expect(inspect(client, { depth: 10, showHidden: true })).not.toContain("hunter2");
  expect(inspect(client.table("orders"), { depth: 10 })).not.toContain("hunter2");
});

test("options that can't work are refused at once", () => {
  expect(() => new Client({ numbers: "float" as never })).toThrow(
    /^numbers must be "number", "bigint", "string" or a function, not 'float'/,
  );
  expect(() => new Client({ requestHandler: {} as never })).toThrow(/requestHandler/);
});

test("a destroyed client sends nothing more", async () => {
  const { client, sent } = scriptedClient(() => ({}));
  client.destroy();
  await expect(client.get("orders", key)).rejects.toMatchObject({ name: "ConnectionError" });
  expect(sent).toEqual([]);
});

test("what is to be told of answers is a function", () => {
  expect(() => new Client({ onResponse: {} as never })).toThrow("onResponse must be a function");
});
