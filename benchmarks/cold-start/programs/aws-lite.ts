import awsLite from "@aws-lite/client";
import dynamodb from "@aws-lite/dynamodb";
import { orderKey, tableName } from "../../data/names.ts";

interface Operations {
  readonly GetItem: (input: unknown) => Promise<{ readonly Item?: unknown }>;
}

export async function firstAnswer(endpoint: string): Promise<unknown> {
  const client = await awsLite({ endpoint, keepAlive: true, plugins: [dynamodb] });
  const { DynamoDB } = client as unknown as { readonly DynamoDB: Operations };
  return (await DynamoDB.GetItem({ TableName: tableName, Key: orderKey })).Item;
}
