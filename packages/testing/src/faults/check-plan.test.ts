import { ConfigurationError } from "@fieldwise/core";
import { expect, it } from "vitest";
import type { Fault } from "./plan.ts";
import { withFaults } from "./with-faults.ts";

it.each<[unknown, string]>([
  [{ fault: "throtling" }, "faults[0].fault must be one of throttling, internalServerError"],
  [{ fault: "toString" }, "faults[0].fault must be one of"],
  [{}, "faults[0].fault must be one of"],
  ["throttling", 'faults[0] must be an object such as { fault: "throttling" }'],
  [null, "faults[0] must be an object"],
  [{ fault: "throttling", probability: 1.1 }, "faults[0].probability must be from 0 to 1, not 1.1"],
  [{ fault: "throttling", probability: Number.NaN }, "faults[0].probability must be from 0 to 1"],
  [{ fault: "throttling", probability: -0.1 }, "faults[0].probability must be from 0 to 1"],
  [{ fault: "throttling", probabilty: 0.1 }, 'throttling takes no "probabilty", but errorName, op'],
  [{ fault: "resetBefore", milliseconds: 5 }, 'resetBefore takes no "milliseconds"'],
  [{ fault: "throttling", nth: 0 }, "faults[0].nth counts from 1, in whole numbers, not 0"],
  [{ fault: "throttling", nth: [1, 1.5] }, "faults[0].nth counts from 1"],
  [{ fault: "throttling", nth: [] }, "faults[0].nth must be a number, or a list of some"],
  [{ fault: "throttling", nth: null }, "faults[0].nth must be a number, or a list of some"],
  [{ fault: "throttling", limit: -1 }, "faults[0].limit must be a whole number from 0"],
  [{ fault: "throttling", limit: 1.5 }, "faults[0].limit must be a whole number from 0"],
  [{ fault: "throttling", operations: [] }, "faults[0].operations must be a list of at least one"],
  [{ fault: "throttling", operations: "GetItem" }, "faults[0].operations must be a list"],
  [{ fault: "throttling", tables: [1] }, "faults[0].tables must be a list"],
  [{ fault: "throttling", errorName: "Slow" }, "faults[0].errorName must be one of Throttling"],
  [{ fault: "timeout", served: "yes" }, "faults[0].served must be true or false"],
  [{ fault: "slow" }, "faults[0].milliseconds must be from 0, at most 24 days, not undefined"],
  [{ fault: "slow", milliseconds: 2 ** 31 }, "faults[0].milliseconds must be from 0"],
  [{ fault: "slow", milliseconds: -1 }, "faults[0].milliseconds must be from 0"],
  [{ fault: "clockSkew", milliseconds: 300_000 }, "more than five minutes (300000) either way"],
  [{ fault: "clockSkew", milliseconds: Infinity }, "more than five minutes"],
  [{ fault: "unprocessed" }, "faults[0].share must be above 0 and at most 1, not undefined"],
  [{ fault: "unprocessed", share: 0 }, "faults[0].share must be above 0 and at most 1, not 0"],
  [{ fault: "unprocessed", share: 1.01 }, "faults[0].share must be above 0"],
  [
    { fault: "unprocessed", share: 1, operations: ["BatchGetItem", "PutItem"] },
    "unprocessed can't happen to PutItem, only to BatchGetItem, BatchWriteItem",
  ],
  [
    { fault: "transactionConflict", operations: ["Query"] },
    "transactionConflict can't happen to Query, only to PutItem",
  ],
])("%j is refused at once", (fault, message) => {
  const faults = [fault as Fault];
  expect(() => withFaults({ faults })).toThrow(ConfigurationError);
  expect(() => withFaults({ faults })).toThrow(message);
  const handler = withFaults({ faults: [] });
  expect(() => (handler.faults = faults)).toThrow(message);
  expect(handler.faults).toEqual([]);
});

it.each<[unknown, string]>([
  [{ faults: [], seed: 0.5 }, "seed must be a whole number, not 0.5"],
  [{ faults: [], seed: "x" }, "seed must be a whole number, not 'x'"],
  [{}, "faults must be a list, not undefined"],
  [{ faults: { fault: "throttling" } }, "faults must be a list"],
  [null, "a fault plan is an object with a list of faults, not null"],
])("the plan %j is refused at once", (plan, message) => {
  expect(() => withFaults(plan as never)).toThrow(ConfigurationError);
  expect(() => withFaults(plan as never)).toThrow(message);
});

it("refuses a handler without a plan, and what is no handler", () => {
  const handler = { handle: async () => Promise.reject(new Error("never")) };
  expect(() => withFaults(handler as never)).toThrow("withFaults(handler, { faults: […] })");
  expect(() => withFaults({} as never, { faults: [] })).toThrow("an object with a method handle()");
});

it("takes every fault", () => {
  const faults: Fault[] = [
    { fault: "throttling", errorName: "RequestLimitExceeded", probability: 0 },
    { fault: "internalServerError", nth: 1 },
    { fault: "serviceUnavailable", nth: [2, 3] },
    { fault: "resetBefore", limit: 0 },
    { fault: "resetAfter", limit: Infinity },
    { fault: "timeout", served: true },
    { fault: "slow", milliseconds: 0 },
    { fault: "truncated", tables: ["a"] },
    { fault: "wrongChecksum", operations: ["PutItem"] },
    { fault: "unprocessed", share: 1 },
    { fault: "expiredToken" },
    { fault: "clockSkew", milliseconds: -300_001 },
    { fault: "duplicated", operations: undefined, tables: undefined, nth: undefined },
    { fault: "transactionConflict" },
  ];
  expect(withFaults({ seed: -1, faults }).faults).toEqual(faults);
});
