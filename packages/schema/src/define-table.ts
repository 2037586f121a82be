import type {
  IndexProjection,
  KeyAttribute,
  TableDefinition as CoreTableDefinition,
} from "@fieldwise/core";
import { compileSchema } from "./compile/compile-schema.ts";
import type { ItemCodec } from "./compile/item-codec.ts";
import { SchemaError } from "./errors.ts";
import { makePathFunction } from "./fields/typed-path.ts";
import type {
  AnyAttributeName,
  DefinedTypes,
  IndexDefinition,
  IndexKeyAttributeName,
  ItemSchema,
  KeyAttributeName,
  TableDefinition,
} from "./types/definition.ts";
import type { Typed } from "./types/infer.ts";
import type { KeyOf } from "./types/items.ts";
import type { PathFunction } from "./types/path-function.ts";
import type { IndexTypes, TableTypes } from "./types/table-types.ts";

/** A table as application code declares it: plain data, without a client. Made by `defineTable`. */
export interface DefinedTable<in out Types extends TableTypes> extends Typed<Types> {
  readonly name: Types["name"];
  /** The zod schema of an item. */
  readonly schema: ItemSchema;
  /** The path of an attribute: `F("lines", 0, "quantity")`. */
  readonly F: PathFunction<Types>;
  /**
   * The primary key of an item, or of whatever has its attributes.
   *
   * @example
   * await db.orders.delete(Orders.keyOf(order));
   */
  keyOf(item: Readonly<KeyOf<Types>>): KeyOf<Types>;
  /** What CreateTable is given: see `TableDefinition` of `@fieldwise/core`. */
  readonly definition: CoreTableDefinition;
  /** The attribute by which DynamoDB deletes items, where there is one. */
  readonly ttl: string | undefined;
  /** @internal */
  readonly codec: ItemCodec;
  /** @internal The table's own key attributes, and those of each index. */
  readonly keys: TableKeys;
}

/** The names of key attributes. */
export interface KeyNames {
  readonly partition: readonly string[];
  readonly sort: readonly string[];
}

/** The key attributes of a table and of its indexes. */
export interface TableKeys extends KeyNames {
  /** The attributes of the primary key: partition key first. */
  readonly primary: readonly string[];
  readonly indexes: ReadonlyMap<
    string,
    KeyNames & { readonly global: boolean; readonly projection: IndexProjection }
  >;
}

/**
 * Declares a table: what its items are, in zod, and its keys and indexes. From it come the items' types, the paths of
 * `F`, checked conditions and updates, and the validation of everything written and read.
 *
 * @throws SchemaError where the schema holds what can't be stored, or can't be encoded back, and where a key, an index or
 * the time to live names an attribute that can't serve as one.
 * @example
 * const Orders = defineTable({
 *   name: "orders",
 *   schema: z.object({ customerId: z.string(), orderId: z.string(), placedAt: isoDate(), total: z.number() }),
 *   partitionKey: "customerId",
 *   sortKey: "orderId",
 *   indexes: { byDate: { partitionKey: "customerId", sortKey: "placedAt", projection: ["total"] } },
 * });
 */
export function defineTable<
  const Name extends string,
  Schema extends ItemSchema,
  PartitionKey extends KeyAttributeName<Schema>,
  SortKey extends KeyAttributeName<Schema> = never,
  // oxlint-disable-next-line typescript/no-empty-object-type
  const Indexes extends Readonly<
    Record<string, IndexDefinition<IndexKeyAttributeName<Schema>, AnyAttributeName<Schema>>>
  > = {},
