import { describe, expect, test } from "vitest";
import {
  Refusal,
  type Script,
  scriptedClient,
  type Sent,
} from "../../test-support/scripted-client.ts";
import { canonicalText } from "../attribute-value/canonical.ts";
import type { AttributeMap } from "../attribute-value/types.ts";
import { BatchInterrupted } from "../errors/batch-interrupted.ts";
import { InvalidInput } from "../errors/input-errors.ts";
import { ValidationError } from "../errors/service-errors.ts";
import { F } from "../expressions/attribute-path.ts";
import { RetryConfig } from "../retry.ts";

type Tables = Readonly<Record<string, { readonly Keys: readonly AttributeMap[] }>>;

const atOnce = RetryConfig.static({ delay: 0 });
const keys = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `k${n}` }));
const keysOf = ({ input }: Sent) =>
  Object.values(input.RequestItems as Tables).flatMap(({ Keys }) => Keys);
/** Every asked-for item, in reverse; each with its key's text as `of`. */
const items = (Keys: readonly AttributeMap[]) =>
  Keys.map((key) => ({ ...key, of: { S: canonicalText(key) } })).toReversed();
const answerAll: Script = ({ input }) => ({
  Responses: Object.fromEntries(
    Object.entries(input.RequestItems as Tables).map(([name, { Keys }]) => [name, items(Keys)]),
  ),
});

