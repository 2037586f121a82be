import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ordersEntity } from "../../contenders/electrodb-orders.ts";
import { orderKey } from "../../data/names.ts";

export async function firstAnswer(endpoint: string): Promise<unknown> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  return (await ordersEntity(client).get(orderKey).go()).data;
}
