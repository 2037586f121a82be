import type {
  BatchGetItemInput,
  BatchGetItemOutput,
  BatchWriteItemInput,
  BatchWriteItemOutput,
  DeleteItemInput,
  GetItemInput,
  GetItemOutput,
  PutItemInput,
  QueryInput,
  ReadManyOutput,
  ScanInput,
  UpdateItemInput,
  WriteItemOutput,
} from "./items.ts";
import type {
  CreateTableInput,
  TableDescriptionOutput,
  TableDescriptionWrapper,
  Tag,
  TimeToLiveDescriptionOutput,
  TimeToLiveSpecification,
  UpdateTableInput,
} from "./tables.ts";
import type {
  BatchExecuteStatementInput,
  BatchExecuteStatementOutput,
  ExecuteStatementInput,
  ExecuteStatementOutput,
  ExecuteTransactionInput,
  ExecuteTransactionOutput,
  TransactGetItemsInput,
  TransactGetItemsOutput,
  TransactWriteItemsInput,
  TransactWriteItemsOutput,
} from "./transactions.ts";

interface WireOperation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

interface NamesTable {
  readonly TableName: string;
}

/** The wire inputs and outputs of the operations that this library knows, by name. */
export interface WireOperations {
  readonly BatchExecuteStatement: WireOperation<
    BatchExecuteStatementInput,
    BatchExecuteStatementOutput
  >;
  readonly BatchGetItem: WireOperation<BatchGetItemInput, BatchGetItemOutput>;
  readonly BatchWriteItem: WireOperation<BatchWriteItemInput, BatchWriteItemOutput>;
  readonly CreateTable: WireOperation<CreateTableInput, TableDescriptionWrapper>;
  readonly DeleteItem: WireOperation<DeleteItemInput, WriteItemOutput>;
  readonly DeleteTable: WireOperation<NamesTable, TableDescriptionWrapper>;
  readonly DescribeTable: WireOperation<NamesTable, { readonly Table?: TableDescriptionOutput }>;
  readonly DescribeTimeToLive: WireOperation<
    NamesTable,
    { readonly TimeToLiveDescription?: TimeToLiveDescriptionOutput }
  >;
  readonly ExecuteStatement: WireOperation<ExecuteStatementInput, ExecuteStatementOutput>;
  readonly ExecuteTransaction: WireOperation<ExecuteTransactionInput, ExecuteTransactionOutput>;
  readonly GetItem: WireOperation<GetItemInput, GetItemOutput>;
  readonly ListTables: WireOperation<
    { readonly ExclusiveStartTableName?: string; readonly Limit?: number },
    { readonly TableNames?: readonly string[]; readonly LastEvaluatedTableName?: string }
  >;
  readonly ListTagsOfResource: WireOperation<
    { readonly ResourceArn: string; readonly NextToken?: string },
    { readonly Tags?: readonly Tag[]; readonly NextToken?: string }
  >;
  readonly PutItem: WireOperation<PutItemInput, WriteItemOutput>;
  readonly Query: WireOperation<QueryInput, ReadManyOutput>;
  readonly Scan: WireOperation<ScanInput, ReadManyOutput>;
  readonly TagResource: WireOperation<
    { readonly ResourceArn: string; readonly Tags: readonly Tag[] },
    Readonly<Record<never, never>>
  >;
  readonly TransactGetItems: WireOperation<TransactGetItemsInput, TransactGetItemsOutput>;
  readonly TransactWriteItems: WireOperation<TransactWriteItemsInput, TransactWriteItemsOutput>;
  readonly UntagResource: WireOperation<
    { readonly ResourceArn: string; readonly TagKeys: readonly string[] },
    Readonly<Record<never, never>>
  >;
  readonly UpdateItem: WireOperation<UpdateItemInput, WriteItemOutput>;
  readonly UpdateTable: WireOperation<UpdateTableInput, TableDescriptionWrapper>;
  readonly UpdateTimeToLive: WireOperation<
    NamesTable & { readonly TimeToLiveSpecification: TimeToLiveSpecification },
    { readonly TimeToLiveSpecification?: TimeToLiveSpecification }
  >;
}

/** The name of an operation that this library knows. */
export type OperationName = keyof WireOperations;
/** The wire input of an operation. */
export type WireInput<Name extends OperationName> = WireOperations[Name]["input"];
/** The wire output of an operation. */
export type WireOutput<Name extends OperationName> = WireOperations[Name]["output"];

/** The wire input of an operation; of one that this library does not know, any object. */
export type AnyWireInput<Name extends string> = Name extends OperationName
  ? WireInput<Name>
  : object;
/** The wire output of an operation; of one that this library does not know, whatever members it has. */
export type AnyWireOutput<Name extends string> = Name extends OperationName
  ? WireOutput<Name>
  : Record<string, unknown>;
