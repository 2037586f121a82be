import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { orderKey, tableName } from "../../data/names.ts";

export async function firstAnswer(endpoint: string): Promise<unknown> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  return (await client.send(new GetCommand({ TableName: tableName, Key: orderKey }))).Item;
}
