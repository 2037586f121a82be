import { itemText, stringText } from "../attribute-value/item-text.ts";
import type { Item } from "../attribute-value/types.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Condition } from "../expressions/condition.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import type { Projection } from "../expressions/projection.ts";
import { shown } from "../expressions/shown.ts";
import { updateExpression, type UpdateActions } from "../expressions/update.ts";
import { crypto } from "../node-modules.ts";
import type { Conditional } from "../wire/common.ts";
import type {
  TransactGet,
  TransactGetItemsInput,
  TransactGetItemsOutput,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from "../wire/transactions.ts";
import { type Call, checkTableName, membersBehind, plainCall } from "./call.ts";
import { keyText } from "./key.ts";
import { conditionText, projectionText } from "./members.ts";
import type { CapacityOptions, ItemInput, Key, RequestOptions, WriteOptions } from "./options.ts";
import { responsesTo } from "./unexpected-answer.ts";

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
  | (ActionOn<"put"> & Guarded & { readonly item: ItemInput })
  | (ActionOn<"update"> & Guarded & { readonly key: Key; readonly actions: UpdateActions })
  | (ActionOn<"delete"> & Guarded & { readonly key: Key })
  | (ActionOn<"check"> & Guarded & { readonly key: Key; readonly condition: Condition });

const actionNames = ["put", "update", "delete", "check"] as const;
type ActionName = (typeof actionNames)[number];

/** Names the table under one member, and under no other action's. */
type ActionOn<Name extends ActionName> = Readonly<
  Record<Name, string> & Partial<Record<Exclude<ActionName, Name>, never>>
>;

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
  checkActions("transactGet", actions);
  const items = actions.map(({ get: tableName, key, projection }) => {
    checkTableName(tableName);
    return withRequest("TransactGetItems", tableName, () => {
      const placeholders = new Placeholders();
      const written = keyText(key);
      const members = membersBehind<TransactGet>(
        { ProjectionExpression: projectionText(projection, placeholders) },
        placeholders,
      );
      return `{"Get":{"TableName":${stringText(tableName)},"Key":${written}${members}}`;
    });
  });
  // The list of actions is the caller's, and may be another by the time of the answer.
  const tables = actions.map((action) => action.get);
  return plainCall(
    "TransactGetItems",
    `{"TransactItems":[${items.join()}]${membersBehind<TransactGetItemsInput>({ ReturnConsumedCapacity: options.returnConsumedCapacity })}`,
    (output, reader) =>
      responsesTo(tables, output).map((response, index) => {
        const item = response?.Item;
        return item === undefined ? undefined : reader.item(item, tables[index], index);
      }),
    "Responses",
    tables,
  );
}

export function transactWriteItems(
  actions: readonly TransactWriteAction[],
  options: TransactWriteOptions,
): Call<TransactWriteItemsOutput, void> {
  checkActions("transactWrite", actions);
  const items = actions.map(encodeAction);
  const others = membersBehind<TransactWriteItemsInput>({
    ClientRequestToken: clientRequestToken(options.clientRequestToken),
    ReturnConsumedCapacity: options.returnConsumedCapacity,
    ReturnItemCollectionMetrics: options.returnItemCollectionMetrics,
  });
  return plainCall(
    "TransactWriteItems",
    `{"TransactItems":[${items.join()}]${others}`,
    () => undefined,
    undefined,
    actions.map(tableOf),
  );
}

/** The token that makes a transaction idempotent. */
export function clientRequestToken(given: string | undefined): string {
  if (given === undefined) return crypto.randomUUID();
  if (typeof given === "string" && given.length >= 1 && given.length <= 36) return given;
  throw new InvalidInput(`clientRequestToken must have 1 to 36 characters: ${shown(given)}`);
}

export function checkActions(
  method: string,
  actions: readonly unknown[],
  kind: string = "actions",
  maximum: number = maximumActions,
): void {
  const count = Array.isArray(actions) ? actions.length : undefined;
  if (count !== undefined && count >= 1 && count <= maximum) return;
  throw new InvalidInput(
    `${method} takes a list of 1 to ${maximum} ${kind}, not ${count ?? shown(actions)}`,
  );
}

function encodeAction(action: TransactWriteAction): string {
  const tableName = tableOf(action);
  checkTableName(tableName);
  return withRequest("TransactWriteItems", tableName, () => {
    const placeholders = new Placeholders();
    const name = `{"TableName":${stringText(tableName)}`;
    const guarded = (): string =>
      membersBehind<Conditional>(
        {
          ConditionExpression: conditionText(action.condition, placeholders),
          ReturnValuesOnConditionCheckFailure: action.returnValuesOnConditionCheckFailure,
        },
        placeholders,
      );
    if (action.put !== undefined)
      return `{"Put":${name},"Item":${itemText(action.item)}${guarded()}}`;
    const target = `${name},"Key":${keyText(action.key)}`;
    if (action.update !== undefined) {
      const expression = updateExpression(action.actions, placeholders);
      return `{"Update":${target},"UpdateExpression":"${expression}"${guarded()}}`;
    }
    const members = `${target}${guarded()}}`;
    if (action.delete !== undefined) return `{"Delete":${members}`;
    if (action.condition === undefined)
      throw new InvalidInput(`A check on table ${tableName} needs a condition`);
    return `{"ConditionCheck":${members}`;
  });
}

function tableOf(action: TransactWriteAction): string {
  const given = action as Partial<typeof action> | null | undefined;
  let found: ActionName | undefined;
  let count = 0;
  for (const name of actionNames) {
    if (given?.[name] === undefined) continue;
    found = name;
    count++;
  }
  // Of two actions in one, one would be lost.
  if (found !== undefined && count === 1) return action[found] as string;
  throw new InvalidInput(
    `An action of transactWrite names its table by one of put, update, delete and check, not ${shown(action)}`,
  );
}
