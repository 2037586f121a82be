import { expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { batchWriteItem } from "./batch-write-item.ts";
import { itemReader } from "./item-reader.ts";

const put = (id: string) => ({ PutRequest: { Item: { id: { S: id } } } });
const write = (tableName: string, id: string) => ({ tableName, json: JSON.stringify(put(id)) });

test("writes are grouped by table, whatever is in them", () => {
  const writes = [write("orders", 'a"}'), write("stock", "a"), write("orders", "ü")];
  const bare = batchWriteItem(writes, {});
  expect(bare).toMatchObject({ operation: "BatchWriteItem", tableName: undefined });
  const RequestItems = { orders: [put('a"}'), put("ü")], stock: [put("a")] };
  expect(JSON.parse(bare.body)).toEqual({ RequestItems });
  const options = { returnConsumedCapacity: "TOTAL", returnItemCollectionMetrics: "SIZE" } as const;
  expect(JSON.parse(batchWriteItem(writes, options).body)).toEqual({
    RequestItems,
    ReturnConsumedCapacity: "TOTAL",
    ReturnItemCollectionMetrics: "SIZE",
  });
});

test("what was left is passed on", () => {
  const { decode } = batchWriteItem([write("orders", "a")], {});
  expect(decode({ UnprocessedItems: { orders: [put("a")] } }, itemReader(numberReader()))).toEqual({
    orders: [put("a")],
  });
  expect(decode({}, itemReader(numberReader()))).toEqual({});
});
