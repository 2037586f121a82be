import { isObject } from "./sent-request.ts";
import type { RecordedRequest } from "./recorded-request.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * What a DynamoDB without any item would answer: every request succeeds, and every read finds nothing. Of tables it remembers
 * what is waited for: that one was deleted, and its time to live.
 */
export class PlausibleAnswers {
  readonly #tables = new Map<string, Json | "deleted">();
  readonly #timeToLive = new Map<string, unknown>();

  /** The wire output of a request; an error has the member `__type`. */
  answer({ operation, tables, input }: RecordedRequest): Json {
    const name = String(input["TableName"]);
    switch (operation) {
      case "Query":
      case "Scan":
        return {
          Count: 0,
          ScannedCount: 0,
          ...(input["Select"] !== "COUNT" && { Items: [] }),
        };
      case "BatchGetItem":
        return {
          Responses: Object.fromEntries(tables.map((table) => [table, []])),
          UnprocessedKeys: {},
        };
      case "BatchWriteItem":
        return { UnprocessedItems: {} };
      case "TransactGetItems":
        return { Responses: emptyFor(input["TransactItems"]) };
      case "ExecuteStatement":
        return { Items: [] };
      case "BatchExecuteStatement":
        return { Responses: emptyFor(input["Statements"]) };
      case "ExecuteTransaction":
        return { Responses: emptyFor(input["TransactStatements"]) };
      case "CreateTable":
        this.#tables.set(name, description(input));
        return { TableDescription: this.#describe(name, "CREATING") };
      case "UpdateTable":
        return { TableDescription: this.#describe(name, "UPDATING") };
      case "DeleteTable": {
        const described = this.#describe(name, "DELETING");
        this.#tables.set(name, "deleted");
        this.#timeToLive.delete(name);
        return { TableDescription: described };
      }
      case "DescribeTable":
        if (this.#tables.get(name) === "deleted") return notFound(name);
        return { Table: this.#describe(name, "ACTIVE") };
      case "ListTables":
        return { TableNames: [] };
      case "UpdateTimeToLive":
        this.#timeToLive.set(name, input["TimeToLiveSpecification"]);
        return { TimeToLiveSpecification: input["TimeToLiveSpecification"] };
      case "DescribeTimeToLive":
        return { TimeToLiveDescription: this.#describeTimeToLive(name) };
      case "ListTagsOfResource":
        return { Tags: [] };
      default:
        return {};
    }
  }

  #describe(name: string, status: string): Json {
    const created = this.#tables.get(name);
    return {
      TableName: name,
      TableArn: `arn:aws:dynamodb:local:000000000000:table/${name}`,
      TableStatus: status,
      ItemCount: 0,
      TableSizeBytes: 0,
      ...(isObject(created) && created),
    };
  }

  #describeTimeToLive(name: string): Json {
    const specification = this.#timeToLive.get(name);
    return isObject(specification) && specification["Enabled"] === true
      ? { TimeToLiveStatus: "ENABLED", AttributeName: specification["AttributeName"] }
      : { TimeToLiveStatus: "DISABLED" };
  }
}

/** What a new table's description has of the request that made it. */
function description(input: Json): Json {
  const { AttributeDefinitions, KeySchema, BillingMode, ProvisionedThroughput } = input;
  return {
    ...(AttributeDefinitions !== undefined && { AttributeDefinitions }),
    ...(KeySchema !== undefined && { KeySchema }),
    ...(BillingMode !== undefined && { BillingModeSummary: { BillingMode } }),
    ...(ProvisionedThroughput !== undefined && { ProvisionedThroughput }),
    ...activeIndexes("GlobalSecondaryIndexes", input),
    ...activeIndexes("LocalSecondaryIndexes", input),
  };
}

function activeIndexes(member: string, input: Json): Json {
  const indexes = input[member];
  if (!Array.isArray(indexes)) return {};
  const status = member === "GlobalSecondaryIndexes" ? { IndexStatus: "ACTIVE" } : {};
  return { [member]: indexes.map((index: object) => ({ ...index, ...status })) };
}

function emptyFor(questions: unknown): readonly Json[] {
  return Array.isArray(questions) ? questions.map(() => ({})) : [];
}

function notFound(name: string): Json {
  return {
    __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
    message: `Requested resource not found: Table: ${name} not found`,
  };
}
