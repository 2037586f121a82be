import { isFieldwiseError, marshall } from "@fieldwise/core";
import { type DefinedTable, InvalidItem, type TableTypes } from "@fieldwise/schema";
import type * as fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { attempt } from "./attempts.ts";
import { issueText, type Trial } from "./round-trip.ts";
import type { Style } from "./style.ts";
import { lasting } from "./time-to-live.ts";
import { valuesOf } from "./values.ts";

/** What the arbitraries need to know of a table. */
export type AnyTable = Pick<DefinedTable<TableTypes>, "name" | "schema" | "codec" | "keys" | "ttl">;

const longestPartitionKey = 2048;
const longestSortKey = 1024;
const largestItem = 400 * 1024;

/**
 * Items of a table: each was encoded by the table's own codec, and where nothing was given for it it comes back as it is.
 *
 * @param override - What is given of the item: see `valuesOf`.
 */
export function itemsOf(
  table: AnyTable,
  style: Style,
  override?: unknown,
): fc.Arbitrary<Record<string, unknown>> {
  const place = { tableName: table.name, path: [] };
  const values = valuesOf(table.schema, {
    style: lasting(style, table.ttl),
    place,
    keys: longestKeys(table),
    override,
  });
  const given = override !== undefined;
  const items = attempt(values, (item) => storedItem(table, item, given), place);
  return items as fc.Arbitrary<Record<string, unknown>>;
}

/** Primary keys of a table. */
export function keysOf(
  table: AnyTable,
  style: Style,
  override?: unknown,
): fc.Arbitrary<Record<string, unknown>> {
  return itemsOf(table, style, override).map((item) =>
    Object.fromEntries(table.keys.primary.map((name) => [name, item[name]])),
  );
}

function storedItem({ codec }: AnyTable, item: unknown, given: boolean): Trial {
  try {
    const wire = marshall(codec.encodeItem(item));
    if (Buffer.byteLength(JSON.stringify(wire)) > largestItem) {
      return { ok: false, problem: "An item has at most 400 KB" };
    }
    if (given) return { ok: true, value: item };
    const read = codec.decodeItem(wire);
    if (!read.ok) return { ok: false, problem: issuesText(read.issues) };
    const same = isDeepStrictEqual(read.item, item);
    return same ? { ok: true, value: item } : { ok: false, problem: "It is read as another item" };
  } catch (error) {
    if (isFieldwiseError(error, InvalidItem))
      return { ok: false, problem: issuesText(error.issues) };
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

function issuesText(issues: InvalidItem["issues"]): string {
  return issues.slice(0, 3).map(issueText).join("; ");
}

/** The attributes that are keys of the table or of its indexes, and how many bytes each may have. */
export function longestKeys({ keys }: AnyTable): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const { partition, sort } of [keys, ...keys.indexes.values()]) {
    for (const name of partition)
      longest.set(name, Math.min(longest.get(name) ?? longestPartitionKey, longestPartitionKey));
    for (const name of sort) longest.set(name, longestSortKey);
  }
  return longest;
}
