import type * as http from "node:http";
import type { Socket } from "node:net";
import type { HttpRequest } from "@smithy/types";
import { BodyBuffer, tooLong } from "./response-body.ts";
import { escapeUri } from "./escape-uri.ts";
import type { ResponseListener, Sender } from "./sender.ts";

export interface ConnectionOptions {
  /** Milliseconds for making a connection. */
  readonly connectionTimeout: number;
  /** How many connections may be open at once. */
  readonly maxSockets: number;
}

/** What the requests to one place share. */
interface Route {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly query: HttpRequest["query"];
  readonly request: typeof http.request;
  readonly options: {
    readonly agent: http.Agent;
    readonly host: string;
    readonly port: number | undefined;
    readonly path: string;
    readonly method: "POST";
  };
}

/** Sends requests by `node:http` and `node:https`, over connections that are kept. They are loaded with the first request. */
export class NodeSender implements Sender {
  readonly #options: ConnectionOptions;
  readonly #agents: Map<string, http.Agent> = new Map();
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
      response.on("data", (chunk: Buffer) => {
        if (!body.add(chunk)) fail(tooLong());
      });
      response.on("end", () => {
        if (ended) return;
        ended = true;
        listener.onResponse({
          statusCode: response.statusCode ?? 0,
          // Only of a set-cookie header does Node make a list.
          headers: response.headers as Record<string, string>,
          body: body.whole(),
        });
      });
      // One that is cut short is destroyed with an error.
      response.on("error", fail);
    };
    try {
      const route = this.#routeOf(request);
      const body = request.body as string;
      const length = Buffer.byteLength(body);
      sent = route.request({ ...route.options, headers: flatHeaders(request.headers, length) });
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
    const { protocol, hostname, port, path, query } = request;
    const last = this.#route;
    if (
      last !== undefined &&
      last.hostname === hostname &&
      last.port === port &&
      last.path === path &&
      last.query === query &&
      last.protocol === protocol
    ) {
      return last;
    }
    const { request: send } = httpModule(protocol);
    const options = {
      agent: this.#agent(protocol),
      // Of an IPv6 address the brackets are the URL's.
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port,
      path: path + queryText(query),
      method: "POST" as const,
    };
    this.#route = { protocol, hostname, port, path, query, request: send, options };
    return this.#route;
  }

  #agent(protocol: string): http.Agent {
    const known = this.#agents.get(protocol);
    if (known !== undefined) return known;
    const { maxSockets, connectionTimeout } = this.#options;
    // Node closes all but 256 idle connections, unless told otherwise.
    const agent = new (httpModule(protocol).Agent)({
      keepAlive: true,
      maxSockets,
      maxFreeSockets: maxSockets,
    });
    // All connections of this agent are made alike: they differ in no more, and Node's own name is long to put together.
    agent.getName = (options) => `${options?.host}:${options?.port}`;
    const connect = agent.createConnection;
    agent.createConnection = (options, done) => {
      const socket = connect.call(agent, options, done);
      if (socket != null) limitConnecting(socket as Socket, connectionTimeout);
      return socket;
    };
    this.#agents.set(protocol, agent);
    return agent;
  }
}

function httpModule(protocol: string): typeof http {
  return protocol === "https:"
    ? (process.getBuiltinModule("node:https") as unknown as typeof http)
    : process.getBuiltinModule("node:http");
}

function limitConnecting(socket: Socket, milliseconds: number): void {
  if (!socket.connecting) return;
  const timer = setTimeout(
    () => socket.destroy(new ConnectTimedOut(`no connection within ${milliseconds} ms`)),
    milliseconds,
  );
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

function queryText(query: HttpRequest["query"]): string {
  const parts: string[] = [];
  for (const name of Object.keys(query ?? {}).toSorted()) {
    const value = query?.[name];
    for (const one of Array.isArray(value) ? value : [value]) {
      parts.push(
        typeof one === "string" ? `${escapeUri(name)}=${escapeUri(one)}` : escapeUri(name),
      );
    }
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
