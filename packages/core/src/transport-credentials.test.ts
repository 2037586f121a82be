import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { errorAnswer, type FakeAnswer } from "../test-support/fake-handler.ts";
import { failureOf, fakeTransport, request } from "../test-support/transport.ts";
import { CredentialsError } from "./errors/input-errors.ts";
import { ExpiredToken, InvalidSignature } from "./errors/service-errors.ts";
import { RetryBudget } from "./retry-budget.ts";
import { RetryConfig } from "./retry.ts";

const expired = errorAnswer("ExpiredTokenException");
/** Waits that nobody would sit through. */
const slow = RetryConfig.static({ delay: 1_000_000, timeLimit: Infinity });

function provider() {
  let calls = 0;
  return vi.fn<
    (
      properties?: Record<string, unknown>,
    ) => Promise<{ accessKeyId: string; secretAccessKey: string }>
  >(async () => ({ accessKeyId: `AKID${++calls}`, secretAccessKey: "secret" }));
}

const keyOf = (authorization: string | undefined): string | undefined =>
  /Credential=(\w+)\//.exec(authorization ?? "")?.[1];

describe("credentials", () => {
  test("are asked for once, with the client's Region for AWS's own providers", async () => {
    const credentials = provider();
    const { transport } = fakeTransport([{}], { credentials });
    await Promise.all(Array.from({ length: 200 }, () => transport.send(request)));
    expect(credentials).toHaveBeenCalledTimes(1);
    const [properties] = credentials.mock.calls[0] as [
      { callerClientConfig: { region: () => Promise<string> } },
    ];
    expect(await properties.callerClientConfig.region()).toBe("eu-west-1");
  });

  test("that can't be had are an error, and are asked for again by the next request", async () => {
    const credentials = provider();
    credentials.mockRejectedValueOnce(new Error("later"));
    const { transport, handler } = fakeTransport([{}], { credentials });
    await expect(transport.send(request)).rejects.toThrow(CredentialsError);
    expect(handler.requests).toHaveLength(0);
    await transport.send(request);
    expect(handler.requests).toHaveLength(1);
  });
});

describe("an expired token", () => {
  test("is replaced and the request sent again, without a wait", async () => {
    const credentials = provider();
    const { transport, handler } = fakeTransport([expired, {}], { credentials, retry: slow });
    expect(await transport.send(request)).toMatchObject({ attempts: 2 });
    expect(handler.requests.map(({ headers }) => keyOf(headers["authorization"]))).toEqual([
      "AKID1",
      "AKID2",
    ]);
    expect(credentials.mock.calls[1]?.[0]).toMatchObject({ forceRefresh: true });
  });

  test("is replaced once for all requests that it failed", async () => {
    const credentials = provider();
    const answers: FakeAnswer[] = [...Array<FakeAnswer>(50).fill(expired), {}];
    const { transport, handler } = fakeTransport(answers, { credentials, retry: slow });
    await Promise.all(Array.from({ length: 50 }, () => transport.send(request)));
    expect(credentials).toHaveBeenCalledTimes(2);
    expect(handler.requests).toHaveLength(100);
  });

  test("costs none of many requests at once their answer, whatever the retry budget", async () => {
    const credentials = provider();
    const answers: FakeAnswer[] = [...Array<FakeAnswer>(500).fill(expired), {}];
    const retryBudget = new RetryBudget({ capacity: 10 });
    const { transport } = fakeTransport(answers, { credentials, retry: slow, retryBudget });
    await Promise.all(Array.from({ length: 500 }, () => transport.send(request)));
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  test("that the provider gives again is the error, at once", async () => {
    const { transport, handler } = fakeTransport([expired], { retry: slow });
    const error = await failureOf(transport.send(request));
    expect(error).toBeInstanceOf(ExpiredToken);
    expect(handler.requests).toHaveLength(1);
  });

  test("is not replaced over and over", async () => {
    const credentials = provider();
    const { transport } = fakeTransport([expired], { credentials, retry: slow });
    expect(await failureOf(transport.send(request))).toBeInstanceOf(ExpiredToken);
    expect(credentials.mock.calls.length).toBeLessThanOrEqual(4);
  });

  test("is replaced for the next request where this one may not be sent again", async () => {
    const credentials = provider();
    const { transport, handler } = fakeTransport([expired, {}], {
      credentials,
      retry: RetryConfig.none,
    });
    expect(await failureOf(transport.send(request))).toBeInstanceOf(ExpiredToken);
    await transport.send(request);
    expect(keyOf(handler.requests[1]?.headers["authorization"])).toBe("AKID2");
  });

  test("of somebody else's signer is the error, at once", async () => {
    const { transport, handler } = fakeTransport([expired], {
      retry: slow,
      signer: { sign: async (unsigned) => unsigned },
    });
    expect(await failureOf(transport.send(request))).toBeInstanceOf(ExpiredToken);
    expect(handler.requests).toHaveLength(1);
  });

  test("that can't be replaced is an error of the credentials", async () => {
    const credentials = provider();
    const { transport } = fakeTransport([expired], { credentials, retry: slow });
    await transport.send(request, { retry: RetryConfig.none }).catch(() => {});
    credentials.mockRejectedValueOnce(new Error("sealed"));
    await expect(transport.send(request)).rejects.toThrow("sealed");
  });
});

describe("a clock that is wrong", () => {
  const now = Date.UTC(2026, 5, 1, 12);
  const hours = 60 * 60 * 1000;
  const dated = (time: number): { date: string } => ({ date: new Date(time).toUTCString() });

  beforeEach(() => vi.useFakeTimers({ now, toFake: ["Date"] }));
  afterEach(() => vi.useRealTimers());

  test.each(["InvalidSignatureException", "RequestExpired"])(
    "is set by the answer (%s), and the request sent again",
    async (name) => {
      const wrongTime = errorAnswer(name, { headers: dated(now + 2 * hours) });
      const { transport, handler } = fakeTransport([wrongTime, {}], { retry: slow });
      expect(await transport.send(request)).toMatchObject({ attempts: 2 });
      await transport.send(request);
      expect(handler.requests.map(({ headers }) => headers["x-amz-date"])).toEqual([
        "20260601T120000Z",
        "20260601T140000Z",
        "20260601T140000Z",
      ]);
    },
  );

  test("is no excuse for a signature that is bad all the same", async () => {
    const answers = [errorAnswer("InvalidSignatureException", { headers: dated(now + 2 * hours) })];
    const { transport, handler } = fakeTransport(answers, { retry: slow });
    const error = await failureOf(transport.send(request));
    expect(error).toBeInstanceOf(InvalidSignature);
    expect(error).toMatchObject({ attempts: 2, retryable: false });
    expect(handler.requests).toHaveLength(2);
  });

  test("that is right leaves a bad signature what it is", async () => {
    for (const headers of [dated(now + 60_000), {}, { date: "nonsense" }]) {
      const { transport, handler } = fakeTransport(
        [errorAnswer("InvalidSignatureException", { headers })],
        { retry: slow },
      );
      expect(await failureOf(transport.send(request))).toMatchObject({
        attempts: 1,
        retryable: false,
      });
      expect(handler.requests).toHaveLength(1);
    }
  });

  test("is not set over and over by a server that jumps", async () => {
    let time = now;
    const jumping = async () => {
      time += 24 * hours;
      return errorAnswer("InvalidSignatureException", { headers: dated(time) });
    };
    const { transport, handler } = fakeTransport([jumping], { retry: slow });
    await failureOf(transport.send(request));
    expect(handler.requests).toHaveLength(3);
  });
});
