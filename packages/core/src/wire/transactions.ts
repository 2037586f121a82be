import type { AttributeMap, AttributeValue } from "../attribute-value/types.ts";
import type { ExpressionAttributes } from "../expressions/placeholders.ts";
import type {
  Conditional,
  ConsumedCapacity,
  ItemCollectionMetrics,
  ReturnConsumedCapacity,
  ReturnValuesOnConditionCheckFailure,
  WriteMetrics,
} from "./common.ts";

export interface TransactGetItemsInput {
  readonly TransactItems: readonly { readonly Get: TransactGet }[];
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}
export interface TransactGet extends ExpressionAttributes {
  readonly TableName: string;
  readonly Key: AttributeMap;
  readonly ProjectionExpression?: string;
}
export interface TransactGetItemsOutput {
  readonly Responses?: readonly { readonly Item?: AttributeMap }[];
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
}

interface KeyedAction extends Conditional {
  readonly TableName: string;
  readonly Key: AttributeMap;
}
interface PutAction extends Conditional {
  readonly TableName: string;
  readonly Item: AttributeMap;
}
export type TransactWriteItem =
  | { readonly Put: PutAction }
  | { readonly Update: KeyedAction & { readonly UpdateExpression: string } }
  | { readonly Delete: KeyedAction }
  | { readonly ConditionCheck: KeyedAction & { readonly ConditionExpression: string } };
export interface TransactWriteItemsInput extends WriteMetrics {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ClientRequestToken?: string;
}
export interface TransactWriteItemsOutput {
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
  readonly ItemCollectionMetrics?: Readonly<Record<string, readonly ItemCollectionMetrics[]>>;
}

export interface ExecuteStatementInput {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[];
  readonly ConsistentRead?: boolean;
  readonly NextToken?: string;
  readonly Limit?: number;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnValuesOnConditionCheckFailure?: ReturnValuesOnConditionCheckFailure;
}
export interface ExecuteStatementOutput {
  readonly Items?: readonly AttributeMap[];
  readonly NextToken?: string;
  readonly LastEvaluatedKey?: AttributeMap;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

interface TransactStatement {
  readonly Statement: string;
  readonly Parameters?: readonly AttributeValue[] | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: ReturnValuesOnConditionCheckFailure | undefined;
}
export interface BatchStatementRequest extends TransactStatement {
  readonly ConsistentRead?: boolean | undefined;
}
export interface BatchExecuteStatementInput {
  readonly Statements: readonly BatchStatementRequest[];
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}
export interface BatchStatementResponse {
  readonly Item?: AttributeMap;
  readonly TableName?: string;
  readonly Error?: {
    readonly Code?: string;
    readonly Message?: string;
    readonly Item?: AttributeMap;
  };
}
export interface BatchExecuteStatementOutput {
  readonly Responses?: readonly BatchStatementResponse[];
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
}

export interface ExecuteTransactionInput {
  readonly TransactStatements: readonly TransactStatement[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}
export interface ExecuteTransactionOutput {
  readonly Responses?: readonly { readonly Item?: AttributeMap }[];
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
}
