import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { crc32 } from "node:zlib";
import type { AwsCredentialIdentity } from "@smithy/types";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  errorAnswer,
  type FakeAnswer,
  fakeHandler,
  streamOf,
} from "../test-support/fake-handler.ts";
import { failureOf, fakeTransport, request } from "../test-support/transport.ts";
import { ConditionalCheckFailed } from "./errors/conditional-check-failed.ts";
import type { DynamoDBError } from "./errors/dynamodb-error.ts";
import { FieldwiseError } from "./errors/fieldwise-error.ts";
import { ConfigurationError, CredentialsError } from "./errors/input-errors.ts";
import { ConnectionError, InvalidResponse, RequestTimedOut } from "./errors/request-error.ts";
import { TransactionCanceled } from "./errors/transaction-canceled.ts";
import { RetryConfig } from "./retry.ts";
import { Transport } from "./transport.ts";

const once = { retry: RetryConfig.none };

beforeEach(() => {
  for (const name of Object.keys(process.env))
    if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
});
afterEach(() => vi.unstubAllEnvs());

describe("a request", () => {
  test("goes to the region's endpoint, signed, and its answer comes back", async () => {
    const body = '{"Item":{"a":{"S":"x"}}}';
    const { transport, handler } = fakeTransport([
      {
        headers: { "x-amzn-requestid": "id-1", "x-amz-crc32": String(crc32(body)) },
        body: streamOf(body),
      },
    ]);
    expect(await transport.send({ operation: "GetItem", body: '{"TableName":"orders"}' })).toEqual({
      output: { Item: { a: { S: "x" } } },
      statusCode: 200,
      requestId: "id-1",
      attempts: 1,
    });
    expect(handler.requests).toMatchObject([
      {
        method: "POST",
        protocol: "https:",
        hostname: "dynamodb.eu-west-1.amazonaws.com",
        path: "/",
        body: '{"TableName":"orders"}',
        headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
      },
    ]);
    expect(handler.requests[0]).not.toHaveProperty("port");
  });

  test("goes where the variable says", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:8000");
    const { transport, handler } = fakeTransport([{}]);
    await transport.send(request);
    expect(handler.requests[0]).toMatchObject({ hostname: "localhost", port: 8000 });
  });

  test("has the client's timeout, or its own", async () => {
    const { transport, handler } = fakeTransport([{}], { requestTimeout: 1_234 });
    await transport.send(request);
    await transport.send(request, { requestTimeout: 567 });
    // The handler's own is behind it.
    expect(handler.options.map(({ requestTimeout }) => requestTimeout)).toEqual([2_468, 1_134]);
    const plain = fakeTransport([{}]);
    await plain.transport.send(request);
    expect(plain.handler.options[0]?.requestTimeout).toBe(20_000);
  });
});

describe("the region and the endpoint", () => {
  test("are looked for at the first request, and again where none was found", async () => {
    const { transport, handler } = fakeTransport([{}], { region: undefined });
    await expect(transport.send(request)).rejects.toThrow(ConfigurationError);
    vi.stubEnv("AWS_REGION", "sa-east-1");
    await Promise.all([transport.send(request), transport.send(request)]);
    vi.stubEnv("AWS_REGION", "us-west-2");
    await transport.send(request);
    expect(handler.requests.map(({ hostname }) => hostname)).toEqual(
      Array(3).fill("dynamodb.sa-east-1.amazonaws.com"),
    );
  });

  test("that are wrong in the environment are an error of the request, by the variable's name", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "localhost:8000");
    const { transport } = fakeTransport([{}]);
    await expect(transport.send(request)).rejects.toThrow("AWS_ENDPOINT_URL must begin with");
  });
});

