import { SignatureV4 } from "@aws-sdk/signature-v4";
import type { HttpRequest } from "@smithy/types";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Sha256 } from "../../test-support/sha256.ts";
import { parseEndpoint } from "../http/endpoint.ts";
import { Signer } from "./signer.ts";

const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const time = Date.UTC(2026, 1, 3, 4, 5, 6);
const local = parseEndpoint("http://localhost:8000", "the endpoint");

/** The same request, signed by the library. */
async function signByLibrary(
  request: HttpRequest,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  region: string,
  at: number,
): Promise<HttpRequest> {
  const { "content-type": contentType, host, "x-amz-target": target } = request.headers;
  const signer = new SignatureV4({
    credentials,
    region,
    service: "dynamodb",
    sha256: Sha256,
    applyChecksum: false,
  });
  return signer.sign(
    { ...request, headers: { "content-type": contentType!, host: host!, "x-amz-target": target! } },
    { signingDate: new Date(at) },
  );
}

const headerText = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 80,
});

/** With all that a path and a query can hold, names given several times and empty steps included. */
const behindGateway = fc
  .record({
    steps: fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 4 }),
    parameters: fc.array(
      fc.tuple(fc.constantFrom("a", "a-b", "A", "b", "%", "ü"), fc.string({ maxLength: 4 })),
      { maxLength: 5 },
    ),
  })
  .map(({ steps, parameters }) => {
    const url = new URL("http://localhost:8000");
    url.pathname = steps.map((step) => step.replaceAll("%", "%25").toWellFormed()).join("/");
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    return url.href;
  });

/** The library loses a parameter of this name, for it keeps them as properties of an object. */
const ofLibrary = (url: string) => !new URL(url).searchParams.has("__proto__");

describe("a request", () => {
  test("is signed as the library signs it", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          requests: fc.array(
            fc.record({
              operation: fc.stringMatching(/^[A-Za-z]{1,40}$/),
              body: fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.json()),
              withToken: fc.boolean(),
              later: fc.constantFrom(0, 1, 1_000, 86_400_000),
            }),
            { minLength: 5, maxLength: 5, size: "max" },
          ),
          accessKeyId: headerText,
          secretAccessKey: headerText,
          sessionToken: headerText,
          region: fc.stringMatching(/^[a-z]{2}-[a-z]{4,9}-[1-9]$/),
          endpoint: fc.oneof(
            fc.constant(undefined),
            fc
              .webUrl({ validSchemes: ["http", "https"], size: "-1" })
              .map((url) => new URL(url).origin),
            fc.constantFrom("http://[::1]:8000", "http://127.0.0.1", "https://localhost:443"),
            fc.webUrl({ validSchemes: ["http"], withQueryParameters: true }).filter(ofLibrary),
            behindGateway,
          ),
          at: fc.date({ min: new Date(0), max: new Date("2200-01-01"), noInvalidDate: true }),
        }),
        async ({ requests, sessionToken, region, endpoint, at, ...keys }) => {
          const url = endpoint ?? `https://dynamodb.${region}.amazonaws.com`;
          const signer = new Signer(parseEndpoint(url, "the endpoint"), region);
          for (const { operation, body, withToken, later } of requests) {
            const credentials = withToken ? { ...keys, sessionToken } : keys;
            const signedAt = at.getTime() + later;
            const ours = signer.sign(operation, body, credentials, signedAt);
            const library = await signByLibrary(ours, credentials, region, signedAt);
            expect(ours.headers).toEqual(library.headers);
          }
        },
      ),
      // Of five requests each: ten thousand.
      { numRuns: 2_000 },
    );
  });

  test("is one to the endpoint", () => {
    const signer = new Signer(local, "eu-west-1");
    expect(signer.sign("GetItem", "{}", identity, time)).toMatchObject({
      method: "POST",
      protocol: "http:",
      hostname: "localhost",
      port: 8000,
      path: "/",
      query: {},
      body: "{}",
      headers: { host: "localhost:8000", "x-amz-date": "20260203T040506Z" },
    });
  });

  test("gets a new key on a new day, with other credentials, and back", async () => {
    const signer = new Signer(local, "eu-west-1");
    const other = { ...identity, secretAccessKey: "other" };
    const tomorrow = time + 24 * 60 * 60 * 1000;
    for (const [credentials, at] of [
      [identity, time],
      [identity, tomorrow],
      [other, tomorrow],
      [identity, time],
    ] as const) {
      const request = signer.sign("GetItem", "{}", credentials, at);
      expect(request.headers).toEqual(
        (await signByLibrary(request, credentials, "eu-west-1", at)).headers,
      );
    }
  });
});

describe("a request behind a gateway", () => {
  test.each([
    ["http://localhost:8000/gateway/dynamodb", "/gateway/dynamodb", {}],
    ["https://example.com/a%20b/?stage=test", "/a%20b/", { stage: "test" }],
    ["http://localhost:8000/?x=2&x=1&y", "/", { x: ["2", "1"], y: "" }],
  ])("to %s has its path and query signed", async (url, path, query) => {
    const signer = new Signer(parseEndpoint(url, "the endpoint"), "eu-west-1");
    const request = signer.sign("GetItem", "{}", { ...identity, sessionToken: "token" }, time);
    expect(request).toMatchObject({ path, query });
    const library = await signByLibrary(
      request,
      { ...identity, sessionToken: "token" },
      "eu-west-1",
      time,
    );
    expect(request.headers["authorization"]).toBe(library.headers["authorization"]);
  });
});

test("another signer gets the unsigned request, the date, the region and the service", async () => {
  const signer = new Signer(local, "eu-west-1");
  const signed = await signer.signBy(
    {
      async sign(request, options) {
        expect(options).toEqual({
          signingDate: new Date(time),
          signingRegion: "eu-west-1",
          signingService: "dynamodb",
        });
        expect(request.headers).toEqual({
          "content-type": "application/x-amz-json-1.0",
          host: "localhost:8000",
          "x-amz-target": "DynamoDB_20120810.GetItem",
        });
        return { ...request, headers: { ...request.headers, authorization: "mine" } };
      },
    },
    "GetItem",
    "{}",
    time,
  );
  expect(signed.headers["authorization"]).toBe("mine");
});
