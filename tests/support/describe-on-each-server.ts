/**
 * How a test file uses the servers:
 *
 *     describeOnEachServer("GetItem", ({ client, createTable, deviates, server }) => {
 *       it("finds nothing", async () => {
 *         const table = await createTable({ partitionKey: { name: "id", type: "S" } });
 *         expect(await client.get(table, { id: "a" })).toBeUndefined();
 *       });
 *
 *       deviates({ "dynamodb-local": "answers 500" }, "refuses an empty key", async () => {
 *         // What AWS documents. It is expected to fail on DynamoDB Local, and the run fails when it no longer does.
 *       });
 *     });
 *
 * One server serves all the files at the same time, so a test keeps to tables of its own and never counts on ListTables
 * naming no others. The tables that `createTable` makes, and those under a name from `uniqueTableName`, are deleted at
 * the end of the suite.
 */
import {
  Client,
  type ClientOptions,
  isDynamoDBError,
  ResourceNotFound,
  type TableDefinition,
} from "@fieldwise/core";
import { randomBytes } from "node:crypto";
import { afterAll, describe, inject, test } from "vitest";
import type { Server, ServerName } from "./servers.ts";

/** What a suite gets for the server that it runs against. */
export interface ServerSuite {
  readonly server: Server;
  /** The client of this suite, closed at its end. */
  readonly client: Client;
  /** Another client of the same server, with options of its own, closed at the end of the suite. */
  newClient(options?: ClientOptions): Client;
  /** A name that no other table has. A table of this name is deleted at the end of the suite. */
  uniqueTableName(): string;
  /** Makes a table, by default with the partition key `id`, a string. Resolves to its name once it is active. */
  createTable(definition?: TableDefinition): Promise<string>;
  /** A test of what AWS documents, which fails on the servers named, for the reasons given. */
  deviates(
    reasons: Partial<Record<ServerName, string>>,
    title: string,
    run: () => Promise<void> | void,
  ): void;
}

/** Defines the suite once for each server. */
export function describeOnEachServer(title: string, define: (suite: ServerSuite) => void): void {
  for (const server of inject("servers")) {
    describe(`${title} [${server.name}]`, () => define(openSuite(server)));
  }
}

function openSuite(server: Server): ServerSuite {
  const { endpoint, region, credentials } = server;
  const clients: Client[] = [];
  const names: string[] = [];

  const newClient = (options?: ClientOptions): Client => {
    const client = new Client({ endpoint, region, credentials, ...options });
    clients.push(client);
    return client;
  };
  let ownClient: Client | undefined;
  const client = (): Client => (ownClient ??= newClient());
  const uniqueTableName = (): string => {
    const name = `fieldwise-${randomBytes(9).toString("hex")}`;
    names.push(name);
    return name;
  };

  afterAll(async () => {
    await Promise.all(names.map((name) => deleteTable(client(), name)));
    for (const each of clients) each.destroy();
  });

  return {
    server,
    get client() {
      return client();
    },
    newClient,
    uniqueTableName,
    createTable: async (definition = { partitionKey: { name: "id", type: "S" } }) => {
      const name = uniqueTableName();
      await client().createTable(name, definition, { wait: true });
      return name;
    },
    deviates: (reasons, title, run) => {
      const reason = reasons[server.name];
      if (reason === undefined) test(title, run);
      else test.fails(`${title} (deviates: ${reason})`, run);
    },
  };
}

async function deleteTable(client: Client, name: string): Promise<void> {
  try {
    await client.deleteTable(name);
  } catch (error) {
    // A test of deletion, or one that failed before it made its table, leaves nothing to delete.
    if (!isDynamoDBError(error, ResourceNotFound)) throw error;
  }
}
