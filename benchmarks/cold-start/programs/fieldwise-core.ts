import { Client } from "@fieldwise/core";
import { orderKey, tableName } from "../../data/names.ts";

export function firstAnswer(endpoint: string): Promise<unknown> {
  return new Client({ endpoint }).get(tableName, orderKey);
}
