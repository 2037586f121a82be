import { expectTypeOf, test } from "vitest";
import {
  BatchInterrupted,
  type CancellationReason,
  ConditionalCheckFailed,
  type DynamoDBError,
  type FieldwiseError,
  isDynamoDBError,
  isFieldwiseError,
  type Item,
  TransactionCanceled,
} from "../index.ts";

declare const error: unknown;

test("guards narrow to the class that was asked for", () => {
  if (isFieldwiseError(error)) expectTypeOf(error).toEqualTypeOf<FieldwiseError>();
  if (isDynamoDBError(error)) expectTypeOf(error).toEqualTypeOf<DynamoDBError>();
  if (isDynamoDBError(error, ConditionalCheckFailed))
    expectTypeOf(error.item).toEqualTypeOf<Item | undefined>();
  if (isFieldwiseError(error, TransactionCanceled))
    expectTypeOf(error.reasons).toEqualTypeOf<readonly CancellationReason[]>();
  if (isFieldwiseError(error, BatchInterrupted)) expectTypeOf(error).toExtend<BatchInterrupted>();
  // @ts-expect-error not an error of DynamoDB's
  isDynamoDBError(error, BatchInterrupted);
});
