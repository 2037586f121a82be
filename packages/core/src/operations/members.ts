import { conditionExpression } from "../expressions/condition.ts";
import type { Placeholders } from "../expressions/placeholders.ts";
import { type Projection, projectionExpression } from "../expressions/projection.ts";
import type { Conditional, WriteMetrics } from "../wire/common.ts";
import type { CapacityOptions, WriteOptions } from "./options.ts";

// The request members that several operations share. JSON has no member for an absent option.

/** Members that may be there without a value. */
export type Sparse<Members> = { readonly [Name in keyof Members]: Members[Name] | undefined };

export function conditionMembers(
  options: Pick<WriteOptions, "condition" | "returnValuesOnConditionCheckFailure">,
  placeholders: Placeholders,
): Sparse<Pick<Conditional, "ConditionExpression" | "ReturnValuesOnConditionCheckFailure">> {
  const { condition } = options;
  return {
    ConditionExpression:
      condition === undefined ? undefined : conditionExpression(condition, placeholders),
    ReturnValuesOnConditionCheckFailure: options.returnValuesOnConditionCheckFailure,
  };
}

export function projectionMembers(
  projection: Projection | undefined,
  placeholders: Placeholders,
): { readonly ProjectionExpression: string | undefined } {
  return {
    ProjectionExpression:
      projection === undefined ? undefined : projectionExpression(projection, placeholders),
  };
}

export function capacityMembers(
  options: CapacityOptions,
): Sparse<Pick<WriteMetrics, "ReturnConsumedCapacity">> {
  return { ReturnConsumedCapacity: options.returnConsumedCapacity };
}

export function writeMetricsMembers(
  options: Pick<WriteOptions, "returnConsumedCapacity" | "returnItemCollectionMetrics">,
): Sparse<WriteMetrics> {
  return {
    ...capacityMembers(options),
    ReturnItemCollectionMetrics: options.returnItemCollectionMetrics,
  };
}
