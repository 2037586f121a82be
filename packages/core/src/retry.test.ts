import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ConfigurationError } from "./errors/input-errors.ts";
import { checkRetryConfig, RetryConfig } from "./retry.ts";

function take(config: RetryConfig, count: number): number[] {
  const taken: number[] = [];
  for (const delay of config.delays()) {
    if (taken.length === count) break;
    taken.push(delay);
  }
  return taken;
}

afterEach(() => vi.restoreAllMocks());

const backoff = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 100_000 }))
  .map(([base, more]) => ({ base, cap: base + more }));

describe("static", () => {
  test("waits the same each time, for a minute", () => {
    const config = RetryConfig.static({ delay: 30 });
    expect(take(config, 4)).toEqual([30, 30, 30, 30]);
    expect(config.timeLimit).toBe(60_000);
  });
});

describe("exponential", () => {
  test("waits between nothing and a ceiling that doubles, up to the cap", () => {
    fc.assert(
      fc.property(backoff, ({ base, cap }) => {
        const delays = take(RetryConfig.exponential({ base, cap }), 24);
        expect(delays).toHaveLength(24);
        for (const [n, delay] of delays.entries()) {
          expect(delay).toBeGreaterThanOrEqual(0);
          expect(delay).toBeLessThanOrEqual(Math.min(cap, base * 2 ** n));
        }
      }),
    );
  });

  test("uses the whole range: that is what spreads the load", () => {
    const config = RetryConfig.exponential({ base: 100, cap: 1_000 });
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(take(config, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(take(config, 6)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  test("begins with 50 ms, ends with 20 seconds, and lasts a minute where nothing is said", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const config = RetryConfig.exponential();
    expect(take(config, 12)).toEqual([
      50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 20_000, 20_000,
    ]);
    expect(config.timeLimit).toBe(60_000);
  });
});

describe("decorrelated jitter", () => {
  test("waits between the base and three times the wait before, up to the cap", () => {
    fc.assert(
      fc.property(backoff, ({ base, cap }) => {
        let before = base;
        for (const delay of take(RetryConfig.decorrelatedJitter({ base, cap }), 24)) {
          expect(delay).toBeGreaterThanOrEqual(base);
          expect(delay).toBeLessThanOrEqual(Math.min(cap, before * 3));
          before = delay;
        }
      }),
    );
  });

  test("grows as far as it may", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(take(RetryConfig.decorrelatedJitter({ base: 10, cap: 500 }), 5)).toEqual([
      30, 90, 270, 500, 500,
    ]);
  });
});

describe("none", () => {
  test("has no delays", () => expect(take(RetryConfig.none, 5)).toEqual([]));
});

describe("every configuration", () => {
  const configurations = (limits: { timeLimit?: number; maxAttempts?: number }): RetryConfig[] => [
    RetryConfig.static({ delay: 1, ...limits }),
    RetryConfig.exponential(limits),
    RetryConfig.decorrelatedJitter(limits),
  ];

  test("starts anew for each request", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    for (const config of configurations({})) {
      const first = config.delays()[Symbol.iterator]();
      first.next();
      first.next();
      expect(take(config, 3)).toEqual(take(config, 3));
      expect(config.delays()[Symbol.iterator]().next().value).toBe(take(config, 1)[0]);
    }
  });

  test.each([1, 2, 5])("of %i attempts has one delay less", (maxAttempts) => {
    for (const config of configurations({ maxAttempts }))
      expect(take(config, 50)).toHaveLength(maxAttempts - 1);
  });

  test("keeps its time limit", () => {
    for (const config of configurations({ timeLimit: 0 })) expect(config.timeLimit).toBe(0);
    for (const config of configurations({ timeLimit: Infinity }))
      expect(config.timeLimit).toBe(Infinity);
  });
});

describe("an impossible configuration", () => {
  test.each<[string, () => unknown]>([
    ["delay", () => RetryConfig.static({ delay: -1 })],
    ["delay", () => RetryConfig.static({ delay: Number.NaN })],
    ["delay", () => RetryConfig.static({ delay: Infinity })],
    ["delay", () => RetryConfig.static({ delay: "5" as never })],
    ["base", () => RetryConfig.exponential({ base: -1 })],
    ["cap", () => RetryConfig.exponential({ base: 100, cap: 50 })],
    ["base", () => RetryConfig.decorrelatedJitter({ base: Number.NaN })],
    ["cap", () => RetryConfig.decorrelatedJitter({ base: 100, cap: 50 })],
    ["timeLimit", () => RetryConfig.exponential({ timeLimit: -1 })],
    ["timeLimit", () => RetryConfig.static({ delay: 1, timeLimit: Number.NaN })],
    ["maxAttempts", () => RetryConfig.exponential({ maxAttempts: 0 })],
    ["maxAttempts", () => RetryConfig.exponential({ maxAttempts: 1.5 })],
    ["retry", () => checkRetryConfig({} as never, "retry")],
    ["retry", () => checkRetryConfig(null as never, "retry")],
    ["retry.timeLimit", () => checkRetryConfig({ timeLimit: -1, delays: () => [] }, "retry")],
  ])("is refused by the name of the %s (%#)", (name, create) => {
    expect(create).toThrow(ConfigurationError);
    expect(create).toThrow(name);
  });
});