describe("an impossible option", () => {
  test.each<[string, object]>([
    ["the region option", { region: "EU WEST" }],
    ["the endpoint option", { endpoint: "localhost:8000" }],
    ["connectionTimeout", { connectionTimeout: 0 }],
    ["connectionTimeout", { connectionTimeout: -1 }],
    ["requestTimeout", { requestTimeout: Number.NaN }],
    ["requestTimeout", { requestTimeout: Infinity }],
    ["requestTimeout", { requestTimeout: 2 ** 31 }],
    ["maxSockets", { maxSockets: 0 }],
    ["maxSockets", { maxSockets: 2.5 }],
    ["retry", { retry: { timeLimit: 5 } }],
    ["retry", { retry: RetryConfig.exponential }],
    ["requestHandler", { requestHandler: {} }],
    ["requestHandler", { requestHandler: () => {} }],
    ["signer", { signer: {} }],
    ["retryBudget", { retryBudget: { capacity: 500 } }],
    ["retryBudget", { retryBudget: true }],
    ["healthMonitor", { healthMonitor: () => {} }],
    ["healthMonitor", { healthMonitor: { onSuccess: () => {} } }],
  ])("is refused at once by its name: %s (%#)", (name, options) => {
    expect(() => fakeTransport([{}], options)).toThrow(ConfigurationError);
    expect(() => fakeTransport([{}], options)).toThrow(name);
  });

  test("credentials without a key are refused at once", () => {
    expect(() => fakeTransport([{}], { credentials: {} as never })).toThrow(CredentialsError);
  });

  test("of a request is refused before it is sent", async () => {
    const { transport, handler } = fakeTransport([{}]);
    await expect(transport.send(request, { requestTimeout: 0 })).rejects.toThrow(
      ConfigurationError,
    );
    await expect(transport.send(request, { retry: {} as never })).rejects.toThrow(
      ConfigurationError,
    );
    expect(handler.requests).toHaveLength(0);
  });
});

describe("an error of DynamoDB", () => {
  test("says what it is about", async () => {
    const { transport } = fakeTransport([
      errorAnswer("ConditionalCheckFailedException", {
        headers: { "x-amzn-requestid": "id-1" },
        Item: { a: { S: "old" } },
      }),
    ]);
    const error = await failureOf(transport.send({ ...request, key: { id: { S: "1" } } }));
    expect(error).toBeInstanceOf(ConditionalCheckFailed);
    expect(error).toMatchObject({
      operation: "GetItem",
      tableName: "orders",
      key: { id: { S: "1" } },
      requestId: "id-1",
      attempts: 1,
      statusCode: 400,
      retryable: false,
      item: { a: { S: "old" } },
    });
    expect((error as Error).message).toBe(
      "ConditionalCheckFailedException it is (GetItem on table orders, request id id-1)",
    );
  });

  test("that this version does not know keeps its name, status and body", async () => {
    const { transport } = fakeTransport([
      errorAnswer("BrandNewException", { statusCode: 418, Hint: "tea" }),
    ]);
    const error = await failureOf(transport.send(request));
    expect(error).toMatchObject({
      name: "DynamoDBError",
      wireName: "BrandNewException",
      statusCode: 418,
    });
    expect((error as DynamoDBError).body).toMatchObject({ Hint: "tea" });
  });

  test("is not hidden by an item that can't be read", async () => {
    const unreadable = new Error("9007199254740993 is too large");
    const options = {
      decodeItem: () => {
        throw unreadable;
      },
    };
    const answers = [
      errorAnswer("ConditionalCheckFailedException", { Item: { n: { N: "9007199254740993" } } }),
      errorAnswer("TransactionCanceledException", {
        CancellationReasons: [
          { Code: "ConditionalCheckFailed", Item: { n: { N: "9007199254740993" } } },
        ],
      }),
    ];
    const { transport } = fakeTransport(answers, options);
    const failed = await failureOf(transport.send({ ...request, key: { id: { S: "1" } } }));
    expect(failed).toBeInstanceOf(ConditionalCheckFailed);
    expect(failed).toMatchObject({ item: undefined, key: undefined, cause: unreadable });
    const canceled = await failureOf(transport.send(request));
    expect(canceled).toBeInstanceOf(TransactionCanceled);
    expect(canceled).toMatchObject({
      reasons: [{ code: "ConditionalCheckFailed", item: undefined }],
    });
  });
});

