import { stringText } from "../attribute-value/item-text.ts";
import type { Item } from "../attribute-value/types.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import type { Projection } from "../expressions/projection.ts";
import type { GetItemInput, GetItemOutput } from "../wire/items.ts";
import { type Call, membersBehind, tableCall } from "./call.ts";
import { keyText } from "./key.ts";
import { projectionText } from "./members.ts";
import type { Key, ReadOptions, RequestOptions } from "./options.ts";

/** What `get` takes. */
export interface GetOptions extends RequestOptions, ReadOptions {
  /** Only these attributes. */
  readonly projection?: Projection | undefined;
}

export function getItem(
  tableName: string,
  key: Key,
  options: GetOptions,
): Call<GetItemOutput, Item | undefined> {
  return tableCall(
    "GetItem",
    tableName,
    () => {
      const placeholders = new Placeholders();
      return `{"TableName":${stringText(tableName)},"Key":${keyText(key)}${membersBehind<GetItemInput>(
        {
          ConsistentRead: options.consistentRead,
          ProjectionExpression: projectionText(options.projection, placeholders),
          ReturnConsumedCapacity: options.returnConsumedCapacity,
        },
        placeholders,
      )}`;
    },
    (output, reader) => (output.Item === undefined ? undefined : reader.item(output.Item)),
    "Item",
  );
}
