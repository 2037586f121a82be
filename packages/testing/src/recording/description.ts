import {
  readableExpression,
  readableKey,
  readableMap,
  readableName,
  readableValue,
} from "./notation.ts";
import { isObject } from "./sent-request.ts";

type Json = Readonly<Record<string, unknown>>;

/** How a member of a request is written: no line, one, or several. */
type Writer = (value: unknown, all: Json) => readonly string[];

/** The operations on items whose input is one action. */
const itemOperations: ReadonlySet<string> = new Set([
  "DeleteItem",
  "ExecuteStatement",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "UpdateItem",
]);

/**
 * Writes a request as lines: the operation and its tables, and under them what it says. What differs from run to run (a
 * ClientRequestToken, a NextToken) is named without its value.
 */
export function describeRequest(
  operation: string,
  tables: readonly string[],
  input: Json,
): readonly string[] {
  return [heading(operation, tables), ...indented(describeInput(operation, input))];
}

function describeInput(operation: string, input: Json): readonly string[] {
  const { RequestItems, TransactItems, TransactStatements, Statements, ...rest } = input;
  if (itemOperations.has(operation)) return describeMembers(input);
  switch (operation) {
    case "BatchWriteItem":
      return [...describeTables(RequestItems, describeWrites), ...describeMembers(rest)];
    case "BatchGetItem":
      return [...describeTables(RequestItems, describeReads), ...describeMembers(rest)];
    case "TransactGetItems":
    case "TransactWriteItems":
      return [...listOf(TransactItems).flatMap(describeAction), ...describeMembers(rest)];
    case "BatchExecuteStatement":
      return [...listOf(Statements).flatMap(describeStatement), ...describeMembers(rest)];
    case "ExecuteTransaction":
      return [...listOf(TransactStatements).flatMap(describeStatement), ...describeMembers(rest)];
    default: {
      const { TableName: _, ...others } = input;
      return Object.keys(others).length === 0 ? [] : JSON.stringify(others, null, 2).split("\n");
    }
  }
}

/** The members of an action, in the order in which they are written; those that are not here follow. */
const writers: Readonly<Record<string, Writer>> = {
  TableName: () => [],
  ExpressionAttributeNames: () => [],
  ExpressionAttributeValues: () => [],
  Statement: labelled("statement", statementText),
  Parameters: labelled("parameters", (value) =>
    Array.isArray(value) ? value.map(readableValue).join(", ") : JSON.stringify(value),
  ),
  IndexName: labelled("index", String),
  Key: labelled("key", keyText),
  Keys: (keys) => listOf(keys).map((key) => `key: ${readableKey(key)}`),
  Item: (item) =>
    isObject(item)
      ? [
          "item:",
          ...indented(
            Object.entries(item).map(
              ([name, value]) => `${readableName(name)}: ${readableValue(value)}`,
            ),
          ),
        ]
      : [`item: ${JSON.stringify(item)}`],
  KeyConditionExpression: labelled("key condition", expressionText),
  UpdateExpression: labelled("update", expressionText),
  ConditionExpression: labelled("condition", expressionText),
  FilterExpression: labelled("filter", expressionText),
  ProjectionExpression: labelled("projection", expressionText),
  Select: labelled("select", String),
  ScanIndexForward: labelled("order", (forward) =>
    forward === false ? "descending" : "ascending",
  ),
  Segment: (segment, { TotalSegments }) => [
    `segment: ${String(segment)} of ${String(TotalSegments)}`,
  ],
  TotalSegments: (total, { Segment }) =>
    Segment === undefined ? [`segments: ${String(total)}`] : [],
  ExclusiveStartKey: labelled("start after", keyText),
  NextToken: () => ["next token: given"],
  Limit: labelled("limit", String),
  ConsistentRead: labelled("consistent read", String),
  ReturnValues: labelled("return values", String),
  ReturnValuesOnConditionCheckFailure: labelled("return values on failed condition", String),
  ReturnConsumedCapacity: labelled("return consumed capacity", String),
  ReturnItemCollectionMetrics: labelled("return item collection metrics", String),
  ClientRequestToken: () => ["client request token: given"],
};

function describeMembers(members: Json): readonly string[] {
  const known = Object.entries(writers)
    .filter(([name]) => members[name] !== undefined)
    .flatMap(([name, write]) => write(members[name], members));
  const others = Object.entries(members)
    .filter(([name]) => !Object.hasOwn(writers, name))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return [...known, ...others];
}

function labelled(label: string, write: (value: unknown, all: Json) => string): Writer {
  return (value, all) => [`${label}: ${write(value, all)}`];
}

function expressionText(expression: unknown, all: Json): string {
  return readableExpression(String(expression), all);
}

function keyText(key: unknown): string {
  return isObject(key) ? readableKey(key) : JSON.stringify(key);
}

/** Writes the tables of a batch, each with its lines. */
function describeTables(
  requestItems: unknown,
  describe: (request: unknown) => readonly string[],
): readonly string[] {
  if (!isObject(requestItems)) return [];
  return Object.entries(requestItems).flatMap(([table, request]) => [
    table,
    ...indented(describe(request)),
  ]);
}

function describeWrites(writes: unknown): readonly string[] {
  return listOf(writes).map((write) => {
    const { PutRequest: put, DeleteRequest: remove } = write;
    if (isObject(put) && isObject(put["Item"])) return `put: ${readableMap(put["Item"])}`;
    if (isObject(remove) && isObject(remove["Key"])) return `delete: ${readableKey(remove["Key"])}`;
    return JSON.stringify(write);
  });
}

function describeReads(reads: unknown): readonly string[] {
  return isObject(reads) ? describeMembers(reads) : [JSON.stringify(reads)];
}

function describeAction(action: Json): readonly string[] {
  return Object.entries(action).flatMap(([kind, members]) => {
    if (!isObject(members)) return [`${kind}: ${JSON.stringify(members)}`];
    const { TableName: table } = members;
    return [
      heading(kind, typeof table === "string" ? [table] : []),
      ...indented(describeMembers(members)),
    ];
  });
}

function describeStatement({ Statement: statement, ...rest }: Json): readonly string[] {
  return [`statement: ${statementText(statement)}`, ...indented(describeMembers(rest))];
}

function statementText(statement: unknown): string {
  return String(statement).replaceAll("\n", "\n  ");
}

function heading(operation: string, tables: readonly string[]): string {
  return tables.length === 0 ? operation : `${operation} on ${tables.join(", ")}`;
}

function indented(lines: readonly string[]): readonly string[] {
  // A statement may have several lines of its own.
  return lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