describe("requests", () => {
  test("are cut into hundreds over all tables", async () => {
    const { client, sent } = scriptedClient(answerAll);
    const asked = { orders: keys(150), stock: { keys: keys(101) } };
    const result = await client.batchGet(asked);
    expect(sent.map((one) => keysOf(one).length)).toEqual([100, 100, 51]);
    expect(sent.map(({ input }) => Object.keys(input.RequestItems as Tables))).toEqual([
      ["orders"],
      ["orders", "stock"],
      ["stock"],
    ]);
    expect(result.items.orders.map((item) => item?.["id"])).toEqual(keys(150).map(({ id }) => id));
    expect(result.items.stock).toHaveLength(101);
    expect(result.unprocessedKeys).toEqual({});
  });

  test("carry each table's options, and read the key that a projection leaves out", async () => {
    const { client, sent } = scriptedClient(() => ({
      Responses: {
        orders: [{ total: { N: "5" }, id: { S: "a" } }],
        stock: [{ id: { S: "a" }, at: { N: "1.0" }, n: { N: "2" } }],
      },
    }));
    const { items: found } = await client.batchGet(
      {
        orders: { keys: [{ id: "a" }], projection: [F("total")], consistentRead: true },
        stock: { keys: [{ id: "a", at: 1 }], projection: ["at", "n"] },
      },
      { returnConsumedCapacity: "TOTAL" },
    );
    expect(sent[0]?.input).toEqual({
      RequestItems: {
        orders: {
          Keys: [{ id: { S: "a" } }],
          ConsistentRead: true,
          ProjectionExpression: "#n0, #n1",
          ExpressionAttributeNames: { "#n0": "total", "#n1": "id" },
        },
        stock: {
          Keys: [{ id: { S: "a" }, at: { N: "1" } }],
          ProjectionExpression: "#n0, #n1, #n2",
          ExpressionAttributeNames: { "#n0": "at", "#n1": "n", "#n2": "id" },
        },
      },
      ReturnConsumedCapacity: "TOTAL",
    });
    expect(found).toEqual({ orders: [{ total: 5 }], stock: [{ at: 1, n: 2 }] });
  });

  test("a key asked for twice is sent once and answered twice, by objects of their own", async () => {
    const { client, sent } = scriptedClient(answerAll);
    const [a, b] = [{ id: new Uint8Array([1]) }, { id: new Uint8Array([2]) }];
    const { items: found } = await client.batchGet({
      orders: [a, b, { id: new Uint8Array([1]) }],
      stock: [
        { n: 1, m: 1 },
        { m: 1n, n: 1 },
      ],
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.input.RequestItems).toEqual({
      orders: { Keys: [{ id: { B: "AQ==" } }, { id: { B: "Ag==" } }] },
      stock: { Keys: [{ n: { N: "1" }, m: { N: "1" } }] },
    });
    expect(found.orders.map((item) => item?.["id"])).toEqual([a.id, b.id, a.id]);
    expect(found.orders[0]).not.toBe(found.orders[2]);
    expect(found.orders[0]?.["id"]).not.toBe(found.orders[2]?.["id"]);
    expect(found.stock[0]).toEqual(found.stock[1]);
  });

  test("what is not there is undefined, at its place", async () => {
    const { client } = scriptedClient(() => ({ Responses: { orders: [{ id: { S: "k1" } }] } }));
    expect(await client.batchGet({ orders: keys(3), stock: [{ id: 1 }] })).toEqual({
      items: { orders: [undefined, { id: "k1" }, undefined], stock: [undefined] },
      unprocessedKeys: {},
    });
  });

  test("nothing asked for is no request", async () => {
    const { client, sent } = scriptedClient(answerAll);
    expect(await client.batchGet({})).toEqual({ items: {}, unprocessedKeys: {} });
    expect(await client.batchGet({ orders: [] })).toEqual({
      items: { orders: [] },
      unprocessedKeys: {},
    });
    expect(sent).toEqual([]);
  });

  test("tables may have names that objects inherit", async () => {
    const { client } = scriptedClient(({ input }) => ({ UnprocessedKeys: input.RequestItems }));
    const options = { unprocessedRetry: RetryConfig.none };
    for (const name of ["constructor", "__proto__", "toString"]) {
      const result = await client.batchGet({ [name]: keys(1) }, options);
      expect(Object.entries(result.items)).toEqual([[name, [undefined]]]);
      expect(Object.entries(result.unprocessedKeys)).toEqual([[name, keys(1)]]);
      const table = client.table(name);
      expect(await table.batchGet(keys(1), options)).toEqual({
        items: [undefined],
        unprocessedKeys: keys(1),
      });
      expect(await table.batchGet([])).toEqual({ items: [], unprocessedKeys: [] });
    }
  });
});

describe("unprocessed keys", () => {
  /** Leaves every third key of each request undone. */
  const twoThirds: Script = ({ input }) => {
    const { Keys } = (input.RequestItems as Tables)["orders"] as { Keys: AttributeMap[] };
    const left = Keys.filter((_, n) => n % 3 === 0);
    return {
      Responses: { orders: items(Keys.filter((_, n) => n % 3 !== 0)) },
      UnprocessedKeys: left.length === 0 ? {} : { orders: { Keys: left } },
    };
  };

  test("are asked for again until all are answered, in the order asked", async () => {
    let rounds = 0;
    const { client, sent } = scriptedClient((request) => {
      rounds++;
      // A single key is always a third of its request.
      return keysOf(request).length === 1 ? answerAll(request) : twoThirds(request);
    });
    const result = await client.batchGet({ orders: keys(250) }, { unprocessedRetry: atOnce });
    expect(result.unprocessedKeys).toEqual({});
    expect(result.items.orders.map((item) => item?.["id"])).toEqual(keys(250).map(({ id }) => id));
    expect(rounds).toBeGreaterThan(4);
    // 250, then 84, then 28 …: what was left of all requests goes together.
    expect(sent.slice(0, 5).map((one) => keysOf(one).length)).toEqual([100, 100, 50, 85, 29]);
  });

  test("are returned, as they were given, when the time is up", async () => {
    const { client, sent } = scriptedClient(twoThirds);
    const asked = keys(6);
    const result = await client.batchGet({ orders: asked }, { unprocessedRetry: RetryConfig.none });
    expect(sent).toHaveLength(1);
    expect(result.unprocessedKeys).toEqual({ orders: [{ id: "k0" }, { id: "k3" }] });
    expect(result.unprocessedKeys.orders?.[0]).toBe(asked[0]);
    expect(result.items.orders.map((item) => item?.["id"])).toEqual([
      undefined,
      "k1",
      "k2",
      undefined,
      "k4",
      "k5",
    ]);
  });

  test("are asked for as often as the configuration says, and not behind its time limit", async () => {
    const { client, sent } = scriptedClient(({ input }) => ({
      UnprocessedKeys: input.RequestItems,
    }));
    const tries = (unprocessedRetry: RetryConfig) =>
      client.batchGet({ orders: keys(1) }, { unprocessedRetry });
    await tries(RetryConfig.static({ delay: 0, maxAttempts: 4 }));
    expect(sent).toHaveLength(4);
    expect(await tries(RetryConfig.static({ delay: 1000, timeLimit: 999 }))).toMatchObject({
      unprocessedKeys: { orders: keys(1) },
    });
    expect(sent).toHaveLength(5);
  });
});

describe("failures", () => {
  const failAt = (nth: number): Script => {
    let count = 0;
    return (request) => (++count === nth ? new Refusal("ValidationException") : answerAll(request));
  };

  test("before anything was answered are the error itself", async () => {
    const { client } = scriptedClient(failAt(1));
    await expect(client.batchGet({ orders: keys(1) })).rejects.toThrow(ValidationError);
  });

  test("later say which keys are left", async () => {
    const { client, sent } = scriptedClient(failAt(2));
    const asked = keys(350);
    const attempt = client.batchGet({ orders: asked }, { concurrency: 1 });
    const error = (await attempt.catch((reason: unknown) => reason)) as BatchInterrupted;
    expect(error).toBeInstanceOf(BatchInterrupted);
    expect(error.cause).toBeInstanceOf(ValidationError);
    expect(error.message).toMatch(/^BatchGetItem was interrupted with 250 of 350 not processed/);
    expect(error.unprocessed).toEqual({ orders: asked.slice(100) });
    expect(sent).toHaveLength(2);
  });

  test.each<[string, object, string]>([
    ["a name that is none", { x: keys(1) }, "'x' is no table name"],
    [
      "keys that are none",
      { orders: { id: "a" } },
      "What is read of table orders is a list of keys, or an object with such a list as keys, not { id: 'a' }",
    ],
    ["nothing", { orders: undefined }, "not undefined"],
    [
      "keys of two shapes",
      { orders: [{ id: 1 }, { id: 1, at: 1 }] },
      "The keys of table orders must all have the attributes id",
    ],
    ["keys of other names", { orders: [{ id: 1 }, { at: 1 }] }, "must all have the attributes id"],
    [
      "a key that is none",
      { orders: ["a"] },
      `A key is an object of its attributes, such as { id: "a" }, not 'a' (BatchGetItem on table orders)`,
    ],
    [
      "an empty key",
      { orders: [{ id: "" }] },
      "id: A key attribute can't be an empty string (BatchGetItem on table orders)",
    ],
    [
      "an empty projection",
      { orders: { keys: keys(1), projection: [] } },
      "(BatchGetItem on table orders)",
    ],
  ])("bad input is refused before any request: %s", async (_, requests, message) => {
    const { client, sent } = scriptedClient(answerAll);
    await expect(client.batchGet(requests as never)).rejects.toThrow(message);
    expect(sent).toEqual([]);
  });

  test.each([0, 1.5, -1, "4"])("a concurrency of %o is refused", async (concurrency) => {
    const { client } = scriptedClient(answerAll);
    const attempt = client.batchGet({ orders: keys(1) }, { concurrency: concurrency as number });
    await expect(attempt).rejects.toThrow(InvalidInput);
  });

  test("a retry configuration that is none is refused", async () => {
    const { client } = scriptedClient(answerAll);
    const attempt = client.batchGet({ orders: keys(1) }, { unprocessedRetry: {} as never });
    await expect(attempt).rejects.toThrow(/^unprocessedRetry must be made by RetryConfig/);
  });
});
