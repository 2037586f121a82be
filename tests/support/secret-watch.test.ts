import { Client, Credentials, F, FieldwiseError, InvalidInput, RetryConfig } from "@fieldwise/core";
import { explain, recordRequests } from "@fieldwise/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { secretWatch } from "./secret-setup.ts";

const secretAccessKey = "secret/access+key/that-nobody-may-see";
const sessionToken = "session/token/that-nobody-may-see==";
const credentials = { accessKeyId: "AKIDWATCHED", secretAccessKey, sessionToken };
let authorization = "";

/** Sends a request, so that the watch knows the secrets. */
async function send(): Promise<Client> {
  const requestHandler = recordRequests({
    handle: async ({ headers }) => {
      authorization = headers["authorization"] ?? "";
      return { response: { statusCode: 200, headers: {}, body: "{}" } };
    },
  });
  const retry = RetryConfig.none;
  const client = new Client({ region: "eu-west-1", credentials, requestHandler, retry });
  await client.get("orders", { id: "a" });
  return client;
}

/** Where secrets have shown since. */
async function places(): Promise<readonly string[]> {
  await Promise.resolve();
  return secretWatch.takeFindings().map(({ where }) => where);
}

const signature = (): string => authorization.slice(authorization.lastIndexOf("=") + 1);

describe("the watch of secrets finds what leaks", () => {
  beforeEach(async () => {
    await send();
  });

  it("and has nothing to say of a request", async () => {
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 .*Signature=[0-9a-f]{64}$/);
    expect(await places()).toEqual([]);
  });

  it.each([
    ["the secret key", () => secretAccessKey],
    ["the session token", () => sessionToken],
    ["the signature", () => signature()],
    ["the authorization header", () => authorization],
  ])("%s in an error's message", async (_, secret) => {
    void new InvalidInput(`refused: ${secret()}`);
    expect(await places()).toContain("InvalidInput");
  });

  it("in a cause, and in the cause of a cause", async () => {
    void new FieldwiseError("no", {
      cause: new Error("no", { cause: { headers: { authorization } } }),
    });
    expect(await places()).toContain("an inspected FieldwiseError");
  });

  it("in a hidden member, added by a class of the error", async () => {
    class Leaking extends FieldwiseError {
      constructor() {
        super("no");
        Object.defineProperty(this, "request", { value: { token: sessionToken } });
      }
    }
    void new Leaking();
    expect(await places()).toEqual(["an inspected FieldwiseError"]);
  });

  it("in what toJSON gives", async () => {
    class Leaking extends FieldwiseError {
      toJSON(): object {
        return { secretAccessKey };
      }
    }
    void new Leaking("no");
    expect(await places()).toEqual(["an inspected FieldwiseError"]);
  });

  it("in an object that is inspected, once the test is over", async () => {
    const client = await send();
    Object.assign(client, { options: { credentials } });
    expect(await places()).toEqual(expect.arrayContaining(["Client"]));
  });

  it("in a debug string, and in what explain tells", async () => {
    F("token").eq(sessionToken).debug();
    expect(await places()).toEqual(["debug()"]);
    String(await explain((client) => client.put("orders", { id: secretAccessKey })));
    expect(await places()).toContain("toString()");
  });

  it("in what is printed", async () => {
    console.log("key", secretAccessKey);
    expect(await places()).toEqual(["console.log"]);
  });
});

it("the watch is silent about a client and errors that are as they should be", async () => {
  const client = await send();
  const provider = Credentials.static(credentials);
  expect(provider).toBeTypeOf("function");
  const refused = new Client({
    region: "eu-west-1",
    credentials: provider,
    retry: RetryConfig.none,
    requestHandler: {
      handle: async ({ headers }) => ({
        response: { statusCode: 400, headers: {}, body: JSON.stringify({ message: headers }) },
      }),
    },
  });
  await expect(refused.table("orders").get({ id: "a" })).rejects.toThrow("HTTP status 400");
  await expect(client.get("x", {})).rejects.toThrow(FieldwiseError);
  const before = secretWatch.counts.errors;
  expect(before).toBeGreaterThan(1);
  expect(await places()).toEqual([]);
  expect(secretWatch.counts.objects).toBeGreaterThan(3);
});
