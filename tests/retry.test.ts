import {
  CallbackHealthMonitor,
  CountingHealthMonitor,
  NoOpHealthMonitor,
  type RequestHandler,
  type ResponseMetadata,
  RetryConfig,
} from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { beforeAll, expect, it, vi } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, type Interception, RecordingHandler } from "./support/request-handlers.ts";

const quick = RetryConfig.static({ delay: 1, maxAttempts: 4 });
const key = { id: "a" };

describeOnEachServer("retry", ({ client, newClient, createTable }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable();
  });

  /** Answers the first requests with faults, and lets the rest through. */
  function faulty(...faults: readonly Interception[]): RecordingHandler {
    const handler = new RecordingHandler((request, send) => {
      const fault = faults[handler.requests.length - 1];
      return fault === undefined ? send() : fault(request, send);
    });
    return handler;
  }
  const reset: Interception = () => {
    throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  };

  it("gets over faults that pass", async () => {
    const requestHandler = faulty(
      () => failure("InternalServerError", "", 500),
      () => failure("ProvisionedThroughputExceededException"),
      reset,
    );
    const seen: ResponseMetadata[] = [];
    const put = newClient({ requestHandler, retry: quick }).put(
      table,
      { ...key, n: 1 },
      { onResponse: (metadata) => seen.push(metadata) },
    );
    await expect(put).resolves.toBeUndefined();
    expect(requestHandler.requests).toHaveLength(4);
    expect(seen.map(({ attempts }) => attempts)).toEqual([4]);
    expect(await client.get(table, key)).toEqual({ ...key, n: 1 });
  });

  it("throws the last error when it gives up, with the number of attempts", async () => {
    const requestHandler = faulty(
      reset,
      reset,
      () => failure("ServiceUnavailableException", "", 503),
      () => failure("ThrottlingException", "slow down"),
    );
    await expect(newClient({ requestHandler, retry: quick }).get(table, key)).rejects.toMatchObject(
      {
        name: "ThrottlingError",
        attempts: 4,
        retryable: true,
        message: expect.stringContaining("4 attempts") as string,
      },
    );
  });

  it("can be chosen for one call", async () => {
    const requestHandler = faulty(reset, reset);
    const once = newClient({ requestHandler, retry: quick }).get(table, key, {
      retry: RetryConfig.none,
    });
    await expect(once).rejects.toMatchObject({
      name: "ConnectionError",
      attempts: 1,
      retryable: true,
      tableName: table,
    });
    expect(requestHandler.requests).toHaveLength(1);
  });

  it("does not repeat what was refused", async () => {
    const requestHandler = faulty();
    await expect(
      newClient({ requestHandler, retry: quick }).get(table, { wrong: "key" }),
    ).rejects.toMatchObject({ name: "ValidationError", attempts: 1 });
    expect(requestHandler.requests).toHaveLength(1);
  });

  it("repeats where no one answers, and where no one answers in time", async () => {
    const nobody = newClient({ endpoint: "http://127.0.0.1:9", retry: quick });
    await expect(nobody.get(table, key)).rejects.toMatchObject({
      name: "ConnectionError",
      attempts: 4,
    });
    const slow: Interception = () => new Promise(() => undefined);
    const requestHandler = faulty(slow, slow);
    const patient = newClient({ requestHandler, retry: quick, requestTimeout: 50 });
    expect(await patient.tableExists(table, { retry: quick })).toBe(true);
    expect(requestHandler.requests).toHaveLength(3);
  });

  it("repeats an answer whose checksum differs", async () => {
    const inner = new NodeHttpHandler();
    let answers = 0;
    const requestHandler: RequestHandler = {
      handle: async (request, options) => {
        const result = await inner.handle(request as never, options);
        if (++answers === 1) result.response.headers["x-amz-crc32"] = "1";
        return result;
      },
    };
    expect(await newClient({ requestHandler, retry: quick }).tableExists(table)).toBe(true);
    expect(answers).toBe(2);
    inner.destroy();
  });

  it("ends when the call is aborted", async () => {
    const requestHandler = faulty(...Array.from({ length: 100 }, () => reset));
    const controller = new AbortController();
    const get = newClient({
      requestHandler,
      retry: RetryConfig.static({ delay: 60_000, timeLimit: Infinity }),
    }).get(table, key, { signal: controller.signal });
    await expect.poll(() => requestHandler.requests.length).toBe(1);
    controller.abort(new Error("enough"));
    await expect(get).rejects.toThrow("enough");
  });

  it("reports to health monitors", async () => {
    let broken = false;
    const requestHandler = new RecordingHandler((_, send) =>
      broken ? failure("InternalServerError", "", 500) : send(),
    );
    const counting = new CountingHealthMonitor({ maxFailures: 3 });
    const callback = vi.fn<() => void>();
    const healthMonitor = new CallbackHealthMonitor({ monitor: counting, callback });
    const watched = newClient({ requestHandler, healthMonitor, retry: quick });
    await watched.get(table, key);
    const refused = { name: "ValidationError" };
    await expect(watched.get(table, { wrong: 1 })).rejects.toMatchObject(refused);
    expect([healthMonitor.healthy, counting.failures]).toEqual([true, 0]);
    broken = true;
    await expect(watched.get(table, key)).rejects.toMatchObject({ attempts: 4 });
    expect([healthMonitor.healthy, counting.failures]).toEqual([false, 4]);
    expect(callback).toHaveBeenCalledOnce();
    broken = false;
    await watched.get(table, key);
    await watched.get(table, key);
    expect(healthMonitor.healthy).toBe(true);
    const ignorant = newClient({ healthMonitor: new NoOpHealthMonitor() });
    await expect(ignorant.get(table, { wrong: 1 })).rejects.toMatchObject(refused);
  });
});
