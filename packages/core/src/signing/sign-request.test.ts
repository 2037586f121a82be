import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseEndpoint } from "../http/endpoint.ts";
import {
  type CanonicalParts,
  canonicalHead,
  DynamoDBSigner,
  ScopeSigner,
  toSigningDate,
} from "./sign-request.ts";
import { SigningKeys } from "./signing-key.ts";

const identity = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const date = { long: "20150830T123600Z", short: "20150830" };
const scope = { date, region: "us-east-1", service: "service" };
const host = "host:example.amazonaws.com\n";
const amzDate = "x-amz-date:20150830T123600Z\n";
const token =
  "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

interface Vector {
  readonly name: string;
  /** What differs from `post-vanilla`. */
  readonly parts: Partial<CanonicalParts & { readonly body: string }>;
  readonly canonicalHash: string;
  readonly signature: string;
}

// AWS's published "Signature Version 4 test suite": what of it applies to requests whose path, query and headers are already
// in canonical form. The others are about finding that form, which DynamoDB's one shape has from the start.
const vectors: readonly Vector[] = [
  {
    name: "get-vanilla",
    parts: { method: "GET" },
    canonicalHash: "bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63",
    signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  },
  {
    name: "get-vanilla-query-order-key-case",
    parts: { method: "GET", query: "Param1=value1&Param2=value2" },
    canonicalHash: "816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0",
    signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  },
  {
    name: "get-utf8",
    parts: { method: "GET", path: "/%E1%88%B4" },
    canonicalHash: "2a0a97d02205e45ce2e994789806b19270cfbbb0921b278ccf58f5249ac42102",
    signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
  },
  {
    name: "post-vanilla",
    parts: {},
    canonicalHash: "553f88c9e4d10fc9e109e2aeb65f030801b70c2f6468faca261d401ae622fc87",
    signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  },
  {
    name: "post-header-key-sort",
    parts: {
      headers: `${host}my-header1:value1\n${amzDate}`,
      signedHeaders: "host;my-header1;x-amz-date",
    },
    canonicalHash: "9368318c2967cf6de74404b30c65a91e8f6253e0a8659d6d5319f1a812f87d65",
    signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
  },
  {
    name: "post-header-value-case",
    parts: {
      headers: `${host}my-header1:VALUE1\n${amzDate}`,
      signedHeaders: "host;my-header1;x-amz-date",
    },
    canonicalHash: "d51ced243e649e3de6ef63afbbdcbca03131a21a7103a1583706a64618606a93",
    signature: "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
  },
  {
    name: "post-vanilla-query",
    parts: { query: "Param1=value1" },
    canonicalHash: "9d659678c1756bb3113e2ce898845a0a79dbbc57b740555917687f1b3340fbbd",
    signature: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
  },
  {
    name: "post-sts-header-before",
    parts: {
      headers: `${host}${amzDate}x-amz-security-token:${token}\n`,
      signedHeaders: "host;x-amz-date;x-amz-security-token",
    },
    canonicalHash: "c237e1b440d4c63c32ca95b5b99481081cb7b13c7e40434868e71567c1a882f6",
    signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
  },
  {
    name: "post-x-www-form-urlencoded",
    parts: {
      headers: `content-type:application/x-www-form-urlencoded\n${host}${amzDate}`,
      signedHeaders: "content-type;host;x-amz-date",
      body: "Param1=value1",
    },
    canonicalHash: "42a5e5bb34198acb3e84da4f085bb7927f2bc277ca766e6d19c73c2154021281",
    signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
  },
  {
    name: "post-x-www-form-urlencoded-parameters",
    parts: {
      headers: `content-type:application/x-www-form-urlencoded; charset=utf8\n${host}${amzDate}`,
      signedHeaders: "content-type;host;x-amz-date",
      body: "Param1=value1",
    },
    canonicalHash: "2e1cf7ed91881a30569e46552437e4156c823447bf1781b921b5d486c568dd1c",
    signature: "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe",
  },
];

