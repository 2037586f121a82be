import { expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { batchGetItem } from "./batch-get-item.ts";
import { itemReader } from "./item-reader.ts";

const a = { id: { S: "a" } };
const b = { id: { S: "b" } };

test("keys are grouped by table, each with its table's settings", () => {
  const settings = { ConsistentRead: true };
  const call = batchGetItem(
    [
      { tableName: "orders", key: a, settings },
      { tableName: "stock", key: a, settings: {} },
      { tableName: "orders", key: b, settings },
    ],
    { returnConsumedCapacity: "TOTAL" },
  );
  expect(call).toMatchObject({ operation: "BatchGetItem", tableName: undefined });
  expect(JSON.parse(call.body)).toEqual({
    RequestItems: { orders: { Keys: [a, b], ConsistentRead: true }, stock: { Keys: [a] } },
    ReturnConsumedCapacity: "TOTAL",
  });
});

test("what was found and what was left is read by table", () => {
  const { decode } = batchGetItem([{ tableName: "orders", key: a, settings: {} }], {});
  expect(
    decode(
      {
        Responses: { orders: [a] },
        UnprocessedKeys: { orders: { Keys: [b], ConsistentRead: true } },
      },
      itemReader(numberReader()),
    ),
  ).toEqual({ items: { orders: [a] }, unprocessedKeys: { orders: [b] } });
  expect(decode({}, itemReader(numberReader()))).toEqual({ items: {}, unprocessedKeys: {} });
});
