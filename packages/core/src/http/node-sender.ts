import type * as http from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpRequest } from "@smithy/types";
import { monotonicTime } from "../monotonic-time.ts";
import { graceFor } from "./grace.ts";
import { readHeader } from "./headers.ts";
import { isSamePlace, pathOf, type Place, placeOf } from "./place.ts";
import { BodyBuffer, tooLong } from "./response-body.ts";
import type { ResponseListener, Sender } from "./sender.ts";

export interface ConnectionOptions {
  /** Milliseconds for making a connection. */
  readonly connectionTimeout: number;
  /** How many connections may be open at once. */
  readonly maxSockets: number;
}

const keepAliveMilliseconds = 1_000;

/** What the requests to one place share. */
interface Route {
  readonly place: Place;
  readonly request: typeof http.request;
  /** Node copies them for each request, with that request's headers. */
  readonly options: {
    readonly agent: http.Agent;
    readonly host: string;
    readonly port: number | undefined;
    readonly path: string;
    readonly method: "POST";
    headers: string[];
  };
}

/** Sends requests by `node:http` and `node:https`, over connections that are kept. They are loaded with the first request. */
export class NodeSender implements Sender {
  readonly #options: ConnectionOptions;
  readonly #agents: Map<string, http.Agent> = new Map();
  /** Connections that their server closes after a time of its own, of which it told. */
  readonly #limited: WeakSet<Duplex> = new WeakSet();
  #route: Route | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  send(
    request: HttpRequest,
    _timeout: number,
    listener: ResponseListener,
  ): (reason: unknown) => void {
    let ended = false;
    let sent: http.ClientRequest | undefined;
    const fail = (fault: unknown): void => {
      if (ended) return;
      ended = true;
      listener.onFault(fault);
      sent?.destroy();
    };
    const receive = (response: http.IncomingMessage): void => {
      const body = new BodyBuffer();
      if (readHeader(response.rawHeaders, "keep-alive") !== undefined)
        this.#limited.add(response.socket);
      response.on("data", (chunk: Buffer) => {
        if (!body.add(chunk)) fail(tooLong());
      });
      response.on("end", () => {
        if (ended) return;
        ended = true;
        // The server may never read the rest of a request that it answers early, and the connection would wait for it.
        if (sent?.writableFinished === false) sent.destroy();
        listener.onResponse({
          statusCode: response.statusCode ?? 0,
          headers: response.rawHeaders,
          body: body.whole(),
        });
      });
      // One that is cut short is destroyed with an error.
      response.on("error", fail);
    };
    try {
      const { request: begin, options } = this.#routeOf(request);
      const body = request.body as string;
      const length = Buffer.byteLength(body);
      options.headers = flatHeaders(request.headers, length);
      sent = begin(options);
      sent.on("response", receive);
      sent.on("error", fail);
      // What is no longer than its characters is ASCII, and so Latin-1 as well, which is written faster.
      sent.end(body, length === body.length ? "latin1" : "utf8");
    } catch (fault) {
      fail(fault);
    }
    return () => {
      ended = true;
      sent?.destroy();
    };
  }

  /** Closes the connections, and ends what is under way on them. */
  destroy(): void {
    for (const agent of this.#agents.values()) agent.destroy();
  }

  #routeOf(request: HttpRequest): Route {
    const last = this.#route;
    if (last !== undefined && isSamePlace(last.place, request)) return last;
    const { protocol, hostname, port } = request;
    const options = {
      agent: this.#agent(protocol),
      // Of an IPv6 address the brackets are the URL's.
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port,
      path: pathOf(request),
      method: "POST" as const,
      headers: [],
    };
    return (this.#route = {
      place: placeOf(request),
      request: httpModule(protocol).request,
      options,
    });
  }

  #agent(protocol: string): http.Agent {
    const known = this.#agents.get(protocol);
    if (known !== undefined) return known;
    const { maxSockets, connectionTimeout } = this.#options;
    // Node closes all but 256 idle connections, unless told otherwise.
    const agent = new (httpModule(protocol).Agent)({ keepAlive: true });
    // Not as options, which Node copies for each request.
    agent.maxSockets = agent.maxFreeSockets = maxSockets;
    // All connections of this agent are made alike: they differ in no more, and Node's own name is long to put together.
    agent.getName = (options) => `${options?.host}:${options?.port}`;
    const connect = agent.createConnection;
    agent.createConnection = (options, done) => {
      const socket = connect.call(agent, options, done);
      if (socket != null) limitConnecting(socket as Socket, connectionTimeout);
      return socket;
    };
    const { addRequest, keepSocketAlive } = agent as AgentWithRequests;
    // Node copies the options of each request, and needs of them what a connection is made of.
    (agent as AgentWithRequests).addRequest = (request, { host, port }) =>
      addRequest.call(agent, request, { host, port });
    agent.keepSocketAlive = (socket) => {
      // Node looks for the server's own limit, and makes an object of all the headers for it.
      if (this.#limited.has(socket)) return keepSocketAlive.call(agent, socket);
      (socket as Socket).setKeepAlive(true, keepAliveMilliseconds).unref();
      return true;
    };
    this.#agents.set(protocol, agent);
    return agent;
  }
}

/** What a request asks for its connection. Node's types leave it out. */
interface AgentWithRequests extends http.Agent {
  addRequest(request: http.ClientRequest, options: { host?: unknown; port?: unknown }): void;
}

function httpModule(protocol: string): typeof http {
  return protocol === "https:"
    ? (process.getBuiltinModule("node:https") as unknown as typeof http)
    : process.getBuiltinModule("node:http");
}

function limitConnecting(socket: Socket, milliseconds: number): void {
  if (!socket.connecting) return;
  const due = monotonicTime() + milliseconds;
  const giveUp = (): void => {
    socket.destroy(new ConnectTimedOut(`no connection within ${milliseconds} ms`));
  };
  let timer = setTimeout(() => {
    const grace = graceFor(due, milliseconds);
    if (grace === 0) giveUp();
    else timer = setTimeout(giveUp, grace);
  }, milliseconds);
  const clear = (): void => clearTimeout(timer);
  socket.once("connect", clear).once("close", clear);
}

class ConnectTimedOut extends Error {
  static {
    this.prototype.name = "TimeoutError";
  }
}

/** In the order of sending: names and values in turn, which Node writes as they are. */
function flatHeaders(headers: HttpRequest["headers"], length: number): string[] {
  const flat = ["content-length", String(length)];
  for (const name of Object.keys(headers)) flat.push(name, headers[name] as string);
  return flat;
}
