import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { HttpRequest } from "@smithy/types";
import { Agent } from "undici";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { findClosedPort, startLocalServer } from "../../test-support/local-server.ts";
import { requestTo, sendBy } from "../../test-support/sending.ts";
import { classifyFault } from "./connection-fault.ts";
import { DispatcherSender } from "./dispatcher-sender.ts";
import type { DispatchHandler, RequestDispatcher } from "./request-handler.ts";
import { sizeLimit } from "./response-body.ts";
import type { ReceivedResponse } from "./sender.ts";

function newAgent(options?: Agent.Options): Agent {
  const agent = new Agent(options);
  onTestFinished(() => agent.destroy());
  return agent;
}

const send = (dispatcher: RequestDispatcher, request: HttpRequest): Promise<ReceivedResponse> =>
  sendBy(new DispatcherSender(dispatcher), request);

const faultOf = (dispatcher: RequestDispatcher, request: HttpRequest): Promise<unknown> =>
  send(dispatcher, request).then(
    () => expect.unreachable("there was a response"),
    (fault: unknown) => fault,
  );

/** A server that answers each request with these bytes, and ends the connection where told. */
async function startRawServer(answer: string, thenEnd = false): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", () => {
      socket.write(answer);
      if (thenEnd) socket.end();
    });
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A dispatcher that only remembers what it was given. */
function newRecorder(): { dispatcher: RequestDispatcher; handlers: DispatchHandler[] } {
  const handlers: DispatchHandler[] = [];
  return {
    handlers,
    dispatcher: { dispatch: (_, handler) => handlers.push(handler) > 0 },
  };
}

test("each request goes where it says, with its query written as it is signed", async () => {
  const first = await startLocalServer((_, response) => response.end("first"));
  const second = await startLocalServer((_, response) => response.end("second"));
  const sender = new DispatcherSender(newAgent());
  const query = { "b c": "(1)", a: ["2", "1"], d: "" };
  for (const [request, answer] of [
    [requestTo(first.port), "first"],
    [requestTo(second.port, { path: "/gateway", query }), "second"],
    [requestTo(first.port), "first"],
  ] as const) {
    const response = await new Promise<ReceivedResponse>((onResponse, onFault) => {
      sender.send(request, 1_000, { onResponse, onFault });
    });
    expect(response.body.toString()).toBe(answer);
  }
  expect(second.requests[0]!.url).toBe("/gateway?a=2&a=1&b%20c=%281%29&d=");
});

test.each(["", "{}", "é☃😀", "\u00ff", `"${"x".repeat(100_000)}"`])(
  "a body comes whole, there and back (%#)",
  async (body) => {
    const server = await startLocalServer((received, response) => response.end(received.body));
    const response = await send(newAgent(), requestTo(server.port, { body }));
    expect(server.requests[0]!.body).toBe(body);
    expect(response.body.toString()).toBe(body);
    expect(server.requests[0]!.headers["content-length"]).toBe(String(Buffer.byteLength(body)));
  },
);

test("an interim response is not the answer", async () => {
  const interim = "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n";
  const port = await startRawServer(`${interim}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}`);
  const response = await send(newAgent(), requestTo(port));
  expect(response).toMatchObject({ statusCode: 200, headers: { "content-length": "2" } });
  expect(response.body.toString()).toBe("{}");
});

