import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Client } from "./client.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const pageItems = 1_000;
const wireItem = (index: number) => ({
  id: { S: `item ${String(index).padStart(8, "0")}` },
  note: { S: `of some length, as notes are, and none like number ${index}` },
  lines: { L: [{ M: { sku: { S: "tea-green-100g" }, quantity: { N: String(index % 7) } } }] },
  tags: { SS: ["gift", "express"] },
  rest: { S: "x".repeat(800) },
});
const pages = Array.from({ length: 4 }, (_, page) =>
  JSON.stringify(
    Array.from({ length: pageItems }, (__, index) => wireItem(page * pageItems + index)),
  ),
);
/** Characters of a page as it comes. */
const pageSize = pages[0]?.length ?? 0;

/** Answers each Scan with a page of about 1 MB, so many times for each segment. */
function scanned(pageCount: number): Client {
  return new Client({
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    endpoint: "http://localhost",
    requestHandler: {
      async handle({ body }) {
        const { ExclusiveStartKey: start, Segment: segment = 0 } = JSON.parse(String(body)) as {
          readonly ExclusiveStartKey?: { readonly page: { readonly N: string } };
          readonly Segment?: number;
        };
        const page = Number(start?.page.N ?? 0) + 1;
        const next = page < pageCount ? `,"LastEvaluatedKey":{"page":{"N":"${page}"}}` : "";
        const items = pages[(page + segment) % pages.length] ?? "";
        const text = `{"Items":${items},"Count":${pageItems}${next}}`;
        return { response: { statusCode: 200, headers: {}, body: Buffer.from(text) } };
      },
    },
  });
}

/** Bytes that are in use: the engine's, and those of buffers. */
async function used(): Promise<number> {
  // What one collection leaves to be finalized, the next one takes.
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test.each([
  ["one page after another", 1],
  ["four segments at once", 4],
])("a scan holds no more than a few pages: %s", async (_, segments) => {
  const client = scanned(100 / segments);
  await client.scan("orders").page();
  const before = await used();
  let most = 0;
  let items = 0;
  for await (const item of client.scan("orders", segments === 1 ? {} : { segments })) {
    // A consumer that takes its time: pages could pile up.
    if (items++ % 5_000 === 500) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      most = Math.max(most, (await used()) - before);
    }
    if (item["id"] === undefined) throw new Error("This is no item");
  }
  expect(items).toBe(100_000);
  expect(most).toBeGreaterThan(pageSize / 2);
  // For each segment the page that is consumed and the one behind it, as items and their pieces.
  expect(most).toBeLessThan(8 * segments * pageSize);
});

test("an item that is kept keeps its surroundings in memory, and not its page", async () => {
  const client = scanned(100);
  const keep = async (): Promise<unknown[]> => {
    const kept: unknown[] = [];
    for await (const { items } of client.scan("orders").pages())
      kept.push(items[(kept.length * 37) % pageItems]);
    return kept;
  };
  // The first time the engine keeps what it learns.
  await keep();
  const before = await used();
  const kept = await keep();
  const each = ((await used()) - before) / kept.length;
  expect(kept).toHaveLength(100);
  // The item itself takes as much.
  expect(each).toBeGreaterThan(800);
  expect(each).toBeLessThan(32_768 / 4);
});
