import { describe, expect, test, vi } from "vitest";
import { ConfigurationError } from "./errors/input-errors.ts";
import { ConnectionError, RequestTimedOut } from "./errors/request-error.ts";
import { toDynamoDBError } from "./errors/wire-names.ts";
import {
  CallbackHealthMonitor,
  CountingHealthMonitor,
  type HealthMonitor,
  NoOpHealthMonitor,
} from "./health.ts";

const context = { operation: "GetItem", attempts: 1 };
const refused = new ConnectionError("refused", context);
const answered = (wireName: string, statusCode: number): Error =>
  toDynamoDBError(
    { wireName, statusCode, message: "", body: {} },
    (item) => item,
    context,
    undefined,
  );

function fail(monitor: HealthMonitor, times: number, error: unknown = refused): void {
  for (let i = 0; i < times; i++) monitor.onError(error);
}
function succeed(monitor: HealthMonitor, times: number): void {
  for (let i = 0; i < times; i++) monitor.onSuccess();
}

describe("a counting health monitor", () => {
  test("is unhealthy from the fifth failure on", () => {
    const monitor = new CountingHealthMonitor();
    fail(monitor, 4);
    expect(monitor.healthy).toBe(true);
    fail(monitor, 1);
    expect(monitor.healthy).toBe(false);
    expect(monitor.failures).toBe(5);
  });

  test("takes one off for a success, and never goes below zero", () => {
    const monitor = new CountingHealthMonitor({ maxFailures: 2 });
    succeed(monitor, 10);
    fail(monitor, 3);
    succeed(monitor, 1);
    expect(monitor.healthy).toBe(false);
    succeed(monitor, 1);
    expect(monitor.healthy).toBe(true);
  });

  test("is healthy again after a few successes, however long the outage was", () => {
    const monitor = new CountingHealthMonitor({ maxFailures: 3 });
    fail(monitor, 10_000);
    expect(monitor.failures).toBe(6);
    succeed(monitor, 3);
    expect(monitor.healthy).toBe(false);
    succeed(monitor, 1);
    expect(monitor.healthy).toBe(true);
  });

  test("may be reset by a success", () => {
    const monitor = new CountingHealthMonitor({ maxFailures: 2, onSuccess: "reset" });
    fail(monitor, 50);
    succeed(monitor, 1);
    expect(monitor.failures).toBe(0);
  });

  test("may ignore successes", () => {
    const monitor = new CountingHealthMonitor({ maxFailures: 2, onSuccess: "ignore" });
    fail(monitor, 2);
    succeed(monitor, 50);
    expect(monitor.healthy).toBe(false);
  });

  test("counts what is no answer of DynamoDB, and its own failures", () => {
    const monitor = new CountingHealthMonitor();
    for (const error of [
      refused,
      new RequestTimedOut("late", context),
      answered("InternalServerError", 500),
      new Error("?"),
      "?",
    ]) {
      fail(monitor, 1, error);
    }
    expect(monitor.failures).toBe(5);
  });

  test("does not count that DynamoDB refuses a request", () => {
    const monitor = new CountingHealthMonitor();
    fail(monitor, 10, answered("ConditionalCheckFailedException", 400));
    fail(monitor, 10, answered("ProvisionedThroughputExceededException", 400));
    fail(monitor, 10, answered("AnythingNew", 418));
    expect(monitor.failures).toBe(0);
  });

  test("may be told what does not count", () => {
    const monitor = new CountingHealthMonitor({ ignore: (error) => error === refused });
    fail(monitor, 10, refused);
    expect(monitor.failures).toBe(0);
    fail(monitor, 1, answered("ValidationException", 400));
    expect(monitor.failures).toBe(1);
  });

  test.each([0, -1, 1.5, Number.NaN])("can't have %d as the most failures", (maxFailures) => {
    expect(() => new CountingHealthMonitor({ maxFailures })).toThrow(ConfigurationError);
  });
});

describe("a callback health monitor", () => {
  function create(when?: "edge" | "always" | "once") {
    const callback = vi.fn<() => void>();
    const inner = new CountingHealthMonitor({ maxFailures: 2, onSuccess: "reset" });
    return { callback, monitor: new CallbackHealthMonitor({ monitor: inner, callback, when }) };
  }

  test.each([undefined, "edge"] as const)("calls back at each turn to unhealthy (%s)", (when) => {
    const { callback, monitor } = create(when);
    fail(monitor, 1);
    expect(callback).not.toHaveBeenCalled();
    fail(monitor, 3);
    expect(callback).toHaveBeenCalledTimes(1);
    succeed(monitor, 1);
    fail(monitor, 2);
    expect(callback).toHaveBeenCalledTimes(2);
  });

  test("may call back after each failure while unhealthy", () => {
    const { callback, monitor } = create("always");
    fail(monitor, 4);
    expect(callback).toHaveBeenCalledTimes(3);
    succeed(monitor, 1);
    fail(monitor, 1);
    expect(callback).toHaveBeenCalledTimes(3);
  });

  test("may call back once and never again", () => {
    const { callback, monitor } = create("once");
    fail(monitor, 4);
    succeed(monitor, 1);
    fail(monitor, 4);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test("is as healthy as the monitor that it watches", () => {
    const { monitor } = create();
    expect(monitor.healthy).toBe(true);
    fail(monitor, 2);
    expect(monitor.healthy).toBe(false);
  });

  test("keeps count even when the callback throws", () => {
    const { callback, monitor } = create();
    callback.mockImplementation(() => {
      throw new Error("callback");
    });
    fail(monitor, 1);
    expect(() => fail(monitor, 1)).toThrow("callback");
    expect(() => fail(monitor, 1)).not.toThrow();
    expect(callback).toHaveBeenCalledTimes(1);
  });
});

test("a no-op health monitor is always healthy", () => {
  const monitor = new NoOpHealthMonitor();
  fail(monitor, 100);
  succeed(monitor, 1);
  expect(monitor.healthy).toBe(true);
});
