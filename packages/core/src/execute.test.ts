import { answering } from "../test-support/answering.ts";
import { describe, expect, test } from "vitest";
import { Refusal, scriptedClient } from "../test-support/scripted-client.ts";
import { AttributeValueError } from "./errors/input-errors.ts";
import type { ResponseMetadata } from "./operations/metadata.ts";

const capacity = { TableName: "orders", CapacityUnits: 0.5 };

describe("onResponse", () => {
  test("is told of each answer, the client's and the call's", async () => {
    const heard: [string, ResponseMetadata][] = [];
    const { client } = scriptedClient(() => ({ ConsumedCapacity: capacity }), {
      onResponse: (metadata) => heard.push(["client", metadata]),
    });
    await client.get(
      "orders",
      { id: "a" },
      { onResponse: (metadata) => heard.push(["call", metadata]) },
    );
    await client.get("stock", { id: "a" });
    expect(heard.map(([who]) => who)).toEqual(["client", "call", "client"]);
    expect(heard[0]?.[1]).toEqual({
      operation: "GetItem",
      tableName: "orders",
      requestId: "R1",
      attempts: 1,
      consumedCapacity: [expect.objectContaining({ tableName: "orders", capacityUnits: 0.5 })],
      itemCollectionMetrics: [],
    });
    expect(heard[1]?.[1]).toBe(heard[0]?.[1]);
    expect(heard[2]?.[1]).toMatchObject({ tableName: "stock" });
  });

  test("is told of each page, and of each request of a batch", async () => {
    const heard: string[] = [];
    const { client } = scriptedClient(({ operation, input }) =>
      operation === "Scan" && input.ExclusiveStartKey === undefined
        ? { Items: [{}], LastEvaluatedKey: { id: { S: "a" } } }
        : {},
    );
    const onResponse = ({ operation }: ResponseMetadata) => heard.push(operation);
    await client.scan("orders", { onResponse }).toArray();
    await client.batchGet(
      { orders: Array.from({ length: 101 }, (_, n) => ({ n })) },
      { onResponse },
    );
    await client.batchWrite({ orders: { put: [{ n: 1 }] } }, { onResponse });
    expect(heard).toEqual(["Scan", "Scan", "BatchGetItem", "BatchGetItem", "BatchWriteItem"]);
  });

  test("is not told of an error", async () => {
    const { client } = scriptedClient(() => new Refusal("ValidationException"), {
      onResponse: () => expect.unreachable(),
    });
    await expect(client.get("orders", { id: "a" })).rejects.toMatchObject({
      name: "ValidationError",
    });
  });
});

describe("reading an answer", () => {
  test("an answer that can't be read names operation, table and path", async () => {
    const { client } = scriptedClient(() => ({
      Item: { n: { L: [{ N: "12345678901234567890" }] } },
    }));
    const attempt = client.get("orders", { id: "a" });
    await expect(attempt).rejects.toThrow(AttributeValueError);
    await expect(attempt).rejects.toThrow(
      /^n\[0\]: The number 12345678901234567890 .*\(GetItem on table orders\)$/,
    );
  });

  test.each([
    ["bigint", 12345678901234567890n],
    ["string", "12345678901234567890"],
    [(text: string) => text.length, 20],
  ] as const)("numbers come back as %s", async (numbers, expected) => {
    const { client } = scriptedClient(() => ({ Item: { n: { N: "12345678901234567890" } } }), {
      numbers,
    });
    expect(await client.get("orders", { id: "a" })).toEqual({ n: expected });
  });
});

describe("errors", () => {
  const failing = (members: object, name = "ConditionalCheckFailedException") =>
    scriptedClient(() => new Refusal(name, members)).client;

  test("carry the request", async () => {
    await expect(failing({}).put("orders", { id: "a" })).rejects.toMatchObject({
      name: "ConditionalCheckFailed",
      operation: "PutItem",
      tableName: "orders",
      key: undefined,
      requestId: "R1",
      attempts: 1,
      retryable: false,
      item: undefined,
    });
    await expect(failing({}).delete("orders", { id: "a" })).rejects.toMatchObject({
      key: { id: "a" },
    });
  });

  test("carry the items that the answer has", async () => {
    const item = { id: { S: "a" }, n: { N: "5" } };
    await expect(failing({ Item: item }).put("orders", { id: "a" })).rejects.toMatchObject({
      item: { id: "a", n: 5 },
    });
    const canceled = failing(
      { CancellationReasons: [{ Code: "ConditionalCheckFailed", Item: item }] },
      "TransactionCanceledException",
    );
    await expect(
      canceled.transactWrite([{ delete: "orders", key: { id: "a" } }]),
    ).rejects.toMatchObject({
      name: "TransactionCanceled",
      reasons: [{ code: "ConditionalCheckFailed", item: { id: "a", n: 5 } }],
    });
  });

  test("an item with a number too large for the client keeps it whole", async () => {
    const failed = failing({ Item: { n: { N: "12345678901234567890" } } }).put("orders", {
      id: "a",
    });
    await expect(failed).rejects.toMatchObject({ item: { n: { text: "12345678901234567890" } } });
  });

  test.each([["x"], [["a"]], [{ id: "a" }], [{ id: { S: 5 } }]])(
    "an item that is none, %j, does not hide the error",
    async (item) => {
      await expect(failing({ Item: item }).put("orders", { id: "a" })).rejects.toMatchObject({
        name: "ConditionalCheckFailed",
        item: undefined,
        cause: { name: "AttributeValueError" },
      });
    },
  );

  test.each([[5], ["x"], [null], [[null, 5]], [[{ Code: 5, Item: 5 }]]])(
    "cancellation reasons that are none, %j, do not hide the error",
    async (reasons) => {
      const canceled = failing({ CancellationReasons: reasons }, "TransactionCanceledException");
      await expect(
        canceled.transactGet([{ get: "orders", key: { id: "a" } }]),
      ).rejects.toMatchObject({
        name: "TransactionCanceled",
      });
    },
  );
});

