// Tables
export { connect, type Database, type DatabaseOperations, type Tables } from "./connect.ts";
export type { ConnectOptions } from "./connect-options.ts";
export { type DefinedTable, defineTable } from "./define-table.ts";
export type {
  DefinedTypes,
  IndexDefinition,
  ItemSchema,
  TableDefinition,
} from "./types/definition.ts";
export type { IndexTypes, KeyName, TableTypes } from "./types/table-types.ts";
// What a package that knows the mapper alone needs to name in its declarations.
export type {
  NumberValue,
  TableDefinition as CoreTableDefinition,
  TableDescription,
} from "@fieldwise/core";

// Operations
export type { BatchReadResult, BatchReads } from "./connect.ts";
export type { BatchGetResult, UnprocessedItems } from "./batches.ts";
export type { ItemPage, ItemPages } from "./pages.ts";
export type { TableOperations } from "./table.ts";
export type { TableControl, TableDiff } from "./table-control.ts";
export type { TableDifference } from "./diff.ts";
export type { IndexOperations } from "./table-index.ts";
export type {
  ActionOptions,
  TransactRead,
  TransactReads,
  TransactResults,
  TransactWrite,
  TransactWrites,
} from "./transactions.ts";
export type {
  BatchGetOptions,
  CountOptions,
  GetOptions,
  InvalidContext,
  IndexReadOptions,
  IndexResult,
  OldItem,
  OnInvalid,
  ProjectionOf,
  QueryOptions,
  ReadResult,
  ScanCountOptions,
  ScanOptions,
  UpdateResult,
  WriteOptions,
} from "./types/options.ts";

// Expressions
export { and, type ConditionFailed, isConditionalCheckFailed, not, or } from "./conditions.ts";
export type {
  Computed,
  Condition,
  PathOperand,
  Projectable,
  Size,
  UpdateAction,
} from "./types/expressions.ts";
export type { Field, KeyField } from "./types/fields.ts";
export type { Summable } from "./types/updates.ts";
export type { PathFunction } from "./types/path-function.ts";

// Types of items
export type {
  IndexItem,
  IndexPart,
  KeyOf,
  PartialItem,
  PatchInput,
  PutInput,
} from "./types/items.ts";
export type { IndexKeyCondition, SortCondition, TableKeyCondition } from "./types/keys.ts";
export type {
  InferIndexItem,
  InferItem,
  InferKey,
  InferPutInput,
  InferStored,
  InferUpdated,
} from "./types/infer.ts";

// Codecs
export { bytes } from "./codecs/bytes.ts";
export { epochMilliseconds, epochSeconds, isoDate } from "./codecs/dates.ts";
export { decimal } from "./codecs/decimal.ts";
export { jsonString } from "./codecs/json-string.ts";
export { sortableNumber } from "./codecs/sortable-number.ts";
export { storedAs } from "./compile/stored-as.ts";

// Errors
export { InvalidCursor, InvalidItem, ItemExists, ItemNotFound, SchemaError } from "./errors.ts";