describe("what goes wrong is a fault of its kind", () => {
  test.each([
    ["no HTTP", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a length that is none", "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n"],
    ["a chunk of no size", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"],
    ["less than the length", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"],
    [
      "a chunked body without its end",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
    ["headers without their end", "HTTP/1.1 200 OK\r\nconte"],
    ["nothing at all", ""],
  ])("the server answers %s", async (_, answer) => {
    const port = await startRawServer(answer, true);
    expect(classifyFault(await faultOf(newAgent(), requestTo(port)))).toBe("connection");
  });

  test("nobody listens", async () => {
    const fault = await faultOf(newAgent(), requestTo(await findClosedPort()));
    expect(fault).toMatchObject({ code: "ECONNREFUSED" });
    expect(classifyFault(fault)).toBe("connection");
  });

  test("the dispatcher's own timeout is over", async () => {
    const server = await startLocalServer(() => {});
    const fault = await faultOf(newAgent({ headersTimeout: 20 }), requestTo(server.port));
    expect(classifyFault(fault)).toBe("timeout");
  });

  test("headers can't be sent", async () => {
    const request = requestTo(1, { headers: { "x-bad": "a\r\nx-evil: 1" } });
    const fault = await faultOf(newAgent(), request);
    expect(fault).toMatchObject({ code: "UND_ERR_INVALID_ARG" });
    expect(classifyFault(fault)).toBe("handler");
  });

  test("a dispatcher that is destroyed, before or while it is at work", async () => {
    const server = await startLocalServer(() => void agent.destroy());
    const agent = newAgent();
    expect(classifyFault(await faultOf(agent, requestTo(server.port)))).toBe("connection");
    expect(classifyFault(await faultOf(agent, requestTo(server.port)))).toBe("connection");
  });

  test("a dispatcher that throws", async () => {
    const thrown = new Error("broken");
    const broken: RequestDispatcher = {
      dispatch() {
        throw thrown;
      },
    };
    expect(await faultOf(broken, requestTo(1))).toBe(thrown);
  });

  test("the body is longer than any answer", () => {
    const { dispatcher, handlers } = newRecorder();
    const onFault = vi.fn<(fault: unknown) => void>();
    const onResponse = vi.fn<() => void>();
    new DispatcherSender(dispatcher).send(requestTo(1), 1_000, { onResponse, onFault });
    const [handler] = handlers;
    const controller = { abort: (reason: Error) => handler!.onResponseError(controller, reason) };
    handler!.onRequestStart(controller, {});
    handler!.onResponseStart(controller, 200, {});
    const chunk = Buffer.alloc(1024 * 1024);
    for (let size = 0; size < sizeLimit; size += chunk.length)
      handler!.onResponseData(controller, chunk);
    expect(onFault).not.toHaveBeenCalled();
    handler!.onResponseData(controller, Buffer.alloc(1));
    handler!.onResponseEnd(controller, {});
    expect(onFault).toHaveBeenCalledExactlyOnceWith(
      new Error(`the response's body is longer than ${sizeLimit} bytes`),
    );
    expect(onResponse).not.toHaveBeenCalled();
  });
});

describe("a request that was ended", () => {
  test("lets go of its connection, and the next one goes on", async () => {
    let closed = 0;
    const server = await startLocalServer((request, response) => {
      if (request.body !== "slow") return response.end("{}");
      response.on("close", () => closed++);
      return end("enough");
    });
    const agent = newAgent({ connections: 1 });
    const told = vi.fn<() => void>();
    const end = new DispatcherSender(agent).send(requestTo(server.port, { body: "slow" }), 1_000, {
      onResponse: told,
      onFault: told,
    });
    expect((await send(agent, requestTo(server.port))).body.toString()).toBe("{}");
    expect(closed).toBe(1);
    expect(told).not.toHaveBeenCalled();
  });

  test("before it had a connection never gets to the server", async () => {
    const server = await startLocalServer((_, response) => response.end("{}"));
    const agent = newAgent({ connections: 1 });
    const told = vi.fn<() => void>();
    const first = send(agent, requestTo(server.port, { body: "first" }));
    const end = new DispatcherSender(agent).send(
      requestTo(server.port, { body: "second" }),
      1_000,
      {
        onResponse: told,
        onFault: told,
      },
    );
    end(new Error("enough"));
    await first;
    await send(agent, requestTo(server.port, { body: "third" }));
    expect(server.requests.map(({ body }) => body)).toEqual(["first", "third"]);
    expect(told).not.toHaveBeenCalled();
  });

  test("is told of nothing any more", () => {
    const { dispatcher, handlers } = newRecorder();
    const told = vi.fn<() => void>();
    const sender = new DispatcherSender(dispatcher);
    const end = sender.send(requestTo(1), 1_000, { onResponse: told, onFault: told });
    const abort = vi.fn<(reason: Error) => void>();
    const [handler] = handlers;
    handler!.onRequestStart({ abort }, {});
    end("enough");
    expect(abort).toHaveBeenCalledExactlyOnceWith(expect.any(Error));
    handler!.onResponseStart({ abort }, 200, {});
    handler!.onResponseEnd({ abort }, {});
    handler!.onResponseError({ abort }, new Error("aborted"));
    expect(told).not.toHaveBeenCalled();
  });
});

test("a request that undici sends again on another connection is answered as a whole", async () => {
  const { dispatcher, handlers } = newRecorder();
  const answered = send(dispatcher, requestTo(1));
  const [handler] = handlers;
  const controller = { abort: () => {} };
  for (const [status, chunks] of [
    [500, ["bro"]],
    [200, ["{", "}"]],
  ] as const) {
    handler!.onRequestStart(controller, {});
    handler!.onResponseStart(controller, status, {});
    for (const chunk of chunks) handler!.onResponseData(controller, Buffer.from(chunk));
  }
  handler!.onResponseEnd(controller, {});
  const { statusCode, body } = await answered;
  expect([statusCode, body.toString()]).toEqual([200, "{}"]);
});
