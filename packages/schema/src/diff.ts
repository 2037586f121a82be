import { isDeepStrictEqual } from "node:util";
import type {
  Billing,
  GlobalIndexDefinition,
  IndexDescription,
  KeyAttribute,
  LocalIndexDefinition,
  TableDefinition,
  TableDescription,
  TimeToLiveDescription,
} from "@fieldwise/core";

/** One thing in which a deployed table differs from its schema. */
export interface TableDifference {
  /** What differs: `partitionKey`, `indexes.byStatus.projection`, `ttl` … */
  readonly aspect: string;
  /** What the schema says; `undefined` where it says nothing. */
  readonly schema: unknown;
  /** What is deployed; `undefined` where there is nothing. */
  readonly deployed: unknown;
}

/** Compares what a schema says of its table with the table that is deployed. */
export function compareTable(
  definition: TableDefinition,
  timeToLive: string | undefined,
  deployed: TableDescription,
  deployedTimeToLive: TimeToLiveDescription,
): readonly TableDifference[] {
  const { status, attribute } = deployedTimeToLive;
  const active = status === "ENABLED" || status === "ENABLING" ? attribute : undefined;
  return [
    ...differ("partitionKey", definition.partitionKey, deployed.partitionKey),
    ...differ("sortKey", definition.sortKey, deployed.sortKey),
    ...compareIndexes(
      mapIndexes(definition.globalSecondaryIndexes, globalShape),
      mapIndexes(deployed.globalSecondaryIndexes, deployedShape),
    ),
    ...compareIndexes(
      mapIndexes(definition.localSecondaryIndexes, localShape),
      mapIndexes(deployed.localSecondaryIndexes, ({ sortKey, projection }) => ({
        sortKey,
        projection: sorted(projection),
      })),
    ),
    ...differ("ttl", timeToLive, active),
    ...differ("billing", plainBilling(definition.billing), plainBilling(deployed.billing)),
    ...differ("stream", definition.stream, deployed.stream),
    ...differ(
      "deletionProtection",
      definition.deletionProtection ?? false,
      deployed.deletionProtection,
    ),
  ];
}

// A maximum that is not there is described as none, as undefined or as -1.
function plainBilling(billing: Billing = "PAY_PER_REQUEST"): Billing {
  if (typeof billing === "string") return billing;
  const members = Object.entries(billing as Readonly<Record<string, number | undefined>>).filter(
    ([, units]) => units !== undefined && units !== -1,
  );
  return members.length === 0 ? "PAY_PER_REQUEST" : (Object.fromEntries(members) as Billing);
}

type IndexShape = Readonly<Record<string, unknown>>;

function compareIndexes(
  schema: Readonly<Record<string, IndexShape>>,
  deployed: Readonly<Record<string, IndexShape>>,
): readonly TableDifference[] {
  const names = new Set([...Object.keys(schema), ...Object.keys(deployed)]);
  return [...names].flatMap((name) => {
    const [one, other] = [ownOf(schema, name), ownOf(deployed, name)];
    if (one === undefined || other === undefined) return differ(`indexes.${name}`, one, other);
    return Object.keys(one).flatMap((aspect) =>
      differ(`indexes.${name}.${aspect}`, one[aspect], other[aspect]),
    );
  });
}

// An index may be named `constructor`.
function ownOf(indexes: Readonly<Record<string, IndexShape>>, name: string) {
  return Object.hasOwn(indexes, name) ? indexes[name] : undefined;
}

function mapIndexes<Index>(
  indexes: Readonly<Record<string, Index>> = {},
  shape: (index: Index) => IndexShape,
): Readonly<Record<string, IndexShape>> {
  return Object.fromEntries(Object.entries(indexes).map(([name, index]) => [name, shape(index)]));
}

function globalShape({
  partitionKey,
  sortKey,
  projection = "ALL",
}: GlobalIndexDefinition): IndexShape {
  return {
    partitionKey: listed(partitionKey),
    sortKey: listed(sortKey),
    projection: sorted(projection),
  };
}

function localShape({ sortKey, projection = "ALL" }: LocalIndexDefinition): IndexShape {
  return { sortKey: [sortKey], projection: sorted(projection) };
}

function deployedShape({ partitionKey, sortKey, projection }: IndexDescription): IndexShape {
  return { partitionKey, sortKey, projection: sorted(projection) };
}

function listed(key: KeyAttribute | readonly KeyAttribute[] | undefined): readonly KeyAttribute[] {
  return key === undefined ? [] : [key].flat();
}

// A projection is a set of names.
function sorted(projection: string | readonly string[]): unknown {
  return typeof projection === "string" ? projection : projection.toSorted();
}

function differ(aspect: string, schema: unknown, deployed: unknown): readonly TableDifference[] {
  return isDeepStrictEqual(schema, deployed) ? [] : [{ aspect, schema, deployed }];
}

/** Writes differences as a person would read them: one line for each, or one that says there are none. */
export function describeDifferences(
  tableName: string,
  differences: readonly TableDifference[],
): string {
  if (differences.length === 0) return `Table ${tableName} is deployed as its schema says.`;
  const lines = differences.map(
    ({ aspect, schema, deployed }) =>
      `  ${aspect}: the schema says ${shown(schema)}, deployed is ${shown(deployed)}`,
  );
  return [`Table ${tableName} differs from its schema:`, ...lines].join("\n");
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
