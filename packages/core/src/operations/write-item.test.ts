import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { F } from "../expressions/attribute-path.ts";
import { deleteItem, putItem, updateItem } from "./write-item.ts";
import { itemReader } from "./item-reader.ts";

const key = { id: "a" };
const wireKey = { id: { S: "a" } };
const json = ({ body }: { body: string }) => JSON.parse(body) as unknown;

const options = {
  condition: F("total").gt(1).and(F("id").exists()),
  returnValues: "ALL_OLD",
  returnValuesOnConditionCheckFailure: "ALL_OLD",
  returnConsumedCapacity: "TOTAL",
  returnItemCollectionMetrics: "SIZE",
  signal: new AbortController().signal,
} as const;
const members = {
  ReturnValues: "ALL_OLD",
  ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  ReturnConsumedCapacity: "TOTAL",
  ReturnItemCollectionMetrics: "SIZE",
};
const condition = {
  ConditionExpression: "#n0 > :v0 AND attribute_exists(#n1)",
  ExpressionAttributeNames: { "#n0": "total", "#n1": "id" },
  ExpressionAttributeValues: { ":v0": { N: "1" } },
};

describe("putItem", () => {
  test("encodes", () => {
    expect(json(putItem("orders", { id: "a", note: undefined, tags: new Set(["x"]) }, {}))).toEqual(
      {
        TableName: "orders",
        Item: { id: { S: "a" }, tags: { SS: ["x"] } },
      },
    );
    expect(json(putItem("orders", key, options))).toEqual({
      TableName: "orders",
      Item: wireKey,
      ...condition,
      ...members,
    });
    expect(putItem("orders", key, {})).toMatchObject({ operation: "PutItem", tableName: "orders" });
  });

  test("names the table and the path of what can't be stored", () => {
    expect(() => putItem("orders", { lines: [{ n: Number.NaN }] }, {})).toThrow(
      "lines[0].n: NaN can't be stored: DynamoDB's numbers are finite (PutItem on table orders)",
    );
  });
});

describe("deleteItem", () => {
  test("encodes", () => {
    expect(json(deleteItem("orders", key, {}))).toEqual({ TableName: "orders", Key: wireKey });
    expect(json(deleteItem("orders", key, options))).toEqual({
      TableName: "orders",
      Key: wireKey,
      ...condition,
      ...members,
    });
    expect(deleteItem("orders", key, {})).toMatchObject({ operation: "DeleteItem", key: wireKey });
  });
});

describe("updateItem", () => {
  test("encodes, the condition sharing the update's placeholders", () => {
    expect(json(updateItem("orders", key, F("a").remove(), {}))).toEqual({
      TableName: "orders",
      Key: wireKey,
      UpdateExpression: "REMOVE #n0",
      ExpressionAttributeNames: { "#n0": "a" },
    });
    const actions = [F("total").set(1), F("tags").add(new Set(["x"]))];
    expect(
      json(updateItem("orders", key, actions, { ...options, returnValues: "UPDATED_NEW" })),
    ).toEqual({
      TableName: "orders",
      Key: wireKey,
      UpdateExpression: "SET #n0 = :v0 ADD #n1 :v1",
      ConditionExpression: "#n0 > :v0 AND attribute_exists(#n2)",
      ExpressionAttributeNames: { "#n0": "total", "#n1": "tags", "#n2": "id" },
      ExpressionAttributeValues: { ":v0": { N: "1" }, ":v1": { SS: ["x"] } },
      ...members,
      ReturnValues: "UPDATED_NEW",
    });
    expect(updateItem("orders", key, actions, {})).toMatchObject({
      operation: "UpdateItem",
      key: wireKey,
    });
  });

  test.each<[() => unknown, string]>([
    [() => updateItem("orders", key, [], {}), "An update needs at least one action"],
    [
      () => updateItem("orders", key, [F("a").set(1), F("a", 0).set(1)], {}),
      "a and a[0] can't be changed in one update: one path contains the other",
    ],
    [() => updateItem("orders", key, F("a").exists() as never, {}), "An update takes actions"],
    [
      () => updateItem("orders", key, F("a").set(1), { condition: true as never }),
      'The condition must be a condition, such as F("name").eq(value), not true',
    ],
  ])("%s is refused with the table's name", (attempt, message) => {
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/\(UpdateItem on table orders\)$/);
  });
});

test("all writes decode what was returned", () => {
  const reader = itemReader(numberReader());
  for (const { decode } of [
    putItem("orders", key, {}),
    deleteItem("orders", key, {}),
    updateItem("orders", key, F("a").remove(), {}),
  ]) {
    expect(decode({}, reader)).toBeUndefined();
    expect(decode({ Attributes: { n: { N: "5" } } }, reader)).toEqual({ n: 5 });
    expect(decode({ Attributes: {} }, reader)).toEqual({});
  }
});
