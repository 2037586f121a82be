import {
  CallbackHealthMonitor,
  Client,
  type ClientOptions,
  CountingHealthMonitor,
  RetryBudget,
} from "@fieldwise/core";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";
import { recordFigure } from "./figures.ts";
import { CountingHandler, type LoadCounts, SteadyLoad, TurnRecorder } from "./outage-load.ts";
import { type Outage, OutageProxy } from "./outage-proxy.ts";
import { profile } from "./profile.ts";

const perSecond = 200;
const workers = 50;
/** Milliseconds that an operation may take, with all its retries. */
const deadline = 3_000;
const outageLength = profile.pick(2_000, 10_000);

interface Observations {
  readonly before: LoadCounts;
  readonly during: LoadCounts & { readonly sent: number };
  readonly after: LoadCounts & { readonly sent: number };
}

describeOnEachServer("an outage", ({ server, createTable }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  /** Puts the client under load while the server goes down and comes back. */
  async function observe(
    outage: Outage,
    options: ClientOptions,
    at: { readonly down?: () => void; readonly back?: () => void } = {},
  ): Promise<Observations> {
    await using proxy = await OutageProxy.start(server.endpoint);
    const { region, credentials } = server;
    const requestHandler = new CountingHandler();
    const client = new Client({
      endpoint: proxy.endpoint,
      region,
      credentials,
      requestHandler,
      requestTimeout: 1_000,
      ...options,
    });
    const sentBy = async (run: () => Promise<unknown>): Promise<number> => {
      const { sent } = requestHandler;
      await run();
      return requestHandler.sent - sent;
    };
    const load = new SteadyLoad({ workers, perSecond }, (worker, turn) => {
      const signal = AbortSignal.timeout(deadline);
      const key = { id: `${outage}-${worker}` };
      return turn % 2 === 0
        ? client.put(table, { ...key, turn }, { signal })
        : client.get(table, key, { signal });
    });
    const before = load.count();
    await delay(1_000);

    at.down?.();
    await proxy.goDown(outage);
    const during = load.count();
    const sentDuring = await sentBy(() => delay(outageLength));

    at.back?.();
    await proxy.comeBack();
    const after = load.count();
    const sentAfter = await sentBy(async () => {
      await delay(2_000);
      await load.stop();
    });
    requestHandler.destroy();
    return {
      before,
      during: { ...during, sent: sentDuring },
      after: { ...after, sent: sentAfter },
    };
  }

  describe.skipIf(!server.endpoint.startsWith("http:"))("of the server", () => {
    it.concurrent.each<Outage>(["refused", "reset", "silent"])(
      "does not multiply the load, and is over when it is over (%s)",
      { timeout: 60_000 },
      async (outage) => {
        const counting = new CountingHealthMonitor();
        const callback = vi.fn<() => void>();
        const callbackMonitor = new CallbackHealthMonitor({ monitor: counting, callback });
        const healthMonitor = new TurnRecorder(callbackMonitor);
        const retryBudget = new RetryBudget();
        const restart = (): void => healthMonitor.restart();
        let leftAtEnd = Infinity;
        const { before, during, after } = await observe(
          outage,
          { retryBudget, healthMonitor },
          {
            down: () => {
              expect(healthMonitor.healthy).toBe(true);
              restart();
            },
            back: () => {
              leftAtEnd = retryBudget.available;
              restart();
            },
          },
        );

        // What was under way when the server went down.
        expect(before.failed).toBeLessThanOrEqual(workers);
        expect(during.begun).toBeGreaterThan(100);
        expect(during.sent / during.begun).toBeLessThanOrEqual(1.5);
        expect(leftAtEnd).toBeLessThan(10);
        // What is begun in the second after the end may still fail; everything later must not.
        expect(after.failed).toBeLessThanOrEqual(perSecond);
        expect(after.begun - after.failed).toBeGreaterThan(perSecond / 2);
        expect(after.succeeded + after.failed).toBe(after.begun);
        expect(retryBudget.available).toBeGreaterThan(leftAtEnd);

        expect(callback).toHaveBeenCalledOnce();
        expect(healthMonitor.turns.map(({ healthy }) => healthy)).toEqual([false, true]);
        const [fell, rose] = healthMonitor.turns;
        // Unhealthy at the fifth failure; answers that were still on their way may come in between.
        expect(fell?.failures).toBeLessThanOrEqual(5 + (fell?.successes ?? 0));
        expect(rose?.successes).toBeLessThanOrEqual(6 + (rose?.failures ?? 0));

        const test = `outage of ${outageLength / 1000} s (${outage})`;
        recordFigure(test, "operations begun meanwhile", during.begun);
        recordFigure(test, "requests per operation", (during.sent / during.begun).toFixed(2));
        recordFigure(test, "failures until unhealthy", fell?.failures ?? "never");
        recordFigure(test, "operations begun after the end", after.begun);
        recordFigure(test, "of those, failed", after.failed);
        recordFigure(test, "successes until healthy", rose?.successes ?? "never");
      },
    );

    it.concurrent("would multiply the load without a budget", { timeout: 60_000 }, async () => {
      const { during } = await observe("reset", { retryBudget: false });
      const perOperation = during.sent / during.begun;
      expect(perOperation).toBeGreaterThan(1.5);
      recordFigure(
        `outage of ${outageLength / 1000} s (reset)`,
        "requests per operation without a retry budget",
        perOperation.toFixed(2),
      );
    });
  });
});
