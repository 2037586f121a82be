import { itemText, stringText } from "../attribute-value/item-text.ts";
import type { Item } from "../attribute-value/types.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import { updateExpression, type UpdateActions } from "../expressions/update.ts";
import type { UpdateItemInput, WriteItemOutput } from "../wire/items.ts";
import { type Call, membersBehind, tableCall } from "./call.ts";
import { keyText } from "./key.ts";
import { conditionText } from "./members.ts";
import type { ItemInput, Key, WriteOptions } from "./options.ts";
import type { ItemReader } from "./item-reader.ts";

/** What `put` and `delete` take. */
export interface ReplaceOptions extends WriteOptions {
  /** `"ALL_OLD"`: the result is the item as it stood before, or `undefined` where there was none. */
  readonly returnValues?: "NONE" | "ALL_OLD" | undefined;
}

/** What `update` takes. */
export interface UpdateOptions extends WriteOptions {
  /**
   * `"ALL_OLD"`, `"ALL_NEW"`: the result is the whole item as before or after the update; `"UPDATED_OLD"`,
   * `"UPDATED_NEW"`: only the attributes that the update names.
   */
  readonly returnValues?: UpdateItemInput["ReturnValues"] | undefined;
}

type WriteCall = Call<WriteItemOutput, Item | undefined>;

export function putItem(tableName: string, item: ItemInput, options: ReplaceOptions): WriteCall {
  return tableCall(
    "PutItem",
    tableName,
    () =>
      `{"TableName":${stringText(tableName)},"Item":${itemText(item)}${writeMembers(options, new Placeholders())}`,
    readAttributes,
    "Attributes",
  );
}

export function deleteItem(tableName: string, key: Key, options: ReplaceOptions): WriteCall {
  return tableCall(
    "DeleteItem",
    tableName,
    () =>
      `{"TableName":${stringText(tableName)},"Key":${keyText(key)}${writeMembers(options, new Placeholders())}`,
    readAttributes,
    "Attributes",
  );
}

export function updateItem(
  tableName: string,
  key: Key,
  actions: UpdateActions,
  options: UpdateOptions,
): WriteCall {
  return tableCall(
    "UpdateItem",
    tableName,
    () => {
      const placeholders = new Placeholders();
      const written = keyText(key);
      const expression = updateExpression(actions, placeholders);
      // It is made of placeholders and operators, none of which needs an escape.
      return `{"TableName":${stringText(tableName)},"Key":${written},"UpdateExpression":"${expression}"${writeMembers(options, placeholders)}`;
    },
    readAttributes,
    "Attributes",
  );
}

function writeMembers(options: ReplaceOptions | UpdateOptions, placeholders: Placeholders): string {
  return membersBehind<UpdateItemInput>(
    {
      ConditionExpression: conditionText(options.condition, placeholders),
      ReturnValuesOnConditionCheckFailure: options.returnValuesOnConditionCheckFailure,
      ReturnValues: options.returnValues,
      ReturnConsumedCapacity: options.returnConsumedCapacity,
      ReturnItemCollectionMetrics: options.returnItemCollectionMetrics,
    },
    placeholders,
  );
}

function readAttributes(output: WriteItemOutput, reader: ItemReader): Item | undefined {
  return output.Attributes === undefined ? undefined : reader.item(output.Attributes);
}
