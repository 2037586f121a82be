import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { InvalidInput } from "../errors/input-errors.ts";
import { F } from "../expressions/attribute-path.ts";
import {
  transactGetItems,
  type TransactWriteAction,
  transactWriteItems,
  type TransactWriteOptions,
} from "./transactions.ts";
import { itemReader } from "./item-reader.ts";

const key = { id: "a" };
const Key = { id: { S: "a" } };
const json = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe("transactGetItems", () => {
  test("encodes each read with placeholders of its own", () => {
    const call = transactGetItems(
      [
        { get: "orders", key, projection: ["total", F("lines", 0)] },
        { get: "stock", key, projection: ["count"] },
        { get: "stock", key: { id: "b" } },
      ],
      { returnConsumedCapacity: "TOTAL" },
    );
    expect(call).toMatchObject({ operation: "TransactGetItems", tableName: undefined });
    expect(json(call)).toEqual({
      TransactItems: [
        {
          Get: {
            TableName: "orders",
            Key,
            ProjectionExpression: "#n0, #n1[0]",
            ExpressionAttributeNames: { "#n0": "total", "#n1": "lines" },
          },
        },
        {
          Get: {
            TableName: "stock",
            Key,
            ProjectionExpression: "#n0",
            ExpressionAttributeNames: { "#n0": "count" },
          },
        },
        { Get: { TableName: "stock", Key: { id: { S: "b" } } } },
      ],
      ReturnConsumedCapacity: "TOTAL",
    });
  });

  test("decodes an item for each read, whatever is missing", () => {
    const gets = [1, 2, 3].map(() => ({ get: "orders", key }));
    const { decode } = transactGetItems(gets, {});
    const reader = itemReader(numberReader());
    expect(decode({ Responses: [{ Item: { n: { N: "1" } } }, {}, { Item: {} }] }, reader)).toEqual([
      { n: 1 },
      undefined,
      {},
    ]);
    expect(decode({ Responses: [{}, {}, {}] }, reader)).toEqual([undefined, undefined, undefined]);
    expect(decode({}, reader)).toHaveLength(3);
    expect(() => decode({ Responses: [{}] }, reader)).toThrow(
      "3 responses were to come, and 1 came",
    );
  });
});

describe("transactWriteItems", () => {
  const condition = F("id").notExists();
  const guard = {
    ConditionExpression: "attribute_not_exists(#n0)",
    ExpressionAttributeNames: { "#n0": "id" },
  };

  test("encodes each action with placeholders of its own", () => {
    const actions: TransactWriteAction[] = [
      { put: "orders", item: { id: "a", n: 1 } },
      { put: "orders", item: key, condition, returnValuesOnConditionCheckFailure: "ALL_OLD" },
      { update: "stock", key, actions: [F("n").set(5), F("m").remove()], condition: F("n").eq(5) },
      { delete: "orders", key },
      { delete: "orders", key, condition },
      { check: "orders", key, condition, returnValuesOnConditionCheckFailure: "NONE" },
    ];
    const options: TransactWriteOptions = {
      clientRequestToken: "token",
      returnConsumedCapacity: "INDEXES",
      returnItemCollectionMetrics: "SIZE",
      signal: new AbortController().signal,
    };
    const call = transactWriteItems(actions, options);
    expect(call).toMatchObject({ operation: "TransactWriteItems", tableName: undefined });
    expect(json(call)).toEqual({
      TransactItems: [
        { Put: { TableName: "orders", Item: { id: { S: "a" }, n: { N: "1" } } } },
        {
          Put: {
            TableName: "orders",
            Item: Key,
            ...guard,
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          },
        },
        {
          Update: {
            TableName: "stock",
            Key,
            UpdateExpression: "SET #n0 = :v0 REMOVE #n1",
            ConditionExpression: "#n0 = :v0",
            ExpressionAttributeNames: { "#n0": "n", "#n1": "m" },
            ExpressionAttributeValues: { ":v0": { N: "5" } },
          },
        },
        { Delete: { TableName: "orders", Key } },
        { Delete: { TableName: "orders", Key, ...guard } },
        {
          ConditionCheck: {
            TableName: "orders",
            Key,
            ...guard,
            ReturnValuesOnConditionCheckFailure: "NONE",
          },
        },
      ],
      ClientRequestToken: "token",
      ReturnConsumedCapacity: "INDEXES",
      ReturnItemCollectionMetrics: "SIZE",
    });
    expect(call.decode({}, itemReader(numberReader()))).toBeUndefined();
  });

  test("makes a token of its own, another for each transaction", () => {
    const tokens = [1, 2].map(
      () => json(transactWriteItems([{ put: "orders", item: key }], {}))["ClientRequestToken"],
    );
    expect(tokens[0]).toMatch(uuid);
    expect(tokens[1]).toMatch(uuid);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  test.each(["", "x".repeat(37), 5])("refuses the token %o", (token) => {
    expect(() =>
      transactWriteItems([{ put: "orders", item: key }], { clientRequestToken: token as string }),
    ).toThrow(/^clientRequestToken must have 1 to 36 characters: /);
  });

  test.each<[unknown, string]>([
    [null, "not null"],
    ["orders", "not 'orders'"],
    [{}, "names its table by one of put, update, delete and check, not {}"],
    [{ item: key }, "not { item: { id: 'a' } }"],
    [
      { put: "orders", delete: "orders", item: key, key },
      "by one of put, update, delete and check",
    ],
    [{ put: 5, item: key }, "5 is no table name"],
    [
      { put: "orders", item: { id: Number.NaN } },
      "id: NaN can't be stored: DynamoDB's numbers are finite (TransactWriteItems on table orders)",
    ],
    [
      { update: "orders", key, actions: [] },
      'An update needs at least one action, such as F("name").set(value) (TransactWriteItems on table orders)',
    ],
    [
      { delete: "orders", key: {} },
      "A key has one attribute, or two where the table has a sort key, not 0 (TransactWriteItems on table orders)",
    ],
    [{ delete: "orders", key, condition: "x" }, "The condition must be a condition"],
    [{ check: "orders", key }, "A check on table orders needs a condition"],
  ])("refuses the action %o", (action, message) => {
    expect(() => transactWriteItems([action as TransactWriteAction], {})).toThrow(message);
  });
});

test.each<[string, (count: number) => unknown]>([
  [
    "transactGet",
    (count) =>
      transactGetItems(
        Array.from({ length: count }, () => ({ get: "orders", key })),
        {},
      ),
  ],
  [
    "transactWrite",
    (count) =>
      transactWriteItems(
        Array.from({ length: count }, () => ({ put: "orders", item: key })),
        {},
      ),
  ],
])("%s takes 1 to 100 actions", (method, attempt) => {
  expect(() => attempt(100)).not.toThrow();
  for (const count of [0, 101]) {
    expect(() => attempt(count)).toThrow(InvalidInput);
    expect(() => attempt(count)).toThrow(
      `${method} takes a list of 1 to 100 actions, not ${count}`,
    );
  }
});

test.each([undefined, { get: "orders" }, "orders"])("%o is no list of actions", (actions) => {
  expect(() => transactGetItems(actions as never, {})).toThrow(
    /^transactGet takes a list of 1 to 100 actions, not /,
  );
  expect(() => transactWriteItems(actions as never, {})).toThrow(/^transactWrite takes a list/);
});
