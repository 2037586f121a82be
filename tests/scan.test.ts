import { F, type Item } from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { RecordingHandler } from "./support/request-handlers.ts";

const total = 200;
const all = Array.from({ length: total }, (_, id) => id);
const ids = (items: readonly Item[]): number[] =>
  items.map((item) => item["id"] as number).toSorted((a, b) => a - b);

describeOnEachServer("scan", ({ client, newClient, createTable }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable({ partitionKey: { name: "id", type: "N" } });
    const put = all.map((id) => ({ id, even: id % 2 === 0, d: `d${id}` }));
    await client.batchWrite({ [table]: { put, keyAttributes: ["id"] } });
  });

  it("reads every item once", async () => {
    expect(ids(await client.scan(table).toArray())).toEqual(all);
    expect(ids(await client.scan(table, { consistentRead: true }).toArray())).toEqual(all);
    expect(await client.scanCount(table)).toBe(total);
  });

  it("filters and projects", async () => {
    const options = { filter: F("even").eq(true), projection: [F("d")] };
    const items = await client.scan(table, options).toArray();
    expect(new Set(items.map(({ d }) => d as string)).size).toBe(total / 2);
    expect(items.every((item) => Object.keys(item).join() === "d")).toBe(true);
    expect(await client.scanCount(table, { filter: F("d").beginsWith("x") })).toBe(0);
  });

  it.each([1, 2, 7, 32])("reads every item once in %i segments at once", async (segments) => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    const items = await observed.scan(table, { segments, pageSize: 9 }).toArray();
    expect(ids(items)).toEqual(all);
    const asked = requestHandler.requests.map(({ input }) => input as Record<string, unknown>);
    expect(new Set(asked.map(({ Segment }) => Segment)).size).toBe(segments);
    expect(asked.every(({ TotalSegments }) => TotalSegments === segments)).toBe(true);
    expect(await client.scanCount(table, { segments })).toBe(total);
  });

  it("reads the segments one by one, in whatever process", async () => {
    const parts = await Promise.all(
      [0, 1, 2].map((segment) =>
        client.scan(table, { segment, totalSegments: 3, pageSize: 20 }).toArray(),
      ),
    );
    expect(ids(parts.flat())).toEqual(all);
  });

  it("goes on within a segment from the key of a page", async () => {
    const options = { segment: 1, totalSegments: 2, pageSize: 10 };
    const whole = await client.scan(table, options).toArray();
    const page = await client.scan(table, options).page();
    const rest = await client
      .scan(table, { ...options, startKey: page.lastEvaluatedKey })
      .toArray();
    expect([...page.items, ...rest]).toEqual(whole);
  });

  it("delivers up to the limit over all segments", async () => {
    const found = ids(await client.scan(table, { segments: 4, limit: 30, pageSize: 10 }).toArray());
    expect(new Set(found).size).toBe(30);
    expect(await client.scanCount(table, { segments: 4, limit: 30 })).toBe(30);
    const filter = F("even").eq(false);
    const odd = ids(await client.scan(table, { segments: 4, limit: 30, filter }).toArray());
    expect(new Set(odd).size).toBe(30);
    expect(odd.every((id) => id % 2 === 1)).toBe(true);
    expect(await client.scan(table, { segments: 3 }).first()).toBeDefined();
  });

  it("keeps each segment at most one page ahead of the reader", async () => {
    const requestHandler = new RecordingHandler();
    const observed = newClient({ requestHandler });
    const pages = observed.scan(table, { segments: 2, pageSize: 5 }).pages();
    await pages.next();
    // Of each segment the page delivered or waiting, and the one after it.
    await expect.poll(() => requestHandler.requests.length).toBeGreaterThanOrEqual(4);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requestHandler.requests.length).toBeLessThanOrEqual(5);
    await pages.return();
  });

  it("ends all segments when the loop is left, when aborted, and when one fails", async () => {
    const requestHandler = new RecordingHandler(({ input }, send) => {
      if (input.Segment === 2 && input.ExclusiveStartKey !== undefined)
        throw new TypeError("out of order");
      return send();
    });
    const failing = newClient({ requestHandler });
    await expect(failing.scan(table, { segments: 4, pageSize: 5 }).toArray()).rejects.toThrow(
      "out of order",
    );
    for await (const _ of failing.scan(table, { segments: 4, pageSize: 5 })) break;
    const controller = new AbortController();
    const aborted = async (): Promise<void> => {
      const options = { segments: 4, pageSize: 5, signal: controller.signal };
      for await (const _ of client.scan(table, options)) controller.abort(new Error("no more"));
    };
    await expect(aborted()).rejects.toThrow("no more");
    const { length } = requestHandler.requests;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(requestHandler.requests).toHaveLength(length);
  });
});
