import type { AttributeMap, Item } from "../attribute-value/types.ts";
import type {
  Capacity as WireCapacity,
  ConsumedCapacity as WireConsumedCapacity,
  ItemCollectionMetrics as WireItemCollectionMetrics,
} from "../wire/common.ts";
import type { ItemReader } from "./item-reader.ts";

/** Capacity units, of a table or of one of its indexes. */
export interface Capacity {
  readonly capacityUnits: number | undefined;
  readonly readCapacityUnits: number | undefined;
  readonly writeCapacityUnits: number | undefined;
}

/** The capacity units that a request consumed on one table. */
export interface ConsumedCapacity extends Capacity {
  readonly tableName: string | undefined;
  /** Of the table itself, where `"INDEXES"` was asked for. */
  readonly table: Capacity | undefined;
  /** Of each index, by its name, where `"INDEXES"` was asked for. */
  readonly globalSecondaryIndexes: Readonly<Record<string, Capacity>>;
  readonly localSecondaryIndexes: Readonly<Record<string, Capacity>>;
}

/** The size of an item collection: all the items of a table and its local indexes with one partition key. */
export interface ItemCollectionMetrics {
  readonly itemCollectionKey: Item;
  /** A lower and an upper estimate, in gigabytes. */
  readonly sizeEstimateRangeGB: readonly number[];
}

/** What is known of an answer beside its content. */
export interface ResponseMetadata {
  /** The DynamoDB operation: `PutItem`. */
  readonly operation: string;
  readonly tableName: string | undefined;
  readonly requestId: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
  /** One entry for each table, where `returnConsumedCapacity` asked for it. */
  readonly consumedCapacity: readonly ConsumedCapacity[];
  /** One entry for each collection written to, where `returnItemCollectionMetrics` asked for it. */
  readonly itemCollectionMetrics: readonly ItemCollectionMetrics[];
}

/** The members of outputs that metadata is read from. */
interface MeteredOutput {
  readonly ConsumedCapacity?: WireConsumedCapacity | readonly WireConsumedCapacity[];
  readonly ItemCollectionMetrics?:
    | WireItemCollectionMetrics
    | Readonly<Record<string, readonly WireItemCollectionMetrics[]>>;
}

export function readConsumedCapacity(wire: WireConsumedCapacity): ConsumedCapacity {
  return {
    tableName: wire.TableName,
    ...readCapacity(wire),
    table: wire.Table === undefined ? undefined : readCapacity(wire.Table),
    globalSecondaryIndexes: readCapacities(wire.GlobalSecondaryIndexes),
    localSecondaryIndexes: readCapacities(wire.LocalSecondaryIndexes),
  };
}

function readCapacities(
  wire: Readonly<Record<string, WireCapacity>> = {},
): Record<string, Capacity> {
  return Object.fromEntries(
    Object.entries(wire).map(([name, capacity]) => [name, readCapacity(capacity)]),
  );
}

function readCapacity(wire: WireCapacity): Capacity {
  return {
    capacityUnits: wire.CapacityUnits,
    readCapacityUnits: wire.ReadCapacityUnits,
    writeCapacityUnits: wire.WriteCapacityUnits,
  };
}

/** Reads what an output reports of capacity and item collections. */
export function readMetering(
  output: object,
  reader: ItemReader,
): Pick<ResponseMetadata, "consumedCapacity" | "itemCollectionMetrics"> {
  const { ConsumedCapacity: capacity, ItemCollectionMetrics: metrics } = output as MeteredOutput;
  return {
    consumedCapacity: (capacity === undefined ? [] : [capacity].flat()).map((wire) =>
      readConsumedCapacity(wire),
    ),
    itemCollectionMetrics: collections(metrics).map((wire) => ({
      itemCollectionKey: reader.key(wire.ItemCollectionKey as AttributeMap),
      sizeEstimateRangeGB: wire.SizeEstimateRangeGB ?? [],
    })),
  };
}

// One write answers with one collection; a batch or transaction with lists of them by table.
function collections(
  metrics: MeteredOutput["ItemCollectionMetrics"],
): readonly WireItemCollectionMetrics[] {
  if (metrics === undefined) return [];
  if ("ItemCollectionKey" in metrics && !Array.isArray(metrics.ItemCollectionKey)) return [metrics];
  return Object.values(
    metrics as Readonly<Record<string, readonly WireItemCollectionMetrics[]>>,
  ).flat();
}
