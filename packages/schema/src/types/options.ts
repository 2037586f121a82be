import type {
  BatchOptions as CoreBatchOptions,
  BatchWriteOptions as CoreBatchWriteOptions,
  CapacityOptions,
  QueryOptions as CoreQueryOptions,
  ReadOptions,
  RequestOptions,
  ScanOptions as CoreScanOptions,
  WriteOptions as CoreWriteOptions,
} from "@fieldwise/core";
import type { $ZodIssue } from "zod/v4/core";
import type { Condition, PathOf, Projectable } from "./expressions.ts";
import type { IndexPart, PartialItem, Projected } from "./items.ts";
import type { PathStep } from "./steps.ts";
import type { IndexTypes, TableTypes } from "./table-types.ts";

/** Where an item that does not fit its schema was read. */
export interface InvalidContext {
  readonly tableName: string;
  /** The DynamoDB operation: `Query`. */
  readonly operation: string;
}

/**
 * What becomes of an item that does not fit its schema: `"throw"` an `InvalidItem`, `"skip"` it as if it were not there, or
 * whatever a function makes of it: an item, or `undefined` to skip it.
 */
export type OnInvalid<Item = unknown> =
  | "throw"
  | "skip"
  | ((
      raw: Readonly<Record<string, unknown>>,
      issues: readonly $ZodIssue[],
      context: InvalidContext,
    ) => Item | undefined);

/** How what is read is validated. */
export interface ValidationOptions<Validate extends boolean> {
  /**
   * `false`: nothing is decoded or validated, and the type is that of what is stored; for a hot path whose items are known
   * to be good.
   */
  readonly validate?: Validate;
  /** Instead of what `connect` was given. */
  readonly onInvalid?: OnInvalid;
}

/** A projection: attributes of the table's `F`. */
export type ProjectionOf<Types extends TableTypes> = readonly Projectable<Types["name"]>[];

/** What a read gives: what was asked for, of what is there; either side where it is not known whether it is validated. */
export type ReadResult<Item, Stored, Project, Validate> = Validate extends false
  ? [Project] extends [never]
    ? Stored
    : PartialItem<Stored>
  : [Project] extends [never]
    ? Item
    : Project extends readonly (infer Part)[]
      ? ProjectedBy<Item, Extract<PathOf<Part>, readonly PathStep[]>>
      : never;

// Of a projection whose paths are not known, such as a parameter's, any attribute may have been left out.
type ProjectedBy<Item, Path extends readonly PathStep[]> = [readonly PathStep[]] extends [Path]
  ? PartialItem<Item>
  : Projected<Item, Path>;

/** What a read of an index gives: what the index holds, or of a projection what can be read through it. */
export type IndexResult<Types extends TableTypes, Index extends IndexTypes, Project, Validate> = [
  Project,
] extends [never]
  ? ReadResult<
      IndexPart<Types["item"], Types, Index>,
      IndexPart<Types["stored"], Types, Index>,
      Project,
      Validate
    >
  : ReadResult<
      IndexPart<Types["item"], Types, ReadThrough<Index>>,
      IndexPart<Types["stored"], Types, ReadThrough<Index>>,
      Project,
      Validate
    >;

// AWS, "Local Secondary Indexes": what is asked for and not in the index, DynamoDB fetches from the table.
type ReadThrough<Index extends IndexTypes> = Index extends { readonly partitionKey: unknown }
  ? Index
  : Pick<Index, "sortKey">;

interface Projecting<Project> {
  /** Only these attributes. */
  readonly project?: Project;
}

export interface GetOptions<Project, Validate extends boolean>
  extends RequestOptions, ReadOptions, Projecting<Project>, ValidationOptions<Validate> {}

/** What a write of one item takes. */
export interface WriteOptions<Name, Returned extends string> extends Omit<
  CoreWriteOptions,
  "condition"
> {
  /** Must hold for the item as it stands in the table, or nothing is written. */
  readonly condition?: Condition<Name>;
  /** What the result is of the item before or after. */
  readonly returnValues?: Returned;
  /** What becomes of the item that `returnValues` brings back, instead of what `connect` was given. The write is done by then. */
  readonly onInvalid?: OnInvalid;
}

/** What an update returns. */
export type UpdateResult<Item, Returned> = Returned extends "ALL_OLD"
  ? Item | undefined
  : Returned extends "ALL_NEW"
    ? Item
    : Returned extends "UPDATED_OLD" | "UPDATED_NEW"
      ? PartialItem<Item> | undefined
      : undefined;

/** What a put or a delete returns. */
export type OldItem<Item, Returned> = Returned extends "ALL_OLD" ? Item | undefined : undefined;

export interface QueryOptions<Name, Project, Validate extends boolean>
  extends
    Omit<CoreQueryOptions, "filter" | "projection" | "index" | "select" | "startKey">,
    Projecting<Project>,
    ValidationOptions<Validate> {
  /** Only items for which this holds. Applied after reading: what it drops has consumed capacity all the same. */
  readonly filter?: Condition<Name>;
  /** Where to go on: the `cursor` of a page of the same query. */
  readonly cursor?: string;
}

export interface ScanOptions<Name, Project, Validate extends boolean>
  extends
    Omit<CoreScanOptions, "filter" | "projection" | "index" | "select" | "startKey">,
    Projecting<Project>,
    ValidationOptions<Validate> {
  readonly filter?: Condition<Name>;
  readonly cursor?: string;
}

/** What counting by a query takes. */
export interface CountOptions<Name> extends Omit<
  CoreQueryOptions,
  "filter" | "projection" | "index" | "select" | "startKey"
> {
  readonly filter?: Condition<Name>;
}

/** What counting by a scan takes. */
export interface ScanCountOptions<Name> extends Omit<
  CoreScanOptions,
  "filter" | "projection" | "index" | "select" | "startKey"
> {
  readonly filter?: Condition<Name>;
}

export interface BatchGetOptions<Project, Validate extends boolean>
  extends CoreBatchOptions, CapacityOptions, Projecting<Project>, ValidationOptions<Validate> {
  /** Reads what every write before has left, at twice the capacity. */
  readonly consistentRead?: boolean;
}

/** What reads of an index take: a consistent read only where the index is a local one. */
export type IndexReadOptions<Index, Options> = Index extends { readonly partitionKey: unknown }
  ? Omit<Options, "consistentRead">
  : Options;

/** What batches of writes take. */
export interface BatchWriteOptions extends CoreBatchWriteOptions {}
