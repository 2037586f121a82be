import { orderKey, tableName } from "../data/names.ts";
import { batchSize, orderOf, plainOrder, readKeys, transaction } from "../data/orders.ts";

const changes = {
  UpdateExpression: "SET #s = :s ADD #t :t",
  ConditionExpression: "#s = :p",
  ExpressionAttributeNames: { "#s": "status", "#t": "total" },
  ExpressionAttributeValues: { ":s": "shipped", ":t": 2, ":p": "placed" },
};

/** The inputs of clients that take DynamoDB's own members with plain values, written out by hand. */
export const plainInputs = {
  get: { TableName: tableName, Key: orderKey },
  put: { TableName: tableName, Item: plainOrder(orderOf(0)) },
  query: {
    TableName: tableName,
    KeyConditionExpression: "customerId = :c",
    ExpressionAttributeValues: { ":c": "c1" },
  },
  scan: { TableName: tableName },
  batchWrite: {
    RequestItems: {
      [tableName]: Array.from({ length: batchSize }, (_, index) => ({
        PutRequest: { Item: plainOrder(orderOf(index)) },
      })),
    },
  },
  // Those below are made anew each time, as some clients change what they are given.
  batchGet: () => ({
    RequestItems: { [tableName]: { Keys: readKeys.map((key) => ({ ...key })) } },
  }),
  transactGet: () => ({
    TransactItems: readKeys.map((key) => ({ Get: { TableName: tableName, Key: { ...key } } })),
  }),
  transactWrite: () => ({
    TransactItems: [
      ...transaction.puts.map((put) => ({ Put: { TableName: tableName, Item: plainOrder(put) } })),
      ...transaction.updates.map((key) => ({
        Update: { TableName: tableName, Key: key, ...changes },
      })),
      { Delete: { TableName: tableName, Key: transaction.delete } },
      {
        ConditionCheck: {
          TableName: tableName,
          Key: transaction.check,
          ConditionExpression: "attribute_exists(orderId)",
        },
      },
    ],
  }),
};
