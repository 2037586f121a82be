import {
  and as coreAnd,
  type Condition as CoreCondition,
  ConditionalCheckFailed,
  isDynamoDBError,
  not as coreNot,
  or as coreOr,
} from "@fieldwise/core";
import type { DefinedTable } from "./define-table.ts";
import { isNamed } from "./deployed-names.ts";
import type { Condition } from "./types/expressions.ts";
import type { TableTypes } from "./types/table-types.ts";

/** All of the conditions hold. @throws ExpressionError without a condition. */
export function and<Name>(...conditions: readonly Condition<Name>[]): Condition<Name> {
  return toTyped(coreAnd(...conditions.map(toCore)));
}

/** At least one of the conditions holds. @throws ExpressionError without a condition. */
export function or<Name>(...conditions: readonly Condition<Name>[]): Condition<Name> {
  return toTyped(coreOr(...conditions.map(toCore)));
}

/** The condition does not hold. */
export function not<Name>(condition: Condition<Name>): Condition<Name> {
  return toTyped(coreNot(toCore(condition)));
}

// A typed condition is core's, of which the compiler knows the table.
function toCore<Name>(condition: Condition<Name>): CoreCondition {
  return condition as unknown as CoreCondition;
}

function toTyped<Name>(condition: CoreCondition): Condition<Name> {
  return condition as unknown as Condition<Name>;
}

/** A failed condition's error, with the item as it stood in the table where it was asked for. */
export type ConditionFailed<Types extends TableTypes> = Omit<ConditionalCheckFailed, "item"> & {
  readonly item: Types["item"] | undefined;
};

/**
 * Tells whether a write to a table failed on its condition; the error's `item` then is that table's item, where the write
 * asked for it by `returnValuesOnConditionCheckFailure: "ALL_OLD"`.
 *
 * @example
 * if (isConditionalCheckFailed(error, Orders)) console.log(error.item?.total);
 */
export function isConditionalCheckFailed<Types extends TableTypes>(
  error: unknown,
  table: DefinedTable<Types>,
): error is ConditionFailed<Types> {
  return isDynamoDBError(error, ConditionalCheckFailed) && isNamed(table, error.tableName);
}
