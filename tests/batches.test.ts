import { BatchInterrupted, F, type Item, RetryConfig } from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, RecordingHandler, type Reply } from "./support/request-handlers.ts";

const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Turns all but the first few keys or writes of each table in an answer into unprocessed ones. */
function processOnly(few: number, input: Item, { statusCode, body }: Reply): Reply {
  const rest: Item = {};
  for (const [table, asked] of Object.entries(input["RequestItems"] as Item)) {
    if (Array.isArray(asked)) {
      if (asked.length > few) rest[table] = asked.slice(few);
      continue;
    }
    const keys = asked.Keys as Item[];
    if (keys.length > few) rest[table] = { ...asked, Keys: keys.slice(few) };
    const left = new Set(keys.slice(few).map(({ id }) => JSON.stringify(id)));
    body.Responses[table] = (body.Responses[table] as Item[]).filter(
      ({ id }) => !left.has(JSON.stringify(id)),
    );
  }
  const member = "Responses" in body ? "UnprocessedKeys" : "UnprocessedItems";
  return { statusCode, body: { ...body, [member]: rest } };
}

describeOnEachServer("batches", ({ client, newClient, createTable }) => {
  let table: string;
  let other: string;
  beforeAll(async () => {
    [table, other] = await Promise.all([
      createTable({ partitionKey: { name: "id", type: "N" } }),
      createTable({
        partitionKey: { name: "h", type: "S" },
        sortKey: { name: "b", type: "B" },
      }),
    ]);
  });

  const bytes = (n: number): Uint8Array => new Uint8Array([n, 255 - n]);

  it("writes and reads any number of items of several tables, in the order asked", async () => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    const items = numbered(260).map((id) => ({ id, v: `v${id}` }));
    const others = numbered(60).map((n) => ({ h: "h", b: bytes(n), n }));
    const written = await observed.batchWrite({
      [table]: { put: items, keyAttributes: ["id"] },
      [other]: { put: others },
    });
    expect(written).toEqual({ unprocessed: {} });
    expect(requestHandler.requests).toHaveLength(Math.ceil(320 / 25));

    const read = await observed.batchGet({
      [table]: items.toReversed().map(({ id }) => ({ id })),
      [other]: others.map(({ b }) => ({ b, h: "h" })),
    });
    expect(read.items[table]).toEqual(items.toReversed());
    expect(read.items[other]).toEqual(others);
    expect(read.unprocessedKeys).toEqual({});
    expect(requestHandler.requests).toHaveLength(13 + 4);
  });

  it("answers a key at every place where it was asked for, and nothing where nothing is", async () => {
    await client.put(table, { id: 1, v: [1] });
    const { items } = await client.batchGet({
      [table]: [{ id: 1 }, { id: -1 }, { id: 1n }, { id: 1.0 }, { id: -1 }],
    });
    const [first, absent, second, third, absentToo] = items[table] ?? [];
    expect([first, second, third]).toEqual([1, 2, 3].map(() => ({ id: 1, v: [1] })));
    expect(first).not.toBe(second);
    expect([absent, absentToo]).toEqual([undefined, undefined]);
  });

  it("projects, without the key attributes too", async () => {
    const put = numbered(3).map((n) => ({ h: "p", b: bytes(n), n, m: { x: n, y: 0 } }));
    await client.batchWrite({ [other]: { put } });
    const keys = put.map(({ h, b }) => ({ h, b })).toReversed();
    const request = { keys, projection: [F("m", "x")], consistentRead: true };
    const { items } = await client.batchGet({ [other]: request });
    expect(items[other]).toEqual([2, 1, 0].map((x) => ({ m: { x } })));
    const withKey = { keys, projection: [F("b"), "n"] };
    expect((await client.table(other).batchGet(withKey)).items).toEqual(
      [2, 1, 0].map((n) => ({ b: bytes(n), n })),
    );
  });

  it("puts and deletes in one batch", async () => {
    const name = await createTable();
    const ids = async (): Promise<string[]> =>
      (await client.scan(name).toArray()).map(({ id }) => id as string).toSorted();
    await client.batchWrite({ [name]: { put: [{ id: "1" }, { id: "2" }] } });
    expect(await ids()).toEqual(["1", "2"]);
    await client.batchWrite({ [name]: { put: [{ id: "3" }], delete: [{ id: "1" }] } });
    expect(await ids()).toEqual(["2", "3"]);
    const deletes = [{ id: "2" }, { id: "3" }, { id: "2" }, { id: "absent" }];
    expect(await client.table(name).batchWrite({ delete: deletes })).toEqual({
      put: [],
      delete: [],
    });
    expect(await ids()).toEqual([]);
  });

  it("puts an item that comes twice as it came last", async () => {
    const put = [...numbered(30), ...numbered(30)].map((id, index) => ({ id: id + 1000, index }));
    await client.batchWrite({ [table]: { put, keyAttributes: ["id"] } });
    const { items } = await client
      .table(table)
      .batchGet(numbered(30).map((id) => ({ id: id + 1000 })));
    expect(items.map((item) => item?.["index"] as number)).toEqual(
      numbered(30).map((id) => id + 30),
    );
  });

  it("sends again what was left unprocessed, and nothing else", async () => {
    const requestHandler = new RecordingHandler(async ({ input }, send) =>
      processOnly(10, input, await send()),
    );
    const options = { unprocessedRetry: RetryConfig.static({ delay: 0 }) };
    const observed = newClient({ requestHandler });
    const items = numbered(60).map((n) => ({ id: n + 2000, n }));
    expect(await observed.batchWrite({ [table]: { put: items } }, options)).toEqual({
      unprocessed: {},
    });
    const sizes = requestHandler.requests.map(
      ({ input }) => (input.RequestItems[table] as unknown[]).length,
    );
    // 60 in requests of 25 leave 15, 15 and 0; the 30 left leave 15 and 0, and so on.
    expect(sizes).toEqual([25, 25, 10, 25, 5, 15, 5]);
    requestHandler.requests.length = 0;

    const keys = items.map(({ id }) => ({ id }));
    const read = await observed.batchGet({ [table]: { keys, projection: ["n"] } }, options);
    expect(read.items[table]).toEqual(items.map(({ n }) => ({ n })));
    expect(read.unprocessedKeys).toEqual({});
    expect(requestHandler.requests).toHaveLength(6);
  });

  it("knows a table that was asked for by its ARN and is answered by its name", async () => {
    const arn = `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}`;
    const answers = [
      {
        Responses: { [table]: [{ id: { N: "1" } }] },
        UnprocessedKeys: { [table]: { Keys: [{ id: { N: "2" } }] } },
      },
      { Responses: { [table]: [{ id: { N: "2" } }] } },
      { UnprocessedItems: { [table]: [{ PutRequest: { Item: { id: { N: "2" } } } }] } },
    ];
    const requestHandler = new RecordingHandler(() => ({
      statusCode: 200,
      body: answers.shift() ?? {},
    }));
    const items = [{ id: 1 }, { id: 2 }];
    const observed = newClient({ requestHandler }).table(arn);
    expect(await observed.batchGet(items)).toEqual({ items, unprocessedKeys: [] });
    expect(await observed.batchWrite({ put: items })).toEqual({ put: [], delete: [] });
    expect(
      requestHandler.requests.map(
        ({ input }) => JSON.stringify(input.RequestItems[arn]).match(/"id"/g)?.length,
      ),
    ).toEqual([2, 1, 2, 1]);
  });

  it("returns what was left when the time was up", async () => {
    const requestHandler = new RecordingHandler(async ({ input }, send) =>
      processOnly(2, input, await send()),
    );
    const observed = newClient({ requestHandler });
    const unprocessedRetry = RetryConfig.static({ delay: 0, maxAttempts: 2 });
    const put = numbered(5).map((n) => ({ id: n + 3000 }));
    const written = await observed.batchWrite({ [table]: { put } }, { unprocessedRetry });
    expect(written.unprocessed).toEqual({ [table]: { put: put.slice(4), delete: [] } });
    const read = await observed.batchGet({ [table]: put }, { unprocessedRetry });
    expect(read.unprocessedKeys).toEqual({ [table]: [put[4]] });
    expect(read.items[table]).toEqual([...put.slice(0, 4), undefined]);
    const none = { unprocessedRetry: RetryConfig.none };
    expect((await observed.table(table).batchGet(put, none)).unprocessedKeys).toEqual(put.slice(2));
    expect((await observed.table(table).batchWrite({ delete: put }, none)).delete).toEqual(
      put.slice(2),
    );
  });

  it("names what is left when a request fails, and throws the failure itself when all is", async () => {
    let refuse = 0;
    const requestHandler = new RecordingHandler((_, send) =>
      --refuse < 0 ? failure("AccessDeniedException", "not you") : send(),
    );
    const observed = newClient({ requestHandler });
    const put = numbered(60).map((n) => ({ id: n + 4000 }));
    refuse = 1;
    const error = await observed
      .batchWrite({ [table]: { put } }, { concurrency: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BatchInterrupted);
    expect(error).toMatchObject({
      unprocessed: { [table]: { put: put.slice(25), delete: [] } },
      cause: { name: "AccessDenied" },
    });
    expect(await client.scanCount(table, { filter: F("id").gte(4000) })).toBe(25);
    refuse = 0;
    await expect(observed.batchWrite({ [table]: { put } })).rejects.toMatchObject({
      name: "AccessDenied",
    });
    await expect(observed.batchGet({ [table]: put })).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("runs so many requests at once", async () => {
    let running = 0;
    let most = 0;
    const requestHandler = new RecordingHandler(async (_, send) => {
      most = Math.max(most, ++running);
      const reply = await send();
      running--;
      return reply;
    });
    const keys = numbered(1000).map((id) => ({ id }));
    await newClient({ requestHandler }).batchGet({ [table]: keys }, { concurrency: 3 });
    expect(requestHandler.requests).toHaveLength(10);
    expect(most).toBe(3);
  });

  it("is ended by a signal", async () => {
    const controller = new AbortController();
    const requestHandler = new RecordingHandler(async ({ input }, send) => {
      const reply = await send();
      controller.abort(new Error("too late"));
      return processOnly(1, input, reply);
    });
    const keys = numbered(10).map((id) => ({ id }));
    const options = { signal: controller.signal };
    await expect(
      newClient({ requestHandler }).batchGet({ [table]: keys }, options),
    ).rejects.toThrow("too late");
  });

  it("cuts writes into requests of less than 16 MB", async () => {
    const requestHandler = new RecordingHandler(() => ({ statusCode: 200, body: {} }));
    // 12 items of 300 KB, which JSON writes in six times as many bytes.
    const put = numbered(12).map((id) => ({ id, big: "\u0001".repeat(300_000) }));
    await newClient({ requestHandler }).batchWrite({ [table]: { put } });
    const sizes = requestHandler.requests.map(
      ({ input }) => (input.RequestItems[table] as unknown[]).length,
    );
    expect(sizes).toEqual([9, 3]);
  });
});
