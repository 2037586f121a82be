/**
 * What a database for a test costs, in milliseconds until its two tables are there: with a server of its own in a new
 * process, where everything is loaded first; with a server of its own in a process that has made one before; and on the
 * server that all tests of a process share. Machines are noisy: read the medians.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defineTable, epochSeconds } from "@fieldwise/schema";
import { createTestDatabase } from "@fieldwise/testing";
import * as z from "zod";

const processes = 15;
const databases = 50;
const goal = 150;

// The benchmark is about servers of our own.
delete process.env["DYNAMODB_ENDPOINT"];

const Orders = defineTable({
  name: "orders",
  schema: z.object({
    customerId: z.string(),
    orderId: z.string(),
    status: z.enum(["placed", "shipped", "delivered"]),
    expires: epochSeconds().optional(),
  }),
  partitionKey: "customerId",
  sortKey: "orderId",
  indexes: { byStatus: { partitionKey: "status" } },
  ttl: "expires",
});
const Stock = defineTable({
  name: "stock",
  schema: z.object({ sku: z.string(), count: z.int() }),
  partitionKey: "sku",
});

/** What a new process reports, in milliseconds. */
interface ColdStart {
  readonly importing: number;
  readonly creating: number;
}

// Plain JavaScript, so that no compiler is measured. It stops nothing: the server goes with the process.
const coldStart = `
  const began = performance.now();
  const { createTestDatabase } = await import("@fieldwise/testing");
  const imported = performance.now();
  const { defineTable, epochSeconds } = await import("@fieldwise/schema");
  const z = await import("zod");
  const Orders = defineTable({
    name: "orders",
    schema: z.object({
      customerId: z.string(),
      orderId: z.string(),
      status: z.enum(["placed", "shipped", "delivered"]),
      expires: epochSeconds().optional(),
    }),
    partitionKey: "customerId",
    sortKey: "orderId",
    indexes: { byStatus: { partitionKey: "status" } },
    ttl: "expires",
  });
  const Stock = defineTable({
    name: "stock",
    schema: z.object({ sku: z.string(), count: z.int() }),
    partitionKey: "sku",
  });
  const defined = performance.now();
  await createTestDatabase({ orders: Orders, stock: Stock }, { server: "own" });
  const created = performance.now();
  console.log(JSON.stringify({ importing: imported - began, creating: created - defined }));
`;

/** Does it in a process of its own. */
async function inNewProcess(): Promise<ColdStart> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", coldStart],
    { cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  return JSON.parse(stdout) as ColdStart;
}

async function inThisProcess(server: "own" | "shared"): Promise<number> {
  const began = performance.now();
  const database = await createTestDatabase({ orders: Orders, stock: Stock }, { server });
  const created = performance.now();
  await database.stop();
  return created - began;
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1).padStart(7);
  console.log(`${what.padEnd(46)} ${at(0.5)} ms median, ${at(0)} to${at(0.9)} ms (9 in 10)`);
}

const cold: ColdStart[] = [];
for (let run = 0; run < processes; run++) cold.push(await inNewProcess());
report(
  "new process: import of @fieldwise/testing",
  cold.map(({ importing }) => importing),
);
report(
  "new process: server and tables",
  cold.map(({ creating }) => creating),
);
report(
  "new process: both",
  cold.map(({ importing, creating }) => importing + creating),
);

for (const server of ["own", "shared"] as const) {
  await inThisProcess(server);
  const times: number[] = [];
  for (let run = 0; run < databases; run++) times.push(await inThisProcess(server));
  report(
    `warm process: ${server === "own" ? "a server of its own" : "the shared server"}, tables`,
    times,
  );
}
console.log(`The goal is ${goal} ms at the median.`);
