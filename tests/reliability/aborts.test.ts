import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import {
  CountingHandler,
  nothingLeft,
  type Reader,
  readersOf,
  type Step,
} from "./aborts-reading.ts";
import { recordFigure } from "./figures.ts";
import { profile } from "./profile.ts";

const itemCount = profile.pick(11, 41);
/** More than any of these reads has. */
const mostPoints = 2_000;

describeOnEachServer("reads that end early", ({ newClient, createTable, server }) => {
  const handler = new CountingHandler();
  const client = newClient({ requestHandler: handler });
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  const figures = { aborts: 0, "early leaves": 0, requests: 0 };
  let readers: readonly Reader[] = [];

  beforeAll(async () => {
    process.on("unhandledRejection", onUnhandled);
    const table = await createTable({
      partitionKey: { name: "id", type: "S" },
      sortKey: { name: "at", type: "N" },
    });
    const put = Array.from({ length: itemCount }, (_, at) => ({ id: "a", at }));
    await client.batchWrite({ [table]: { put } });
    readers = readersOf(client, table);
  });
  afterAll(() => {
    process.off("unhandledRejection", onUnhandled);
    handler.destroy();
    figures.requests = handler.started;
    for (const [name, value] of Object.entries(figures))
      recordFigure(`aborts [${server.name}]`, name, value);
  });

  const reason = new Error("the reader is gone");

  /** Reads once, and aborts at one of the points: whenever a request begins, goes on or ends, or an item is in hand. */
  async function abortAt(reader: Reader, point: number): Promise<"aborted" | "whole"> {
    const controller = new AbortController();
    const { signal } = controller;
    const check = nothingLeft(handler, signal);
    let points = 0;
    const event = (): void => {
      if (points++ === point) controller.abort(reason);
    };
    handler.onEvent = event;
    const step: Step = () => {
      event();
      return "go on";
    };
    event();
    let outcome: unknown;
    try {
      await reader.read(signal, step);
      outcome = "whole";
    } catch (error) {
      outcome = error;
    }
    const { aborted } = signal;
    handler.onEvent = () => {};
    await check();
    if (outcome === "whole") return aborted ? "aborted" : "whole";
    expect(outcome).toBe(reason);
    return "aborted";
  }

  it("throw the reason wherever the signal fires, and leave nothing behind", async () => {
    for (const reader of readers) {
      await reader.read(new AbortController().signal, () => "go on");
      let point = 0;
      while ((await abortAt(reader, point)) === "aborted") {
        if (++point === mostPoints) throw new Error(`${reader.name} never ends`);
      }
      // Before the first request, and when it begins, goes on and ends.
      expect(point).toBeGreaterThanOrEqual(3);
      figures.aborts += point;
    }
    expect(unhandled).toEqual([]);
  }, 300_000);

  it.each(["break", "throw"])(
    "by %s leave nothing behind, whatever was in hand",
    async (way) => {
      const failure = new Error("the consumer failed");
      for (const reader of readers) {
        for (let place = 0; ; place++) {
          const { signal } = new AbortController();
          const check = nothingLeft(handler, signal);
          let steps = 0;
          let left = false;
          const reading = reader.read(signal, () => {
            if (steps++ !== place) return "go on";
            left = true;
            if (way === "throw") throw failure;
            return "leave";
          });
          const error = await reading.then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          await check();
          expect(error).toBe(left && way === "throw" ? failure : undefined);
          if (!left) break;
          expect(steps).toBe(place + 1);
          figures["early leaves"]++;
        }
      }
      expect(unhandled).toEqual([]);
    },
    300_000,
  );
});
