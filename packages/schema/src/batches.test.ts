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
