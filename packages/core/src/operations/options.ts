import type { NativeAttributeMap } from "../attribute-value/types.ts";
import type { Condition } from "../expressions/condition.ts";
import type { RetryConfig } from "../retry.ts";
import type {
  ReturnConsumedCapacity,
  ReturnItemCollectionMetrics,
  ReturnValuesOnConditionCheckFailure,
} from "../wire/common.ts";
import type { ItemReader } from "./item-reader.ts";
import type { ResponseMetadata } from "./metadata.ts";

/** A primary key: the partition key attribute, and the sort key attribute where the table has one. */
export type Key = NativeAttributeMap;

/** What every call takes. */
export interface RequestOptions {
  /** Ends the call: it then rejects with the signal's reason. A write may have happened all the same. */
  readonly signal?: AbortSignal | undefined;
  /** How this call is retried, instead of the client's `retry`. */
  readonly retry?: RetryConfig | undefined;
  /** How long one attempt may take, in milliseconds, instead of the client's `requestTimeout`. */
  readonly requestTimeout?: number | undefined;
  /** Reads what comes back otherwise than the client does: for libraries that are built on this one. */
  readonly reader?: ItemReader | undefined;
  /**
   * Is told of each request of the call that succeeds: request id, attempts, and what `returnConsumedCapacity` and the like
   * asked for. What it throws is ignored.
   */
  readonly onResponse?: ((metadata: ResponseMetadata) => void) | undefined;
}

/** Asks for the consumed capacity, which `onResponse` and pages then report. */
export interface CapacityOptions {
  /** `"TOTAL"`: capacity units of the table; `"INDEXES"`: of each index too. */
  readonly returnConsumedCapacity?: ReturnConsumedCapacity | undefined;
}

/** What a write of one item takes. */
export interface WriteOptions extends RequestOptions, CapacityOptions {
  /** Must hold for the item as it stands in the table, or nothing is written. */
  readonly condition?: Condition | undefined;
  /** `"ALL_OLD"`: when the condition fails, the error carries the item as it stands in the table. */
  readonly returnValuesOnConditionCheckFailure?: ReturnValuesOnConditionCheckFailure | undefined;
  /** `"SIZE"`: `onResponse` reports the size of the item's collection, on tables with a local secondary index. */
  readonly returnItemCollectionMetrics?: ReturnItemCollectionMetrics | undefined;
}

/** What a read of one item takes. */
export interface ReadOptions extends CapacityOptions {
  /** Reads what every write before has left, at twice the capacity. */
  readonly consistentRead?: boolean | undefined;
}

/** An item to be stored. */
export type ItemInput = NativeAttributeMap;