describe("what the request handler throws", () => {
  const withCode = (code: string): Error => Object.assign(new Error(`failed: ${code}`), { code });

  test.each<[string, Error, object]>([
    ["a reset connection", withCode("ECONNRESET"), { name: "ConnectionError", retryable: true }],
    [
      "a wrong certificate",
      withCode("CERT_HAS_EXPIRED"),
      { name: "ConnectionError", retryable: false },
    ],
    [
      "a timeout",
      Object.assign(new Error("late"), { name: "TimeoutError" }),
      { name: "RequestTimedOut", retryable: true },
    ],
    [
      "a mistake of its own",
      new TypeError("x is undefined"),
      { name: "ConnectionError", retryable: false },
    ],
    [
      "an abort of its own",
      Object.assign(new Error("aborted"), { name: "AbortError" }),
      { retryable: false },
    ],
  ])("%s is an error with the cause", async (_, fault, expected) => {
    const { transport } = fakeTransport([fault], once);
    const error = await failureOf(transport.send(request));
    expect(error).toBeInstanceOf(FieldwiseError);
    expect(error).toMatchObject({ ...expected, cause: fault });
    expect((error as Error).message).toContain(fault.message);
  });

  test("or a body that ends without having ended, is a lost connection", async () => {
    const body = new PassThrough();
    body.write("{");
    setImmediate(() => body.destroy());
    const { transport } = fakeTransport([{ body }], once);
    expect(await failureOf(transport.send(request))).toMatchObject({
      name: "ConnectionError",
      retryable: true,
    });
  });

  test("may be no error at all", async () => {
    const { transport } = fakeTransport([() => Promise.reject("a string")], once);
    expect(await failureOf(transport.send(request))).toBeInstanceOf(ConnectionError);
    const nothing = fakeTransport([], {
      requestHandler: { handle: async () => undefined as never },
    });
    expect(await failureOf(nothing.transport.send(request))).toMatchObject({
      name: "ConnectionError",
      retryable: false,
    });
  });
});

