import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * How a server is down. `refused`: nobody listens on its port. `reset`: every connection is reset. `silent`: requests are
 * taken and never answered.
 */
export type Outage = "refused" | "reset" | "silent";

/** Stands before a server, which keeps its data while clients can't reach it. */
export class OutageProxy implements AsyncDisposable {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #sockets: Set<Socket> = new Set();
  readonly #port: number;
  #server: Server | undefined;
  #outage: Outage | undefined;

  private constructor(target: { readonly host: string; readonly port: number }, port: number) {
    this.#target = target;
    this.#port = port;
  }

  /** Starts one before the server at a URL. */
  static async start(endpoint: string): Promise<OutageProxy> {
    const { hostname, port } = new URL(endpoint);
    for (;;) {
      // Below the ports that systems give to outgoing connections, so that none takes it while the proxy is closed.
      const candidate = 20_000 + Math.floor(Math.random() * 10_000);
      const proxy = new OutageProxy({ host: hostname, port: Number(port) }, candidate);
      try {
        await proxy.#listen();
        return proxy;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      }
    }
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Takes the server down. What is under way gets no answer. */
  async goDown(outage: Outage): Promise<void> {
    this.#outage = outage;
    if (outage === "refused") await this.#close();
    else if (outage === "reset") this.#resetAll();
  }

  /** Brings the server back. */
  async comeBack(): Promise<void> {
    const outage = this.#outage;
    this.#outage = undefined;
    if (outage === "refused") await this.#listenAgain();
    // Their requests were swallowed; no answer can come on them.
    else if (outage === "silent") this.#resetAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #listen(): Promise<void> {
    const server = createServer((socket) => this.#take(socket));
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#server = server;
  }

  async #listenAgain(): Promise<void> {
    for (let left = 50; ; left--) {
      try {
        return await this.#listen();
      } catch (error) {
        if (left === 0) throw error;
        await delay(20);
      }
    }
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    this.#resetAll();
    await closed;
  }

  #take(socket: Socket): void {
    if (this.#outage === "reset") return void socket.resetAndDestroy();
    const upstream = connect(this.#target);
    for (const each of [socket, upstream]) {
      this.#sockets.add(each);
      each.setNoDelay(true);
      each.on("error", () => undefined);
      each.on("close", () => {
        this.#sockets.delete(each);
        socket.destroy();
        upstream.destroy();
      });
    }
    socket.on("data", (bytes) => {
      if (this.#outage === undefined) upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (this.#outage === undefined) socket.write(bytes);
    });
  }

  #resetAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}
