// The client
export { Client, type ClientOptions } from "./client.ts";
export { Table, type TableBatchGetResult } from "./table.ts";
export type { ConnectOptions } from "./transport-options.ts";
export { Pages } from "./pagination.ts";

// Expressions
export { AttributePath, F, type SetMembers } from "./expressions/attribute-path.ts";
export { and, Condition, not, or } from "./expressions/condition.ts";
export type { Comparable, Size } from "./expressions/comparable.ts";
export {
  KeyCondition,
  type KeyValue,
  type PartitionKey,
  partitionKey,
  type SortKey,
  sortKey,
} from "./expressions/key-condition.ts";
export { ExpressionPart, isExpressionPart, type PartOf } from "./expressions/expression-part.ts";
export type { Operand } from "./expressions/operand.ts";
export type { Projection } from "./expressions/projection.ts";
export {
  type Arithmetic,
  ifNotExists,
  listAppend,
  type NumberInput,
  type NumberOperand,
  type SetInput,
  type SetOperand,
} from "./expressions/set-value.ts";
export { debugUpdate, UpdateAction, type UpdateActions } from "./expressions/update.ts";

// Values
export { marshall, marshallValue } from "./attribute-value/marshall.ts";
export { NumberValue } from "./attribute-value/number-value.ts";
export type { PathStep } from "./attribute-value/path.ts";
export type {
  AttributeMap,
  AttributeType,
  AttributeValue,
  Item,
  NativeAttributeMap,
  NativeAttributeValue,
  NumberOption,
} from "./attribute-value/types.ts";
export { unmarshall, unmarshallValue } from "./attribute-value/unmarshall.ts";

// Items
export type { GetOptions } from "./operations/get-item.ts";
export type { ItemReader } from "./operations/item-reader.ts";
export type {
  Capacity,
  ConsumedCapacity,
  ItemCollectionMetrics,
  ResponseMetadata,
} from "./operations/metadata.ts";
export type {
  CapacityOptions,
  ItemInput,
  Key,
  ReadOptions,
  RequestOptions,
  WriteOptions,
} from "./operations/options.ts";
export type {
  CountOptions,
  Page,
  QueryOptions,
  ReadManyOptions,
  ScanOptions,
} from "./operations/read-many.ts";
export type { ReplaceOptions, UpdateOptions } from "./operations/write-item.ts";

// Batches and transactions
export type { BatchGetRequest, BatchGetResult, BatchGetTableRequest } from "./batch/batch-get.ts";
export type {
  BatchWriteOptions,
  BatchWriteRequest,
  BatchWriteResult,
  UnprocessedWrites,
} from "./batch/batch-write.ts";
export type { BatchOptions } from "./batch/rounds.ts";
export type {
  TransactGetAction,
  TransactGetOptions,
  TransactWriteAction,
  TransactWriteOptions,
} from "./operations/transactions.ts";

// PartiQL
export type {
  BatchExecuteStatementOptions,
  BatchStatementFailure,
  BatchStatementResult,
  ExecuteStatementOptions,
  ExecuteTransactionOptions,
  Statement,
  StatementResult,
} from "./operations/statements.ts";

// Tables
export type {
  Billing,
  GlobalIndexDefinition,
  IndexProjection,
  KeyAttribute,
  LocalIndexDefinition,
  MaximumThroughput,
  TableDefinition,
  Throughput,
} from "./operations/table-definition.ts";
export type { IndexDescription, TableDescription } from "./operations/table-description.ts";
export type { TableChanges } from "./operations/tables.ts";
export type { Tags } from "./operations/tags.ts";
export type { TimeToLiveDescription } from "./operations/time-to-live.ts";
export type { WaitOptions } from "./waiters.ts";

// Reading answers' text
export { readDigits } from "./wire-text/read-number.ts";
export { bytesOf, notUnderstood, TextCursor } from "./wire-text/text-cursor.ts";
export { type TextReader, ValueReader } from "./wire-text/value-reader.ts";

