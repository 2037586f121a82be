import { describe, expect, test } from "vitest";
import { numberReader } from "../attribute-value/unmarshall.ts";
import { readConsumedCapacity, readMetering } from "./metadata.ts";
import { itemReader } from "./item-reader.ts";

const reader = itemReader(numberReader());
const none = {
  capacityUnits: undefined,
  readCapacityUnits: undefined,
  writeCapacityUnits: undefined,
};

test("capacity is read whole", () => {
  expect(
    readConsumedCapacity({
      TableName: "orders",
      CapacityUnits: 3,
      ReadCapacityUnits: 1,
      WriteCapacityUnits: 2,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 0.5 } },
      LocalSecondaryIndexes: { byDate: {} },
    }),
  ).toEqual({
    tableName: "orders",
    capacityUnits: 3,
    readCapacityUnits: 1,
    writeCapacityUnits: 2,
    table: { ...none, capacityUnits: 1 },
    globalSecondaryIndexes: { byStatus: { ...none, capacityUnits: 0.5 } },
    localSecondaryIndexes: { byDate: none },
  });
  expect(readConsumedCapacity({})).toEqual({
    tableName: undefined,
    ...none,
    table: undefined,
    globalSecondaryIndexes: {},
    localSecondaryIndexes: {},
  });
});

describe("readMetering", () => {
  const metrics = { ItemCollectionKey: { id: { N: "1" } }, SizeEstimateRangeGB: [0, 1] };
  const collection = { itemCollectionKey: { id: 1 }, sizeEstimateRangeGB: [0, 1] };

  test("nothing was asked for", () => {
    expect(readMetering({}, reader)).toEqual({ consumedCapacity: [], itemCollectionMetrics: [] });
  });

  test("one table", () => {
    const output = { ConsumedCapacity: { TableName: "orders" }, ItemCollectionMetrics: metrics };
    expect(readMetering(output, reader)).toEqual({
      consumedCapacity: [expect.objectContaining({ tableName: "orders" })],
      itemCollectionMetrics: [collection],
    });
  });

  test("several tables", () => {
    const output = {
      ConsumedCapacity: [{ TableName: "orders" }, { TableName: "stock" }],
      ItemCollectionMetrics: { orders: [metrics, metrics], stock: [metrics] },
    };
    const read = readMetering(output, reader);
    expect(read.consumedCapacity.map(({ tableName }) => tableName)).toEqual(["orders", "stock"]);
    expect(read.itemCollectionMetrics).toEqual([collection, collection, collection]);
  });

  test("a table of the name of a member is a table", () => {
    const output = { ItemCollectionMetrics: { ItemCollectionKey: [metrics] } };
    expect(readMetering(output, reader).itemCollectionMetrics).toEqual([collection]);
  });

  test("an estimate that is missing is empty", () => {
    const output = { ItemCollectionMetrics: { ItemCollectionKey: { id: { S: "a" } } } };
    expect(readMetering(output, reader).itemCollectionMetrics).toEqual([
      { itemCollectionKey: { id: "a" }, sizeEstimateRangeGB: [] },
    ]);
  });
});
