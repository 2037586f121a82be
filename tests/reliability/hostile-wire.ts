/** The key of an order, and the right answers of a server that has it. */
export const key = { customerId: "c1", orderId: "o1" };
export const wireKey = { customerId: { S: "c1" }, orderId: { S: "o1" } };
export const wireOrder = {
  ...wireKey,
  status: { S: "placed" },
  placedAt: { S: "2026-11-22T10:00:00.000Z" },
  total: { N: "12" },
  lines: { L: [{ M: { sku: { S: "tea" }, quantity: { N: "2" } } }] },
  tags: { SS: ["a", "b"] },
  address: { M: { city: { S: "Bern" } } },
};
export const wireStock = { sku: { S: "s1" }, count: { N: "5" }, picture: { B: "AAEC" } };
export const capacity = {
  TableName: "orders",
  CapacityUnits: 1,
  Table: { CapacityUnits: 1 },
  GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 1 } },
};
export const page = {
  Items: [wireOrder, { ...wireOrder, orderId: { S: "o2" } }],
  Count: 2,
  ScannedCount: 2,
  ConsumedCapacity: capacity,
};
export const table = {
  TableName: "orders",
  TableArn: "arn:aws:dynamodb:eu-west-1:1:table/orders",
  TableStatus: "ACTIVE",
  AttributeDefinitions: [
    { AttributeName: "customerId", AttributeType: "S" },
    { AttributeName: "orderId", AttributeType: "S" },
    { AttributeName: "status", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "customerId", KeyType: "HASH" },
    { AttributeName: "orderId", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "byStatus",
      KeySchema: [{ AttributeName: "status", KeyType: "HASH" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
      IndexStatus: "ACTIVE",
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    },
  ],
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
  CreationDateTime: 1_700_000_000,
  ItemCount: 5,
};
