import { conditionExpression } from "../expressions/condition.ts";
import type { Placeholders } from "../expressions/placeholders.ts";
import { type Projection, projectionExpression } from "../expressions/projection.ts";
import type { Conditional, ReturnConsumedCapacity, WriteMetrics } from "../wire/common.ts";
import type { CapacityOptions, WriteOptions } from "./options.ts";

// The request members that several operations share. Absent options give no member.

export function conditionMembers(
  options: Pick<WriteOptions, "condition" | "returnValuesOnConditionCheckFailure">,
  placeholders: Placeholders,
): Pick<Conditional, "ConditionExpression" | "ReturnValuesOnConditionCheckFailure"> {
  const { condition, returnValuesOnConditionCheckFailure: returned } = options;
  return {
    ...(condition !== undefined && {
      ConditionExpression: conditionExpression(condition, placeholders),
    }),
    ...(returned !== undefined && { ReturnValuesOnConditionCheckFailure: returned }),
  };
}

export function projectionMembers(
  projection: Projection | undefined,
  placeholders: Placeholders,
): { readonly ProjectionExpression?: string } {
  return projection === undefined
    ? {}
    : { ProjectionExpression: projectionExpression(projection, placeholders) };
}

export function consistencyMembers(consistentRead: boolean | undefined): {
  readonly ConsistentRead?: boolean;
} {
  return consistentRead === undefined ? {} : { ConsistentRead: consistentRead };
}

export function capacityMembers({ returnConsumedCapacity }: CapacityOptions): {
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
} {
  return returnConsumedCapacity === undefined
    ? {}
    : { ReturnConsumedCapacity: returnConsumedCapacity };
}

export function writeMetricsMembers(
  options: Pick<WriteOptions, "returnConsumedCapacity" | "returnItemCollectionMetrics">,
): WriteMetrics {
  return {
    ...capacityMembers(options),
    ...(options.returnItemCollectionMetrics !== undefined && {
      ReturnItemCollectionMetrics: options.returnItemCollectionMetrics,
    }),
  };
}
