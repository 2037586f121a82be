/**
 * The mixed workload, in a process of its own: node --expose-gc mixed-program.ts '{"endpoint": …}' (see MixedTask). It
 * prints a MixedReport, and ends by itself, or not at all where anything is left dangling.
 */
import {
  Client,
  type ClientOptions,
  type RequestHandler,
  RetryBudget,
  RetryConfig,
} from "@fieldwise/core";
import { connect } from "@fieldwise/schema";
import { type InjectedFault, withFaults } from "@fieldwise/testing";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { countersTable, type Entry, entriesTable, entryText } from "./mixed-entry.ts";
import { mixedFaults } from "./mixed-faults.ts";
import type { MixedReport, MixedTask } from "./mixed-report.ts";
import { coreStore } from "./mixed-core-store.ts";
import { schemaStore } from "./mixed-schema-store.ts";
import { type CounterKind, counterKinds, SharedCounters } from "./workload-counters.ts";
import { Tally } from "./workload-ends.ts";
import { choices } from "./workload-random.ts";
import { keyText } from "./workload-writes.ts";
import { Worker } from "./workload.ts";

const workerCount = 50;
const slots = 12;
/** Of so many operations one is an increment of a shared counter. */
const countedEvery = 15;
/** Milliseconds: above what any answer takes, as no model knows what a request does that arrives late. */
const requestTimeout = 120_000;
/** Milliseconds after which a request ends that a fault leaves without an answer. */
const faultTimeout = 250;

const task = JSON.parse(process.argv[2] ?? "") as MixedTask;
const incidents: string[] = [];
process.on("unhandledRejection", (reason) => incidents.push(`unhandled: ${String(reason)}`));
process.on("warning", (warning) => incidents.push(`warning: ${warning.message}`));

const report = await run();
process.stdout.write(`${JSON.stringify(report)}\n`);

async function run(): Promise<MixedReport> {
  const began = performance.now();
  const { endpoint, region, credentials } = task;
  const clean = new Client({ endpoint, region, credentials });
  const entriesName = `fieldwise-mixed-${randomUUID()}`;
  const countersName = `fieldwise-mixed-counters-${randomUUID()}`;
  const tables = connect(clean, {
    entries: entriesTable(entriesName),
    counters: countersTable(countersName),
  });
  await tables.entries.table.create({ wait: true });
  await tables.counters.table.create({ wait: true });

  const handler = withFaults(plainHandler(), { seed: task.seed, faults: mixedFaults });
  let renewals = 0;
  const options: ClientOptions = {
    endpoint,
    region,
    // Each expired token is followed by another one.
    credentials: async () => ({ ...credentials, sessionToken: `token-${++renewals}` }),
    requestHandler: {
      handle: (request, { abortSignal } = {}) =>
        handler.handle(request, {
          requestTimeout: faultTimeout,
          ...(abortSignal && { abortSignal }),
        }),
    },
    requestTimeout,
  };
  const patient = new Client({
    ...options,
    retry: RetryConfig.exponential({ base: 2, cap: 50, maxAttempts: 12 }),
    retryBudget: false,
  });
  // Under so many faults a budget runs empty, and operations fail of which nobody knows whether they were carried out.
  const thrifty = new Client({
    ...options,
    retry: RetryConfig.exponential({ base: 2, cap: 50, maxAttempts: 4 }),
    retryBudget: new RetryBudget({ capacity: 50 }),
  });

  const tally = new Tally();
  const counters = new SharedCounters(countersName, tally);
  await counters.create(clean);
  const workers = Array.from({ length: workerCount }, (_, index) => {
    const client = index % 4 < 2 ? patient : thrifty;
    const store = (index % 2 === 0 ? coreStore : schemaStore)(client, entriesName);
    const owner = `owner-${index}`;
    return {
      client,
      worker: new Worker({ owner, slots, store, tally, choices: choices(task.seed, index) }),
    };
  });

  const faults: Record<string, number> = {};
  const heap: number[] = [];
  const takeFaults = (): void => {
    // What was counted is let go, so that the log is no part of what the heap grows by.
    for (const { fault } of (handler.log as InjectedFault[]).splice(0)) {
      faults[fault] = (faults[fault] ?? 0) + 1;
    }
  };
  let begun = 0;
  const work = async ({ client, worker }: (typeof workers)[number]): Promise<void> => {
    while (begun < task.operations) {
      const turn = ++begun;
      if (turn % countedEvery === 0) {
        const kind = counterKinds[(turn / countedEvery) % counterKinds.length] as CounterKind;
        await counters.increment(kind, client, worker.owner);
      } else {
        await worker.step();
      }
      if (turn % Math.ceil(task.operations / 4) === 0 || turn === task.operations) {
        takeFaults();
        heap.push(await heapUsed());
      }
    }
  };
  await Promise.all(workers.map(work));
  takeFaults();

  // The table's content, as a client without faults sees it.
  const stored = new Map<string, Entry>();
  for await (const entry of tables.entries.scan({ consistentRead: true })) {
    stored.set(keyText(entry), entry);
  }
  const left = new Set(stored.keys());
  for (const { worker } of workers) {
    for (const key of worker.entryKeys) {
      left.delete(keyText(key));
      worker.model.read(keyText(key), stored.get(keyText(key)), "the last scan");
    }
    tally.violations.push(...worker.model.violations);
  }
  for (const key of left) tally.violations.push(`the table has ${key}, which nobody wrote`);
  await compareViews(stored, patient, entriesName, tally);

  const counts = await counters.read(clean);
  for (const table of [entriesName, countersName]) await clean.deleteTable(table);
  for (const client of [clean, patient, thrifty]) client.destroy();
  handler.destroy();
  await setImmediate();
  return {
    violations: tally.violations,
    incidents,
    kinds: tally.kinds,
    requests: handler.requests,
    faults,
    items: stored.size,
    counters: Object.fromEntries(
      counterKinds.map((kind) => [kind, { ...counters.tallies[kind], count: counts[kind] }]),
    ) as unknown as MixedReport["counters"],
    heap,
    resources: process.getActiveResourcesInfo().filter((name) => !/^(?:Pipe|TTY|FSReq)/.test(name)),
    milliseconds: Math.round(performance.now() - began),
  };
}

/** Sends requests, and knows no request timeout. */
function plainHandler(): RequestHandler {
  const agent = { keepAlive: true, maxSockets: 4 * workerCount };
  const handler = new NodeHttpHandler({ socketTimeout: 0, httpAgent: agent, httpsAgent: agent });
  return {
    handle: (request, { abortSignal } = {}) =>
      handler.handle(request as never, abortSignal === undefined ? {} : { abortSignal }),
    destroy: () => handler.destroy(),
  };
}

/** The clients under faults must see what the one without sees. */
async function compareViews(
  stored: ReadonlyMap<string, Entry>,
  client: Client,
  tableName: string,
  tally: Tally,
): Promise<void> {
  for (const store of [coreStore(client, tableName), schemaStore(client, tableName)]) {
    const seen = await store.scan();
    const texts = new Set(seen.map(entryText));
    if (
      seen.length !== stored.size ||
      [...stored.values()].some((entry) => !texts.has(entryText(entry)))
    ) {
      tally.violations.push(
        `a client under faults sees ${seen.length} other items than the ${stored.size}`,
      );
    }
  }
}

async function heapUsed(): Promise<number> {
  // Twice, with a turn in between: what the first one finds unreachable may hold more.
  globalThis.gc?.();
  await setImmediate();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
