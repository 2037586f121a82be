import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { crc32, gzipSync } from "node:zlib";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import type { HttpRequest } from "@smithy/types";
import { Agent, interceptors } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { findClosedPort, startLocalServer } from "../../test-support/local-server.ts";
import { ConnectionError, RequestTimedOut } from "../errors/request-error.ts";
import { ResourceNotFound } from "../errors/service-errors.ts";
import { RetryConfig } from "../retry.ts";
import { Signer } from "../signing/signer.ts";
import { Transport } from "../transport.ts";
import { parseEndpoint } from "./endpoint.ts";
import type { RequestDispatcher, RequestHandler } from "./request-handler.ts";

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "token",
};

const handlers: readonly [string, () => RequestHandler | RequestDispatcher | undefined][] = [
  ["the default", () => undefined],
  ["NodeHttpHandler", () => new NodeHttpHandler()],
  ["FetchHttpHandler", () => new FetchHttpHandler()],
  ["UndiciHttpHandler", () => new UndiciHttpHandler({ dispatcher: new Agent() })],
  ["undici's Agent", () => new Agent()],
  [
    "undici's Agent with an interceptor",
    () => new Agent().compose(interceptors.redirect({ maxRedirections: 1 })),
  ],
];

describe.each(handlers)("with the request handler %s", (name, create) => {
  function connect(
    endpoint: string,
    options: Partial<ConstructorParameters<typeof Transport>[0]> = {},
  ): Transport {
    const requestHandler = create();
    const transport = new Transport({
      region: "eu-west-1",
      endpoint,
      credentials,
      requestHandler,
      retry: RetryConfig.none,
      decodeItem: (item) => item,
      ...options,
    });
    onTestFinished(() => {
      transport.destroy();
      end(requestHandler);
    });
    return transport;
  }

  test("a request comes whole and rightly signed, and its answer back", async () => {
    const body = JSON.stringify({ TableName: "t", Key: { a: { S: "ünïcödé ☃".repeat(1_000) } } });
    const reply = JSON.stringify({ Item: { a: { S: "☃".repeat(50_000) } } });
    const server = await startLocalServer((_, response) => {
      response.setHeader("x-amz-crc32", crc32(reply));
      response.setHeader("x-amzn-RequestId", "id-1");
      // In pieces, so that the reading has something to put together.
      response.write(reply.slice(0, 10_000));
      setTimeout(() => response.end(reply.slice(10_000)), 5);
    });
    const response = await connect(server.url).send({ operation: "GetItem", body });
    expect(response).toEqual({
      output: JSON.parse(reply),
      statusCode: 200,
      requestId: "id-1",
      attempts: 1,
    });

    const [received] = server.requests;
    expect(received).toMatchObject({ method: "POST", url: "/", body });
    expect(received!.headers).toMatchObject({
      "content-type": "application/x-amz-json-1.0",
      "content-length": String(Buffer.byteLength(body)),
      host: `127.0.0.1:${server.port}`,
      "x-amz-target": "DynamoDB_20120810.GetItem",
      "x-amz-security-token": "token",
    });
    const [, date] = /^(\d{8})T/.exec(received!.headers["x-amz-date"] as string)!;
    expect(received!.headers.authorization).toMatch(
      new RegExp(
        `^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${date}/eu-west-1/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[\\da-f]{64}$`,
      ),
    );
    expect(received!.headers.authorization).toBe(
      await expectedAuthorization(
        server.url,
        received!.body,
        received!.headers["x-amz-date"] as string,
      ),
    );
  });

  test("an endpoint with a path and a query is reached", async () => {
    const server = await startLocalServer((_, response) => response.end("{}"));
    await connect(`${server.url}/gateway/a%20b?stage=test`).send({
      operation: "GetItem",
      body: "{}",
    });
    expect(server.requests[0]!.url).toBe("/gateway/a%20b?stage=test");
  });

  test("an error is DynamoDB's", async () => {
    const server = await startLocalServer((_, response) => {
      response.statusCode = 400;
      response.end(
        '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"no"}',
      );
    });
    await expect(
      connect(server.url).send({ operation: "GetItem", body: "{}" }),
    ).rejects.toBeInstanceOf(ResourceNotFound);
  });

  test("a compressed answer is read, its checksum being that of the compressed bytes", async () => {
    const compressed = gzipSync('{"Item":{}}');
    const server = await startLocalServer((_, response) => {
      response.setHeader("content-encoding", "gzip");
      response.setHeader("x-amz-crc32", crc32(compressed));
      response.end(compressed);
    });
    expect(await connect(server.url).send({ operation: "GetItem", body: "{}" })).toMatchObject({
      output: { Item: {} },
    });
  });

  test("a refused connection is a ConnectionError that may be retried", async () => {
    const error = await connect(`http://127.0.0.1:${await findClosedPort()}`)
      .send({ operation: "GetItem", body: "{}" })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ retryable: true, attempts: 1 });
    expect((error as Error).message).toContain("ECONNREFUSED");
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["before the headers", (response) => response.destroy()],
    [
      "within the body",
      (response) => {
        response.setHeader("content-length", 100);
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      "within a chunked body",
      (response) => {
        response.write("{");
        setTimeout(() => response.destroy(), 20);
      },
    ],
  ])("a connection that is cut %s is a ConnectionError that may be retried", async (_, cut) => {
    const server = await startLocalServer((_request, response) => cut(response));
    const error = await connect(server.url)
      .send({ operation: "GetItem", body: "{}" })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ retryable: true });
  });

  test.each([
    ["no HTTP", ""],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz"],
  ])("what a server repeats in %s is in no error", async (_, before) => {
    const server = await startLocalServer(({ headers }, response) => {
      response.socket!.end(`${before}${headers["authorization"]}`);
    });
    const error = await connect(server.url)
      .send({ operation: "GetItem", body: "{}" })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectionError);
    let cause = error;
    for (; cause instanceof Error; cause = cause.cause) {
      expect(inspect(cause)).not.toContain("Signature=");
      for (const value of Object.values(cause)) expect(String(value)).not.toContain("Signature=");
    }
  });

  test.each([
    ["no answer comes", () => {}],
    ["the body does not end", (response: ServerResponse) => void response.write("{")],
  ])("the timeout ends a request to which %s, and its connection", async (_, answer) => {
    let closed: () => void;
    const connectionClosed = new Promise<void>((resolve) => (closed = resolve));
    const server = await startLocalServer((_request, response) => {
      response.on("close", () => closed());
      answer(response);
    });
    const transport = connect(server.url, { requestTimeout: 100 });
    const error = await transport
      .send({ operation: "GetItem", body: "{}" })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(RequestTimedOut);
    await connectionClosed;
  });

  test.each([
    ["no answer came", () => {}],
    ["the body had begun", (response: ServerResponse) => void response.write("{")],
  ])("the caller's signal ends a request to which %s, and its connection", async (_, answer) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    let closed: () => void;
    const connectionClosed = new Promise<void>((resolve) => (closed = resolve));
    const server = await startLocalServer((_request, response) => {
      response.on("close", () => closed());
      answer(response);
      setTimeout(() => controller.abort(reason), 20);
    });
    const sent = connect(server.url).send(
      { operation: "GetItem", body: "{}" },
      { signal: controller.signal },
    );
    await expect(sent).rejects.toBe(reason);
    await connectionClosed;
  });

  test("connections are kept and used again", async () => {
    const server = await startLocalServer((_, response) => response.end("{}"));
    const transport = connect(server.url);
    for (let i = 0; i < 5; i++) await transport.send({ operation: "GetItem", body: "{}" });
    expect(server.requests).toHaveLength(5);
    // undici opens the second before it has seen that the first may be kept.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  test.skipIf(name === "the default")(
    "a handler that was given outlives the transport",
    async () => {
      const server = await startLocalServer((_, response) => response.end("{}"));
      const requestHandler = create();
      onTestFinished(() => end(requestHandler));
      for (let n = 0; n < 2; n++) {
        const transport = connect(server.url, { requestHandler });
        await transport.send({ operation: "GetItem", body: "{}" });
        transport.destroy();
      }
      expect(server.connections()).toBeLessThanOrEqual(2);
    },
  );
});

function end(handler: { destroy?(): unknown } | RequestDispatcher | undefined): void {
  if (handler !== undefined && "destroy" in handler) handler.destroy?.();
}

/** What the request should have been signed with, from what the server received. */
async function expectedAuthorization(
  url: string,
  body: string,
  amzDate: string,
): Promise<string | undefined> {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate)!;
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const signed: HttpRequest = new Signer(parseEndpoint(url, "the endpoint"), "eu-west-1").sign(
    "GetItem",
    body,
    credentials,
    time,
  );
  return signed.headers["authorization"];
}
