import type { WriteMetrics } from "../wire/common.ts";
import type { BatchWriteItemOutput, WriteRequest } from "../wire/items.ts";
import { type Call, membersBehind, plainCall } from "./call.ts";
import type { WriteOptions } from "./options.ts";

/** A put or delete, already as JSON text: its length decides how many fit into a request. */
export interface EncodedWrite {
  readonly tableName: string;
  readonly json: string;
}

/** What was not processed, by table, on the wire. */
export type UnprocessedItems = Readonly<Record<string, readonly WriteRequest[]>>;

export function batchWriteItem(
  writes: readonly EncodedWrite[],
  options: Pick<WriteOptions, "returnConsumedCapacity" | "returnItemCollectionMetrics">,
): Call<BatchWriteItemOutput, UnprocessedItems> {
  const tables = new Map<string, string[]>();
  for (const { tableName, json } of writes) {
    const table = tables.get(tableName);
    if (table === undefined) tables.set(tableName, [json]);
    else table.push(json);
  }
  const requestItems = [...tables].map(
    ([tableName, jsons]) => `${JSON.stringify(tableName)}:[${jsons.join()}]`,
  );
  const metrics = membersBehind<WriteMetrics>({
    ReturnConsumedCapacity: options.returnConsumedCapacity,
    ReturnItemCollectionMetrics: options.returnItemCollectionMetrics,
  });
  return plainCall(
    "BatchWriteItem",
    `{"RequestItems":{${requestItems.join()}}${metrics}`,
    (output) => output.UnprocessedItems ?? {},
  );
}
