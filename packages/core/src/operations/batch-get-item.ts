import type { AttributeMap } from "../attribute-value/types.ts";
import type { BatchGetItemOutput, KeysAndAttributes } from "../wire/items.ts";
import { type Call, plainCall } from "./call.ts";
import type { CapacityOptions } from "./options.ts";

/** A key to read, with what its table's request says beside the keys. */
export interface KeyRequest {
  readonly tableName: string;
  readonly key: AttributeMap;
  readonly settings: Omit<KeysAndAttributes, "Keys">;
}

/** The answer to one BatchGetItem request, on the wire, but for items that were read from its text. */
export interface BatchGetAnswer {
  readonly items: Readonly<Record<string, readonly unknown[]>>;
  readonly unprocessedKeys: Readonly<Record<string, readonly AttributeMap[]>>;
}

export function batchGetItem(
  requests: readonly KeyRequest[],
  options: CapacityOptions,
): Call<BatchGetItemOutput, BatchGetAnswer> {
  const tables = new Map<string, KeysAndAttributes & { readonly Keys: AttributeMap[] }>();
  for (const { tableName, key, settings } of requests) {
    const table = tables.get(tableName);
    if (table === undefined) tables.set(tableName, { ...settings, Keys: [key] });
    else table.Keys.push(key);
  }
  const input = {
    RequestItems: Object.fromEntries(tables),
    ReturnConsumedCapacity: options.returnConsumedCapacity,
  };
  return plainCall(
    "BatchGetItem",
    input,
    (output) => ({
      items: output.Responses ?? {},
      unprocessedKeys: Object.fromEntries(
        Object.entries(output.UnprocessedKeys ?? {}).map(([tableName, { Keys }]) => [
          tableName,
          Keys,
        ]),
      ),
    }),
    "Responses",
  );
}
