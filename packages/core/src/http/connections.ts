import type * as http from "node:http";
import type { Socket } from "node:net";
import { limitConnecting } from "./connect-limit.ts";

export interface ConnectionOptions {
  /** Milliseconds for making a connection. */
  readonly connectionTimeout: number;
  /** How many connections may be open at once. */
  readonly maxSockets: number;
}

/** What Node's agent does that its types leave out. */
interface Agent extends http.Agent {
  addRequest(request: http.ClientRequest, options: { host?: unknown; port?: unknown }): void;
}

/** What Node calls the request that a connection is used for. Its types leave it out. */
const usedFor = "_httpMessage";

interface UsedSocket extends Socket {
  [usedFor]?: { readonly shouldKeepAlive: boolean } | null;
}

const keepAliveMilliseconds = 1_000;

/**
 * The connections to one server, by an agent of `node:http` or `node:https`. What the agent does for each request takes as long
 * as a tenth of it: it copies options, moves the connection from one list to another and back, and gives it a new identity for
 * `node:async_hooks`. Here a connection stays in the agent's list of those in use, and the idle ones are kept beside it.
 */
export class Connections {
  readonly agent: http.Agent;
  /** The last one used is the first to be used again: the others may end. */
  readonly #idle: Socket[] = [];
  readonly #known: WeakSet<Socket> = new WeakSet();
  /** Their server closes them after a time of its own, of which it told. */
  readonly #limited: WeakSet<Socket> = new WeakSet();

  /** @param origin as of a URL; @param module what makes connections there. */
  constructor(origin: string, module: typeof http, options: ConnectionOptions) {
    // Node closes all but 256 idle connections, unless told otherwise.
    const agent = new module.Agent({ keepAlive: true }) as Agent;
    // Not as options, which Node copies for each request.
    agent.maxSockets = agent.maxFreeSockets = options.maxSockets;
    // All connections of this agent are made alike, and Node's own name is long to put together.
    agent.getName = () => origin;
    const connect = agent.createConnection;
    agent.createConnection = (given, done) => {
      const socket = connect.call(agent, given, done);
      if (socket != null) limitConnecting(socket as Socket, options.connectionTimeout);
      return socket;
    };
    this.#useAgain(agent, origin);
    this.agent = agent;
  }

  /** Leaves it to the agent when this connection may be used again: it heeds the server's own limit. */
  limit(socket: Socket): void {
    this.#limited.add(socket);
  }

  destroy(): void {
    this.agent.destroy();
  }

  #useAgain(agent: Agent, origin: string): void {
    const { addRequest } = agent;
    agent.addRequest = (added, { host, port }) => {
      const socket = this.#take();
      // Node copies the options of each request, and needs of them what a connection is made of.
      if (socket === undefined) return addRequest.call(agent, added, { host, port });
      added.reusedSocket = true;
      socket.ref();
      added.onSocket(socket);
    };

    const listeners = agent.listeners("free") as ((socket: Socket, options: object) => void)[];
    agent.removeAllListeners("free");
    agent.on("free", (socket: UsedSocket, options: object) => {
      const mayBeKept =
        socket[usedFor]?.shouldKeepAlive === true &&
        socket.writable &&
        !this.#limited.has(socket) &&
        agent.requests[origin] === undefined;
      if (mayBeKept) this.#keep(socket);
      else for (const listener of listeners) listener.call(agent, socket, options);
    });
  }

  #take(): Socket | undefined {
    for (;;) {
      const socket = this.#idle.pop();
      if (socket === undefined || (socket.writable && !socket.destroyed)) return socket;
    }
  }

  #keep(socket: UsedSocket): void {
    socket[usedFor] = null;
    if (!this.#known.has(socket)) {
      this.#known.add(socket);
      socket.setKeepAlive(true, keepAliveMilliseconds);
      socket.on("error", ignore);
      // Nobody asked for it: what follows could be taken for the next request's answer.
      socket.on("data", () => {
        if (socket[usedFor] == null) socket.destroy();
      });
      socket.once("close", () => {
        const index = this.#idle.indexOf(socket);
        if (index !== -1) this.#idle.splice(index, 1);
      });
    }
    socket.unref();
    this.#idle.push(socket);
  }
}

function ignore(): void {
  // A request hears of it by itself, and of an idle connection nobody needs to.
}
