import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetItemCommand } from "dynamodb-toolbox";
import { ordersEntity } from "../../contenders/dynamodb-toolbox-orders.ts";
import { orderKey } from "../../data/names.ts";

export async function firstAnswer(endpoint: string): Promise<unknown> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  return (await ordersEntity(client).entity.build(GetItemCommand).key(orderKey).send()).Item;
}
