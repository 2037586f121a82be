import { InvalidInput } from "../errors/input-errors.ts";
import type {
  StreamViewType,
  TableClass,
  TableDescriptionOutput,
  TableDescriptionWrapper,
  UpdateTableInput,
} from "../wire/tables.ts";
import { type Call, plainCall, tableCall } from "./call.ts";
import type { Sparse } from "./members.ts";
import { readTableDescription, type TableDescription } from "./table-description.ts";
import {
  attributeDefinitions,
  type Billing,
  billingMembers,
  globalIndex,
  type GlobalIndexDefinition,
  indexAttributes,
  keySchema,
  localIndex,
  type MaximumThroughput,
  streamSpecification,
  type TableDefinition,
  tagList,
  type Throughput,
  throughputOf,
} from "./table-definition.ts";
import { advanced } from "./unexpected-answer.ts";

/** Changes of a table; what is left out stays. DynamoDB makes one change to the indexes in one request. */
export interface TableChanges {
  readonly billing?: Billing | undefined;
  /** `false` ends the stream. */
  readonly stream?: StreamViewType | false | undefined;
  readonly tableClass?: TableClass | undefined;
  readonly deletionProtection?: boolean | undefined;
  /** By name. */
  readonly createIndexes?: Readonly<Record<string, GlobalIndexDefinition>> | undefined;
  /** New throughput, by name. */
  readonly updateIndexes?: Readonly<Record<string, Throughput | MaximumThroughput>> | undefined;
  /** Names. */
  readonly deleteIndexes?: readonly string[] | undefined;
}

type DescriptionCall = Call<TableDescriptionWrapper, TableDescription>;

export function createTable(tableName: string, definition: TableDefinition): DescriptionCall {
  const {
    partitionKey,
    sortKey,
    billing = "PAY_PER_REQUEST",
    stream,
    encryption,
    tags,
    tableClass,
  } = definition;
  const globals = Object.entries(definition.globalSecondaryIndexes ?? {});
  const locals = Object.entries(definition.localSecondaryIndexes ?? {});
  const sortKeys = sortKey === undefined ? [] : [sortKey];
  if (locals.length > 0 && sortKey === undefined) {
    throw new InvalidInput(
      `Table ${tableName}: a table with a local secondary index needs a sort key`,
    );
  }
  const attributes = [
    partitionKey,
    ...sortKeys,
    ...locals.map(([, index]) => index.sortKey),
    ...indexAttributes(tableName, definition.globalSecondaryIndexes),
  ];
  const throughput =
    typeof billing === "object" && "readCapacityUnits" in billing ? billing : undefined;
  return tableCall(
    "CreateTable",
    tableName,
    () => ({
      TableName: tableName,
      AttributeDefinitions: attributeDefinitions(tableName, attributes),
      KeySchema: keySchema([partitionKey], sortKeys),
      ...billingMembers(billing),
      LocalSecondaryIndexes: unlessEmpty(
        locals.map(([name, index]) => localIndex(name, index, partitionKey)),
      ),
      GlobalSecondaryIndexes: unlessEmpty(
        globals.map(([name, index]) => globalIndex(name, index, throughput)),
      ),
      StreamSpecification: streamSpecification(stream),
      ...(encryption !== undefined && {
        SSESpecification: {
          Enabled: true,
          SSEType: "KMS" as const,
          ...(encryption !== true && { KMSMasterKeyId: encryption }),
        },
      }),
      TableClass: tableClass,
      DeletionProtectionEnabled: definition.deletionProtection,
      Tags: tags && tagList(tags),
    }),
    readWrapped,
  );
}

export function updateTable(tableName: string, changes: TableChanges): DescriptionCall {
  const { billing, stream, tableClass, deletionProtection, createIndexes = {} } = changes;
  const indexUpdates = [
    ...Object.entries(createIndexes).map(([name, index]) => ({ Create: globalIndex(name, index) })),
    ...Object.entries(changes.updateIndexes ?? {}).map(([name, throughput]) => ({
      Update: { IndexName: name, ...throughputOf(throughput) },
    })),
    ...(changes.deleteIndexes ?? []).map((name) => ({ Delete: { IndexName: name } })),
  ];
  const attributes = attributeDefinitions(tableName, indexAttributes(tableName, createIndexes));
  const members: Sparse<Omit<UpdateTableInput, "TableName">> = {
    AttributeDefinitions: unlessEmpty(attributes),
    ...(billing !== undefined && billingMembers(billing)),
    GlobalSecondaryIndexUpdates: unlessEmpty(indexUpdates),
    StreamSpecification: streamSpecification(stream),
    TableClass: tableClass,
    DeletionProtectionEnabled: deletionProtection,
  };
  if (Object.values(members).every((member) => member === undefined))
    throw new InvalidInput(`Table ${tableName}: the update changes nothing`);
  return tableCall(
    "UpdateTable",
    tableName,
    () => ({ TableName: tableName, ...members }),
    readWrapped,
  );
}

export function describeTable(
  tableName: string,
): Call<Parameters<typeof readTable>[0], TableDescription> {
  return tableCall("DescribeTable", tableName, () => ({ TableName: tableName }), readTable);
}

export function deleteTable(tableName: string): DescriptionCall {
  return tableCall("DeleteTable", tableName, () => ({ TableName: tableName }), readWrapped);
}

/** One page of table names. */
export interface TableNames {
  readonly names: readonly string[];
  readonly lastName: string | undefined;
}

export function listTables(
  startName: string | undefined,
  limit: number | undefined,
): Call<
  { readonly TableNames?: readonly string[]; readonly LastEvaluatedTableName?: string },
  TableNames
> {
  const input = { ExclusiveStartTableName: startName, Limit: limit };
  return plainCall("ListTables", input, (output) => ({
    names: output.TableNames ?? [],
    lastName: advanced("LastEvaluatedTableName", startName, output.LastEvaluatedTableName),
  }));
}

function unlessEmpty<Member>(list: readonly Member[]): readonly Member[] | undefined {
  return list.length === 0 ? undefined : list;
}

function readTable(output: { readonly Table?: TableDescriptionOutput }): TableDescription {
  return readTableDescription(output.Table ?? {});
}

function readWrapped(output: TableDescriptionWrapper): TableDescription {
  return readTableDescription(output.TableDescription ?? {});
}
