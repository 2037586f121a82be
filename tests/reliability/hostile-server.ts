import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import * as fc from "fast-check";
import type { HostileAnswer } from "./hostile-answers.ts";

/** How an answer goes over the wire, right or wrong. */
export type Framing = (answer: HostileAnswer, sent: Record<string, string>, socket: Socket) => void;

const statusLine = (status: number): string => `HTTP/1.1 ${status} Whatever\r\n`;

function write(
  { statusCode, render }: HostileAnswer,
  sent: Record<string, string>,
  more: (length: number) => string,
  before = "",
): Buffer {
  const { headers, body } = render(sent);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${before}${statusLine(statusCode)}${lines.join("")}${more(body.length)}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

const framings: Readonly<Record<string, Framing>> = {
  right: (answer, sent, socket) =>
    socket.end(write(answer, sent, (length) => `content-length: ${length}\r\n`)),
  "until the end": (answer, sent, socket) =>
    socket.end(write(answer, sent, () => "connection: close\r\n")),
  "too short": (answer, sent, socket) =>
    socket.end(write(answer, sent, (length) => `content-length: ${length + 100}\r\n`)),
  "too long": (answer, sent, socket) =>
    socket.end(write(answer, sent, (length) => `content-length: ${Math.max(0, length - 3)}\r\n`)),
  "never whole": (answer, sent, socket) =>
    socket.write(write(answer, sent, (length) => `content-length: ${length + 1}\r\n`)),
  "two lengths": (answer, sent, socket) =>
    socket.end(
      write(answer, sent, (length) => `content-length: ${length}\r\ncontent-length: 1\r\n`),
    ),
  "negative length": (answer, sent, socket) =>
    socket.end(write(answer, sent, () => "content-length: -5\r\n")),
  "not chunked": (answer, sent, socket) =>
    socket.end(write(answer, sent, () => "transfer-encoding: chunked\r\n")),
  hints: (answer, sent, socket) =>
    socket.end(
      write(answer, sent, (length) => `content-length: ${length}\r\n`, `${statusLine(103)}\r\n`),
    ),
  "continue only": (_, __, socket) => socket.end(`${statusLine(100)}\r\n`),
  upgrade: (_, __, socket) =>
    socket.end(`${statusLine(101)}upgrade: x\r\nconnection: upgrade\r\n\r\nsurprise`),
  "injected header": (answer, sent, socket) =>
    socket.end(
      write(
        answer,
        sent,
        (length) => `x: 1\r\n set-cookie: 2\r\nx\u0000y: 3\r\ncontent-length: ${length}\r\n`,
      ),
    ),
  "many headers": (answer, sent, socket) =>
    socket.end(write(answer, sent, () => `x-y: ${"z".repeat(100_000)}\r\n`)),
  "no status": (_, __, socket) => socket.end("HTTP/1.1 abc\r\n\r\n"),
  "other protocol": (_, __, socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
  nothing: (_, __, socket) => socket.end(),
  reset: (_, __, socket) => socket.resetAndDestroy(),
  silence: () => {},
};

export const framing: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constant("right") },
  { weight: Object.keys(framings).length, arbitrary: fc.constantFrom(...Object.keys(framings)) },
);

/** After so many requests of one call the server is gone. */
export const mostAnswers = 100;

/** A server that answers as it is told, and keeps to no protocol. */
export class HostileServer {
  framing = "right";
  #answer: HostileAnswer | undefined;
  #answered = 0;
  readonly #server = createServer((socket) => this.#serve(socket));
  readonly #sockets = new Set<Socket>();
  readonly #onRequest: (headers: Record<string, string>) => void;

  constructor(onRequest: (headers: Record<string, string>) => void) {
    this.#onRequest = onRequest;
  }

  set answer(answer: HostileAnswer) {
    this.#answer = answer;
    this.#answered = 0;
  }

  async start(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends connections that a hostile answer left open. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    let received = "";
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      const end = received.indexOf("\r\n\r\n");
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      if (end < 0 || received.length < end + 4 + Number(length ?? 0)) return;
      const lines = received.slice(0, end).split("\r\n").slice(1);
      const sent = Object.fromEntries(
        lines.map((line): [string, string] => {
          const colon = line.indexOf(":");
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }),
      );
      received = "";
      this.#onRequest(sent);
      // An answer that repeats what it was sent would have a listing go on for ever.
      if (++this.#answered > mostAnswers) socket.resetAndDestroy();
      else if (this.#answer !== undefined) framings[this.framing]?.(this.#answer, sent, socket);
    });
  }
}
