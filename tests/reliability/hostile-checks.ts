/* oxlint-disable vitest/no-standalone-expect -- what holds of results is said here, and checked by a test */
import { NumberValue, type TableDescription } from "@fieldwise/core";
import { expect } from "vitest";

/** Values that core gives: nothing but DynamoDB's types. */
function checkValue(value: unknown, depth = 0): void {
  expect(depth).toBeLessThan(70);
  if (value === null || ["string", "boolean", "bigint"].includes(typeof value)) return;
  if (typeof value === "number") return expect(value).toSatisfy(Number.isFinite);
  if (value instanceof Uint8Array || value instanceof NumberValue) return;
  if (Array.isArray(value) || value instanceof Set) {
    for (const member of value) checkValue(member, depth + 1);
    return;
  }
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  for (const name of Object.keys(value as object)) {
    checkValue((value as Record<string, unknown>)[name], depth + 1);
  }
}
export function checkItem(item: unknown): void {
  if (item === undefined) return;
  expect(item).toBeTypeOf("object");
  expect(item).not.toBeNull();
  checkValue(item);
}
export const checkItems = (items: readonly unknown[]): void => {
  expect(items).toBeInstanceOf(Array);
  items.forEach(checkItem);
};
/** Orders that the schema gives: decoded and validated. */
export function checkOrder(item: unknown): void {
  if (item === undefined) return;
  const result = item as Record<string, unknown>;
  expect(result["customerId"]).toBeTypeOf("string");
  expect(result["orderId"]).toBeTypeOf("string");
  expect(["placed", "shipped", "delivered"]).toContain(result["status"]);
  expect(result["placedAt"]).toBeInstanceOf(Date);
  expect((result["placedAt"] as Date).getTime()).not.toBeNaN();
  expect(result["total"]).toSatisfy((total) => Number.isFinite(total) && total >= 0);
  expect(result["tags"]).toBeInstanceOf(Set);
  for (const line of result["lines"] as { sku: unknown; quantity: unknown }[]) {
    expect(line.sku).toBeTypeOf("string");
    expect(line.quantity).toSatisfy((quantity) => Number.isSafeInteger(quantity));
  }
}
export const checkOrders = (items: readonly unknown[]): void => items.forEach(checkOrder);
export const checkCount = (count: unknown): void =>
  expect(count).toSatisfy((value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const checkNothing = (result: unknown): void => expect(result).toBeUndefined();
export const checkTable = (description: TableDescription): void => {
  expect(description.name).toBeTypeOf("string");
  for (const attribute of [description.partitionKey, description.sortKey]) {
    if (attribute !== undefined) expect(attribute.name).toBeTypeOf("string");
  }
  if (description.createdAt !== undefined) expect(description.createdAt.getTime()).not.toBeNaN();
};
