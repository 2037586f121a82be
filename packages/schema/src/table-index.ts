import { InvalidInput } from "@fieldwise/core";
import type { PartDecoder } from "./compile/item-codec.ts";
import type { ItemPages } from "./pages.ts";
import { countItems, countScanned, queryItems, scanItems, type Source } from "./queries.ts";
import type { IndexKeyCondition } from "./types/keys.ts";
import { projectionDecoder } from "./reading.ts";
import type {
  CountOptions,
  IndexReadOptions,
  IndexResult,
  ProjectionOf,
  QueryOptions,
  ScanCountOptions,
  ScanOptions,
} from "./types/options.ts";
import type { IndexTypes, TableTypes } from "./types/table-types.ts";

/** The typed, validated reads of one secondary index. Items have what the index projects, and nothing else. */
export class IndexOperations<in out Types extends TableTypes, in out Index extends IndexTypes> {
  readonly #source: Source;

  /** @internal */
  constructor(table: Source, name: string) {
    this.#source = indexSource(table, name);
  }

  /** Reads the items of one partition key value of the index, in the order of its sort key. Query. */
  query<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    key: IndexKeyCondition<Types, Index>,
    options: IndexReadOptions<Index, QueryOptions<Types["name"], Project, Validate>> = {},
  ): ItemPages<IndexResult<Types, Index, Project, Validate>> {
    return queryItems(this.#source, key as object, options);
  }

  /** Reads all items of the index. Scan. */
  scan<const Project extends ProjectionOf<Types> = never, Validate extends boolean = true>(
    options: IndexReadOptions<Index, ScanOptions<Types["name"], Project, Validate>> = {},
  ): ItemPages<IndexResult<Types, Index, Project, Validate>> {
    return scanItems(this.#source, options);
  }

  /** How many items a query finds, up to `limit`. Query, counting only. */
  async count(
    key: IndexKeyCondition<Types, Index>,
    options: IndexReadOptions<Index, CountOptions<Types["name"]>> = {},
  ): Promise<number> {
    return countItems(this.#source, key, options);
  }

  /** How many items a scan finds, up to `limit`. Scan, counting only. */
  async scanCount(
    options: IndexReadOptions<Index, ScanCountOptions<Types["name"]>> = {},
  ): Promise<number> {
    return countScanned(this.#source, options);
  }
}

function indexSource(source: Source, name: string): Source {
  const { table } = source;
  const keys = table.keys.indexes.get(name);
  if (keys === undefined) throw new InvalidInput(`Table ${table.name} has no index ${name}`);
  const attributes = new Set([
    ...table.keys.primary,
    ...keys.partition,
    ...keys.sort,
    ...(typeof keys.projection === "string" ? [] : keys.projection),
  ]);
  let decoder: PartDecoder | undefined;
  if (keys.projection !== "ALL")
    decoder = projectionDecoder(
      table.codec,
      [...attributes].map((attribute) => [attribute]),
    );
  return {
    ...source,
    index: name,
    key: { ...keys, place: `index ${name} of table ${table.name}`, codec: table.codec },
    decoder,
    // Of a local index, DynamoDB fetches the others from the table.
    held: keys.global && keys.projection !== "ALL" ? attributes : undefined,
  };
}