describe("a response that is not DynamoDB's", () => {
  test.each<[string, FakeAnswer, boolean]>([
    ["with another checksum", { headers: { "x-amz-crc32": "1" } }, true],
    ["cut short", { body: '{"Item":' }, true],
    ["empty", { body: "" }, true],
    ["of another kind", { body: '"text"' }, false],
  ])("because it is %s is an InvalidResponse", async (_, answer, retryable) => {
    const error = await failureOf(fakeTransport([answer], once).transport.send(request));
    expect(error).toBeInstanceOf(InvalidResponse);
    expect(error).toMatchObject({ statusCode: 200, retryable });
  });

  test("whatever it is, gives one of our errors or an answer", async () => {
    const names = fc.constantFrom(
      "ConditionalCheckFailedException",
      "TransactionCanceledException",
      "ExpiredTokenException",
      "InvalidSignatureException",
      "X",
    );
    const hostile = fc.record(
      {
        __type: fc.oneof(names, fc.jsonValue()),
        message: fc.jsonValue(),
        Item: fc.jsonValue(),
        CancellationReasons: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.oneof(fc.jsonValue(), fc.record({ Code: fc.jsonValue(), Item: fc.jsonValue() })),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          hostile.map((body) => JSON.stringify(body)),
          fc.json(),
          fc.string(),
        ),
        fc.constantFrom(200, 204, 301, 400, 403, 413, 500, 503),
        fc.dictionary(
          fc.constantFrom("date", "x-amz-crc32", "x-amzn-errortype", "content-encoding"),
          fc.string(),
        ),
        async (body, statusCode, headers) => {
          const { transport } = fakeTransport([{ statusCode, headers, body }], once);
          const result = await transport
            .send({ ...request, key: { a: { S: "x" } } })
            .catch((e: unknown) => e);
          expect(result instanceof FieldwiseError || "output" in (result as object)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("secrets", () => {
  const secret = "hunter2";
  const credentials = {
    accessKeyId: "AKID",
    secretAccessKey: secret,
    sessionToken: `token-${secret}`,
  };
  const shown = (value: unknown): string =>
    `${inspect(value, { depth: null, showHidden: true })}${JSON.stringify(value)}${String(value)}`;

  test("are not shown by the transport", async () => {
    const { transport } = fakeTransport([{}], { credentials });
    expect(shown(transport)).not.toContain(secret);
    await transport.send(request);
    expect(shown(transport)).not.toContain(secret);
  });

  test.each<FakeAnswer>([
    errorAnswer("AccessDeniedException"),
    errorAnswer("InternalServerError", { statusCode: 500 }),
    { body: "{" },
    Object.assign(new Error("reset"), { code: "ECONNRESET" }),
    new TypeError("x is undefined"),
  ])("are not shown by an error (%#)", async (answer) => {
    const { transport } = fakeTransport([answer], { ...once, credentials });
    expect(shown(await failureOf(transport.send(request)))).not.toContain(secret);
  });

  test("are not shown by an error of the default request handler", async () => {
    const transport = new Transport({
      ...once,
      region: "eu-west-1",
      // Nobody listens on the discard port.
      endpoint: "http://127.0.0.1:9",
      credentials,
      decodeItem: (item) => item,
    });
    const error = await failureOf(transport.send(request));
    transport.destroy();
    expect(error).toBeInstanceOf(ConnectionError);
    expect(shown(error)).not.toContain(secret);
  });
});

describe("a signer that was given", () => {
  test("signs, and no credentials are looked for", async () => {
    const { transport, handler } = fakeTransport([{}], {
      credentials: () => Promise.reject(new Error("not asked")),
      signer: {
        sign: async (unsigned) => ({
          ...unsigned,
          headers: { ...unsigned.headers, authorization: "mine" },
        }),
      },
    });
    await transport.send(request);
    expect(handler.requests[0]?.headers["authorization"]).toBe("mine");
  });

  test("that fails is a CredentialsError", async () => {
    const { transport, handler } = fakeTransport([{}], {
      signer: { sign: () => Promise.reject(new Error("no key")) },
    });
    await expect(transport.send(request)).rejects.toThrow(CredentialsError);
    expect(handler.requests).toHaveLength(0);
  });
});

describe("the caller's signal", () => {
  const reason = new Error("enough");

  test("that has fired keeps anything from happening", async () => {
    const provide = vi.fn<() => Promise<never>>();
    const { transport, handler } = fakeTransport([{}], { credentials: provide });
    expect(await failureOf(transport.send(request, { signal: AbortSignal.abort(reason) }))).toBe(
      reason,
    );
    expect(provide).not.toHaveBeenCalled();
    expect(handler.requests).toHaveLength(0);
  });

  test("ends the wait for credentials, and leaves them to the others who wait", async () => {
    let give!: (identity: { accessKeyId: string; secretAccessKey: string }) => void;
    const { transport } = fakeTransport([{}], {
      credentials: () => new Promise((resolve) => (give = resolve)),
    });
    const controller = new AbortController();
    const ended = failureOf(transport.send(request, { signal: controller.signal }));
    const other = transport.send(request);
    await vi.waitUntil(() => give !== undefined);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    give({ accessKeyId: "AKID", secretAccessKey: "secret" });
    expect(await other).toMatchObject({ attempts: 1 });
  });

  test("ends a request on its way, and it is not sent again", async () => {
    const controller = new AbortController();
    const { transport, handler } = fakeTransport([
      () => {
        queueMicrotask(() => controller.abort(reason));
        return new Promise(() => {});
      },
    ]);
    expect(await failureOf(transport.send(request, { signal: controller.signal }))).toBe(reason);
    expect(handler.requests).toHaveLength(1);
    expect(handler.options[0]?.abortSignal?.aborted).toBe(true);
  });

  test("is what is thrown, whatever the handler throws because of it", async () => {
    const controller = new AbortController();
    const { transport } = fakeTransport([
      async () => {
        controller.abort("a string");
        throw Object.assign(new Error("aborted"), { name: "AbortError" });
      },
    ]);
    expect(await failureOf(transport.send(request, { signal: controller.signal }))).toBe(
      "a string",
    );
  });
});

describe("a burst of requests", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** A handler that takes its time, and the most requests that it ever had at once. */
  function slowHandler(milliseconds: number) {
    const state = { now: 0, most: 0 };
    const answer = async (): Promise<object> => {
      state.most = Math.max(state.most, ++state.now);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      state.now--;
      return {};
    };
    return { state, answer };
  }

  test("is sent as the limit allows, and waiting in line is not timed out", async () => {
    const { state, answer } = slowHandler(800);
    const { transport } = fakeTransport([answer], {
      ...once,
      maxSockets: 3,
      requestTimeout: 1_000,
    });
    const all = Promise.all(Array.from({ length: 30 }, () => transport.send(request)));
    await vi.runAllTimersAsync();
    for (const { attempts } of await all) expect(attempts).toBe(1);
    expect(state.most).toBe(3);
  });

  test("has 500 on their way where nothing else is said", async () => {
    const { state, answer } = slowHandler(10);
    const { transport } = fakeTransport([answer]);
    const all = Promise.all(Array.from({ length: 2_000 }, () => transport.send(request)));
    await vi.runAllTimersAsync();
    await all;
    expect(state.most).toBe(500);
  });

  test("goes on after failures, and those that wait for a retry hold nobody up", async () => {
    const reset = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    const retry = RetryConfig.static({ delay: 60_000, timeLimit: 120_000, maxAttempts: 2 });
    const { transport, handler } = fakeTransport([reset, {}], { retry, maxSockets: 1 });
    const first = transport.send(request);
    const others = Promise.all(Array.from({ length: 10 }, () => transport.send(request)));
    await vi.advanceTimersByTimeAsync(0);
    expect(await others).toHaveLength(10);
    expect(handler.requests).toHaveLength(11);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await first).toMatchObject({ attempts: 2 });
  });

  test("may be left by who waits in line", async () => {
    const { answer } = slowHandler(10);
    const { transport, handler } = fakeTransport([answer], { maxSockets: 1 });
    const controller = new AbortController();
    const first = transport.send(request);
    const second = failureOf(transport.send(request, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(5);
    controller.abort("enough");
    expect(await second).toBe("enough");
    await vi.runAllTimersAsync();
    await first;
    expect(handler.requests).toHaveLength(1);
  });
});

describe("a destroyed transport", () => {
  test("sends nothing", async () => {
    const { transport, handler } = fakeTransport([{}]);
    transport.destroy();
    transport.destroy();
    const error = await failureOf(transport.send(request));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ retryable: false });
    expect(handler.requests).toHaveLength(0);
  });

  test("does not send what waited for credentials", async () => {
    let give!: (identity: AwsCredentialIdentity) => void;
    const credentials = (): Promise<AwsCredentialIdentity> =>
      new Promise((resolve) => (give = resolve));
    const { transport, handler } = fakeTransport([{}], { credentials });
    const failed = failureOf(transport.send(request));
    await new Promise(setImmediate);
    transport.destroy();
    give({ accessKeyId: "AKID", secretAccessKey: "secret" });
    expect(await failed).toMatchObject({ name: "ConnectionError", attempts: 0, retryable: false });
    expect(handler.requests).toHaveLength(0);
  });

  test("does not send again what was on its way", async () => {
    const handler = fakeHandler(async () => {
      transport.destroy();
      throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
    });
    const { transport } = fakeTransport([], { requestHandler: handler });
    await expect(transport.send(request)).rejects.toThrow("reset");
    expect(handler.requests).toHaveLength(1);
  });
});

test("a timeout is a RequestTimedOut that names the limit", async () => {
  const { transport } = fakeTransport([() => new Promise(() => {})], {
    ...once,
    requestTimeout: 20,
  });
  const error = await failureOf(transport.send(request));
  expect(error).toBeInstanceOf(RequestTimedOut);
  expect((error as Error).message).toContain("20 ms");
});

test.each<[string, FakeAnswer[], object]>([
  ["is refused", [errorAnswer("ValidationException")], {}],
  ["gets no answer", [new Error("no")], {}],
  [
    "fails again",
    [Object.assign(new Error("reset"), { code: "ECONNRESET" })],
    { retry: RetryConfig.static({ delay: 0, maxAttempts: 2 }) },
  ],
])("the error of a request that %s names in its stack who made it", async (_, answers, options) => {
  const { transport } = fakeTransport(answers, options);
  async function whoMadeIt(): Promise<unknown> {
    return await transport.send(request);
  }
  await failureOf(whoMadeIt());
  const error = (await failureOf(whoMadeIt())) as Error;
  expect(error.stack).toContain("whoMadeIt");
});
