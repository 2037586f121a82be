import { afterEach, describe, expect, it, vi } from "vitest";
import { LocalDynamoDBError } from "../dynamodb/local-dynamodb-error.ts";
import { startDynamoDB } from "../dynamodb/start-dynamodb.ts";
import { sharedServer } from "./shared-server.ts";

afterEach(() => vi.unstubAllEnvs());

describe("sharedServer", () => {
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
