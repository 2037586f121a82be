import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Entity } from "electrodb";
import { electroTableName } from "../data/names.ts";

/** The orders as an entity of ElectroDB, with the keys that the table has. */
export function ordersEntity(client?: DynamoDBDocumentClient) {
  return new Entity(
    {
      model: { entity: "order", service: "shop", version: "1" },
      attributes: {
        customerId: { type: "string", required: true },
        orderId: { type: "string", required: true },
        status: { type: ["placed", "shipped", "delivered"] as const, required: true },
        placedAt: { type: "string", required: true },
        total: {
          type: "number",
          required: true,
          validate: (total: number) => total >= 0,
        },
        lines: {
          type: "list",
          required: true,
          items: {
            type: "map",
            properties: {
              sku: { type: "string", required: true },
              quantity: { type: "number", required: true },
            },
          },
        },
        tags: { type: "set", items: "string", required: true },
        note: { type: "string" },
      },
      indexes: {
        primary: {
          pk: {
            field: "customerId",
            composite: ["customerId"],
            template: "${customerId}",
            casing: "none",
          },
          sk: { field: "orderId", composite: ["orderId"], template: "${orderId}", casing: "none" },
        },
      },
    },
    { table: electroTableName, ...(client !== undefined && { client }) },
  );
}
