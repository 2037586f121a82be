import { ConnectionError } from "@fieldwise/core";
import { defineTable } from "@fieldwise/schema";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { findDynoxide } from "../dynamodb/dynoxide-command.ts";
import { LocalDynamoDBError } from "../dynamodb/local-dynamodb-error.ts";
import { startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { sharedServer } from "./shared-server.ts";
import { createTestDatabase } from "./test-database.ts";

const Orders = defineTable({
  name: "orders",
  schema: z.object({ id: z.string() }),
  partitionKey: "id",
});

afterEach(() => vi.unstubAllEnvs());

/** Has the next server run behind a program; what it returns ends both, as nobody here expects it. */
function runBehindProgram(folder: string): () => void {
  const [program, pid] = [join(folder, "program.cjs"), join(folder, "pid")];
  const { file, args } = findDynoxide();
  writeFileSync(
    program,
    `const command = ${JSON.stringify([file, ...args])}.concat(process.argv.slice(2));
     const child = require("node:child_process").spawn(command[0], command.slice(1), { stdio: "inherit" });
     require("node:fs").writeFileSync(${JSON.stringify(pid)}, String(process.pid));
     process.on("SIGTERM", () => { child.kill("SIGKILL"); process.exit(1); });`,
  );
  vi.stubEnv("DYNOXIDE_BIN", program);
  return () => void process.kill(Number(readFileSync(pid, "utf8")), "SIGTERM");
}

describe("sharedServer", () => {
  it.skipIf(process.platform === "win32")(
    "is started anew after its process came to its end, of which there is a warning",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "fieldwise-"));
      const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
      const end = runBehindProgram(folder);
      const tables = { orders: Orders };
      const database = await createTestDatabase(tables);
      vi.unstubAllEnvs();
      end();
      // Its requests would be sent again for a minute otherwise.
      await expect(database.db.orders.get({ id: "a" })).rejects.toBeInstanceOf(ConnectionError);
      await database.stop();
      const another = await createTestDatabase(tables);
      expect(another.endpoint).not.toBe(database.endpoint);
      expect(await another.db.orders.get({ id: "a" })).toBeUndefined();
      expect(warn.mock.calls).toEqual([
        [`The local DynamoDB server at ${database.endpoint} has ended, and nobody stopped it.`],
      ]);
      warn.mockRestore();
      rmSync(folder, { recursive: true });
      await another.stop();
      await (await sharedServer()).stop();
    },
  );

  it("tries again after a start that failed", async () => {
    vi.stubEnv("DYNOXIDE_BIN", "/nowhere/dynoxide");
    const failed = await Promise.allSettled([sharedServer(), sharedServer()]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(sharedServer()).rejects.toBeInstanceOf(LocalDynamoDBError);
    vi.unstubAllEnvs();
    const server = await sharedServer();
    await server.client().listTables().next();
  });

  it("is one, also for those who ask at the same time, and for a module that was loaded anew", async () => {
    const [server, same] = await Promise.all([sharedServer(), sharedServer()]);
    expect(same).toBe(server);
    vi.resetModules();
    const anew = await import("./shared-server.ts");
    expect(anew.sharedServer).not.toBe(sharedServer);
    expect(await anew.sharedServer()).toBe(server);
  });

  it("is the one that DYNAMODB_ENDPOINT names, as long as it does", async () => {
    const own = await sharedServer();
    await using other = await startDynamoDB();
    vi.stubEnv("DYNAMODB_ENDPOINT", other.endpoint);
    expect((await sharedServer()).endpoint).toBe(other.endpoint);
    vi.unstubAllEnvs();
    expect(await sharedServer()).toBe(own);
  });
});
