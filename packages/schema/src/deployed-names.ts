import type { DefinedTable } from "./define-table.ts";
import type { TableTypes } from "./types/table-types.ts";

// By the codec, which a table has in common with those that are deployed of it.
const deployedNames = new WeakMap<object, Set<string>>();

/** The table under the name by which it is deployed. */
export function deployedAs<Types extends TableTypes>(
  table: DefinedTable<Types>,
  name: Types["name"],
): DefinedTable<Types> {
  const names = deployedNames.get(table.codec) ?? new Set<string>();
  deployedNames.set(table.codec, names.add(name));
  return { ...table, name };
}

/** Whether a table has a name, by its definition or where it was connected. */
export function isNamed<Types extends TableTypes>(
  table: DefinedTable<Types>,
  name: string | undefined,
): boolean {
  if (name === undefined) return false;
  return name === table.name || deployedNames.get(table.codec)?.has(name) === true;
}
