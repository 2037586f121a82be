import { describe, expect, test } from "vitest";
import type { AttributeMap } from "../attribute-value/types.ts";
import { unmarshall } from "../attribute-value/unmarshall.ts";
import { ConditionalCheckFailed } from "./conditional-check-failed.ts";
import { TransactionCanceled } from "./transaction-canceled.ts";

const context = { operation: "TransactWriteItems", attempts: 1 };
const response = (body: unknown) => ({
  wireName: "TransactionCanceledException",
  message: "Transaction cancelled",
  statusCode: 400,
  retryable: false,
  body,
  decodeItem: (item: AttributeMap) => unmarshall(item),
});

describe("TransactionCanceled", () => {
  test("has a reason for each action, with the item where there is one", () => {
    const error = new TransactionCanceled(
      response({
        CancellationReasons: [
          { Code: "None" },
          {
            Code: "ConditionalCheckFailed",
            Message: "failed",
            Item: { id: { S: "a" }, n: { N: "1" } },
          },
          { Code: "TransactionConflict", Message: null, Item: null },
        ],
      }),
      context,
    );
    expect(error.reasons).toEqual([
      { code: "None", message: undefined, item: undefined },
      { code: "ConditionalCheckFailed", message: "failed", item: { id: "a", n: 1 } },
      { code: "TransactionConflict", message: undefined, item: undefined },
    ]);
  });

  test.each<[unknown, number]>([
    [{}, 0],
    [null, 0],
    ["text", 0],
    [5, 0],
    [{ CancellationReasons: 5 }, 0],
    [{ CancellationReasons: { Code: "None" } }, 0],
    [{ CancellationReasons: [null, 5, "x", [], { Code: 5, Message: {} }] }, 5],
  ])("whatever the body is, %j, there is an error", (body, count) => {
    const { reasons } = new TransactionCanceled(response(body), context);
    expect(reasons).toEqual(
      Array.from({ length: count }, () => ({ code: "None", message: undefined, item: undefined })),
    );
  });
});

describe("ConditionalCheckFailed", () => {
  test("has the item where the answer has one", () => {
    const error = new ConditionalCheckFailed(response({ Item: { id: { S: "a" } } }), context);
    expect(error.item).toEqual({ id: "a" });
  });

  test.each([[{}], [{ Item: null }], [null], ["text"], [5]])("has no item with body %j", (body) => {
    expect(new ConditionalCheckFailed(response(body), context).item).toBeUndefined();
  });
});
