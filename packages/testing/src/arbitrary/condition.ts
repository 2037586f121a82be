import { and, type Condition as CoreCondition, not, or } from "@fieldwise/core";
import type { Condition, DefinedTable, TableTypes } from "@fieldwise/schema";
import * as fc from "fast-check";
import { conditionsOn } from "./condition-kinds.ts";
import { FixtureError } from "./fixture-error.ts";
import { type ExpressionTable, knownItem, type KnownPath, pathsOf, remembered } from "./paths.ts";

/** What conditions are drawn for. */
export interface ConditionOptions<Types extends TableTypes> {
  /** An item that the conditions are mostly about: with its values and values near to them, so that some hold and some don't. */
  readonly item?: Types["item"];
  /**
   * Whether key attributes, of the table and of its indexes, may stand in the conditions; `true` by default. The filter of a
   * query can't have them.
   */
  readonly keys?: boolean;
}

/**
 * Conditions on a table's items, of every kind and on every attribute that its `F` allows, alone and put together. None is
 * one that DynamoDB refuses. They shrink to few and simple ones, and print as DynamoDB's expressions.
 *
 * @throws InvalidItem where the schema doesn't take the item.
 * @throws FixtureError where there is no attribute to ask, and when drawn, where no value for an attribute is found.
 * @example
 * fc.asyncProperty(
 *   arbitrary(Orders).chain((item) => fc.tuple(fc.constant(item), arbitraryCondition(Orders, { item }))),
 *   async ([order, condition]) => { … },
 * );
 */
export function arbitraryCondition<Types extends TableTypes>(
  table: DefinedTable<Types>,
  { item, keys = true }: ConditionOptions<Types> = {},
): fc.Arbitrary<Condition<Types["name"]>> {
  const known = table as unknown as ExpressionTable;
  const paths = pathsOf(known, item === undefined ? undefined : knownItem(known, item)).filter(
    (path) => keys || !(path.isPrimaryKey || path.isIndexKey),
  );
  if (paths.length === 0) {
    throw new FixtureError(
      { tableName: table.name, path: [] },
      "there is no attribute beside the keys that a condition could be about",
    );
  }
  const conditionsOf = remembered((path: KnownPath) => conditionsOn(path, paths));
  return combined(anyOf(paths).chain(conditionsOf))
    .filter((condition) => bytesOf(condition.node) <= maximumBytes)
    .map((condition) => printed(condition) as never);
}

// Mostly what the item has.
function anyOf(paths: readonly KnownPath[]): fc.Arbitrary<KnownPath> {
  const present = paths.filter(({ stored }) => stored !== undefined);
  const absent = paths.filter(({ stored }) => stored === undefined);
  if (present.length === 0 || absent.length === 0) return fc.constantFrom(...paths);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: fc.constantFrom(...present) },
    { weight: 1, arbitrary: fc.constantFrom(...absent) },
  );
}

const maximumDepth = 3;

function combined(single: fc.Arbitrary<CoreCondition>): fc.Arbitrary<CoreCondition> {
  let tree = single;
  for (let depth = 0; depth < maximumDepth; depth++) {
    // Of one part it is that part: so each of the others can be shrunk away.
    const several = fc.array(tree, { maxLength: 3 }).filter((parts) => parts.length > 0);
    tree = fc.oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: single },
      { weight: 1, arbitrary: several.map((parts) => and(...parts)) },
      { weight: 1, arbitrary: several.map((parts) => or(...parts)) },
      { weight: 1, arbitrary: tree.map((part) => not(part)) },
    );
  }
  return tree;
}

// DynamoDB takes expressions of 4096 bytes and 300 operators: no operator takes fewer than ten bytes here. What is left is
// for not() and others around the condition.
const maximumBytes = 2500;

/** How long the expression is at most. */
function bytesOf(node: unknown): number {
  if (typeof node !== "object" || node === null) return 0;
  const { kind } = node as { readonly kind?: string };
  if (kind === "value") return 8;
  // A placeholder for a name or an index, and what parts it from the next.
  if (kind === "path") return (node as { readonly steps: readonly unknown[] }).steps.length * 6;
  const members = Object.values(node) as readonly unknown[];
  return members.reduce<number>((bytes, member) => bytes + bytesOf(member) + 4, 16);
}

/** The condition, which a counterexample shows as a person would write it. */
function printed(condition: CoreCondition): CoreCondition {
  return Object.defineProperty(condition, fc.toStringMethod, {
    value: () => condition.debug(),
    // The same condition may be drawn again.
    configurable: true,
  });
}
