import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHandler, streamOf } from "../../test-support/fake-handler.ts";
import { Deadlines } from "./deadlines.ts";
import { exchange, type ExchangeOptions, ExchangeTimedOut } from "./exchange.ts";
import { HandlerSender } from "./handler-sender.ts";
import type { RequestHandler, RequestHandlerOptions } from "./request-handler.ts";

const request = {
  method: "POST",
  protocol: "http:",
  hostname: "localhost",
  path: "/",
  headers: {},
  body: "{}",
};
const never: RequestHandler = { handle: () => new Promise(() => {}) };

function run(handler: RequestHandler, options: Partial<ExchangeOptions> = {}) {
  const given: RequestHandlerOptions[] = [];
  const watched: RequestHandler = {
    handle: (sent, handlerOptions = {}) => {
      given.push(handlerOptions);
      return handler.handle(sent, handlerOptions);
    },
  };
  const result = exchange(request, {
    sender: new HandlerSender(watched),
    deadlines: new Deadlines(),
    timeout: 1_000,
    signal: undefined,
    ...options,
  });
  return {
    result,
    /** What the handler was given. */
    get signal(): AbortSignal {
      return given[0]!.abortSignal!;
    },
  };
}

/** The body of a response that has begun and does not end. */
function unending(): PassThrough {
  const body = new PassThrough();
  body.write("{");
  return body;
}

/** Takes the failure before it can be called unhandled. */
const failureOf = (result: Promise<unknown>): Promise<unknown> =>
  result.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime"] }));
afterEach(() => vi.useRealTimers());

describe("an exchange", () => {
  test("gives the whole response and leaves no timer", async () => {
    const handler = fakeHandler({ statusCode: 200, headers: { a: "b" }, body: streamOf("{", "}") });
    const { result, signal } = run(handler);
    expect(await result).toEqual({ statusCode: 200, headers: { a: "b" }, body: Buffer.from("{}") });
    expect(handler.options).toEqual([{ abortSignal: signal, requestTimeout: 2_000 }]);
    expect(signal.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each<[string, RequestHandler]>([
    ["rejects", { handle: () => Promise.reject(new Error("reset")) }],
    [
      "throws",
      {
        handle: () => {
          throw new Error("reset");
        },
      },
    ],
    [
      "gives a body that fails",
      {
        handle: async () => {
          const body = unending();
          setImmediate(() => body.destroy(new Error("reset")));
          return { response: { statusCode: 200, headers: {}, body } };
        },
      },
    ],
  ])("fails as the handler does that %s, and leaves no timer", async (_, handler) => {
    const { result } = run(handler);
    await expect(result).rejects.toThrow("reset");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends what the handler leaves going on as it fails", async () => {
    let signal: AbortSignal | undefined;
    const { result } = run({
      handle(_, options) {
        signal = options?.abortSignal as AbortSignal;
        return Promise.reject(new Error("late"));
      },
    });
    await expect(result).rejects.toThrow("late");
    expect(signal?.aborted).toBe(true);
  });

  test("fails where the handler gives no response", async () => {
    const { result } = run({ handle: async () => ({}) as never });
    await expect(result).rejects.toBeInstanceOf(TypeError);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the timeout", () => {
  test("ends an exchange that gets no response, and the handler's work", async () => {
    const { result, signal } = run(never);
    const failure = failureOf(result);
    await vi.advanceTimersByTimeAsync(999);
    expect(signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await failure).toEqual(new ExchangeTimedOut("no whole response within 1000 ms"));
    expect(signal.aborted).toBe(true);
  });

  test("covers the body", async () => {
    const body = unending();
    const { result, signal } = run(fakeHandler({ body }));
    const failure = failureOf(result);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await failure).toBeInstanceOf(ExchangeTimedOut);
    expect(body.destroyed).toBe(true);
    expect(signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("lets go of a response that comes after it", async () => {
    const body = unending();
    const { result } = run({
      handle: () =>
        new Promise((resolve) =>
          setTimeout(() => resolve({ response: { statusCode: 200, headers: {}, body } }), 2_000),
        ),
    });
    const failure = failureOf(result);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await failure).toBeInstanceOf(ExchangeTimedOut);
    expect(body.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(body.destroyed).toBe(true);
  });
});

describe("the caller's signal", () => {
  test("ends an exchange at once, with its reason, whether the handler heeds it or not", async () => {
    const controller = new AbortController();
    const { result, signal } = run(never, { signal: controller.signal });
    controller.abort("enough");
    await expect(result).rejects.toBe("enough");
    expect(signal.reason).toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends the reading of the body", async () => {
    const controller = new AbortController();
    const body = unending();
    const { result } = run(fakeHandler({ body }), { signal: controller.signal });
    setImmediate(() => controller.abort(new Error("enough")));
    await expect(result).rejects.toThrow("enough");
    expect(body.destroyed).toBe(true);
  });

  test("that has fired already keeps the request from being sent", async () => {
    const handler = fakeHandler();
    const { result } = run(handler, { signal: AbortSignal.abort(new Error("enough")) });
    await expect(result).rejects.toThrow("enough");
    expect(handler.requests).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("holds no listener afterwards", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await run(fakeHandler({}), { signal }).result;
    await expect(run(fakeHandler(new Error("reset")), { signal }).result).rejects.toThrow("reset");
    expect(add).toHaveBeenCalledTimes(2);
    expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
      add.mock.calls.map(([, listener]) => listener),
    );
  });
});
