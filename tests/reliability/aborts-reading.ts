import { getEventListeners } from "node:events";
import { type Client, partitionKey, type RequestHandler } from "@fieldwise/core";
import { connect, defineTable } from "@fieldwise/schema";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect } from "vitest";
import * as z from "zod";

/** What a reader is told at each step: to go on, to leave its loop, or, by throwing, to fail. */
export type Step = () => "go on" | "leave";

/** One way to read pages, which calls `step` whenever it has something in hand. */
export interface Reader {
  readonly name: string;
  read(signal: AbortSignal, step: Step): Promise<unknown>;
}

/** A request handler that counts what is under way, and says when a request begins, goes on and ends. */
export class CountingHandler implements RequestHandler {
  started = 0;
  underWay = 0;
  onEvent: () => void = () => {};
  readonly #inner = new NodeHttpHandler();

  async handle(
    request: Parameters<RequestHandler["handle"]>[0],
    options: Parameters<RequestHandler["handle"]>[1] = {},
  ): ReturnType<RequestHandler["handle"]> {
    this.started++;
    this.underWay++;
    try {
      this.onEvent();
      const answer = this.#inner.handle(request as never, options);
      // While it is on the wire.
      setImmediate(this.onEvent);
      const result = await answer;
      this.onEvent();
      return result;
    } finally {
      this.underWay--;
    }
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

async function drain<T>(source: AsyncIterable<T>, step: Step): Promise<number> {
  let count = 0;
  for await (const _ of source) {
    count++;
    if (step() === "leave") break;
  }
  return count;
}

async function byHand<T>(source: AsyncIterable<T>, step: Step): Promise<number> {
  const iterator = source[Symbol.asyncIterator]();
  let count = 0;
  try {
    while ((await iterator.next()).done !== true) {
      count++;
      if (step() === "leave") break;
    }
  } finally {
    await iterator.return?.();
  }
  return count;
}

/** Every way to read the items `{ id: "a", at }` of a table, a few a page. */
export function readersOf(client: Client, tableName: string): readonly Reader[] {
  const key = partitionKey("id").eq("a");
  const Table = defineTable({
    name: tableName,
    schema: z.object({ id: z.string(), at: z.number() }),
    partitionKey: "id",
    sortKey: "at",
  });
  const { items } = connect(client, { items: Table });
  const paged = (signal: AbortSignal) => ({ pageSize: 3, signal });
  const query = (signal: AbortSignal) => client.query(tableName, key, paged(signal));
  const typed = (signal: AbortSignal) => items.query({ id: "a" }, paged(signal));
  const segments = (signal: AbortSignal) => ({ ...paged(signal), segments: 3 });
  const read = (name: string, run: Reader["read"]): Reader => ({ name, read: run });
  return [
    read("core: for await", (signal, step) => drain(query(signal), step)),
    read("core: next and return", (signal, step) => byHand(query(signal), step)),
    read("core: pages", (signal, step) => drain(query(signal).pages(), step)),
    read("core: toArray", (signal) => query(signal).toArray()),
    read("core: first", (signal) => query(signal).first()),
    read("core: page", (signal) => query(signal).page()),
    read("core: count", (signal) => client.count(tableName, key, paged(signal))),
    read("core: limit", (signal, step) =>
      drain(client.query(tableName, key, { ...paged(signal), limit: 7 }), step),
    ),
    read("core: segments", (signal, step) => drain(client.scan(tableName, segments(signal)), step)),
    read("core: segments, pages", (signal, step) =>
      drain(client.scan(tableName, segments(signal)).pages(), step),
    ),
    read("schema: for await", (signal, step) => drain(typed(signal), step)),
    read("schema: next and return", (signal, step) => byHand(typed(signal), step)),
    read("schema: pages", (signal, step) => drain(typed(signal).pages(), step)),
    read("schema: toArray", (signal) => typed(signal).toArray()),
    read("schema: first", (signal) => typed(signal).first()),
    read("schema: page", (signal) => typed(signal).page()),
    read("schema: segments", (signal, step) => drain(items.scan(segments(signal)), step)),
  ];
}

const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;

/** Takes note of what is there before a read; the function that it gives fails where more is left after it. */
export function nothingLeft(handler: CountingHandler, signal: AbortSignal): () => Promise<void> {
  const before = timers();
  return async () => {
    // A request that is ended says so in a moment.
    for (let turn = 0; handler.underWay > 0 && turn < 200; turn++) await nextTurn();
    const { started } = handler;
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    expect({
      requestsUnderWay: handler.underWay,
      requestsSentAfterwards: handler.started - started,
      listeners: getEventListeners(signal, "abort"),
      newTimers: Math.max(0, timers() - before),
    }).toEqual({ requestsUnderWay: 0, requestsSentAfterwards: 0, listeners: [], newTimers: 0 });
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
