/** The process of one contender whose memory is measured: does what its parent asks for, and tells what it held. */
import { setTimeout as wait } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Client, partitionKey } from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { Orders } from "../contenders/fieldwise-orders.ts";
import { plainInputs } from "../contenders/plain-inputs.ts";
import { manyTableName, tableName } from "../data/names.ts";
import type { Held, MemoryContender, MemoryOrder } from "./memory.ts";

/** What is measured of each contender. */
interface Reads {
  /** Every item of a million, in so many segments at once. */
  scan(segments: number): AsyncIterable<object>;
  /** The items of a page of about 1 MB. */
  page(): Promise<readonly object[]>;
}

const makers: Readonly<Record<MemoryContender, (endpoint: string) => Reads>> = {
  "fieldwise-core": (endpoint) => {
    const client = new Client(connection(endpoint));
    return {
      scan: (segments) => client.scan(manyTableName, segments === 1 ? {} : { segments }),
      page: async () =>
        (await client.query(tableName, partitionKey("customerId").eq("c1")).page()).items,
    };
  },
  "fieldwise-schema": (endpoint) => {
    const client = new Client(connection(endpoint));
    const many = connect(client, { orders: Orders }, { tableName: () => manyTableName });
    const one = connect(client, { orders: Orders });
    return {
      scan: (segments) => many.orders.scan(segments === 1 ? {} : { segments }),
      page: async () => (await one.orders.query({ customerId: "c1" }).page()).items,
    };
  },
  "document-client": (endpoint) => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(connection(endpoint)));
    return {
      async *scan(segments) {
        // It has no scan of several segments: their pages are read in turn.
        const readers = Array.from({ length: segments }, (_, segment) =>
          paginateScan(
            { client },
            {
              TableName: manyTableName,
              ...(segments > 1 && { Segment: segment, TotalSegments: segments }),
            },
          ),
        );
        let coming = readers.map((reader) => reader.next());
        for (;;) {
          const pages = await Promise.all(coming);
          if (pages.some(({ done }) => done === true)) return;
          coming = readers.map((reader) => reader.next());
          for (const { value } of pages) yield* value?.Items ?? [];
        }
      },
      async page() {
        return (await client.send(new QueryCommand(plainInputs.query))).Items ?? [];
      },
    };
  },
};

function connection(endpoint: string) {
  return {
    endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
  };
}

process.on("message", (order: MemoryOrder) => {
  obey(order).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

// Also where its parent is killed: a scan would go on without it.
process.on("disconnect", () => process.exit());

async function obey(order: MemoryOrder): Promise<Held> {
  const reads = makers[order.contender](order.endpoint);
  const { keep, pages } = order;
  // What is made once, and what the engine learns, is no part of what is held.
  if (keep === undefined) for (let times = 0; times < 20; times++) await reads.page();
  else await kept(reads, pages / 5, keep);
  const before = await used();
  if (keep === undefined) return held(reads, order, before);
  const all = await kept(reads, pages, keep);
  return { pages, each: ((await used()) - before) / all.length };
}

async function held(
  reads: Reads,
  { slow, segments, items: most }: MemoryOrder,
  before: number,
): Promise<Held> {
  let items = 0;
  let collected = 0;
  let peak = 0;
  for await (const item of reads.scan(segments)) {
    if (items++ % 500 === 0) {
      if (slow) await wait(2);
      peak = Math.max(peak, inUse() - before);
    }
    if (items % 25_000 === 1000) collected = Math.max(collected, (await used()) - before);
    if (!("orderId" in item)) throw new Error("This is no order");
    if (items >= most) break;
  }
  return { items, collected, peak, resident: process.resourceUsage().maxRSS * 1024 };
}

/** One thing of each of so many pages. */
async function kept(
  reads: Reads,
  pages: number,
  keep: NonNullable<MemoryOrder["keep"]>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 0; page < pages; page++) {
    const items = await reads.page();
    const item = items[(page * 37) % items.length] as { readonly note: string };
    all.push(keep === "item" ? item : item.note);
  }
  return all;
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Bytes in use after all that nobody holds is gone. */
async function used(): Promise<number> {
  // What one collection leaves to be finalized, the next one takes.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await wait(1);
  }
  return inUse();
}
