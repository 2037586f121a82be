import { Readable } from "node:stream";
import { crc32, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { recordRequests } from "../recording/record-requests.ts";
import type { Fault } from "./plan.ts";
import { withFaults } from "./with-faults.ts";

const request = {
  method: "POST",
  protocol: "http:",
  hostname: "localhost",
  path: "/",
  headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
  body: "{}",
};

afterEach(() => vi.useRealTimers());

describe("the handler", () => {
  it("answers errors as DynamoDB does", async () => {
    const handler = withFaults(recordRequests(), { faults: [{ fault: "serviceUnavailable" }] });
    const { response } = await handler.handle(request);
    const body = response.body as Buffer;
    expect(response.headers).toEqual({
      "content-length": String(body.length),
      "content-type": "application/x-amz-json-1.0",
      date: expect.stringMatching(/ GMT$/),
      server: "Server",
      "x-amz-crc32": String(crc32(body)),
      "x-amzn-requestid": expect.stringMatching(/^[A-Z\d]{52}$/),
    });
    expect(JSON.parse(body.toString())).toEqual({
      __type: "com.amazon.coral.service#ServiceUnavailableException",
      message: "The service is currently unavailable or busy.",
    });
  });

  it("hands everything on as it is where no fault strikes", async () => {
    const given: unknown[] = [];
    const answer = { response: { statusCode: 200, headers: {}, body: "{}" } };
    const quiet = {
      handle: async (...sent: unknown[]) => {
        given.push(...sent);
        return answer;
      },
    };
    const options = { abortSignal: new AbortController().signal, requestTimeout: 5 };
    for (const faults of [[], [{ fault: "throttling", probability: 0 }]] as Fault[][]) {
      const handler = withFaults(quiet, { faults });
      expect(await handler.handle(request, options)).toBe(answer);
      expect(given.splice(0)).toEqual([request, options]);
      expect(handler.requests).toBe(1);
      // A handler need not have more than `handle`.
      handler.updateHttpClientConfig("requestTimeout" as never, 5 as never);
      expect(handler.httpHandlerConfigs()).toEqual({});
      expect(handler.metadata).toEqual({ handlerProtocol: "http/1.1" });
      handler.destroy();
    }
  });

  it("tells of what goes wrong behind it as it is", async () => {
    const broken = Object.assign(new Error("no route"), { code: "EHOSTUNREACH" });
    for (const fault of ["truncated", "resetAfter", "duplicated", "wrongChecksum"] as const) {
      const handler = withFaults({ handle: () => Promise.reject(broken) }, { faults: [{ fault }] });
      await expect(handler.handle(request)).rejects.toBe(broken);
    }
  });

  it.each<[string, () => unknown]>([
    ["text", () => '{"a":1}'],
    ["bytes", () => new TextEncoder().encode('{"a":1}')],
    ["a buffer", () => new TextEncoder().encode('{"a":1}').buffer],
    ["a blob", () => new Blob(['{"a":1}'])],
    ["a Node stream", () => Readable.from([Buffer.from('{"a"'), Buffer.from(":1}")])],
    ["a web stream", () => new Blob(['{"a":1}']).stream()],
  ])("reads a body that is %s", async (_, body) => {
    const headers = { "X-Amz-Crc32": String(crc32('{"a":1}')) };
    const handler = withFaults(
      { handle: async () => ({ response: { statusCode: 200, headers, body: body() } }) },
      {
        faults: [
          { fault: "truncated", nth: 1 },
          { fault: "slow", milliseconds: 0 },
        ],
      },
    );
    const cut = (await handler.handle(request)).response;
    expect(String(cut.body)).toBe('{"a');
    expect(cut.headers).toEqual({
      "content-length": "7",
      "x-amz-crc32": String(crc32('{"a":1}')),
    });
    expect(String((await handler.handle(request)).response.body)).toBe('{"a":1}');
  });

  it("gives a compressed answer uncompressed, under headers that fit", async () => {
    const body = gzipSync('{"a":1}');
    const headers = { "content-encoding": "gzip", "x-amz-crc32": String(crc32(body)) };
    const handler = withFaults(
      { handle: async () => ({ response: { statusCode: 200, headers, body } }) },
      { faults: [{ fault: "slow", milliseconds: 0 }] },
    );
    const { response } = await handler.handle(request);
    expect(String(response.body)).toBe('{"a":1}');
    expect(response.headers).toEqual({
      "content-length": "7",
      "x-amz-crc32": String(crc32('{"a":1}')),
    });
  });

  it("lets go of a body that it reads when the caller gives up", async () => {
    const closed: string[] = [];
    const bodies = [
      new Readable({
        read: () => undefined,
        destroy: (_, done) => {
          closed.push("node");
          done(null);
        },
      }),
      new ReadableStream({ cancel: () => void closed.push("web") }),
    ];
    for (const body of bodies) {
      const handler = withFaults(
        { handle: async () => ({ response: { statusCode: 200, headers: {}, body } }) },
        { faults: [{ fault: "slow", milliseconds: 0 }] },
      );
      const controller = new AbortController();
      const waiting = handler.handle(request, { abortSignal: controller.signal });
      await new Promise(setImmediate);
      controller.abort();
      await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    }
    await expect.poll(() => closed).toEqual(["node", "web"]);
  });
});

it("never answers, until the caller gives up or it is destroyed", async () => {
  const inner = recordRequests();
  const handler = withFaults(inner, { faults: [{ fault: "timeout" }] });
  const reason = new Error("enough");
  const controller = new AbortController();
  const waiting = handler.handle(request, { abortSignal: controller.signal });
  controller.abort(reason);
  await expect(waiting).rejects.toMatchObject({ name: "AbortError", cause: reason });
  await expect(handler.handle(request, { requestTimeout: 5 })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  const aborted = AbortSignal.abort(reason);
  await expect(handler.handle(request, { abortSignal: aborted })).rejects.toMatchObject({
    name: "AbortError",
    cause: reason,
  });
  // The older kind of signal, which has no listeners.
  const old = { aborted: false, onabort: null as (() => void) | null };
  const pending = handler.handle(request, { abortSignal: old as never });
  old.onabort!();
  await expect(pending).rejects.toMatchObject({ name: "AbortError" });

  const hanging = [handler.handle(request), handler.handle(request)];
  handler.destroy();
  for (const one of await Promise.allSettled(hanging))
    expect(one).toMatchObject({ status: "rejected", reason: { code: "ECONNRESET" } });
  expect(handler.log).toHaveLength(6);
  expect(inner.requests).toEqual([]);
});

it.each([
  [3_600_000, "20200101T000000Z", "Signature expired: 20200101T000000Z is now earlier than "],
  [
    -3_600_000,
    "20990101T000000Z",
    "Signature not yet current: 20990101T000000Z is still later than ",
  ],
])(
  "refuses what is not signed with a time that differs by %d ms",
  async (milliseconds, signed, message) => {
    const handler = withFaults(recordRequests(), {
      faults: [{ fault: "clockSkew", milliseconds }],
    });
    const headers = { ...request.headers, "X-Amz-Date": signed };
    const { response } = await handler.handle({ ...request, headers });
    expect(response.statusCode).toBe(400);
    expect(JSON.parse(String(response.body))).toEqual({
      __type: "com.amazon.coral.service#InvalidSignatureException",
      message: expect.stringContaining(message),
    });
    // An answer that is no error tells the server's time, too.
    const passed = await handler.handle(request);
    expect(passed.response.statusCode).toBe(200);
    for (const { headers: given } of [response, passed.response]) {
      const serverTime = Date.parse(given["date"]!);
      expect(Math.abs(serverTime - (Date.now() + milliseconds))).toBeLessThan(60_000);
    }
  },
);

it("leaves no timer behind, however a request ends", async () => {
  vi.useFakeTimers();
  const faults: Fault[] = [
    { fault: "timeout", nth: [1, 2] },
    { fault: "slow", milliseconds: 1_000 },
  ];
  const handler = withFaults(recordRequests(), { faults });
  const controller = new AbortController();
  const options = { abortSignal: controller.signal, requestTimeout: 5_000 };
  const requests = Array.from({ length: 4 }, () => handler.handle(request, options));
  await vi.advanceTimersByTimeAsync(0);
  // One for each request that hangs or is slow, and one for each request timeout.
  expect(vi.getTimerCount()).toBe(8);
  controller.abort();
  for (const one of await Promise.allSettled(requests)) expect(one.status).toBe("rejected");
  expect(vi.getTimerCount()).toBe(0);

  const slow = handler.handle(request, { requestTimeout: 5_000 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await slow).response.statusCode).toBe(200);
  const late = handler.handle(request, { requestTimeout: 10 });
  const [[outcome]] = await Promise.all([
    Promise.allSettled([late]),
    vi.advanceTimersByTimeAsync(10),
  ]);
  expect(outcome).toMatchObject({ status: "rejected", reason: { name: "TimeoutError" } });
  expect(vi.getTimerCount()).toBe(0);
});
