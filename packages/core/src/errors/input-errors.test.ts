import { describe, expect, test } from "vitest";
import { BatchInterrupted, batchInterrupted } from "./batch-interrupted.ts";
import {
  AttributeValueError,
  ExpressionError,
  InvalidInput,
  WaitTimedOut,
  withRequest,
} from "./input-errors.ts";
import { ConnectionError, InvalidResponse, RequestTimedOut } from "./request-error.ts";

const thrown = (error: unknown, ...[tableName]: [tableName?: string]): unknown => {
  try {
    return withRequest("PutItem", tableName, () => {
      throw error;
    });
  } catch (rethrown) {
    return rethrown;
  }
};

describe("withRequest", () => {
  test("gives back what was made", () => {
    expect(withRequest("PutItem", "orders", () => 5)).toBe(5);
  });

  test("names the request in errors about values and expressions, once", () => {
    const cause = new Error("deep");
    const value = thrown(new AttributeValueError("is bad", "a[0]", { cause }), "orders");
    expect(value).toBeInstanceOf(AttributeValueError);
    expect(value).toMatchObject({
      message: "a[0]: is bad (PutItem on table orders)",
      path: "a[0]",
      problem: "is bad",
      cause,
    });
    expect(thrown(new ExpressionError("is bad", "a"), "orders")).toMatchObject({
      name: "ExpressionError",
      message: "is bad (PutItem on table orders)",
      path: "a",
    });
    expect(thrown(new AttributeValueError("is bad", ""))).toMatchObject({
      message: "is bad (PutItem)",
    });
  });

  test("lets other errors through as they are", () => {
    for (const error of [new InvalidInput("no"), new TypeError("no"), "text"])
      expect(thrown(error)).toBe(error);
  });
});

test("a wait that timed out says for what", () => {
  expect(new WaitTimedOut("m", "orders", "CREATING")).toMatchObject({
    tableName: "orders",
    lastStatus: "CREATING",
    message: "m",
  });
});

test("an interrupted batch says how much is left, and why", () => {
  const cause = new Error("refused");
  const error = batchInterrupted("BatchGetItem", 2, 5, { orders: [{ id: 1 }] }, cause);
  expect(error).toBeInstanceOf(BatchInterrupted);
  expect(error.message).toBe(
    "BatchGetItem was interrupted with 2 of 5 not processed (see unprocessed): refused",
  );
  expect(error).toMatchObject({ unprocessed: { orders: [{ id: 1 }] }, cause });
  expect(batchInterrupted("BatchGetItem", 1, 1, {}, "text").message).toMatch(/: text$/);
});

describe("request errors", () => {
  const context = {
    operation: "GetItem",
    tableName: "orders",
    key: { id: "a" },
    requestId: "R1",
    attempts: 3,
  };

  test("carry the request, and name it in the message", () => {
    const error = new ConnectionError("no response", context);
    expect(error.message).toBe("no response (GetItem on table orders, request id R1, 3 attempts)");
    expect(error).toMatchObject({ ...context, retryable: true });
    expect(new RequestTimedOut("late", { operation: "ListTables", attempts: 1 }).message).toBe(
      "late (ListTables)",
    );
  });

  test("say whether a retry helps", () => {
    expect(new ConnectionError("m", context, { retryable: false }).retryable).toBe(false);
    expect(new RequestTimedOut("m", context).retryable).toBe(true);
    const cause = new Error("deep");
    expect(
      new InvalidResponse("m", context, { statusCode: 200, retryable: false, cause }),
    ).toMatchObject({ statusCode: 200, retryable: false, cause });
  });
});
