import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Entity, item, list, map, number, set, string, Table } from "dynamodb-toolbox";
import { tableName } from "../data/names.ts";

/** The orders as an entity of DynamoDB-Toolbox: only the table's own attributes, no timestamps. */
export function ordersEntity(documentClient?: DynamoDBDocumentClient) {
  const table = new Table({
    name: tableName,
    partitionKey: { name: "customerId", type: "string" },
    sortKey: { name: "orderId", type: "string" },
    ...(documentClient !== undefined && { documentClient }),
  });
  const entity = new Entity({
    name: "order",
    table,
    schema: item({
      customerId: string().key(),
      orderId: string().key(),
      status: string().enum("placed", "shipped", "delivered"),
      placedAt: string(),
      total: number().validate((total) => total >= 0),
      lines: list(map({ sku: string(), quantity: number() })),
      tags: set(string()),
      note: string().optional(),
    }),
    timestamps: false,
    entityAttribute: false,
  });
  return { table, entity };
}
