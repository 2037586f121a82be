import { execFile } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { type AddressInfo, createServer, Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { startLocalServer } from "../../test-support/local-server.ts";
import { requestTo, sendBy } from "../../test-support/sending.ts";
import { classifyFault } from "./connection-fault.ts";
import { NodeSender } from "./node-sender.ts";

function newSender(connectionTimeout = 2_000): NodeSender {
  const sender = new NodeSender({ connectionTimeout, maxSockets: 1 });
  onTestFinished(() => sender.destroy());
  return sender;
}

test("each request goes where it says, with its query written as it is signed", async () => {
  const first = await startLocalServer((_, response) => response.end("first"));
  const second = await startLocalServer((_, response) => response.end("second"));
  const sender = newSender();
  const query = { "b c": "(1)", a: ["2", "1"], d: "" };
  const moved = requestTo(second.port, { path: "/gateway", query });
  for (const [request, answer] of [
    [requestTo(first.port), "first"],
    [moved, "second"],
    [requestTo(first.port), "first"],
  ] as const) {
    expect((await sendBy(sender, request)).body.toString()).toBe(answer);
  }
  expect(second.requests[0]!.url).toBe("/gateway?a=2&a=1&b%20c=%281%29&d=");
});

test.each(["", "{}", "é☃😀", "\u00ff", `"${"x".repeat(100_000)}"`])(
  "a body comes whole (%#)",
  async (body) => {
    const server = await startLocalServer((_, response) => response.end("{}"));
    await sendBy(newSender(), requestTo(server.port, { body }));
    expect(server.requests[0]!.body).toBe(body);
    expect(server.requests[0]!.headers).toMatchObject({
      "content-length": String(Buffer.byteLength(body)),
      connection: "keep-alive",
      host: `127.0.0.1:${server.port}`,
    });
    expect(server.requests[0]!.headers).not.toHaveProperty("transfer-encoding");
  },
);

const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);
test.skipIf(!hasIPv6)("an IPv6 address stands in brackets, which are not its own", async () => {
  const server = await startLocalServer((_, response) => response.end("{}"), "::1");
  const response = await sendBy(newSender(), requestTo(server.port, { hostname: "[::1]" }));
  expect(response.statusCode).toBe(200);
});

test("a connection that is not made in time is given up", async () => {
  const socket = new Socket();
  Object.defineProperty(socket, "connecting", { value: true });
  const connect = vi.spyOn(Agent.prototype, "createConnection").mockReturnValue(socket);
  onTestFinished(() => connect.mockRestore());
  const fault = await sendBy(newSender(20), requestTo(1)).catch((error: unknown) => error);
  expect(fault).toMatchObject({ name: "TimeoutError", message: "no connection within 20 ms" });
  expect(classifyFault(fault)).toBe("timeout");
  expect(socket.destroyed).toBe(true);
});

test("headers that can't be sent are a fault of the request's", async () => {
  const request = requestTo(1, { headers: { "x-bad": "a\r\nx-evil: 1" } });
  const fault = await sendBy(newSender(), request).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(TypeError);
  expect(classifyFault(fault)).toBe("handler");
});

test("a connection that is used again gathers no listeners", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on("warning", onWarning);
  onTestFinished(() => void process.off("warning", onWarning));
  const server = await startLocalServer((_, response) => response.end("{}"));
  const sender = newSender();
  for (let n = 0; n < 50; n++) await sendBy(sender, requestTo(server.port));
  await new Promise((resolve) => setImmediate(resolve));
  expect(server.connections()).toBe(1);
  expect(warnings).toEqual([]);
});

test.each([
  [{}, 1],
  [{ "keep-alive": "timeout=60" }, 1],
  [{ "Keep-Alive": "timeout=1" }, 2],
])("a connection is used again only while its server keeps it (%j)", async (hint, connections) => {
  const server = await startLocalServer((_, response) => {
    // With it Node's server gives no time of its own.
    response.setHeader("connection", "keep-alive");
    for (const [name, value] of Object.entries(hint)) response.setHeader(name, value);
    response.end("{}");
  });
  const sender = newSender();
  for (let n = 0; n < 2; n++) {
    await sendBy(sender, requestTo(server.port));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(server.connections()).toBe(connections);
});

test("a server that answers early and reads no more holds no connection", async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => {}));
    socket.once("data", () => {
      const early = sockets.length === 1;
      if (early) socket.pause();
      socket.write(`HTTP/1.1 ${early ? 413 : 200} X\r\ncontent-length: 0\r\n\r\n`);
    });
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sender = newSender();
  const body = "x".repeat(16_000_000);
  expect(await sendBy(sender, requestTo(port, { body }))).toMatchObject({ statusCode: 413 });
  expect(await sendBy(sender, requestTo(port))).toMatchObject({ statusCode: 200 });
});

test("a request that was ended lets go of its connection, and the next one goes on", async () => {
  const server = await startLocalServer((request, response) => {
    if (request.body !== "slow") response.end("{}");
  });
  const sender = newSender();
  const told = vi.fn<() => void>();
  const end = sender.send(requestTo(server.port, { body: "slow" }), 1_000, {
    onResponse: told,
    onFault: told,
  });
  end(new Error("enough"));
  expect((await sendBy(sender, requestTo(server.port))).body.toString()).toBe("{}");
  expect(told).not.toHaveBeenCalled();
});

test(
  "a process ends by itself once nothing is under way, and not before",
  { timeout: 30_000 },
  async () => {
    const script = `
    const { Client } = await import(${JSON.stringify(new URL("../client.ts", import.meta.url).href)});
    const { createServer } = await import("node:http");
    const server = createServer((request, response) => response.end("{}")).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.on("listening", resolve));
    const options = { region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };
    const client = new Client({ ...options, endpoint: "http://127.0.0.1:" + server.address().port });
    await client.get("orders", { id: "a" });
    server.close();
    server.closeAllConnections();
    // Nothing but the timeout keeps the process here.
    const requestHandler = { handle: () => new Promise(() => {}) };
    const retry = { timeLimit: 0, delays: () => [] };
    const stuck = new Client({ ...options, requestHandler, requestTimeout: 50, retry });
    await stuck.get("orders", { id: "a" }).catch((error) => console.log(error.name));
  `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", script],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)), timeout: 25_000 },
    );
    expect(stdout.trim()).toBe("RequestTimedOut");
  },
);
