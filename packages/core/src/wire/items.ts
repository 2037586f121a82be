import type { AttributeMap } from "../attribute-value/types.ts";
import type { ExpressionAttributes } from "../expressions/placeholders.ts";
import type {
  Conditional,
  ConsumedCapacity,
  ItemCollectionMetrics,
  ReturnConsumedCapacity,
  Select,
  WriteMetrics,
} from "./common.ts";

export interface GetItemInput extends ExpressionAttributes {
  readonly TableName: string;
  readonly Key: AttributeMap;
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}
export interface GetItemOutput {
  readonly Item?: AttributeMap;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

export interface PutItemInput extends Conditional, WriteMetrics {
  readonly TableName: string;
  readonly Item: AttributeMap;
  readonly ReturnValues?: "NONE" | "ALL_OLD";
}
export interface UpdateItemInput extends Conditional, WriteMetrics {
  readonly TableName: string;
  readonly Key: AttributeMap;
  readonly UpdateExpression?: string;
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
}
export interface DeleteItemInput extends Conditional, WriteMetrics {
  readonly TableName: string;
  readonly Key: AttributeMap;
  readonly ReturnValues?: "NONE" | "ALL_OLD";
}
/** The output of PutItem, UpdateItem and DeleteItem. */
export interface WriteItemOutput {
  readonly Attributes?: AttributeMap;
  readonly ConsumedCapacity?: ConsumedCapacity;
  readonly ItemCollectionMetrics?: ItemCollectionMetrics;
}

interface ReadManyInput extends ExpressionAttributes {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: AttributeMap;
  readonly FilterExpression?: string;
  readonly Limit?: number;
  readonly ProjectionExpression?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly Select?: Select;
}
export interface QueryInput extends ReadManyInput {
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
}
export interface ScanInput extends ReadManyInput {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}
/** The output of Query and Scan. */
export interface ReadManyOutput {
  readonly Items?: readonly AttributeMap[];
  readonly Count?: number;
  readonly ScannedCount?: number;
  readonly LastEvaluatedKey?: AttributeMap;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

export interface KeysAndAttributes extends ExpressionAttributes {
  readonly Keys: readonly AttributeMap[];
  readonly ConsistentRead?: boolean | undefined;
  readonly ProjectionExpression?: string | undefined;
}
export interface BatchGetItemInput {
  readonly RequestItems: Readonly<Record<string, KeysAndAttributes>>;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}
export interface BatchGetItemOutput {
  readonly Responses?: Readonly<Record<string, readonly AttributeMap[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, KeysAndAttributes>>;
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
}

export type WriteRequest =
  | { readonly PutRequest: { readonly Item: AttributeMap }; readonly DeleteRequest?: undefined }
  | { readonly DeleteRequest: { readonly Key: AttributeMap }; readonly PutRequest?: undefined };
export interface BatchWriteItemInput extends WriteMetrics {
  readonly RequestItems: Readonly<Record<string, readonly WriteRequest[]>>;
}
export interface BatchWriteItemOutput {
  readonly UnprocessedItems?: Readonly<Record<string, readonly WriteRequest[]>>;
  readonly ConsumedCapacity?: readonly ConsumedCapacity[];
  readonly ItemCollectionMetrics?: Readonly<Record<string, readonly ItemCollectionMetrics[]>>;
}
