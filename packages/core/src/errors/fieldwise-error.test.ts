import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import * as library from "../index.ts";
import { ConditionalCheckFailed } from "./conditional-check-failed.ts";
import { DynamoDBError, isDynamoDBError } from "./dynamodb-error.ts";
import { FieldwiseError, isFieldwiseError } from "./fieldwise-error.ts";
import { AttributeValueError, ExpressionError, InvalidInput } from "./input-errors.ts";
import { RequestError, RequestTimedOut } from "./request-error.ts";
import { ResourceNotFound } from "./service-errors.ts";

const response = {
  wireName: "ConditionalCheckFailedException",
  message: "The conditional request failed",
  statusCode: 400,
  retryable: false,
  body: { Item: { id: { S: "a" } }, secret: "noise" },
  decodeItem: () => ({ id: "a" }),
};
const context = { operation: "PutItem", tableName: "orders", attempts: 1 };
const failed = new ConditionalCheckFailed(response, context);

type AnyClass = abstract new (...args: never[]) => FieldwiseError;
const classes = Object.entries(library as Record<string, unknown>).filter(
  (entry): entry is [string, AnyClass] =>
    typeof entry[1] === "function" && entry[1].prototype instanceof FieldwiseError,
);

describe("classes", () => {
  test.each(classes)("%s bears its own name", (name, errorClass) => {
    expect(Object.hasOwn(errorClass.prototype as object, "name")).toBe(true);
    expect((errorClass.prototype as Error).name).toBe(name);
    expect(errorClass.name).toBe(name);
  });

  test("all of them are exported, and none twice", () => {
    expect(classes.length).toBeGreaterThan(50);
    expect(new Set(classes.map(([, errorClass]) => errorClass)).size).toBe(classes.length);
  });

  test("an error is of its class and of those above, and of no other", () => {
    for (const errorClass of [
      ConditionalCheckFailed,
      DynamoDBError,
      RequestError,
      FieldwiseError,
      Error,
    ])
      expect(failed).toBeInstanceOf(errorClass);
    for (const errorClass of [ResourceNotFound, RequestTimedOut, InvalidInput])
      expect(failed).not.toBeInstanceOf(errorClass);
  });
});

describe("what is shown", () => {
  test("the stack begins with the class's name and the message", () => {
    expect(failed.stack?.split("\n")[0]).toBe(
      "ConditionalCheckFailed: The conditional request failed (PutItem on table orders)",
    );
    expect(String(new InvalidInput("no"))).toBe("InvalidInput: no");
  });

  test("only what helps is enumerable", () => {
    expect(Object.keys(new InvalidInput("no"))).toEqual([]);
    expect(
      Object.getOwnPropertySymbols(failed).filter((key) =>
        Object.prototype.propertyIsEnumerable.call(failed, key),
      ),
    ).toEqual([]);
    expect(JSON.parse(JSON.stringify(failed))).toEqual({
      operation: "PutItem",
      tableName: "orders",
      attempts: 1,
      wireName: "ConditionalCheckFailedException",
      statusCode: 400,
      retryable: false,
      item: { id: "a" },
    });
    expect(inspect(failed)).not.toMatch(/noise|Symbol\(/);
    expect(inspect(new InvalidInput("no"))).toMatch(/^InvalidInput: no\n/);
  });

  test("a message has an end, and keeps its own", () => {
    const { message } = new InvalidInput(`${"x".repeat(1_000_000)} (PutItem on table orders)`);
    expect(message.length).toBeLessThan(10_100);
    expect(message).toMatch(/^xxx.* … x.* \(PutItem on table orders\)$/);
  });

  test("the cause is kept", () => {
    const cause = new Error("deep");
    expect(new InvalidInput("no", { cause }).cause).toBe(cause);
    expect("cause" in new InvalidInput("no")).toBe(false);
  });
});

describe("guards", () => {
  test("tell an error of the library from everything else", () => {
    expect(isFieldwiseError(failed)).toBe(true);
    for (const other of [
      new Error("x"),
      null,
      undefined,
      "x",
      5,
      {},
      { name: "InvalidInput" },
      () => failed,
    ])
      expect(isFieldwiseError(other)).toBe(false);
  });

  test("tell one class from another", () => {
    expect(isFieldwiseError(failed, ConditionalCheckFailed)).toBe(true);
    expect(isFieldwiseError(failed, RequestError)).toBe(true);
    expect(isFieldwiseError(failed, ResourceNotFound)).toBe(false);
    expect(isFieldwiseError(new InvalidInput("no"), RequestError)).toBe(false);
    expect(isDynamoDBError(failed)).toBe(true);
    expect(isDynamoDBError(failed, ConditionalCheckFailed)).toBe(true);
    expect(isDynamoDBError(failed, ResourceNotFound)).toBe(false);
    expect(isDynamoDBError(new InvalidInput("no"))).toBe(false);
  });

  test("a caller's own subclass is told by instanceof alone", () => {
    class Mine extends ConditionalCheckFailed {}
    expect(isFieldwiseError(new Mine(response, context), Mine)).toBe(true);
    expect(isFieldwiseError(new Mine(response, context), ConditionalCheckFailed)).toBe(true);
    expect(isFieldwiseError(failed, Mine)).toBe(false);
  });

  test("hold across two installed copies of the library, both ways", async () => {
    vi.resetModules();
    const copy = await import("../index.ts");
    expect(copy.ConditionalCheckFailed).not.toBe(ConditionalCheckFailed);
    const foreign = new copy.ConditionalCheckFailed(response, context);
    expect(foreign).not.toBeInstanceOf(ConditionalCheckFailed);
    expect(isFieldwiseError(foreign)).toBe(true);
    expect(isFieldwiseError(foreign, ConditionalCheckFailed)).toBe(true);
    expect(isFieldwiseError(foreign, RequestError)).toBe(true);
    expect(isDynamoDBError(foreign, ConditionalCheckFailed)).toBe(true);
    expect(isDynamoDBError(foreign, ResourceNotFound)).toBe(false);
    expect(copy.isDynamoDBError(failed, copy.ConditionalCheckFailed)).toBe(true);
    expect(copy.isFieldwiseError(new ExpressionError("x"), copy.AttributeValueError)).toBe(false);
    expect(copy.isFieldwiseError(new AttributeValueError("x", "a"), copy.AttributeValueError)).toBe(
      true,
    );
  });
});
