import type { HttpResponse } from "@smithy/types";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { errorAnswer, type FakeAnswer } from "../test-support/fake-handler.ts";
import { failureOf, fakeTransport, request } from "../test-support/transport.ts";
import { ConfigurationError } from "./errors/input-errors.ts";
import type { HealthMonitor } from "./health.ts";
import { RetryBudget } from "./retry-budget.ts";
import { RetryConfig } from "./retry.ts";
import type { TransportOptions } from "./transport-options.ts";
import { monotonicTime } from "./monotonic-time.ts";

const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
const unavailable = errorAnswer("ServiceUnavailableException", { statusCode: 503 });
const canceled = (...codes: readonly string[]): FakeAnswer =>
  errorAnswer("TransactionCanceledException", {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe("a request is sent again after", () => {
  test.each<[string, FakeAnswer]>([
    ["throttling", errorAnswer("ThrottlingException")],
    ["used up capacity", errorAnswer("ProvisionedThroughputExceededException")],
    ["a used up quota", errorAnswer("RequestLimitExceeded")],
    ["too many table operations at once", errorAnswer("LimitExceededException")],
    ["an internal error", errorAnswer("InternalServerError", { statusCode: 500 })],
    ["unavailability", unavailable],
    ["an unknown error of status 500", errorAnswer("BrandNewException", { statusCode: 500 })],
    ["an unknown error of status 429", errorAnswer("BrandNewException", { statusCode: 429 })],
    ["a request that came too slowly", errorAnswer("RequestTimeoutException", { statusCode: 408 })],
    ["a connection that lay idle for too long", { statusCode: 408, body: "" }],
    ["a gateway's page", { statusCode: 502, body: "<html>Bad Gateway</html>" }],
    ["a transaction in progress", errorAnswer("TransactionInProgressException")],
    ["a conflict with a transaction", errorAnswer("TransactionConflictException")],
    ["a conflict with another Region", errorAnswer("ReplicatedWriteConflictException")],
    ["a transaction cancelled by a conflict", canceled("None", "TransactionConflict")],
    [
      "a transaction cancelled by throttling",
      canceled("ThrottlingError", "ProvisionedThroughputExceeded", "None"),
    ],
    ["a lost connection", reset],
    ["a timeout", Object.assign(new Error("late"), { name: "TimeoutError" })],
    ["another checksum", { headers: { "x-amz-crc32": "1" } }],
    ["half an answer", { body: '{"Item":' }],
  ])("%s", async (_, answer) => {
    const { transport, handler } = fakeTransport([answer, answer, { body: '{"ok":true}' }]);
    expect(await transport.send(request)).toMatchObject({ output: { ok: true }, attempts: 3 });
    expect(handler.requests).toHaveLength(3);
    const { transport: unlucky } = fakeTransport([answer]);
    expect(await failureOf(unlucky.send(request))).toMatchObject({ retryable: true, attempts: 4 });
  });
});

describe("a request is not sent again after", () => {
  test.each<[string, FakeAnswer]>([
    ["a failed condition", errorAnswer("ConditionalCheckFailedException")],
    ["a validation error", errorAnswer("ValidationException")],
    ["a missing table", errorAnswer("ResourceNotFoundException")],
    ["a refusal", errorAnswer("AccessDeniedException")],
    ["unknown keys", errorAnswer("UnrecognizedClientException")],
    ["a bad signature", errorAnswer("InvalidSignatureException")],
    ["an unknown error of status 400", errorAnswer("BrandNewException")],
    ["a redirection", { statusCode: 302, body: "" }],
    ["a transaction cancelled by a condition", canceled("ConditionalCheckFailed")],
    [
      "a transaction cancelled by a condition and by a conflict",
      canceled("TransactionConflict", "ConditionalCheckFailed"),
    ],
    [
      "a transaction cancelled for no reason that is told",
      errorAnswer("TransactionCanceledException"),
    ],
    ["a mistake of the request handler", new TypeError("x is undefined")],
    ["an answer that is no answer", { body: "[]" }],
  ])("%s", async (_, answer) => {
    const { transport, handler } = fakeTransport([answer, {}]);
    expect(await failureOf(transport.send(request))).toMatchObject({
      retryable: false,
      attempts: 1,
    });
    expect(handler.requests).toHaveLength(1);
  });
});

describe("the retry configuration", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** When each attempt was made, in milliseconds after the first. */
  async function attemptsOf(retry: RetryConfig, perRequest = false): Promise<number[]> {
    const times: number[] = [];
    const answer = async () => {
      times.push(monotonicTime());
      throw reset;
    };
    const { transport } = fakeTransport([answer], perRequest ? {} : { retry });
    const failed = failureOf(transport.send(request, perRequest ? { retry } : {}));
    await vi.runAllTimersAsync();
    expect(await failed).toMatchObject({ attempts: times.length, cause: reset });
    expect(vi.getTimerCount()).toBe(0);
    return times.map((time) => Math.round(time - times[0]!));
  }

  test("is followed, delay by delay, to its end", async () => {
    expect(await attemptsOf({ timeLimit: Infinity, delays: () => [10, 0, 30] })).toEqual([
      0, 10, 10, 40,
    ]);
  });

  test("has a time limit, and no wait is begun that would end after it", async () => {
    expect(await attemptsOf(RetryConfig.static({ delay: 100, timeLimit: 450 }))).toEqual([
      0, 100, 200, 300, 400,
    ]);
    expect(await attemptsOf(RetryConfig.static({ delay: 100, timeLimit: 99 }))).toEqual([0]);
  });

  test("counts the time of the attempts themselves", async () => {
    const slow = () => new Promise<never>((_, reject) => setTimeout(() => reject(reset), 200));
    const { transport, handler } = fakeTransport([slow], {
      retry: RetryConfig.static({ delay: 10, timeLimit: 500 }),
    });
    const failed = failureOf(transport.send(request));
    await vi.runAllTimersAsync();
    // At 0, 210 and 420; the third ends at 620.
    expect(await failed).toMatchObject({ attempts: 3 });
    expect(handler.requests).toHaveLength(3);
  });

  test("may be the request's own", async () => {
    expect(await attemptsOf(RetryConfig.static({ delay: 7, maxAttempts: 3 }), true)).toEqual([
      0, 7, 14,
    ]);
    expect(await attemptsOf(RetryConfig.none, true)).toEqual([0]);
  });

  test("lasts a minute where none is given", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { transport } = fakeTransport([reset], { retry: undefined });
    const started = monotonicTime();
    const failed = failureOf(transport.send(request));
    await vi.runAllTimersAsync();
    // 50 + 100 + … + 12,800 + 20,000: one more wait of 20,000 would be past the minute.
    expect(await failed).toMatchObject({ attempts: 11 });
    expect(monotonicTime() - started).toBeLessThan(60_000);
    vi.restoreAllMocks();
  });

  test("starts anew for each request", async () => {
    const delays = vi.fn<() => number[]>(() => [1]);
    const { transport } = fakeTransport([reset], { retry: { timeLimit: 100, delays } });
    for (let i = 0; i < 3; i++) {
      const failed = failureOf(transport.send(request));
      await vi.runAllTimersAsync();
      expect(await failed).toMatchObject({ attempts: 2 });
    }
    expect(delays).toHaveBeenCalledTimes(3);
  });

  test("that gives no number is an error, with the real one as its cause", async () => {
    const { transport } = fakeTransport([reset], {
      retry: { timeLimit: 100, delays: () => [Number.NaN] },
    });
    const error = await failureOf(transport.send(request));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ cause: { name: "ConnectionError" } });
  });

  test("waits no longer than until the signal, and leaves no timer", async () => {
    const controller = new AbortController();
    const { transport, handler } = fakeTransport([reset], {
      retry: RetryConfig.static({ delay: 1_000 }),
    });
    const failed = failureOf(transport.send(request, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(500);
    controller.abort("enough");
    expect(await failed).toBe("enough");
    expect(handler.requests).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the retry budget", () => {
  const eager = RetryConfig.static({ delay: 0, maxAttempts: 4 });

  /** Sends requests one after another; `answer` is given the number of the attempt, over all of them. */
  async function sendAll(
    count: number,
    answer: (attempt: number) => Partial<HttpResponse> | Error,
    options: Partial<TransportOptions> = {},
  ): Promise<{ requests: number; failed: number }> {
    let attempt = 0;
    const answerNext = async (): Promise<Partial<HttpResponse>> => {
      const next = answer(attempt++);
      if (next instanceof Error) throw next;
      return next;
    };
    const { transport, handler } = fakeTransport([answerNext], { retry: eager, ...options });
    let failed = 0;
    for (let i = 0; i < count; i++) await transport.send(request).catch(() => failed++);
    return { requests: handler.requests.length, failed };
  }

  test("lets an outage have little more than the normal load", async () => {
    expect(await sendAll(2_000, () => unavailable)).toEqual({ requests: 2_100, failed: 2_000 });
    expect(await sendAll(2_000, () => unavailable, { retryBudget: false })).toEqual({
      requests: 8_000,
      failed: 2_000,
    });
  });

  test("lets half an outage have no more than a fifth", async () => {
    const { requests } = await sendAll(2_000, (n) => (n % 2 === 0 ? unavailable : {}));
    expect(requests).toBeLessThan(2_000 * 1.2 + 100);
  });

  test("hardly shows where little fails", async () => {
    const { failed } = await sendAll(2_000, (n) => (n % 10 === 0 ? unavailable : {}));
    expect(failed).toBe(0);
  });

  test("is taxed more by timeouts", async () => {
    const late = Object.assign(new Error("late"), { name: "TimeoutError" });
    expect(await sendAll(500, () => late)).toEqual({ requests: 550, failed: 500 });
  });

  test("may be shared by clients, and is not touched by what is not retried", async () => {
    const retryBudget = new RetryBudget({ capacity: 10 });
    const first = fakeTransport([unavailable], { retry: eager, retryBudget });
    const second = fakeTransport([unavailable], { retry: eager, retryBudget });
    expect(await failureOf(first.transport.send(request))).toMatchObject({ attempts: 3 });
    expect(await failureOf(second.transport.send(request))).toMatchObject({ attempts: 1 });
    expect(retryBudget.available).toBe(0);
    const refused = fakeTransport([errorAnswer("ValidationException")], { retryBudget });
    await failureOf(refused.transport.send(request));
    expect(retryBudget.available).toBe(0);
    const fine = fakeTransport([{}], { retryBudget });
    await fine.transport.send(request);
    expect(retryBudget.available).toBe(1);
  });

  test("when empty, the last real error is thrown at once", async () => {
    const { transport } = fakeTransport([reset, unavailable], {
      retry: RetryConfig.static({ delay: 0 }),
      retryBudget: new RetryBudget({ capacity: 5 }),
    });
    expect(await failureOf(transport.send(request))).toMatchObject({
      name: "ServiceUnavailable",
      attempts: 2,
    });
  });
});

describe("the health monitor", () => {
  function recorder(): HealthMonitor & { readonly seen: string[] } {
    const seen: string[] = [];
    return {
      seen,
      healthy: true,
      onSuccess: () => void seen.push("success"),
      onError: (error) => void seen.push((error as Error).name),
    };
  }

  test("is told of every attempt", async () => {
    const healthMonitor = recorder();
    const { transport } = fakeTransport([reset, unavailable, {}], { healthMonitor });
    await transport.send(request);
    expect(healthMonitor.seen).toEqual(["ConnectionError", "ServiceUnavailable", "success"]);
  });

  test("is told of what is not retried, too", async () => {
    const healthMonitor = recorder();
    const { transport } = fakeTransport([errorAnswer("ValidationException")], { healthMonitor });
    await failureOf(transport.send(request));
    expect(healthMonitor.seen).toEqual(["ValidationError"]);
  });

  test("breaks nothing when it throws", async () => {
    const fail = (): never => {
      throw new Error("monitor");
    };
    const { transport } = fakeTransport([reset, {}], {
      healthMonitor: { healthy: true, onSuccess: fail, onError: fail },
    });
    expect(await transport.send(request)).toMatchObject({ attempts: 2 });
  });
});
