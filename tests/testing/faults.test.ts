import {
  type AttributeMap,
  type Key,
  type Client,
  type ClientOptions,
  F,
  RetryConfig,
} from "@fieldwise/core";
import {
  type Fault,
  type FaultyHandler,
  type RecordingHandler,
  recordRequests,
  withFaults,
} from "@fieldwise/testing";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

const idOf = (item: AttributeMap): string => (item["id"] as { readonly S: string }).S;
const noRetry = { retry: RetryConfig.none };

describeOnEachServer("faults", ({ client: direct, createTable, newClient, server }) => {
  const inner = new NodeHttpHandler();
  let table: string;
  let recorder: RecordingHandler;
  afterAll(() => inner.destroy());
  beforeEach(async () => {
    table = await createTable();
    recorder = recordRequests(inner);
  });

  const stored = (key: Key) => direct.get(table, key, { consistentRead: true });
  /** The operations that reached the server. */
  const served = () => recorder.requests.map(({ operation }) => operation);

  const open = (
    faults: readonly Fault[],
    { seed = 0, ...options }: ClientOptions & { seed?: number } = {},
  ): { readonly client: Client; readonly handler: FaultyHandler } => {
    const handler = withFaults(recorder, { seed, faults });
    const retry = RetryConfig.static({ delay: 1 });
    return { client: newClient({ requestHandler: handler, retry, ...options }), handler };
  };

  describe("a request that DynamoDB refuses", () => {
    it.each<[Fault, object]>([
      [{ fault: "throttling" }, { name: "ThrottlingError", statusCode: 400, retryable: true }],
      [
        { fault: "throttling", errorName: "ProvisionedThroughputExceededException" },
        { name: "ProvisionedThroughputExceeded", statusCode: 400, retryable: true },
      ],
      [
        { fault: "throttling", errorName: "RequestLimitExceeded" },
        { name: "RequestLimitExceeded", statusCode: 400, retryable: true },
      ],
      [{ fault: "internalServerError" }, { name: "InternalServerError", statusCode: 500 }],
      [{ fault: "serviceUnavailable" }, { name: "ServiceUnavailable", statusCode: 503 }],
      [{ fault: "transactionConflict" }, { name: "TransactionConflict", statusCode: 400 }],
      [{ fault: "resetBefore" }, { name: "ConnectionError", retryable: true }],
    ])("%o never reaches the server, and succeeds when it is sent again", async (fault, error) => {
      const { client, handler } = open([{ ...fault, limit: 2 }]);
      await expect(client.put(table, { id: "a" }, noRetry)).rejects.toMatchObject({
        ...error,
        operation: "PutItem",
        tableName: table,
      });
      expect(served()).toEqual([]);
      await client.put(table, { id: "a" });
      expect(served()).toEqual(["PutItem"]);
      expect(handler.requests).toBe(3);
      const entry = { fault: fault.fault, operation: "PutItem", tables: [table] };
      expect(handler.log).toEqual([
        { number: 1, ...entry },
        { number: 2, ...entry },
      ]);
    });
  });

  describe("an answer that is lost or damaged", () => {
    it.each<[Fault, object]>([
      [{ fault: "resetAfter" }, { name: "ConnectionError", retryable: true }],
      [{ fault: "truncated" }, { name: "InvalidResponse", retryable: true }],
      [
        { fault: "wrongChecksum" },
        { name: "InvalidResponse", message: expect.stringContaining("x-amz-crc32") },
      ],
    ])("%o: the server has acted", async (fault, error) => {
      const { client } = open([{ ...fault, nth: [1, 2] }]);
      const add = (options = {}) => client.update(table, { id: "a" }, F("n").add(1), options);
      await expect(add(noRetry)).rejects.toMatchObject(error);
      expect(await stored({ id: "a" })).toEqual({ id: "a", n: 1 });
      await add();
      expect(await stored({ id: "a" })).toEqual({ id: "a", n: 3 });
      expect(served()).toEqual(["UpdateItem", "UpdateItem", "UpdateItem"]);
    });
  });

  describe("an answer that does not come", () => {
    it.each([
      [false, undefined],
      [true, { id: "a" }],
    ])("with served: %s, until the request timeout is over", async (isServed, expected) => {
      const { client } = open([{ fault: "timeout", served: isServed, nth: [1, 2] }], {
        requestTimeout: 500,
      });
      await expect(client.put(table, { id: "a" }, noRetry)).rejects.toMatchObject({
        name: "RequestTimedOut",
        retryable: true,
      });
      expect(await stored({ id: "a" })).toEqual(expected);
      await client.put(table, { id: "a" });
      expect(served().length).toBe(isServed ? 3 : 1);
    });

    it("comes late where the fault is slow; a caller who gives up waits no longer", async () => {
      const { client, handler } = open([{ fault: "slow", milliseconds: 30, nth: 1 }]);
      const began = performance.now();
      await client.put(table, { id: "a" });
      // Timers may fire a millisecond early.
      expect(performance.now() - began).toBeGreaterThanOrEqual(28);

      handler.faults = [{ fault: "slow", milliseconds: 1_000_000 }];
      const controller = new AbortController();
      const waiting = client.put(table, { id: "b" }, { signal: controller.signal });
      await expect.poll(() => stored({ id: "b" })).toEqual({ id: "b" });
      controller.abort(new Error("enough"));
      await expect(waiting).rejects.toThrow("enough");
      await expect(
        client.put(table, { id: "c" }, { ...noRetry, requestTimeout: 50 }),
      ).rejects.toMatchObject({ name: "RequestTimedOut" });
    });
  });

  // Their requests are other than they were signed, or signed with a made-up token or time: AWS refuses them.
  const byAws = server.name === "endpoint";

  describe.skipIf(byAws)("a batch that is partly processed", () => {
    const ids = Array.from({ length: 60 }, (_, index) => `i${index}`);

    it("is written in the end, a third held back each time", async () => {
      const { client, handler } = open([{ fault: "unprocessed", share: 1 / 3 }]);
      const unprocessedRetry = RetryConfig.static({ delay: 0 });
      const { unprocessed } = await client.batchWrite(
        { [table]: { put: ids.map((id) => ({ id, n: 1 })) } },
        { unprocessedRetry },
      );
      expect(unprocessed).toEqual({});
      expect(handler.log.length).toBeGreaterThan(3);
      expect(
        new Set((await direct.scan(table, { consistentRead: true }).toArray()).map(({ id }) => id)),
      ).toEqual(new Set(ids));

      const read = await client.batchGet(
        { [table]: { keys: ids.map((id) => ({ id })), projection: ["id"] } },
        { unprocessedRetry },
      );
      expect(read.items[table]).toEqual(ids.map((id) => ({ id })));
      expect(read.unprocessedKeys).toEqual({});
    });

    it("really holds entries back, and answers with them as they were sent", async () => {
      const { client } = open([{ fault: "unprocessed", share: 0.4 }]);
      const writes = ids
        .slice(0, 10)
        .map((id) => ({ PutRequest: { Item: { id: { S: id }, n: { N: "1.50" } } } }));
      const written = await client.send("BatchWriteItem", { RequestItems: { [table]: writes } });
      const left = written.UnprocessedItems![table]!;
      expect(left).toHaveLength(4);
      for (const write of left) expect(writes).toContainEqual(write);
      const found = (await direct.scan(table, { consistentRead: true }).toArray()).map(({ id }) =>
        String(id),
      );
      expect(
        [...found, ...left.map(({ PutRequest }) => idOf(PutRequest!.Item))].toSorted(),
      ).toEqual(ids.slice(0, 10).toSorted());

      await direct.batchWrite({ [table]: { put: ids.slice(0, 10).map((id) => ({ id, n: 1 })) } });
      const options = {
        ConsistentRead: true,
        ProjectionExpression: "#i",
        ExpressionAttributeNames: { "#i": "id" },
      };
      const keys = ids.slice(0, 10).map((id) => ({ id: { S: id } }));
      const read = await client.send("BatchGetItem", {
        RequestItems: { [table]: { Keys: keys, ...options } },
      });
      const { Keys: leftKeys, ...leftOptions } = read.UnprocessedKeys![table]!;
      expect(leftKeys).toHaveLength(4);
      expect(leftOptions).toEqual(options);
      expect(read.Responses![table]).toHaveLength(6);
      expect([...read.Responses![table]!, ...leftKeys].map(idOf).toSorted()).toEqual(
        ids.slice(0, 10).toSorted(),
      );
    });

    it("reaches no server where all is held back", async () => {
      const { client, handler } = open([{ fault: "unprocessed", share: 1 }]);
      const none = { unprocessedRetry: RetryConfig.none };
      const put = [{ id: "a" }, { id: "b" }];
      expect((await client.batchWrite({ [table]: { put } }, none)).unprocessed).toEqual({
        [table]: { put, delete: [] },
      });
      expect(await client.batchGet({ [table]: put }, none)).toEqual({
        items: { [table]: [undefined, undefined] },
        unprocessedKeys: { [table]: put },
      });
      expect(served()).toEqual([]);
      expect(handler.requests).toBe(2);
    });

    it("leaves the server's own error as it is", async () => {
      const { client } = open([{ fault: "unprocessed", share: 0.5 }]);
      const put = [{ wrong: 1 }, { wrong: 2 }];
      await expect(client.batchWrite({ [table]: { put } }, noRetry)).rejects.toMatchObject({
        name: "ValidationError",
      });
    });
  });

  describe.skipIf(byAws)("what the client puts right", () => {
    it("an expired token: by fresh credentials", async () => {
      let asked = 0;
      const credentials = async () => ({
        accessKeyId: "local",
        secretAccessKey: "local",
        sessionToken: `token-${++asked}`,
      });
      const { client } = open([{ fault: "expiredToken", nth: 2 }], { credentials });
      await client.put(table, { id: "a" });
      await client.put(table, { id: "b" });
      expect(asked).toBe(2);
      expect(served()).toEqual(["PutItem", "PutItem"]);

      const refused = open([{ fault: "expiredToken" }]).client;
      await expect(refused.put(table, { id: "c" })).rejects.toMatchObject({ name: "ExpiredToken" });
    });

    it.each([3_600_000, -3_600_000, 400_000])(
      "a clock that differs by %d ms: by the server's time, once",
      async (milliseconds) => {
        const { client, handler } = open([{ fault: "clockSkew", milliseconds }]);
        await client.put(table, { id: "a" });
        await client.put(table, { id: "b" });
        expect(served()).toEqual(["PutItem", "PutItem"]);
        expect(handler.log).toHaveLength(1);
        expect(handler.requests).toBe(3);
      },
    );

    it("a clock that differs for a while: other faults strike the requests that are signed right", async () => {
      const { client, handler } = open([
        { fault: "clockSkew", milliseconds: 3_600_000 },
        { fault: "throttling", nth: 2 },
      ]);
      await client.put(table, { id: "a" });
      expect(handler.log.map(({ fault }) => fault)).toEqual(["clockSkew", "throttling"]);
      expect(served()).toEqual(["PutItem"]);
    });
  });

  it("delivers a request twice, and gives the first answer", async () => {
    const { client, handler } = open([{ fault: "duplicated" }]);
    await client.update(table, { id: "a" }, F("n").add(1));
    expect(await stored({ id: "a" })).toEqual({ id: "a", n: 2 });
    const once = { condition: F("id").notExists() };
    // The second delivery fails, of which nobody hears.
    await client.put(table, { id: "b" }, once);
    await expect(client.put(table, { id: "b" }, once)).rejects.toMatchObject({
      name: "ConditionalCheckFailed",
    });
    expect(served()).toHaveLength(6);
    expect(handler.log).toHaveLength(3);
  });

  it("carries a transaction out once, however often it arrives", async () => {
    const { client } = open([
      { fault: "duplicated", nth: 1 },
      { fault: "resetAfter", nth: 2 },
    ]);
    const action = { update: table, key: { id: "a" }, actions: [F("n").add(1)] };
    await client.transactWrite([action]);
    expect(await stored({ id: "a" })).toEqual({ id: "a", n: 1 });
    await client.transactWrite([action]);
    expect(await stored({ id: "a" })).toEqual({ id: "a", n: 2 });
    expect(served()).toHaveLength(4);
  });

  it("cancels a transaction for a conflict, which passes", async () => {
    const { client, handler } = open([{ fault: "transactionConflict", nth: [1, 2] }]);
    const actions = [
      { put: table, item: { id: "a" } },
      { put: table, item: { id: "b" } },
    ];
    await expect(client.transactWrite(actions, noRetry)).rejects.toMatchObject({
      name: "TransactionCanceled",
      retryable: true,
      reasons: [{ code: "TransactionConflict" }, { code: "None" }],
    });
    await client.transactWrite(actions);
    expect(served()).toEqual(["TransactWriteItems"]);
    expect(handler.log).toHaveLength(2);
  });

  it("takes other faults at any time, as where an outage begins and ends", async () => {
    const { client, handler } = open([]);
    await client.put(table, { id: "a" });
    handler.faults = [{ fault: "resetBefore" }];
    await expect(client.put(table, { id: "b" }, noRetry)).rejects.toMatchObject({
      name: "ConnectionError",
    });
    handler.faults = [];
    await client.put(table, { id: "b" });
    expect(handler.log).toEqual([
      { number: 2, fault: "resetBefore", operation: "PutItem", tables: [table] },
    ]);
  });

  it("does the same again with the same seed", async () => {
    const faults: Fault[] = [
      { fault: "throttling", probability: 0.3 },
      { fault: "resetAfter", probability: 0.3 },
    ];
    const logOf = async (seed: number) => {
      const { client, handler } = open(faults, { seed });
      for (let id = 0; id < 10; id++) await client.put(table, { id: String(id) });
      return handler.log;
    };
    const log = await logOf(1);
    expect(log.length).toBeGreaterThan(0);
    expect(await logOf(1)).toEqual(log);
    expect(await logOf(2)).not.toEqual(log);
  });

  it("has one of its own where none is given, which its end ends", async () => {
    const handler = withFaults({ faults: [{ fault: "throttling", nth: 1 }] });
    const client = newClient({ requestHandler: handler });
    await client.put(table, { id: "a" });
    expect(await client.get(table, { id: "a" })).toEqual({ id: "a" });
    expect(handler.requests).toBe(3);
    handler.destroy();
    await expect(client.get(table, { id: "a" }, noRetry)).rejects.toThrow("was destroyed");
  });
});
