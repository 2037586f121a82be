import {
  F as untypedF,
  InvalidInput,
  marshall,
  type NativeAttributeMap,
  type UpdateAction,
} from "@fieldwise/core";
import type { DefinedTable } from "./define-table.ts";
import { InvalidItem } from "./errors.ts";
import type * as z from "zod/v4/core";
import type { TableTypes } from "./types/table-types.ts";

interface ChangedPath {
  set(value: unknown): UpdateAction;
  remove(): UpdateAction;
}

/**
 * The actions that give attributes new values; `undefined` removes one that may be absent.
 *
 * @throws InvalidItem with the issues of all values.
 */
export function patchActions(
  table: DefinedTable<TableTypes>,
  values: object,
): readonly UpdateAction[] {
  const issues: z.$ZodIssue[] = [];
  const actions = Object.entries(values).flatMap(([name, value]) => {
    try {
      return [changeOf(table, name, value)];
    } catch (error) {
      if (!(error instanceof InvalidItem)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  if (issues.length > 0) throw new InvalidItem(table.name, issues, "The patch");
  return actions;
}

function changeOf(table: DefinedTable<TableTypes>, name: string, value: unknown): UpdateAction {
  const F = table.F as unknown as (name: string) => ChangedPath;
  const path = F(name);
  if (value !== undefined) return path.set(value);
  if (table.codec.at([name])?.mayBeAbsent === true) return path.remove();
  throw new InvalidInput(
    `${name}: an item of table ${table.name} must have this attribute, so it can't be removed`,
  );
}

/** The actions that give an item all the values of another, which is encoded and validated whole. */
export function upsertActions(
  table: DefinedTable<TableTypes>,
  item: object,
): { readonly key: NativeAttributeMap; readonly actions: readonly UpdateAction[] } {
  const encoded = table.codec.encodeItem(item);
  const key: Record<string, NativeAttributeMap[string]> = {};
  const actions: UpdateAction[] = [];
  for (const [name, value] of Object.entries(encoded)) {
    if (value === undefined) continue;
    if (table.keys.primary.includes(name)) key[name] = value;
    else actions.push(untypedF(name).set(value));
  }
  for (const name of storedAsNothing(table, item, encoded)) actions.push(untypedF(name).remove());
  if (actions.length === 0) {
    throw new InvalidInput(
      `An item of table ${table.name} that has nothing but its key can't be upserted: put it`,
    );
  }
  return { key, actions };
}

// An empty set is no attribute, and neither is what a codec makes nothing of: a stored one has to go. A default may have made
// an empty set.
function storedAsNothing(
  table: DefinedTable<TableTypes>,
  item: object,
  encoded: NativeAttributeMap,
): readonly string[] {
  const decoded = table.codec.decodeItem(marshall(encoded));
  const read = Object.entries(decoded.ok ? (decoded.item as object) : {});
  const names = new Set([
    ...Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name),
    ...read
      .filter(([name, value]) => value !== undefined && isStoredAsSet(table, name))
      .map(([name]) => name),
  ]);
  // What the schema does not know is dropped.
  return [...names].filter(
    (name) => encoded[name] === undefined && table.codec.at([name]) !== undefined,
  );
}

function isStoredAsSet(table: DefinedTable<TableTypes>, name: string): boolean {
  const types = table.codec.at([name])?.storedTypes;
  return types !== undefined && (types.has("SS") || types.has("NS") || types.has("BS"));
}
