import { InvalidInput } from "../errors/input-errors.ts";
import { shown } from "../expressions/shown.ts";
import type {
  AttributeDefinition,
  BillingMode,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  OnDemandThroughput,
  ProjectionSpecification,
  ProvisionedThroughput,
  ScalarAttributeType,
  StreamSpecification,
  StreamViewType,
  TableClass,
  Tag,
} from "../wire/tables.ts";

/** A key attribute: its name, and its type: `"S"` string, `"N"` number, `"B"` binary. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: ScalarAttributeType;
}

/** Provisioned throughput, in capacity units a second. */
export interface Throughput {
  readonly readCapacityUnits: number;
  readonly writeCapacityUnits: number;
}

/** The most that an on-demand table or index serves, in request units a second. */
export interface MaximumThroughput {
  readonly maxReadRequestUnits?: number | undefined;
  readonly maxWriteRequestUnits?: number | undefined;
}

/** How a table is paid for: on demand, where wanted with an upper bound, or with provisioned throughput. */
export type Billing = "PAY_PER_REQUEST" | MaximumThroughput | Throughput;

/** What an index holds of each item beside the keys: everything, nothing, or these attributes. */
export type IndexProjection = "ALL" | "KEYS_ONLY" | readonly string[];

/** A local secondary index: the table's partition key with another sort key. */
export interface LocalIndexDefinition {
  readonly sortKey: KeyAttribute;
  /** `"ALL"` by default. */
  readonly projection?: IndexProjection | undefined;
}

/** A global secondary index; up to four attributes make its partition key, and up to four its sort key. */
export interface GlobalIndexDefinition {
  readonly partitionKey: KeyAttribute | readonly KeyAttribute[];
  readonly sortKey?: KeyAttribute | readonly KeyAttribute[] | undefined;
  /** `"ALL"` by default. */
  readonly projection?: IndexProjection | undefined;
  /**
   * Where the table has provisioned throughput, the index's: by default the table's where they are created together; an index
   * that is added to a table must have its own.
   */
  readonly throughput?: Throughput | MaximumThroughput | undefined;
}

/** A table to be created. */
export interface TableDefinition {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute | undefined;
  /** By name. */
  readonly globalSecondaryIndexes?: Readonly<Record<string, GlobalIndexDefinition>> | undefined;
  /** By name. */
  readonly localSecondaryIndexes?: Readonly<Record<string, LocalIndexDefinition>> | undefined;
  /** `"PAY_PER_REQUEST"` by default. */
  readonly billing?: Billing | undefined;
  /** What the table's stream carries of each change; no stream by default. */
  readonly stream?: StreamViewType | undefined;
  readonly tableClass?: TableClass | undefined;
  readonly deletionProtection?: boolean | undefined;
  /** Encrypts with a key of AWS KMS: `true` for the one that AWS manages, or a key id, ARN or alias. */
  readonly encryption?: true | string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** AWS, "Multi-attribute keys in global secondary indexes": up to four attributes each. */
const maximumKeyAttributes = 4;

export function throughputOf(billing: Throughput | MaximumThroughput): {
  readonly ProvisionedThroughput?: ProvisionedThroughput;
  readonly OnDemandThroughput?: OnDemandThroughput;
} {
  if ("readCapacityUnits" in billing) {
    return {
      ProvisionedThroughput: {
        ReadCapacityUnits: billing.readCapacityUnits,
        WriteCapacityUnits: billing.writeCapacityUnits,
      },
    };
  }
  const { maxReadRequestUnits: read, maxWriteRequestUnits: write } = billing;
  return {
    OnDemandThroughput: {
      ...(read !== undefined && { MaxReadRequestUnits: read }),
      ...(write !== undefined && { MaxWriteRequestUnits: write }),
    },
  };
}

export function billingMembers(
  billing: Billing,
): { readonly BillingMode: BillingMode } & ReturnType<typeof throughputOf> {
  if (billing === "PAY_PER_REQUEST") return { BillingMode: billing };
  if (typeof billing !== "object") {
    throw new InvalidInput(
      `billing is "PAY_PER_REQUEST" or an object with the throughput, not ${shown(billing)}`,
    );
  }
  const throughput = throughputOf(billing);
  return {
    BillingMode: throughput.ProvisionedThroughput ? "PROVISIONED" : "PAY_PER_REQUEST",
    ...throughput,
  };
}

export function streamSpecification(
  stream: StreamViewType | false | undefined,
): StreamSpecification | undefined {
  if (stream === undefined) return undefined;
  return stream === false
    ? { StreamEnabled: false }
    : { StreamEnabled: true, StreamViewType: stream };
}

export function tagList(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function keySchema(
  partition: readonly KeyAttribute[],
  sort: readonly KeyAttribute[],
): KeySchemaElement[] {
  return [
    ...partition.map(({ name }) => ({ AttributeName: name, KeyType: "HASH" as const })),
    ...sort.map(({ name }) => ({ AttributeName: name, KeyType: "RANGE" as const })),
  ];
}

export function localIndex(
  name: string,
  { sortKey, projection = "ALL" }: LocalIndexDefinition,
  partitionKey: KeyAttribute,
): LocalSecondaryIndex {
  return {
    IndexName: name,
    KeySchema: keySchema([partitionKey], [sortKey]),
    Projection: projectionSpecification(projection),
  };
}

export function globalIndex(
  name: string,
  definition: GlobalIndexDefinition,
  defaultThroughput?: Throughput,
): GlobalSecondaryIndex {
  const { projection = "ALL", throughput = defaultThroughput } = definition;
  return {
    IndexName: name,
    KeySchema: keySchema(listed(definition.partitionKey), listed(definition.sortKey)),
    Projection: projectionSpecification(projection),
    ...(throughput !== undefined && throughputOf(throughput)),
  };
}

function projectionSpecification(projection: IndexProjection): ProjectionSpecification {
  return typeof projection === "string"
    ? { ProjectionType: projection }
    : { ProjectionType: "INCLUDE", NonKeyAttributes: projection };
}

function listed(key: KeyAttribute | readonly KeyAttribute[] | undefined): readonly KeyAttribute[] {
  if (key === undefined) return [];
  return Array.isArray(key) ? (key as readonly KeyAttribute[]) : [key as KeyAttribute];
}

/** The key attributes of a table's indexes. @throws InvalidInput for a number of them that no index can have. */
export function indexAttributes(
  tableName: string,
  indexes: Readonly<Record<string, GlobalIndexDefinition>> = {},
): readonly KeyAttribute[] {
  return Object.entries(indexes).flatMap(([name, { partitionKey, sortKey }]) => {
    const [partition, sort] = [listed(partitionKey), listed(sortKey)];
    if (
      partition.length === 0 ||
      partition.length > maximumKeyAttributes ||
      sort.length > maximumKeyAttributes
    ) {
      throw new InvalidInput(
        `Table ${tableName}, index ${name}: 1 to ${maximumKeyAttributes} attributes make a partition key, and up to ${maximumKeyAttributes} a sort key`,
      );
    }
    return [...partition, ...sort];
  });
}

/** Declares each key attribute once. @throws InvalidInput where one is declared with two types. */
export function attributeDefinitions(
  tableName: string,
  attributes: readonly KeyAttribute[],
): AttributeDefinition[] {
  const types = new Map<string, ScalarAttributeType>();
  for (const { name, type } of attributes) {
    const known = types.get(name);
    if (known !== undefined && known !== type) {
      throw new InvalidInput(
        `Table ${tableName}: the key attribute ${name} is declared as ${known} and as ${type}`,
      );
    }
    types.set(name, type);
  }
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}
