import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { startLocalServer } from "../../test-support/local-server.ts";
import { requestTo, sendBy } from "../../test-support/sending.ts";
import { NodeSender } from "./node-sender.ts";

const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

function newSender(maxSockets = 50): NodeSender {
  const sender = new NodeSender({ connectionTimeout: 2_000, maxSockets });
  onTestFinished(() => sender.destroy());
  return sender;
}

/** A server that writes what `onRequest` gives to whatever comes, a request in each chunk. */
async function startRawServer(onRequest: (socket: Socket, connection: number) => string) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket);
    socket.on("error", () => {});
    socket.on("data", () => socket.write(onRequest(socket, connection)));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, sockets };
}

function sendMany(sender: NodeSender, port: number, count: number) {
  return Promise.all(Array.from({ length: count }, () => sendBy(sender, requestTo(port))));
}

test("as many connections are made as are needed at once, and used again", async () => {
  const server = await startLocalServer((_, response) => setTimeout(() => response.end("{}"), 5));
  const sender = newSender();
  for (const count of [10, 10, 3, 1, 10]) {
    await sendMany(sender, server.port, count);
    await setImmediate();
    expect(server.connections()).toBe(10);
  }
});

test("requests that find all connections in use wait for one", async () => {
  const server = await startLocalServer((_, response) => setTimeout(() => response.end("{}"), 2));
  const sender = newSender(2);
  const responses = await sendMany(sender, server.port, 9);
  expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(9).fill(200));
  expect(server.connections()).toBe(2);
});

test.each([
  ["is closed", (socket: Socket) => socket.end()],
  ["is reset", (socket: Socket) => socket.resetAndDestroy()],
])("an idle connection that %s is not used again", async (_, close) => {
  const { port, sockets } = await startRawServer(() => answer);
  const sender = newSender();
  await sendMany(sender, port, 3);
  expect(sockets).toHaveLength(3);
  const closed = sockets.map((socket) => once(socket, "close"));
  for (const socket of sockets) close(socket);
  await Promise.all(closed);
  await vi.waitFor(async () => {
    await sendBy(sender, requestTo(port));
    expect(sockets).toHaveLength(4);
  });
  // Nor does the place that they leave stay taken.
  await sendMany(sender, port, 3);
  expect(sockets).toHaveLength(6);
});

test.each([
  ["another answer", answer],
  ["a part of one", answer.slice(0, 20)],
  ["that it took too long", "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n"],
])("an idle connection on which its server writes %s is not used again", async (_, text) => {
  const { port, sockets } = await startRawServer(() => answer);
  const sender = newSender();
  await sendBy(sender, requestTo(port));
  await sendBy(sender, requestTo(port));
  expect(sockets).toHaveLength(1);
  sockets[0]!.write(text);
  await vi.waitFor(() => expect(sockets[0]!.destroyed).toBe(true));
  await sendBy(sender, requestTo(port));
  expect(sockets).toHaveLength(2);
});

test("a connection whose server closes it with its answer is not used again", async () => {
  const closing = answer.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
  const { port, sockets } = await startRawServer((_, connection) =>
    connection === 1 ? closing : answer,
  );
  const sender = newSender();
  for (let n = 0; n < 3; n++) {
    await sendBy(sender, requestTo(port));
    await setImmediate();
  }
  expect(sockets).toHaveLength(2);
});

test("a connection that its server limits from some answer on is kept no longer than it says", async () => {
  const limited = answer.replace("\r\n\r\n", "\r\nkeep-alive: timeout=1\r\n\r\n");
  let answers = 0;
  const { port, sockets } = await startRawServer(() => (++answers === 2 ? limited : answer));
  const sender = newSender();
  for (let n = 0; n < 4; n++) {
    await sendBy(sender, requestTo(port));
    await setImmediate();
  }
  expect(sockets).toHaveLength(2);
});

test("idle connections and those in use are closed when the sender is destroyed", async () => {
  const { port, sockets } = await startRawServer((_, connection) =>
    connection === 3 ? "" : answer,
  );
  const sender = newSender();
  await sendMany(sender, port, 2);
  await setImmediate();
  const waiting = [sendBy(sender, requestTo(port)), sendBy(sender, requestTo(port))];
  await Promise.all(waiting);
  const third = sendMany(sender, port, 3);
  await vi.waitFor(() => expect(sockets).toHaveLength(3));
  const closed = sockets.map((socket) => once(socket, "close"));
  sender.destroy();
  await expect(third).rejects.toThrow("socket hang up");
  await Promise.all(closed);
});

test("an answer is met in the context of its own request, on whatever connection it comes", async () => {
  const server = await startLocalServer((_, response) => response.end("{}"));
  const sender = newSender(1);
  const storage = new AsyncLocalStorage<number>();
  const met: (number | undefined)[] = [];
  for (let n = 0; n < 3; n++) {
    await storage.run(n, async () => {
      await new Promise<void>((resolve, reject) => {
        sender.send(requestTo(server.port), 1_000, {
          onResponse() {
            met.push(storage.getStore());
            resolve();
          },
          onFault: reject,
        });
      });
      expect(storage.getStore()).toBe(n);
    });
    await setImmediate();
  }
  expect(server.connections()).toBe(1);
  expect(met).toEqual([0, 1, 2]);
});
