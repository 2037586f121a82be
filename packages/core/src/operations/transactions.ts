import { randomUUID } from "node:crypto";
import { marshall } from "../attribute-value/marshall.ts";
import type { Item } from "../attribute-value/types.ts";
import { readItem } from "../attribute-value/unmarshall.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Condition } from "../expressions/condition.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import type { Projection } from "../expressions/projection.ts";
import { updateExpression, type UpdateActions } from "../expressions/update.ts";
import type {
  TransactGetItemsInput,
  TransactGetItemsOutput,
  TransactWriteItem,
  TransactWriteItemsOutput,
} from "../wire/transactions.ts";
import { type Call, checkTableName, plainCall } from "./call.ts";
import { marshallKey } from "./key.ts";
import {
  capacityMembers,
  conditionMembers,
  projectionMembers,
  writeMetricsMembers,
} from "./members.ts";
import type { CapacityOptions, ItemInput, Key, RequestOptions, WriteOptions } from "./options.ts";

/** A read of a transaction: `{ get: "orders", key }`. */
export interface TransactGetAction {
  /** The table. */
  readonly get: string;
  readonly key: Key;
  /** Only these attributes. */
  readonly projection?: Projection | undefined;
}

interface Guarded {
  /** Must hold for the item as it stands in the table, or the whole transaction is canceled. */
  readonly condition?: Condition | undefined;
  /** `"ALL_OLD"`: when the condition fails, the error's reason carries the item as it stands in the table. */
  readonly returnValuesOnConditionCheckFailure?: WriteOptions["returnValuesOnConditionCheckFailure"];
}

/**
 * An action of a transaction, told apart by its first member, which names the table: `{ put: "orders", item }`,
 * `{ update: "orders", key, actions }`, `{ delete: "orders", key }`, `{ check: "orders", key, condition }`.
 */
export type TransactWriteAction =
  | (Guarded & { readonly put: string; readonly item: ItemInput })
  | (Guarded & { readonly update: string; readonly key: Key; readonly actions: UpdateActions })
  | (Guarded & { readonly delete: string; readonly key: Key })
  | (Guarded & { readonly check: string; readonly key: Key; readonly condition: Condition });

/** What `transactWrite` takes beside the actions. */
export interface TransactWriteOptions
  extends RequestOptions, CapacityOptions, Pick<WriteOptions, "returnItemCollectionMetrics"> {
  /**
   * Makes the transaction idempotent for ten minutes: DynamoDB carries out one with the same token once. Made when none is
   * given, so that the client's own retries are safe. 1 to 36 characters.
   */
  readonly clientRequestToken?: string | undefined;
}

/** What `transactGet` takes beside the reads. */
export interface TransactGetOptions extends RequestOptions, CapacityOptions {}

/** AWS, "Amazon DynamoDB Transactions: How it works": up to 100 actions. */
const maximumActions = 100;

export function transactGetItems(
  actions: readonly TransactGetAction[],
  options: TransactGetOptions,
): Call<TransactGetItemsOutput, readonly (Item | undefined)[]> {
  checkActionCount("transactGet", actions.length);
  const items = actions.map(({ get: tableName, key, projection }) => {
    checkTableName(tableName);
    return withRequest("TransactGetItems", tableName, () => {
      const placeholders = new Placeholders();
      const get = {
        TableName: tableName,
        Key: marshallKey(key),
        ...projectionMembers(projection, placeholders),
        ...placeholders.attributes(),
      };
      return { Get: get };
    });
  });
  const input: TransactGetItemsInput = { TransactItems: items, ...capacityMembers(options) };
  return plainCall("TransactGetItems", input, (output, reader) =>
    actions.map((_, index) => {
      const item = output.Responses?.[index]?.Item;
      return item === undefined ? undefined : readItem(item, reader);
    }),
  );
}

export function transactWriteItems(
  actions: readonly TransactWriteAction[],
  options: TransactWriteOptions,
): Call<TransactWriteItemsOutput, void> {
  checkActionCount("transactWrite", actions.length);
  const input = {
    TransactItems: actions.map(encodeAction),
    ClientRequestToken: clientRequestToken(options.clientRequestToken),
    ...writeMetricsMembers(options),
  };
  return plainCall("TransactWriteItems", input, () => undefined);
}

/** The token that makes a transaction idempotent. */
export function clientRequestToken(given: string | undefined): string {
  if (given === undefined) return randomUUID();
  if (given.length >= 1 && given.length <= 36) return given;
  throw new InvalidInput(`clientRequestToken must have 1 to 36 characters, not ${given.length}`);
}

export function checkActionCount(method: string, count: number): void {
  if (count >= 1 && count <= maximumActions) return;
  throw new InvalidInput(`${method} takes 1 to ${maximumActions} actions, not ${count}`);
}

function encodeAction(action: TransactWriteAction): TransactWriteItem {
  const tableName = tableOf(action);
  checkTableName(tableName);
  return withRequest("TransactWriteItems", tableName, () => {
    const placeholders = new Placeholders();
    const name = { TableName: tableName };
    if ("put" in action) {
      const item = marshall(action.item);
      return {
        Put: {
          ...name,
          Item: item,
          ...conditionMembers(action, placeholders),
          ...placeholders.attributes(),
        },
      };
    }
    const target = { ...name, Key: marshallKey(action.key) };
    if ("update" in action) {
      const update = { UpdateExpression: updateExpression(action.actions, placeholders) };
      const condition = conditionMembers(action, placeholders);
      return { Update: { ...target, ...update, ...condition, ...placeholders.attributes() } };
    }
    const condition = conditionMembers(action, placeholders);
    const members = { ...target, ...condition, ...placeholders.attributes() };
    if ("delete" in action) return { Delete: members };
    const { ConditionExpression: expression } = condition;
    if (expression === undefined)
      throw new InvalidInput(`A check on table ${tableName} needs a condition`);
    return { ConditionCheck: { ...members, ConditionExpression: expression } };
  });
}

function tableOf(action: TransactWriteAction): string {
  if ("put" in action) return action.put;
  if ("update" in action) return action.update;
  if ("delete" in action) return action.delete;
  if ("check" in action) return action.check;
  throw new InvalidInput(
    "An action of transactWrite names its table by put, update, delete or check",
  );
}
