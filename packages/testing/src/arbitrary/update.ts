import { type AttributeMap, debugUpdate, type UpdateAction as CoreAction } from "@fieldwise/core";
import type { DefinedTable, TableTypes, UpdateAction } from "@fieldwise/schema";
import * as fc from "fast-check";
import { attempt } from "./attempts.ts";
import { FixtureError } from "./fixture-error.ts";
import { isKey } from "./operands.ts";
import { type ExpressionTable, knownItem, type KnownPath, pathsOf, remembered } from "./paths.ts";
import { actionsOn, type Target } from "./update-kinds.ts";
import { outcomeOf } from "./update-outcome.ts";

/** What updates are drawn for. */
export interface UpdateOptions<Types extends TableTypes> {
  /**
   * The item that is updated: its lists, maps and unions are changed from within too, and what becomes of it fits the schema
   * whole.
   */
  readonly item?: Types["item"];
}

/**
 * Lists of actions that DynamoDB takes together, on items of a table: `set` with values, paths and what is computed of them,
 * `increment`, `append`, `remove`, `add`, `delete` and the like. What becomes of an item fits the schema.
 *
 * Without an item, they are those that fit every item that the schema allows: nothing inside of lists, unions and what may be
 * absent, and no sums where the schema has bounds. Only that a sum has more digits than a number holds can't be known then.
 * They shrink to few and simple ones, and print as DynamoDB's expressions. A table's time to live is left as it is, for an
 * item that has expired may be gone.
 *
 * @throws InvalidItem where the schema doesn't take the item.
 * @throws FixtureError where there is no attribute that an update may change, and when drawn, where none of the actions fits.
 * @example
 * fc.asyncProperty(
 *   arbitrary(Orders).chain((item) => fc.tuple(fc.constant(item), arbitraryUpdate(Orders, { item }))),
 *   async ([order, actions]) => { … },
 * );
 */
export function arbitraryUpdate<Types extends TableTypes>(
  table: DefinedTable<Types>,
  { item }: UpdateOptions<Types> = {},
): fc.Arbitrary<readonly UpdateAction<Types["name"]>[]> {
  const known = table as unknown as ExpressionTable;
  const before = item === undefined ? undefined : knownItem(known, item);
  const all = pathsOf(known, before);
  const target: Target = { paths: all, known: before !== undefined };
  const paths = all.filter(
    (path) => !path.isPrimaryKey && path.steps[0] !== table.ttl && isWithin(path, target),
  );
  const place = { tableName: table.name, path: [] };
  const isTaken = (actions: readonly CoreAction[]): boolean =>
    standTogether(actions) && (before === undefined || fitsAfter(known, before.stored, actions));
  if (paths.length === 0) {
    throw new FixtureError(
      place,
      "there is no attribute that an update may change in every item. Name the item by the option `item`",
    );
  }
  const actionsOf = remembered((path: KnownPath) => actionsOn(path, target));
  const action = attempt(
    fc.constantFrom(...paths).chain((path) => actionsOf(path) ?? fc.constant(undefined)),
    (value) =>
      value !== undefined && isTaken([value as CoreAction])
        ? { ok: true, value }
        : { ok: false, problem: "no action leaves an item that fits the schema" },
    place,
  ) as fc.Arbitrary<CoreAction>;
  // Not by a least length, which would keep what could be shrunk away.
  return fc
    .array(action, { maxLength: 4 })
    .filter((actions) => actions.length > 0)
    .map((actions) => printed(together(actions, isTaken)) as never);
}

// Elsewhere, what the path lies in may be absent.
function isWithin(path: KnownPath, { known }: Target): boolean {
  if (!known) return path.certain;
  // Behind the end of a list servers differ.
  return path.isReached && (typeof path.steps.at(-1) === "string" || path.stored !== undefined);
}

/** The first actions that are taken together. */
function together(
  actions: readonly CoreAction[],
  isTaken: (actions: readonly CoreAction[]) => boolean,
): readonly CoreAction[] {
  const kept: CoreAction[] = [];
  for (const action of actions) if (isTaken([...kept, action])) kept.push(action);
  return kept;
}

function standTogether(actions: readonly CoreAction[]): boolean {
  try {
    debugUpdate(actions);
  } catch {
    return false;
  }
  // Where an element is removed, servers differ in what the other indexes of the list stand for.
  return actions.every(
    (action) =>
      action.node.kind !== "remove" ||
      typeof action.node.path.steps.at(-1) !== "number" ||
      actions.every((other) => other === action || !goesThrough(other, listOf(action))),
  );
}

function listOf({ node }: CoreAction): string {
  return JSON.stringify(node.path.steps.slice(0, -1)).slice(0, -1);
}

// Read or written: the path begins with the same steps.
function goesThrough({ node }: CoreAction, list: string): boolean {
  return JSON.stringify(node).includes(`"steps":${list}`);
}

function fitsAfter(
  { codec, keys }: ExpressionTable,
  before: AttributeMap,
  actions: readonly CoreAction[],
): boolean {
  const after = outcomeOf(before, actions);
  if (after === undefined || !codec.decodeItem(after).ok) return false;
  const indexed = [...keys.indexes.values()].flatMap(({ partition, sort }) => [
    ...partition,
    ...sort,
  ]);
  return indexed.every((name) => {
    const value = after[name];
    return value === undefined || value === before[name] || isKey(value);
  });
}

/** The actions, which a counterexample shows as one update that a person would write. */
function printed(actions: readonly CoreAction[]): readonly CoreAction[] {
  return Object.defineProperty([...actions], fc.toStringMethod, {
    value: () => debugUpdate(actions),
  });
}
