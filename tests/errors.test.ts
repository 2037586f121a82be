import {
  type Client,
  ConditionalCheckFailed,
  DynamoDBError,
  F,
  FieldwiseError,
  IdempotentParameterMismatch,
  isDynamoDBError,
  isFieldwiseError,
  RequestError,
  ResourceInUse,
  ResourceNotFound,
  RetryConfig,
  SerializationError,
  TransactionCanceled,
  UnknownOperation,
  ValidationError,
} from "@fieldwise/core";
import { inspect } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, RecordingHandler } from "./support/request-handlers.ts";

interface Refusal {
  readonly title: string;
  readonly run: (client: Client, table: string) => Promise<unknown>;
  readonly errorClass: typeof DynamoDBError | typeof ConditionalCheckFailed;
  readonly wireName: string;
  readonly operation: string;
}

const absent = "fieldwise-no-such-table";
const key = { id: "a" };

const refusals: readonly Refusal[] = [
  {
    title: "a table that is not there",
    run: (client) => client.get(absent, key),
    errorClass: ResourceNotFound,
    wireName: "ResourceNotFoundException",
    operation: "GetItem",
  },
  {
    title: "a table that is there already",
    run: (client, table) => client.createTable(table, { partitionKey: { name: "id", type: "S" } }),
    errorClass: ResourceInUse,
    wireName: "ResourceInUseException",
    operation: "CreateTable",
  },
  {
    title: "a key that is not the table's",
    run: (client, table) => client.put(table, { other: "a" }),
    errorClass: ValidationError,
    wireName: "ValidationException",
    operation: "PutItem",
  },
  {
    title: "a key of another type",
    run: (client, table) => client.update(table, { id: 1 }, F("a").set(1)),
    errorClass: ValidationError,
    wireName: "ValidationException",
    operation: "UpdateItem",
  },
  {
    title: "an empty key",
    run: (client, table) => client.put(table, { id: "" }),
    errorClass: ValidationError,
    wireName: "ValidationException",
    operation: "PutItem",
  },
  {
    title: "an item of more than 400 KB",
    run: (client, table) => client.put(table, { id: "a", big: "x".repeat(400 * 1024) }),
    errorClass: ValidationError,
    wireName: "ValidationException",
    operation: "PutItem",
  },
  {
    title: "a condition that does not hold",
    run: (client, table) => client.delete(table, key, { condition: F("id").exists() }),
    errorClass: ConditionalCheckFailed,
    wireName: "ConditionalCheckFailedException",
    operation: "DeleteItem",
  },
];

describeOnEachServer("errors", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  it.each(refusals)("tells of $title", async ({ run, errorClass, wireName, operation }) => {
    const error = await run(client, table).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(errorClass);
    for (const base of [DynamoDBError, RequestError, FieldwiseError, Error])
      expect(error).toBeInstanceOf(base);
    expect(error).toMatchObject({
      name: errorClass.prototype.name,
      wireName,
      operation,
      tableName: wireName === "ResourceNotFoundException" ? absent : table,
      requestId: expect.stringMatching(/\S{8,}/) as string,
      attempts: 1,
      statusCode: 400,
      retryable: false,
      body: { __type: expect.stringContaining(wireName) as string },
    });
    const { message, requestId } = error as DynamoDBError;
    expect(message).toContain(`(${operation} on table `);
    expect(message).toContain(`request id ${requestId}`);
    expect(isDynamoDBError(error)).toBe(true);
    expect(isDynamoDBError(error, errorClass)).toBe(true);
    expect(isFieldwiseError(error, DynamoDBError)).toBe(true);
    expect(isDynamoDBError(error, TransactionCanceled)).toBe(false);
    expect(isDynamoDBError(new Error(message))).toBe(false);
  });

  it("carries the key that the request named", async () => {
    const item = { id: "with key", b: new Uint8Array([1]) };
    const condition = F("id").exists();
    await expect(client.delete(table, { id: item.id }, { condition })).rejects.toMatchObject({
      key: { id: item.id },
    });
  });

  it("tells of an operation that is not there", async () => {
    const error = await client.send("MakeCoffee", {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnknownOperation);
    expect(error).toMatchObject({ operation: "MakeCoffee", tableName: undefined });
  });

  deviates(
    { "dynamodb-local": "answers with an internal failure" },
    "tells of an input that is not the operation's",
    async () => {
      const input = { TableName: table, Key: "text" } as never;
      const error = await client
        .send("GetItem", input, { retry: RetryConfig.none })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SerializationError);
      expect(error).toMatchObject({ operation: "GetItem", tableName: table, retryable: false });
    },
  );

  it("tells of a token that was used for another transaction", async () => {
    const options = { clientRequestToken: table.slice(-30) };
    await client.transactWrite([{ put: table, item: { id: "token" } }], options);
    const error = await client
      .transactWrite([{ put: table, item: { id: "another" } }], options)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IdempotentParameterMismatch);
    expect(error).toMatchObject({ operation: "TransactWriteItems", statusCode: 400 });
  });

  it("keeps what it does not know", async () => {
    const requestHandler = new RecordingHandler(() => failure("BrandNewException", "new", 418));
    const error = await newClient({ requestHandler })
      .get(table, key)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "DynamoDBError",
      wireName: "BrandNewException",
      statusCode: 418,
      retryable: false,
      body: { message: "new" },
    });
    expect(Object.getPrototypeOf(error)).toBe(DynamoDBError.prototype);
  });

  it("holds no secret, however it is shown", async () => {
    const secretAccessKey = "SECRET-ACCESS-KEY";
    const sessionToken = "SESSION-TOKEN";
    const requestHandler = new RecordingHandler((_, send) =>
      requestHandler.requests.length % 2 === 0 ? send() : failure("AccessDeniedException", "no"),
    );
    const secretive = newClient({
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey, sessionToken },
      requestHandler,
      retry: RetryConfig.none,
    });
    const errors: unknown[] = [];
    for (const attempt of [() => secretive.get(table, key), () => secretive.put(table, { id: "" })])
      errors.push(await attempt().catch((thrown: unknown) => thrown));
    expect(errors.every((error) => error instanceof DynamoDBError)).toBe(true);
    const shown = [secretive, secretive.table(table), ...errors].flatMap((thing) => [
      inspect(thing, { depth: Infinity, showHidden: true }),
      JSON.stringify(thing),
      String(thing),
    ]);
    for (const text of shown) {
      expect(text).not.toContain(secretAccessKey);
      expect(text).not.toContain(sessionToken);
      expect(text).not.toContain("AWS4-HMAC");
    }
  });
});