describe("AWS's Signature Version 4 test suite", () => {
  test.each(vectors)("$name", async ({ canonicalHash, signature, parts: given }) => {
    const { body = "", ...differing } = given;
    const head = canonicalHead({
      method: "POST",
      path: "/",
      query: "",
      headers: host + amzDate,
      signedHeaders: "host;x-amz-date",
      ...differing,
    });
    const key = new SigningKeys("service").get(identity, date.short, "us-east-1");
    expect(sha256(head + sha256(body))).toBe(canonicalHash);
    expect(new ScopeSigner(scope, key).sign(head, body)).toBe(signature);
  });

  test("a canonical request is written as the suite writes it", () => {
    expect(
      canonicalHead({
        method: "POST",
        path: "/",
        query: "Param1=value1",
        headers: host + amzDate,
        signedHeaders: "host;x-amz-date",
      }),
    ).toBe(
      "POST\n/\nParam1=value1\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n",
    );
  });
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("a signed request to DynamoDB", () => {
  const dynamodb = parseEndpoint("https://dynamodb.us-east-1.amazonaws.com", "the endpoint");
  const target = "DynamoDB_20120810.GetItem";
  const key = Buffer.alloc(32, 1);

  test("has five headers", () => {
    const headers = new DynamoDBSigner(dynamodb, identity, scope, key).sign(target, "{}");
    expect(headers).toEqual({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/us-east-1\/service\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[\da-f]{64}$/,
      ),
      "content-type": "application/x-amz-json-1.0",
      host: "dynamodb.us-east-1.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      "x-amz-target": target,
    });
  });

  test("has the session token, signed, where there is one", () => {
    const withToken = { ...identity, sessionToken: "token" };
    const headers = new DynamoDBSigner(dynamodb, withToken, scope, key).sign(target, "{}");
    expect(headers["x-amz-security-token"]).toBe("token");
    expect(headers["authorization"]).toContain("x-amz-date;x-amz-security-token;x-amz-target");
  });

  test.each(["accessKeyId", "region", "body", "date", "key", "host", "target"])(
    "is signed over its %s",
    (changed) => {
      const before = new DynamoDBSigner(dynamodb, identity, scope, key).sign(target, "{}");
      const after = new DynamoDBSigner(
        changed === "host" ? parseEndpoint("http://localhost:8000", "the endpoint") : dynamodb,
        changed === "accessKeyId" ? { ...identity, accessKeyId: "AKIDOTHER" } : identity,
        changed === "region"
          ? { ...scope, region: "us-east-2" }
          : changed === "date"
            ? { ...scope, date: { long: "20150830T123601Z", short: "20150830" } }
            : scope,
        changed === "key" ? Buffer.alloc(32, 2) : key,
      ).sign(
        changed === "target" ? "DynamoDB_20120810.PutItem" : target,
        changed === "body" ? "{ }" : "{}",
      );
      expect(after["authorization"]).not.toBe(before["authorization"]);
    },
  );

  test("is signed over each parameter of its query, whatever the name", () => {
    const gateway = parseEndpoint("http://a.aa?b=2&__proto__&constructor=1&__proto__=!", "it");
    const headers = new DynamoDBSigner(gateway, identity, scope, key).sign(target, "{}");
    const head = canonicalHead({
      method: "POST",
      path: "/",
      query: "__proto__=&__proto__=%21&b=2&constructor=1",
      headers: `content-type:application/x-amz-json-1.0\nhost:a.aa\n${amzDate}x-amz-target:${target}\n`,
      signedHeaders: "content-type;host;x-amz-date;x-amz-target",
    });
    const signature = new ScopeSigner(scope, key).sign(head, "{}");
    expect(headers["authorization"]).toMatch(new RegExp(`Signature=${signature}$`));
  });

  test("is signed alike whatever was signed before it", () => {
    const signer = new DynamoDBSigner(dynamodb, identity, scope, key);
    const first = signer.sign(target, "{}");
    signer.sign("DynamoDB_20120810.PutItem", "☃".repeat(1_000));
    expect(signer.sign(target, "{}")).toEqual(first);
  });
});

test("a date is written in its long and its short form", () => {
  expect(toSigningDate(Date.UTC(2026, 0, 9, 3, 4, 5, 678))).toEqual({
    long: "20260109T030405Z",
    short: "20260109",
  });
});
