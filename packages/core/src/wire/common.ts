import type { AttributeMap } from "../attribute-value/types.ts";
import type { ExpressionAttributes } from "../expressions/placeholders.ts";

/** What consumed capacity an answer reports. */
export type ReturnConsumedCapacity = "INDEXES" | "TOTAL" | "NONE";
/** Whether a write reports the sizes of item collections. */
export type ReturnItemCollectionMetrics = "SIZE" | "NONE";
/** What a write that fails on its condition returns of the item. */
export type ReturnValuesOnConditionCheckFailure = "ALL_OLD" | "NONE";
/** What a query or scan returns. */
export type Select =
  | "ALL_ATTRIBUTES"
  | "ALL_PROJECTED_ATTRIBUTES"
  | "SPECIFIC_ATTRIBUTES"
  | "COUNT";

/** Capacity units, of a table or of one of its indexes. */
export interface Capacity {
  readonly CapacityUnits?: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

/** The capacity units that a request consumed. */
export interface ConsumedCapacity extends Capacity {
  readonly TableName?: string;
  readonly Table?: Capacity;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, Capacity>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Capacity>>;
}

/** The size of an item collection, as a lower and an upper estimate in gigabytes. */
export interface ItemCollectionMetrics {
  readonly ItemCollectionKey?: AttributeMap;
  readonly SizeEstimateRangeGB?: readonly number[];
}

/** The members of a request that carries a condition. */
export interface Conditional extends ExpressionAttributes {
  readonly ConditionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: ReturnValuesOnConditionCheckFailure;
}

/** The members of a request that writes one item. */
export interface WriteMetrics {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}
