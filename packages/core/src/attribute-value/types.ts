import type { NumberValue } from "./number-value.ts";

/** An attribute value as DynamoDB's JSON carries it: an object of one member, named by the type. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: AttributeMap };

/** An item or a key as DynamoDB's JSON carries it. */
export interface AttributeMap {
  readonly [name: string]: AttributeValue;
}

/** The types that DynamoDB gives attribute values: `S` string, `N` number, `B` binary, `SS` string set … */
export type AttributeType = "S" | "N" | "B" | "BOOL" | "NULL" | "SS" | "NS" | "BS" | "L" | "M";

/**
 * A value as an application holds it: what can be stored, and what comes back.
 *
 * | JavaScript | DynamoDB |
 * |---|---|
 * | `string` | string (S) |
 * | `number` (finite, integers up to 2^53 - 1), `bigint`, `NumberValue` | number (N) |
 * | `Uint8Array`, `Buffer` | binary (B) |
 * | `boolean` | Boolean (BOOL) |
 * | `null` | null (NULL) |
 * | `Set` of strings, numbers or binary, not empty | string, number, binary set (SS, NS, BS) |
 * | array | list (L) |
 * | plain object; members that are `undefined` are left out | map (M) |
 */
export type NativeAttributeValue =
  | string
  | number
  | bigint
  | NumberValue
  | boolean
  | null
  | Uint8Array
  | ReadonlySet<string>
  | ReadonlySet<number | bigint | NumberValue>
  | ReadonlySet<Uint8Array>
  | readonly NativeAttributeValue[]
  | NativeAttributeMap;

/** A map as an application holds it. */
export interface NativeAttributeMap {
  readonly [name: string]: NativeAttributeValue | undefined;
}

/**
 * An item, a part of one, or a key: attribute values by attribute name. A value's type is not known here (`any`, as
 * nothing was declared about it); `@fieldwise/schema` gives items types and checks them.
 */
// oxlint-disable-next-line typescript/no-explicit-any
export type Item = Record<string, any>;

/** How numbers come back: see `ClientOptions.numbers`. */
export type NumberOption = "number" | "bigint" | "string" | ((text: string) => unknown);
