import {
  type Client,
  type Condition as CoreCondition,
  InvalidInput,
  type KeyCondition,
} from "@fieldwise/core";
import { Cursors } from "./cursor.ts";
import type { DefinedTable } from "./define-table.ts";
import { type QueriedKey, toKeyCondition } from "./keys.ts";
import { ItemPages } from "./pages.ts";
import { itemReading, readBy, type ReadSettings } from "./reading.ts";
import type { ConnectOptions } from "./connect-options.ts";
import type { PartDecoder } from "./compile/item-codec.ts";
import type { TableTypes } from "./types/table-types.ts";

/** A table or one of its indexes, as queries and scans see it. */
export interface Source {
  readonly client: Client;
  readonly table: DefinedTable<TableTypes>;
  readonly index: string | undefined;
  readonly key: QueriedKey;
  /** Decodes a whole item of the source; the table's whole item by default. */
  readonly decoder: PartDecoder | undefined;
  /** The attributes that can be read from it, where those are not all. */
  readonly held?: ReadonlySet<string> | undefined;
  readonly options: ConnectOptions;
}

/** The options of queries and scans as they come, whatever their types were. */
type GivenOptions = ReadSettings &
  Record<string, unknown> & { readonly filter?: unknown; readonly cursor?: string | undefined };

export function queryItems<Result>(
  source: Source,
  condition: object,
  given: object,
): ItemPages<Result> {
  const { client, table } = source;
  const key = toKeyCondition(condition, source.key);
  const { options, cursors } = prepare(source, "Query", given as GivenOptions, key);
  return new ItemPages(client.query(table.name, key, options), cursors);
}

export function scanItems<Result>(source: Source, given: object): ItemPages<Result> {
  const { client, table } = source;
  const { options, cursors } = prepare(source, "Scan", given as GivenOptions);
  return new ItemPages(client.scan(table.name, options), cursors);
}

export function countItems(source: Source, condition: object, given: object): Promise<number> {
  const { client, table, index } = source;
  return client.count(table.name, toKeyCondition(condition, source.key), { ...given, index });
}

export function countScanned(source: Source, given: object): Promise<number> {
  return source.client.scanCount(source.table.name, { ...given, index: source.index });
}

function prepare(
  source: Source,
  operation: "Query" | "Scan",
  options: GivenOptions,
  keyCondition?: KeyCondition,
): { readonly options: object; readonly cursors: Cursors | undefined } {
  const { table, index, decoder, held } = source;
  const { cursor, project, validate, onInvalid } = options;
  const settings = { project, validate, onInvalid: onInvalid ?? source.options.onInvalid };
  const reading = itemReading(table, operation, settings, decoder, held);
  const cursors = cursorsOf(source, operation, options, keyCondition);
  if (cursor !== undefined && cursors === undefined) {
    throw new InvalidInput(
      `A scan of several segments at once (table ${table.name}) takes no cursor: each segment has its own`,
    );
  }
  const place = cursor === undefined ? undefined : { startKey: cursors?.read(cursor) };
  return { cursors, options: Object.assign(readBy(options, reading), { index }, place) };
}

// A page of several segments at once is of one of them, and no place to go on for all.
function cursorsOf(
  { table, index, key, options: { cursorSecret } }: Source,
  operation: string,
  options: Readonly<Record<string, unknown>>,
  keyCondition: KeyCondition | undefined,
): Cursors | undefined {
  const { descending = false, segments, segment = null, totalSegments = null } = options;
  if (segments !== undefined) return undefined;
  const filter = options["filter"] as CoreCondition | undefined;
  return new Cursors({
    tableName: table.name,
    keyNames: [...table.keys.primary, ...key.partition, ...key.sort],
    query: () => [
      operation,
      index ?? null,
      keyCondition?.debug() ?? "",
      filter?.debug() ?? null,
      descending,
      segment,
      totalSegments,
    ],
    secret: cursorSecret,
  });
}
