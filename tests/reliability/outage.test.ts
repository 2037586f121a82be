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
import {
  CountingHandler,
  type LoadCounts,
  SteadyLoad,
  type Turn,
  TurnRecorder,
} from "./outage-load.ts";
import { type Outage, OutageProxy } from "./outage-proxy.ts";
import { profile } from "./profile.ts";

const perSecond = 100;
const workers = 50;
/** Seconds, at least. */
const outageLength = profile.pick(3, 10);
/** Milliseconds that an operation may take, with all its retries. */
const deadline = 10_000;

interface Observation {
  readonly during: LoadCounts & { readonly sent: number };
  readonly after: LoadCounts;
}

interface Watch {
  /** What must have come about before the server comes back: counts say more than the clock of a busy machine. */
  readonly over: (begun: number, sent: number) => boolean;
  readonly onDown?: () => void;
  readonly onBack?: () => void;
}

describeOnEachServer("an outage", ({ server, createTable }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  /** Puts a client under load while the server goes down and comes back. */
  async function observe(
    outage: Outage,
    options: ClientOptions,
    { over, onDown, onBack }: Watch,
  ): Promise<Observation> {
    await using proxy = await OutageProxy.start(server.endpoint);
    const { region, credentials } = server;
    const requestHandler = new CountingHandler();
    const { endpoint } = proxy;
    const requestTimeout = outage === "silent" ? 1_000 : 5_000;
    const connect = { endpoint, region, credentials, requestHandler, requestTimeout };
    const client = new Client({ ...connect, ...options });
    const load = new SteadyLoad({ workers, perSecond }, (worker, turn) => {
      const signal = AbortSignal.timeout(deadline);
      const key = { id: `${outage}-${worker}` };
      return turn % 2 === 0
        ? client.put(table, { ...key, turn }, { signal })
        : client.get(table, key, { signal });
    });
    try {
      const before = load.count();
      await until(() => before.succeeded >= perSecond && options.healthMonitor?.healthy !== false);

      onDown?.();
      await proxy.goDown(outage);
      const during = load.count();
      const sentBefore = requestHandler.sent;
      const sent = (): number => requestHandler.sent - sentBefore;
      await delay(outageLength * 1_000);
      await until(() => over(during.begun, sent()));
      const counted = { ...during, sent: sent() };

      onBack?.();
      await proxy.comeBack();
      const after = load.count();
      await until(() => after.begun >= 2 * perSecond);
      await load.stop();
      return { during: counted, after };
    } finally {
      await load.stop();
      requestHandler.destroy();
    }
  }

  describe.skipIf(!server.endpoint.startsWith("http:"))("of the server", () => {
    it.concurrent.each<Outage>(["refused", "reset", "silent"])(
      "does not multiply the load, and is over when it is over (%s)",
      { timeout: 120_000 },
      async (outage) => {
        const monitor = new CountingHealthMonitor();
        const callback = vi.fn<() => void>();
        const healthMonitor = new TurnRecorder(new CallbackHealthMonitor({ monitor, callback }));
        const retryBudget = new RetryBudget();
        let fell: Turn | undefined;
        const spent = (): boolean => retryBudget.available < 10;
        // So many that the retries of a full budget, of 500 tokens, are fewer than half as many.
        const wanted = 2.5 * (500 / (outage === "silent" ? 10 : 5));
        const { during, after } = await observe(
          outage,
          { retryBudget, healthMonitor },
          {
            over: (begun) => begun >= wanted && spent(),
            onDown: () => {
              expect(healthMonitor.healthy).toBe(true);
              callback.mockClear();
              healthMonitor.restart();
            },
            onBack: () => {
              // It turned at the fifth failure, answers that were still on their way aside; with many of them more than once.
              expect(healthMonitor.healthy).toBe(false);
              const falls = healthMonitor.turns.filter(({ healthy }) => !healthy);
              expect(callback).toHaveBeenCalledTimes(falls.length);
              [fell] = falls;
              expect(fell?.failures).toBeLessThanOrEqual(5 + (fell?.successes ?? 0));
              healthMonitor.restart();
            },
          },
        );
        expect(during.sent / during.begun).toBeLessThanOrEqual(1.5);

        // What is begun in the second after the end may still fail; what comes later must not.
        expect(after.succeeded + after.failed).toBe(after.begun);
        expect(after.failed).toBeLessThanOrEqual(perSecond);
        expect(spent()).toBe(false);
        const [rose] = healthMonitor.turns;
        expect(rose?.healthy).toBe(true);
        expect(rose?.successes).toBeLessThanOrEqual(6 + (rose?.failures ?? 0));
        expect(healthMonitor.healthy).toBe(true);

        const test = `outage of ${outageLength} s (${outage})`;
        recordFigure(test, "operations begun meanwhile", during.begun);
        recordFigure(test, "requests per operation", (during.sent / during.begun).toFixed(2));
        recordFigure(test, "failures until unhealthy", fell?.failures ?? "never");
        recordFigure(test, "operations begun after the end", after.begun);
        recordFigure(test, "of those, failed", after.failed);
        recordFigure(test, "successes until healthy", rose?.successes ?? "never");
      },
    );

    it.concurrent("would multiply the load without a budget", { timeout: 120_000 }, async () => {
      const { during } = await observe(
        "reset",
        { retryBudget: false },
        { over: (begun, sent) => sent > 1.5 * begun },
      );
      const perOperation = during.sent / during.begun;
      expect(perOperation).toBeGreaterThan(1.5);
      const test = `outage of ${outageLength} s (reset)`;
      recordFigure(test, "requests per operation without a budget", perOperation.toFixed(2));
    });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}
