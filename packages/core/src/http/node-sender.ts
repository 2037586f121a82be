import type * as http from "node:http";
import type { HttpRequest } from "@smithy/types";
import { type ConnectionOptions, Connections } from "./connections.ts";
import { readHeader } from "./headers.ts";
import { isSamePlace, pathOf, type Place, placeOf } from "./place.ts";
import { BodyBuffer, tooLong } from "./response-body.ts";
import type { ResponseListener, Sender } from "./sender.ts";

/** What the requests to one place share. */
interface Route {
  readonly place: Place;
  readonly connections: Connections;
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
  /** By their origin, as of a URL. */
  readonly #connections: Map<string, Connections> = new Map();
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
    let connections: Connections | undefined;
    const fail = (fault: unknown): void => {
      if (ended) return;
      ended = true;
      listener.onFault(fault);
      sent?.destroy();
    };
    const receive = (response: http.IncomingMessage): void => {
      const body = new BodyBuffer();
      if (readHeader(response.rawHeaders, "keep-alive") !== undefined)
        connections?.limit(response.socket);
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
      const route = this.#routeOf(request);
      const { request: begin, options } = route;
      connections = route.connections;
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
    for (const connections of this.#connections.values()) connections.destroy();
  }

  #routeOf(request: HttpRequest): Route {
    const last = this.#route;
    if (last !== undefined && isSamePlace(last.place, request)) return last;
    const { protocol, hostname, port } = request;
    const connections = this.#connectionsTo(request);
    const options = {
      agent: connections.agent,
      // Of an IPv6 address the brackets are the URL's.
      host: hostname.replace(/^\[(.*)\]$/, "$1"),
      port,
      path: pathOf(request),
      method: "POST" as const,
      headers: [],
    };
    return (this.#route = {
      place: placeOf(request),
      connections,
      request: httpModule(protocol).request,
      options,
    });
  }

  #connectionsTo({ protocol, hostname, port }: HttpRequest): Connections {
    const origin = `${protocol}//${hostname}:${port ?? ""}`;
    let made = this.#connections.get(origin);
    if (made === undefined) {
      made = new Connections(origin, httpModule(protocol), this.#options);
      this.#connections.set(origin, made);
    }
    return made;
  }
}

function httpModule(protocol: string): typeof http {
  return protocol === "https:"
    ? (process.getBuiltinModule("node:https") as unknown as typeof http)
    : process.getBuiltinModule("node:http");
}

/** In the order of sending: names and values in turn, which Node writes as they are. */
function flatHeaders(headers: HttpRequest["headers"], length: number): string[] {
  const flat = ["content-length", String(length)];
  for (const name of Object.keys(headers)) flat.push(name, headers[name] as string);
  return flat;
}
