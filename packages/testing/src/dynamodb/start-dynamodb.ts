import { Client, type ClientOptions } from "@fieldwise/core";
import { findDynoxide } from "./dynoxide-command.ts";
import { type Identity, openExternalEndpoint } from "./external-endpoint.ts";
import { startServerProcess } from "./server-process.ts";

/** Options of `startDynamoDB`. */
export interface StartDynamoDBOptions {
  /** The port to listen on; by default one that is free. */
  readonly port?: number;
  /** How long to wait for the server to answer, in milliseconds; 10,000 by default. */
  readonly startTimeout?: number;
}

/** A DynamoDB for tests: a server of our own, or the one that `DYNAMODB_ENDPOINT` names. */
export interface LocalDynamoDB extends AsyncDisposable {
  /** The server's URL: `http://127.0.0.1:54321`. */
  readonly endpoint: string;
  /** Whether this is the server that `DYNAMODB_ENDPOINT` names, which goes on running and keeps what is in it. */
  readonly external: boolean;
  /** Whether `stop()` was called, or the server's process has ended by itself. */
  readonly stopped: boolean;
  /**
   * A client of this server. Options given win over the defaults (this endpoint, the region `local`, made-up credentials).
   * `stop()` closes it, and so does the end of the server's process.
   */
  client(options?: ClientOptions): Client;
  /**
   * Closes the clients and ends the server; resolves when its process is gone. Calling it again changes nothing. A server
   * that `DYNAMODB_ENDPOINT` names goes on running.
   */
  stop(): Promise<void>;
}

const localIdentity = {
  region: "local",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

/**
 * Starts a DynamoDB on this machine, in memory, on a free port of the loopback interface. It is empty, ready to answer
 * when the promise resolves, and gone when this process is, however it ends. It does not keep the process from exiting.
 *
 * The server is the program `dynoxide`: the one that the variable `DYNOXIDE_BIN` names, or the one of the npm package
 * `dynoxide` or `@dynoxide/<platform>-<arch>`. Where the variable `DYNAMODB_ENDPOINT` is set, nothing is started and the
 * server at that URL is used, with the credentials and region of the `AWS_…` variables where they are set.
 *
 * @throws LocalDynamoDBError when there is no server program, it can't be run, or it does not answer in time
 *
 * @example
 * await using dynamodb = await startDynamoDB();
 * const client = dynamodb.client();
 * await client.listTables();
 */
export async function startDynamoDB(options: StartDynamoDBOptions = {}): Promise<LocalDynamoDB> {
  const { port, startTimeout = 10_000 } = options;
  const external = await openExternalEndpoint(process.env, startTimeout);
  const server =
    external ??
    (await startServerProcess({ command: findDynoxide(), port, timeout: startTimeout }));
  const identity: Identity = { ...localIdentity, ...external?.identity };
  const endpoint = server.endpoint.href.replace(/\/$/, "");
  const clients = new Set<Client>();

  /** A client that is forgotten once it is closed: a server may see thousands of them. */
  class OwnedClient extends Client {
    override destroy(): void {
      clients.delete(this);
      super.destroy();
    }
  }

  const close = (): void => {
    for (const client of clients) client.destroy();
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    close();
    return (stopped ??= server.stop());
  };

  let isOver = false;
  if ("over" in server) {
    void server.over.then(() => {
      isOver = true;
      if (stopped !== undefined) return;
      process.emitWarning(
        `The local DynamoDB server at ${endpoint} has ended, and nobody stopped it.`,
      );
      // They would try for a minute to reach it.
      close();
    });
  }
  return {
    endpoint,
    external: external !== undefined,
    get stopped() {
      return isOver || stopped !== undefined;
    },
    client: (clientOptions) => {
      const client = new OwnedClient({ ...identity, endpoint, ...clientOptions });
      clients.add(client);
      return client;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
