import type { ResponseMetadata } from "@fieldwise/core";
import { beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";

describeOnEachServer("metering", ({ client, newClient, createTable, deviates }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable({
      partitionKey: { name: "id", type: "S" },
      sortKey: { name: "r", type: "N" },
      globalSecondaryIndexes: { byKind: { partitionKey: { name: "kind", type: "S" } } },
      localSecondaryIndexes: { byRank: { sortKey: { name: "rank", type: "N" } } },
    });
  });

  it("tells of every answer: to the client's listener and the call's", async () => {
    const all: ResponseMetadata[] = [];
    const own: ResponseMetadata[] = [];
    const observed = newClient({ onResponse: (metadata) => all.push(metadata) });
    await observed.put(
      table,
      { id: "metered", r: 1, kind: "x", rank: 1 },
      { returnConsumedCapacity: "INDEXES", onResponse: (metadata) => own.push(metadata) },
    );
    await expect(observed.put(table, { id: "refused" })).rejects.toMatchObject({ attempts: 1 });
    await observed.get(table, { id: "metered", r: 1 });
    expect(all).toHaveLength(2);
    expect(own).toEqual([all[0]]);
    expect(all[1]).toMatchObject({ operation: "GetItem", consumedCapacity: [] });
    expect(own[0]).toMatchObject({
      operation: "PutItem",
      tableName: table,
      attempts: 1,
      consumedCapacity: [
        {
          tableName: table,
          capacityUnits: 3,
          table: { capacityUnits: 1 },
          globalSecondaryIndexes: { byKind: { capacityUnits: 1 } },
          localSecondaryIndexes: { byRank: { capacityUnits: 1 } },
        },
      ],
    });
  });

  deviates(
    { "dynamodb-local": "has no sizes" },
    "tells of the size of item collections",
    async () => {
      const seen: unknown[] = [];
      await client.put(
        table,
        { id: "collected", r: 1, rank: 1 },
        {
          returnItemCollectionMetrics: "SIZE",
          onResponse: ({ itemCollectionMetrics }) => seen.push(...itemCollectionMetrics),
        },
      );
      expect(seen).toEqual([
        {
          itemCollectionKey: { id: "collected" },
          sizeEstimateRangeGB: [expect.any(Number), expect.any(Number)],
        },
      ]);
    },
  );
});