test("what onResponse throws breaks nothing", async () => {
  const client = answering({ Item: { n: { N: "1" } } });
  const onResponse = (): never => {
    throw new Error("no metrics today");
  };
  await expect(client.get("orders", { n: 1 }, { onResponse })).resolves.toEqual({ n: 1 });
});

describe("an answer of another shape", () => {
  const invalid = (member: string, operation: string, tableName?: string) => ({
    name: "InvalidResponse",
    message: expect.stringContaining(`the answer's ${member} is not what ${operation} answers`),
    operation,
    tableName,
    requestId: "R1",
    statusCode: 200,
    retryable: false,
  });

  test.each([
    [{ Item: "text" }, "Item"],
    [{ Item: [] }, "Item"],
    [{ Item: 5 }, "Item"],
  ])("of one item is refused: %j", async (answer, member) => {
    const { client } = scriptedClient(() => answer);
    await expect(client.get("orders", { id: "a" })).rejects.toMatchObject(
      invalid(member, "GetItem", "orders"),
    );
  });

  test.each([
    [{ Items: {} }, "Items"],
    [{ Items: [null] }, "Items"],
    [{ Count: "5" }, "Count"],
    [{ ScannedCount: -1 }, "ScannedCount"],
    [{ LastEvaluatedKey: "a" }, "LastEvaluatedKey"],
    [{ ConsumedCapacity: { CapacityUnits: "1" } }, "ConsumedCapacity"],
    [{ ConsumedCapacity: { LocalSecondaryIndexes: { a: 1 } } }, "ConsumedCapacity"],
  ])("of a page is refused: %j", async (answer, member) => {
    const { client } = scriptedClient(() => answer);
    await expect(client.scan("orders").page()).rejects.toMatchObject(
      invalid(member, "Scan", "orders"),
    );
  });

  test.each([
    [{ Responses: { orders: {} } }, "Responses"],
    [{ UnprocessedKeys: { orders: {} } }, "UnprocessedKeys"],
  ])("of a batch is refused: %j", async (answer, member) => {
    const { client } = scriptedClient(() => answer);
    await expect(client.batchGet({ orders: [{ id: "a" }] })).rejects.toMatchObject(
      invalid(member, "BatchGetItem"),
    );
  });

  test("of a table is refused", async () => {
    for (const Table of [{ KeySchema: [{}] }, { CreationDateTime: 1e300 }, { TableName: 5 }]) {
      const { client } = scriptedClient(() => ({ Table }));
      await expect(client.describeTable("orders")).rejects.toMatchObject(
        invalid("Table", "DescribeTable", "orders"),
      );
    }
  });

  test("does not come of null, which is nothing", async () => {
    const { client } = scriptedClient(() => ({ Item: null, Items: null, LastEvaluatedKey: null }));
    expect(await client.get("orders", { id: "a" })).toBeUndefined();
    expect(await client.scan("orders").toArray()).toEqual([]);
  });

  test("is what send gives as it stands", async () => {
    const { client } = scriptedClient(() => ({ Item: 5 }));
    const input = { TableName: "orders", Key: { id: { S: "a" } } };
    expect(await client.send("GetItem", input)).toEqual({ Item: 5 });
  });
});

test("pages that never advance are refused, and not followed without end", async () => {
  const ends = /the page ends where it began: its (?:LastEvaluated|NextToken)/;
  const { client, sent } = scriptedClient(() => ({
    Items: [{}],
    LastEvaluatedKey: { n: { N: "1.0" }, a: { S: "x" } },
    TableNames: ["orders"],
    LastEvaluatedTableName: "orders",
    Tags: [],
    NextToken: "more",
  }));
  await expect(client.scan("orders").toArray()).rejects.toThrow(ends);
  await expect(client.scan("orders").page({ a: "x", n: 1 })).rejects.toThrow(ends);
  await expect(client.listTags("arn:aws:dynamodb:x")).rejects.toThrow(ends);
  await expect(
    (async () => {
      for await (const _ of client.listTables());
    })(),
  ).rejects.toThrow(ends);
  await expect(client.executeStatement("X", [], { nextToken: "more" })).rejects.toThrow(ends);
  expect(sent).toHaveLength(2 + 1 + 2 + 2 + 1);
});

test("items are read one by one where what reads them from text can't be made", async () => {
  const { client } = scriptedClient(() => ({ Item: { id: { S: "a" } } }));
  const reader = {
    item: () => ({ read: true }),
    key: () => ({}),
    get text(): never {
      throw new Error("not to be made");
    },
  };
  expect(await client.get("orders", { id: "a" }, { reader })).toEqual({ read: true });
});