// What @fieldwise/schema says and writes as this package does
export { type Decimal, parseDecimal } from "./attribute-value/decimal.ts";
export { isPlainObject } from "./attribute-value/marshall.ts";
export { formatPath } from "./attribute-value/path.ts";
export { isObject } from "./is-object.ts";

// The wire
export type {
  AnyWireInput,
  AnyWireOutput,
  OperationName,
  WireInput,
  WireOperations,
  WireOutput,
} from "./wire/operations.ts";
export type {
  BatchGetItemOutput,
  BatchWriteItemOutput,
  GetItemOutput,
  ReadManyOutput,
  WriteItemOutput,
} from "./wire/items.ts";
export type {
  TableDescriptionOutput,
  TableDescriptionWrapper,
  Tag,
  TimeToLiveDescriptionOutput,
  TimeToLiveSpecification,
} from "./wire/tables.ts";
export type {
  BatchExecuteStatementOutput,
  ExecuteStatementOutput,
  ExecuteTransactionOutput,
  TransactGetItemsOutput,
  TransactWriteItemsOutput,
} from "./wire/transactions.ts";

// Connection
export { Credentials } from "./credentials/credentials.ts";
export type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
export {
  CallbackHealthMonitor,
  CountingHealthMonitor,
  type HealthMonitor,
  NoOpHealthMonitor,
} from "./health.ts";
export type { RequestDispatcher, RequestHandler } from "./http/request-handler.ts";
export { RetryBudget, type RetryBudgetOptions } from "./retry-budget.ts";
export {
  type BackoffOptions,
  RetryConfig,
  type RetryLimits,
  type StaticRetryOptions,
} from "./retry.ts";

// Errors
export { FieldwiseError, isFieldwiseError } from "./errors/fieldwise-error.ts";
export {
  AttributeValueError,
  ConfigurationError,
  CredentialsError,
  ExpressionError,
  InvalidInput,
  WaitTimedOut,
} from "./errors/input-errors.ts";
export { BatchInterrupted } from "./errors/batch-interrupted.ts";
export {
  ConnectionError,
  InvalidResponse,
  type RequestContext,
  RequestError,
  RequestTimedOut,
} from "./errors/request-error.ts";
export { DynamoDBError, isDynamoDBError } from "./errors/dynamodb-error.ts";
export { ConditionalCheckFailed } from "./errors/conditional-check-failed.ts";
export { type CancellationReason, TransactionCanceled } from "./errors/transaction-canceled.ts";
export {
  AccessDenied,
  BackupInUse,
  BackupNotFound,
  ContinuousBackupsUnavailable,
  DuplicateItem,
  ExpiredToken,
  ExportConflict,
  ExportNotFound,
  GlobalTableAlreadyExists,
  GlobalTableNotFound,
  IdempotentParameterMismatch,
  ImportConflict,
  ImportNotFound,
  IncompleteSignature,
  IndexNotFound,
  InternalServerError,
  InvalidEndpoint,
  InvalidExportTime,
  InvalidRestoreTime,
  InvalidSignature,
  ItemCollectionSizeLimitExceeded,
  LimitExceeded,
  MissingAuthenticationToken,
  PointInTimeRecoveryUnavailable,
  PolicyNotFound,
  ProvisionedThroughputExceeded,
  ReplicaAlreadyExists,
  ReplicaNotFound,
  ReplicatedWriteConflict,
  RequestLimitExceeded,
  ResourceInUse,
  ResourceNotFound,
  SerializationError,
  ServiceUnavailable,
  TableAlreadyExists,
  TableInUse,
  TableNotFound,
  ThrottlingError,
  TransactionConflict,
  TransactionInProgress,
  UnknownOperation,
  UnrecognizedClient,
  ValidationError,
} from "./errors/service-errors.ts";
