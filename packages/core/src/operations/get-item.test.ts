import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { F } from "../expressions/attribute-path.ts";
import { getItem } from "./get-item.ts";
import { itemReader } from "./item-reader.ts";

const key = { id: "a" };
const body = (options: Parameters<typeof getItem>[2]) =>
  JSON.parse(getItem("orders", key, options).body) as unknown;

describe("getItem", () => {
  test("encodes the least", () => {
    expect(getItem("orders", key, {})).toMatchObject({
      operation: "GetItem",
      tableName: "orders",
      key: { id: { S: "a" } },
      body: '{"TableName":"orders","Key":{"id":{"S":"a"}}}',
    });
  });

  test("encodes every option, and none of the transport's", () => {
    expect(
      body({
        consistentRead: true,
        projection: [F("lines", 0), "size"],
        returnConsumedCapacity: "INDEXES",
        signal: AbortSignal.abort(),
        requestTimeout: 5,
        onResponse: () => undefined,
      }),
    ).toEqual({
      TableName: "orders",
      Key: { id: { S: "a" } },
      ConsistentRead: true,
      ProjectionExpression: "#n0[0], #n1",
      ExpressionAttributeNames: { "#n0": "lines", "#n1": "size" },
      ReturnConsumedCapacity: "INDEXES",
    });
    expect(body({ consistentRead: false })).toMatchObject({ ConsistentRead: false });
    expect(body({ consistentRead: undefined, projection: undefined })).toEqual({
      TableName: "orders",
      Key: { id: { S: "a" } },
    });
  });

  test("decodes the item, or that there is none", () => {
    const { decode } = getItem("orders", key, {});
    const reader = itemReader(numberReader());
    expect(decode({ Item: { id: { S: "a" }, n: { N: "5" } } }, reader)).toEqual({ id: "a", n: 5 });
    expect(decode({ Item: {} }, reader)).toEqual({});
    expect(decode({}, reader)).toBeUndefined();
    expect(decode({ Item: { n: { N: "5" } } }, itemReader(numberReader("bigint")))).toEqual({
      n: 5n,
    });
  });

  test.each([
    [
      () => getItem("orders", { id: "" }, {}),
      "id: A key attribute can't be an empty string (GetItem on table orders)",
    ],
    [
      () => getItem("orders", key, { projection: [] }),
      'A projection is a list of at least one path, such as [F("name")], not []; leave it out to read all (GetItem on table orders)',
    ],
    [() => getItem("o", key, {}), "'o' is no table name"],
  ])("names the table and what is wrong: %s", (attempt, message) => {
    expect(attempt).toThrow(message);
  });
});
