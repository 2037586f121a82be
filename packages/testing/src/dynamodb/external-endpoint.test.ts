import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openExternalEndpoint } from "./external-endpoint.ts";
import { findFreePort } from "./free-port.ts";
import { LocalDynamoDBError } from "./local-dynamodb-error.ts";

async function answering(status: (request: number) => number) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status(++requests)).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close(), requests: () => requests };
}

describe("openExternalEndpoint", () => {
  it("is nothing where the variable is not set", async () => {
    expect(await openExternalEndpoint({}, 100)).toBeUndefined();
    expect(await openExternalEndpoint({ DYNAMODB_ENDPOINT: "" }, 100)).toBeUndefined();
  });

  it("waits for a server that is still starting", async () => {
    const server = await answering((request) => (request < 3 ? 503 : 200));
    const external = await openExternalEndpoint({ DYNAMODB_ENDPOINT: server.url }, 5000);
    expect(external?.endpoint.origin).toBe(server.url);
    expect(server.requests()).toBe(3);
    server.close();
  });

  it("takes a refusal for an answer: AWS has no user named local", async () => {
    const server = await answering(() => 400);
    expect(await openExternalEndpoint({ DYNAMODB_ENDPOINT: server.url }, 5000)).toBeDefined();
    expect(server.requests()).toBe(1);
    server.close();
  });

  it("signs as the environment says", async () => {
    const server = await answering(() => 200);
    const variables = {
      DYNAMODB_ENDPOINT: server.url,
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    const identity = async (env: NodeJS.ProcessEnv) =>
      (await openExternalEndpoint(env, 5000))?.identity;
    expect(await identity(variables)).toEqual({
      region: "eu-west-1",
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
    });
    expect(
      await identity({ ...variables, AWS_REGION: "us-east-2", AWS_SESSION_TOKEN: "t" }),
    ).toEqual({
      region: "us-east-2",
      credentials: { accessKeyId: "key", secretAccessKey: "secret", sessionToken: "t" },
    });
    expect(await identity({ DYNAMODB_ENDPOINT: server.url, AWS_ACCESS_KEY_ID: "key" })).toEqual({});
    server.close();
  });

  it.each(["localhost:8000", "ftp://localhost", "8000"])("refuses %s", async (text) => {
    const opened = openExternalEndpoint({ DYNAMODB_ENDPOINT: text }, 100);
    await expect(opened).rejects.toThrow(LocalDynamoDBError);
    await expect(opened).rejects.toThrow("DYNAMODB_ENDPOINT must be an http or https URL");
  });

  it("says that nobody answers, without the password that the URL may hold", async () => {
    const port = await findFreePort("127.0.0.1");
    const opened = openExternalEndpoint(
      { DYNAMODB_ENDPOINT: `http://user:hidden@127.0.0.1:${port}` },
      50,
    );
    await expect(opened).rejects.toThrow(
      /No DynamoDB answered at DYNAMODB_ENDPOINT \(http:\/\/127.*ECONNREFUSED/,
    );
    await expect(opened).rejects.not.toThrow("hidden");
  });
});
