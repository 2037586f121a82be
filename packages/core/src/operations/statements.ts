import { marshallValue } from "../attribute-value/marshall.ts";
import type { AttributeMap, Item, NativeAttributeValue } from "../attribute-value/types.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type {
  BatchExecuteStatementOutput,
  BatchStatementRequest,
  ExecuteStatementOutput,
  ExecuteTransactionOutput,
} from "../wire/transactions.ts";
import { shown } from "../expressions/shown.ts";
import { type Call, plainCall } from "./call.ts";
import { type ConsumedCapacity, readConsumedCapacity } from "./metadata.ts";
import type { CapacityOptions, ReadOptions, RequestOptions, WriteOptions } from "./options.ts";
import { checkCount } from "./read-many.ts";
import { checkActions, clientRequestToken } from "./transactions.ts";
import { type ItemReader, readItems } from "./item-reader.ts";
import { advanced, responsesTo } from "./unexpected-answer.ts";

/** A PartiQL statement with a value for each `?` in it. */
export interface Statement extends Pick<WriteOptions, "returnValuesOnConditionCheckFailure"> {
  readonly statement: string;
  readonly parameters?: readonly NativeAttributeValue[] | undefined;
}

/** What `executeStatement` takes. */
export interface ExecuteStatementOptions
  extends RequestOptions, ReadOptions, Pick<WriteOptions, "returnValuesOnConditionCheckFailure"> {
  /** How many items one request reads before it filters. */
  readonly limit?: number | undefined;
  /** Where to go on: the `nextToken` of the result before. */
  readonly nextToken?: string | undefined;
}

/** What one request of a statement gave. */
export interface StatementResult {
  readonly items: readonly Item[];
  /** Where to go on; `undefined` at the end. */
  readonly nextToken: string | undefined;
  readonly consumedCapacity: ConsumedCapacity | undefined;
}

/** What one statement of a batch gave: an item, where it reads one that is there, or an error. */
export interface BatchStatementResult {
  readonly tableName: string | undefined;
  readonly item: Item | undefined;
  readonly error: BatchStatementFailure | undefined;
}

/** Why one statement of a batch failed; the others were carried out all the same. */
export interface BatchStatementFailure {
  /** DynamoDB's code: `ConditionalCheckFailed`, `DuplicateItem`, `ValidationError` … */
  readonly code: string;
  readonly message: string;
  /** The item as it stands in the table, where the statement asked for it. */
  readonly item: Item | undefined;
}

/** What `batchExecuteStatement` takes beside the statements. */
export interface BatchExecuteStatementOptions extends RequestOptions, CapacityOptions {
  /** Reads what every write before has left. */
  readonly consistentRead?: boolean | undefined;
}

/** What `executeTransaction` takes beside the statements. */
export interface ExecuteTransactionOptions extends RequestOptions, CapacityOptions {
  /** Makes the transaction idempotent; made when none is given. 1 to 36 characters. */
  readonly clientRequestToken?: string | undefined;
}

/** AWS, "Running batch operations with PartiQL for DynamoDB": up to 25 statements. */
const maximumStatements = 25;

export function executeStatement(
  statement: string,
  parameters: readonly NativeAttributeValue[],
  options: ExecuteStatementOptions,
): Call<ExecuteStatementOutput, StatementResult> {
  checkCount("limit", options.limit);
  const input = {
    ...encodeStatement({ statement, parameters, ...options }),
    ConsistentRead: options.consistentRead,
    Limit: options.limit,
    NextToken: options.nextToken,
    ReturnConsumedCapacity: options.returnConsumedCapacity,
  };
  return plainCall(
    "ExecuteStatement",
    input,
    (output, reader) => ({
      items: readItems(output.Items ?? [], reader),
      nextToken: advanced("NextToken", options.nextToken, output.NextToken),
      consumedCapacity:
        output.ConsumedCapacity === undefined
          ? undefined
          : readConsumedCapacity(output.ConsumedCapacity),
    }),
    "Items",
  );
}

export function batchExecuteStatement(
  statements: readonly Statement[],
  options: BatchExecuteStatementOptions,
): Call<BatchExecuteStatementOutput, readonly BatchStatementResult[]> {
  checkActions("batchExecuteStatement", statements, "statements", maximumStatements);
  const input = {
    Statements: statements.map((one) => ({
      ...encodeStatement(one),
      ConsistentRead: options.consistentRead,
    })),
    ReturnConsumedCapacity: options.returnConsumedCapacity,
  };
  return plainCall(
    "BatchExecuteStatement",
    input,
    (output, reader) =>
      responsesTo(input.Statements, output).map((response) => {
        const { TableName: tableName, Item: item, Error: error } = response ?? {};
        return {
          tableName,
          item: readOptional(item, reader),
          error: error && {
            code: error.Code ?? "Unknown",
            message: error.Message ?? "",
            item: readOptional(error.Item, reader),
          },
        };
      }),
    "Responses",
  );
}

export function executeTransaction(
  statements: readonly Statement[],
  options: ExecuteTransactionOptions,
): Call<ExecuteTransactionOutput, readonly (Item | undefined)[]> {
  checkActions("executeTransaction", statements, "statements");
  const input = {
    TransactStatements: statements.map(encodeStatement),
    ClientRequestToken: clientRequestToken(options.clientRequestToken),
    ReturnConsumedCapacity: options.returnConsumedCapacity,
  };
  return plainCall(
    "ExecuteTransaction",
    input,
    (output, reader) =>
      responsesTo(input.TransactStatements, output).map((response) =>
        readOptional(response?.Item, reader),
      ),
    "Responses",
  );
}

function encodeStatement({
  statement,
  parameters,
  returnValuesOnConditionCheckFailure: returned,
}: Statement): BatchStatementRequest {
  if (typeof statement !== "string" || statement.trim() === "")
    throw new InvalidInput(
      `A PartiQL statement is text that is not empty, not ${shown(statement)}`,
    );
  if (parameters !== undefined && !Array.isArray(parameters))
    throw new InvalidInput(
      `The parameters of a PartiQL statement are a list of values, not ${shown(parameters)}`,
    );
  // DynamoDB refuses an empty list of parameters.
  const values = parameters === undefined || parameters.length === 0 ? undefined : parameters;
  return {
    Statement: statement,
    Parameters: withRequest(`PartiQL statement ${statement}`, undefined, () =>
      values?.map(marshallValue),
    ),
    ReturnValuesOnConditionCheckFailure: returned,
  };
}

function readOptional(item: AttributeMap | undefined, reader: ItemReader): Item | undefined {
  return item === undefined ? undefined : reader.item(item);
}
