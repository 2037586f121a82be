import { expect, onTestFinished, test } from "vitest";
import { startLocalServer } from "../../test-support/local-server.ts";
import { requestTo, sendBy } from "../../test-support/sending.ts";
import { Deadlines } from "./deadlines.ts";
import { exchange } from "./exchange.ts";
import { NodeSender } from "./node-sender.ts";

function newSender(connectionTimeout: number): NodeSender {
  const sender = new NodeSender({ connectionTimeout, maxSockets: 1 });
  onTestFinished(() => sender.destroy());
  return sender;
}

function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test("an answer that came while the process stood still is in time", async () => {
  const server = await startLocalServer((_, response) => {
    response.end("{}");
    // Timers come after it, and what has been received after those.
    setImmediate(() => standStill(300));
  });
  const response = await exchange(requestTo(server.port), {
    sender: newSender(2_000),
    deadlines: new Deadlines(),
    timeout: 200,
    signal: undefined,
  });
  expect(response.body.toString()).toBe("{}");
});

test("so is a connection that was made", async () => {
  const server = await startLocalServer((_, response) => response.end("{}"));
  await new Promise((resolve) => setImmediate(resolve));
  const sent = sendBy(newSender(20), requestTo(server.port));
  standStill(60);
  expect((await sent).statusCode).toBe(200);
  expect(server.connections()).toBe(1);
});
