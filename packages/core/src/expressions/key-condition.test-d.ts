import { expectTypeOf, test } from "vitest";
import {
  F,
  type KeyCondition,
  type PartitionKey,
  partitionKey,
  type SortKey,
  sortKey,
} from "../index.ts";

test("a partition key is compared for equality alone", () => {
  expectTypeOf(partitionKey("a")).toEqualTypeOf<PartitionKey>();
  expectTypeOf<keyof PartitionKey>().toEqualTypeOf<"eq">();
  expectTypeOf(partitionKey("a").eq("x")).toEqualTypeOf<KeyCondition>();
  // @ts-expect-error a partition key has no order
  partitionKey("a").gt("x");
});

test("a sort key has DynamoDB's operators and no other", () => {
  expectTypeOf<keyof SortKey>().toEqualTypeOf<
    "eq" | "lt" | "lte" | "gt" | "gte" | "between" | "beginsWith"
  >();
  expectTypeOf(sortKey("a").between(1, 2)).toEqualTypeOf<KeyCondition>();
});

test("keys are strings, numbers or binary", () => {
  // @ts-expect-error a Boolean is no key
  partitionKey("a").eq(true);
  // @ts-expect-error a path is no key
  partitionKey("a").eq(F("b"));
  // @ts-expect-error nothing is no key
  sortKey("a").eq(undefined);
  // @ts-expect-error a number has no prefix
  sortKey("a").beginsWith(1);
});

test("only key conditions combine to key conditions", () => {
  expectTypeOf(partitionKey("a").eq(1).and(sortKey("b").gt(1))).toEqualTypeOf<KeyCondition>();
  // @ts-expect-error a condition is no key condition
  partitionKey("a").eq(1).and(F("b").gt(1));
});
