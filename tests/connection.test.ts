import { Client, Credentials, type RequestHandler } from "@fieldwise/core";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { UndiciHttpHandler } from "@smithy/undici-http-handler";
import { Agent } from "undici";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { describeOnEachServer } from "./support/describe-on-each-server.ts";
import { failure, RecordingHandler } from "./support/request-handlers.ts";

describeOnEachServer("connection", ({ newClient, createTable, server }) => {
  let table: string;
  beforeAll(async () => {
    table = await createTable({
      partitionKey: { name: "id", type: "S" },
      sortKey: { name: "r", type: "N" },
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const key = { id: "a", r: 1 };

  describe("credentials", () => {
    it("come from a provider, asked once for many requests", async () => {
      const provider = vi.fn<() => Promise<typeof server.credentials>>(
        async () => server.credentials,
      );
      const provided = newClient({ credentials: provider });
      await Promise.all(Array.from({ length: 20 }, () => provided.get(table, key)));
      await provided.get(table, key);
      expect(provider).toHaveBeenCalledOnce();
    });

    it("come from the environment, with the region and the endpoint", async () => {
      vi.stubEnv("AWS_REGION", server.region);
      vi.stubEnv("AWS_ACCESS_KEY_ID", server.credentials.accessKeyId);
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", server.credentials.secretAccessKey);
      vi.stubEnv("AWS_SESSION_TOKEN", server.credentials.sessionToken);
      vi.stubEnv("AWS_PROFILE", undefined);
      vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
      vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", server.endpoint);
      for (const credentials of [undefined, Credentials.environment(), Credentials.auto()]) {
        const found = new Client({ credentials });
        expect(await found.tableExists(table)).toBe(true);
        found.destroy();
      }
      vi.stubEnv("AWS_ENDPOINT_URL", server.endpoint);
      vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", undefined);
      const found = new Client();
      expect(await found.tableExists(table)).toBe(true);
      found.destroy();
    });

    it("are an error where there are none, before any request", async () => {
      vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
      const requestHandler = new RecordingHandler();
      const credentials = Credentials.chain(Credentials.environment());
      await expect(
        newClient({ credentials, requestHandler }).get(table, key),
      ).rejects.toMatchObject({
        name: "CredentialsError",
        tried: [expect.stringContaining("AWS_ACCESS_KEY_ID")],
      });
      expect(requestHandler.requests).toEqual([]);
    });

    // AWS itself would not take a token that was made up.
    it.skipIf(server.name === "endpoint")(
      "are replaced when the server calls them expired",
      async () => {
        let asked = 0;
        const requestHandler = new RecordingHandler((_, send) =>
          requestHandler.requests.length === 1 ? failure("ExpiredTokenException") : send(),
        );
        const renewed = newClient({
          requestHandler,
          credentials: async () => ({ ...server.credentials, sessionToken: `token-${++asked}` }),
        });
        await renewed.get(table, key);
        expect(
          requestHandler.requests.map(({ headers }) => headers["x-amz-security-token"]),
        ).toEqual(["token-1", "token-2"]);
      },
    );
  });

  describe("request handlers", () => {
    it.each<[string, () => RequestHandler | Agent | undefined]>([
      ["the default one", () => undefined],
      ["NodeHttpHandler", () => new NodeHttpHandler()],
      ["FetchHttpHandler", () => new FetchHttpHandler()],
      ["UndiciHttpHandler", () => new UndiciHttpHandler()],
      ["undici's Agent", () => new Agent()],
    ])("%s brings requests, answers and errors", async (name, make) => {
      const requestHandler = make();
      const other = newClient({ requestHandler });
      const item = { id: name, r: 1, text: "é😀", big: "x".repeat(100_000) };
      await other.put(table, item);
      expect(await other.get(table, { id: name, r: 1 }, { consistentRead: true })).toEqual(item);
      await Promise.all(
        Array.from({ length: 30 }, (_, r) => other.put(table, { id: name, r, n: r })),
      );
      expect(await other.scanCount(table)).toBeGreaterThanOrEqual(30);
      await expect(other.get(table, { wrong: 1 })).rejects.toMatchObject({
        name: "ValidationError",
      });
      await expect(
        other.get(table, key, { signal: AbortSignal.abort(new Error("not now")) }),
      ).rejects.toThrow("not now");
      await requestHandler?.destroy?.();
    });
  });

  it("can be used no more once it is destroyed", async () => {
    const destroyed = newClient();
    await destroyed.get(table, key);
    destroyed.destroy();
    await expect(destroyed.get(table, key)).rejects.toMatchObject({
      name: "ConnectionError",
      retryable: false,
    });
  });
});
