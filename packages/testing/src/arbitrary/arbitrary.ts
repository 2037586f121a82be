import type { DefinedTable, KeyOf, TableTypes } from "@fieldwise/schema";
import * as fc from "fast-check";
import type { FixtureOverrides } from "../fixtures/overrides.ts";
import { isRecursive } from "./heights.ts";
import { itemsOf, keysOf } from "./items.ts";
import { levelsWithin } from "./levels.ts";
import { deepStyle, plainStyle } from "./style.ts";

/** Options of `arbitrary` and `arbitraryKey`. */
export interface ArbitraryOptions<Values> {
  /**
   * What is given of each item, deep: values are taken as they are, objects and lists completed member by member. A member
   * that is `undefined` is left out.
   */
  readonly values?: Values;
}

// Of a deep item, schemas counted: it takes milliseconds to draw one.
const mostParts = 500;

/**
 * Items of a table as an application holds them, for properties: small ones, and those at the edges of what the schema
 * allows. Each can be stored and comes back as it is. They shrink to small ones.
 *
 * Drawing throws a `FixtureError` where a refinement of the schema isn't met by chance.
 *
 * @example
 * fc.asyncProperty(arbitrary(Orders), async (order) => {
 *   await db.orders.put(order);
 *   expect(await db.orders.get(Orders.keyOf(order))).toEqual(order);
 * });
 */
export function arbitrary<Types extends TableTypes>(
  table: DefinedTable<Types>,
  options: ArbitraryOptions<FixtureOverrides<Types["item"]>> = {},
): fc.Arbitrary<Types["item"]> {
  const wide = itemsOf(table, plainStyle, options.values);
  if (!isRecursive(table.schema)) return wide;
  const levels = levelsWithin(table.schema, mostParts);
  const deep = itemsOf(table, { ...deepStyle, levels }, options.values);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 15, arbitrary: wide },
    { weight: 1, arbitrary: deep },
  );
}

/**
 * Primary keys of a table: never empty, and no longer than DynamoDB takes them.
 *
 * @example
 * fc.asyncProperty(arbitraryKey(Orders), async (key) => {
 *   expect(await db.orders.get(key)).toBeUndefined();
 * });
 */
export function arbitraryKey<Types extends TableTypes>(
  table: DefinedTable<Types>,
): fc.Arbitrary<KeyOf<Types>> {
  return keysOf(table, plainStyle) as fc.Arbitrary<KeyOf<Types>>;
}
