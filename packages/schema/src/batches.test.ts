import { BatchInterrupted, Client } from "@fieldwise/core";
import { expect, test } from "vitest";
import * as z from "zod";
import { isoDate } from "./codecs/dates.ts";
import { connect } from "./connect.ts";
import { defineTable } from "./define-table.ts";

const Visits = defineTable({
  name: "visits",
  schema: z.object({ page: z.string(), at: isoDate() }),
  partitionKey: "page",
  sortKey: "at",
});

/** A database that answers the first request as if all was done, and refuses every other. */
function interrupted() {
  let requests = 0;
  const client = new Client({
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    endpoint: "http://localhost",
    requestHandler: {
      handle: async () => {
        const first = requests++ === 0;
        const body = first ? {} : { __type: "x#AccessDeniedException", message: "no" };
        return {
          response: { statusCode: first ? 200 : 400, headers: {}, body: JSON.stringify(body) },
        };
      },
    },
  });
  return connect(client, { visits: Visits });
}

const visits = (count: number) =>
  Array.from({ length: count }, (_, second) => ({ page: "home", at: new Date(second * 1000) }));

async function leftOf(batch: Promise<unknown>): Promise<unknown> {
  const error = await batch.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BatchInterrupted);
  return (error as BatchInterrupted).unprocessed;
}

test("an interrupted batch of reads tells the keys that are left as they were given", async () => {
  const keys = visits(150);
  const options = { concurrency: 1 };
  expect(await leftOf(interrupted().visits.batchGet(keys, options))).toEqual(keys.slice(100));
  const several = interrupted().batchGet({ visits: keys }, options);
  expect(await leftOf(several)).toEqual({ visits: keys.slice(100) });
});

test("an interrupted batch of writes tells the items that are left as they were given", async () => {
  const items = visits(40);
  const batch = interrupted().visits.batchPut(items, { concurrency: 1 });
  expect(await leftOf(batch)).toEqual({ put: items.slice(25), delete: [] });
});

test.each<[string, unknown]>([
  ["a list of items", visits(1)],
  ["a misspelt word", { puts: visits(1) }],
  ["an item for a list", { put: visits(1)[0] }],
  ["nothing", undefined],
])("a batch of writes refuses %s", async (_, writes) => {
  await expect(interrupted().visits.batchWrite(writes as never)).rejects.toThrow(
    "What is written to table visits is an object with a list of items as put",
  );
});

test("a batch of reads refuses what is no list of keys", async () => {
  const db = interrupted();
  const message = "What is read of table visits is a list of keys";
  await expect(db.visits.batchGet({ keys: visits(1) } as never)).rejects.toThrow(message);
  await expect(db.batchGet({ visits: { key: visits(1) } } as never)).rejects.toThrow(message);
});

test("an item of a batch that does not fit is told by its key", async () => {
  const put = [...visits(2), { page: "away", at: "never" as never }];
  await expect(interrupted().visits.batchWrite({ put })).rejects.toMatchObject({
    name: "InvalidItem",
    key: { page: "away", at: "never" },
  });
});