>(
  definition: TableDefinition<Name, Schema, PartitionKey, SortKey, Indexes>,
): DefinedTable<DefinedTypes<Name, Schema, PartitionKey, SortKey, Indexes>> {
  const { name, schema, partitionKey, sortKey, ttl, billing, stream, tags, deletionProtection } =
    definition;
  const keyAttributes = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  refuseTwice(name, keyAttributes, "primary key");
  const codec = compileSchema(name, schema, { keyAttributes });
  const keyAttribute = (attribute: string, use: string) =>
    toKeyAttribute(name, codec, attribute, use);
  const keys = readKeys(name, partitionKey, sortKey, definition.indexes ?? {});
  if (ttl !== undefined) checkTimeToLive(name, codec, ttl);

  const indexes = [...keys.indexes].map(([index, { partition, sort, global, projection }]) => {
    checkProjection(name, codec, index, projection);
    const attributes = (names: readonly string[]) =>
      names.map((each) => keyAttribute(each, `key of index ${index}`));
    return { index, global, projection, partition: attributes(partition), sort: attributes(sort) };
  });
  const table: CoreTableDefinition = {
    partitionKey: keyAttribute(partitionKey, "partition key"),
    ...(sortKey !== undefined && { sortKey: keyAttribute(sortKey, "sort key") }),
    globalSecondaryIndexes: Object.fromEntries(
      indexes
        .filter(({ global }) => global)
        .map(({ index, partition, sort, projection }) => [
          index,
          { partitionKey: partition, sortKey: sort, projection },
        ]),
    ),
    localSecondaryIndexes: Object.fromEntries(
      indexes
        .filter(({ global }) => !global)
        .map(({ index, sort, projection }) => [
          index,
          { sortKey: sort[0] as KeyAttribute, projection },
        ]),
    ),
    ...(billing !== undefined && { billing }),
    ...(stream !== undefined && { stream }),
    ...(tags !== undefined && { tags }),
    ...(deletionProtection !== undefined && { deletionProtection }),
  };
  const F = makePathFunction(name, codec, keyAttributes);
  const keyOf = (item: object): object =>
    Object.fromEntries(keys.primary.map((key) => [key, (item as Record<string, unknown>)[key]]));
  return {
    name,
    schema,
    F: F as never,
    keyOf: keyOf as never,
    definition: table,
    ttl,
    codec,
    keys,
  };
}

function readKeys(
  table: string,
  partitionKey: string,
  sortKey: string | undefined,
  indexes: Readonly<Record<string, IndexTypes>>,
): TableKeys {
  const read = Object.entries(indexes).map(
    ([index, { partitionKey: partition, sortKey: sort, projection = "all" }]) => {
      const global = partition !== undefined;
      const names = { partition: listed(partition ?? partitionKey), sort: listed(sort) };
      if (!global && (names.sort.length !== 1 || sortKey === undefined)) {
        throw new SchemaError(
          table,
          `indexes.${index}`,
          "an index without a partitionKey is a local one: it needs a sortKey of one attribute, and the table a sortKey",
        );
      }
      if (names.partition.length === 0 || names.partition.length > 4 || names.sort.length > 4) {
        throw new SchemaError(
          table,
          `indexes.${index}`,
          "one to four attributes make an index's partition key, and up to four its sort key",
        );
      }
      refuseTwice(table, [...names.partition, ...names.sort], `key of index ${index}`);
      return [index, { ...names, global, projection: toProjection(projection) }] as const;
    },
  );
  const own = { partition: [partitionKey], sort: listed(sortKey) };
  return { ...own, primary: [...own.partition, ...own.sort], indexes: new Map(read) };
}

function refuseTwice(table: string, attributes: readonly string[], use: string): void {
  const twice = attributes.find((name, place) => attributes.indexOf(name) !== place);
  if (twice !== undefined)
    throw new SchemaError(table, twice, `can be in the ${use} only once, and is there twice`);
}

function toProjection(projection: NonNullable<IndexTypes["projection"]>): IndexProjection {
  if (projection === "all") return "ALL";
  return projection === "keys" ? "KEYS_ONLY" : projection;
}

function listed(key: string | readonly string[] | undefined): readonly string[] {
  if (key === undefined) return [];
  return typeof key === "string" ? [key] : key;
}

function toKeyAttribute(table: string, codec: ItemCodec, name: string, use: string): KeyAttribute {
  const field = codec.at([name]);
  const types = [...(field?.storedTypes ?? [])];
  const [type] = types;
  if (types.length === 1 && (type === "S" || type === "N" || type === "B")) return { name, type };
  throw new SchemaError(
    table,
    name,
    field === undefined
      ? `is the ${use}, but the schema has no such attribute`
      : `is the ${use}, so it must be stored as a string, a number or binary, and always as the same; it is stored as ${types.join(" or ")}`,
  );
}

function checkTimeToLive(table: string, codec: ItemCodec, name: string): void {
  const types = codec.at([name])?.storedTypes;
  if (types?.size === 1 && types.has("N")) return;
  throw new SchemaError(
    table,
    name,
    "is the time to live, so it must be stored as a number of seconds: use epochSeconds()",
  );
}

function checkProjection(
  table: string,
  codec: ItemCodec,
  index: string,
  projection: IndexProjection,
): void {
  if (typeof projection === "string") return;
  if (projection.length === 0) {
    throw new SchemaError(
      table,
      `indexes.${index}`,
      'its projection lists no attribute: use "keys" for an index of nothing but keys',
    );
  }
  for (const name of projection) {
    if (codec.at([name]) === undefined) {
      throw new SchemaError(
        table,
        name,
        `is projected by index ${index}, but the schema has no such attribute`,
      );
    }
  }
}
