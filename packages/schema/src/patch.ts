import {
  F as untypedF,
  InvalidInput,
  type NativeAttributeMap,
  type UpdateAction,
} from "@fieldwise/core";
import type { DefinedTable } from "./define-table.ts";
import type { TableTypes } from "./types/table-types.ts";

interface ChangedPath {
  set(value: unknown): UpdateAction;
  remove(): UpdateAction;
}

/** The actions that give attributes new values; `undefined` removes one that may be absent. */
export function patchActions(
  table: DefinedTable<TableTypes>,
  values: object,
): readonly UpdateAction[] {
  const F = table.F as unknown as (name: string) => ChangedPath;
  return Object.entries(values).map(([name, value]) => {
    const path = F(name);
    if (value !== undefined) return path.set(value);
    if (table.codec.at([name])?.mayBeAbsent === true) return path.remove();
    throw new InvalidInput(
      `${name}: an item of table ${table.name} must have this attribute, so it can't be removed`,
    );
  });
}

/** The actions that give an item all the values of another, which is encoded and validated whole. */
export function upsertActions(
  table: DefinedTable<TableTypes>,
  keyNames: readonly string[],
  item: object,
): { readonly key: NativeAttributeMap; readonly actions: readonly UpdateAction[] } {
  const encoded = table.codec.encodeItem(item);
  const key: Record<string, NativeAttributeMap[string]> = {};
  const actions: UpdateAction[] = [];
  for (const [name, value] of Object.entries(encoded)) {
    if (value === undefined) continue;
    if (keyNames.includes(name)) key[name] = value;
    else actions.push(untypedF(name).set(value));
  }
  if (actions.length === 0) {
    throw new InvalidInput(
      `An item of table ${table.name} that has nothing but its key can't be upserted: put it`,
    );
  }
  return { key, actions };
}
