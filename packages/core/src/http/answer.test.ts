import { inspect } from "node:util";
import { crc32, brotliCompressSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAnswer } from "./answer.ts";

function answer(
  body: string | Buffer,
  headers: Record<string, string> = {},
  statusCode = 200,
  operation = "GetItem",
) {
  return readAnswer(operation, { statusCode, headers, body: Buffer.from(body) });
}
const checksum = (body: string | Buffer): Record<string, string> => ({
  "x-amz-crc32": String(crc32(body)),
});
const json = '{"Item":{"a":{"S":"ü"}}}';
const output = { kind: "output", output: { Item: { a: { S: "ü" } } } };

describe("a successful answer", () => {
  test.each([200, 201, 204, 299])("of status %i is its JSON", (status) => {
    expect(answer(json, {}, status)).toEqual(output);
  });

  test.each(["{", '{"a":', "", "<html>", "{}{}", "\u0000", json.slice(0, -1)])(
    "that is not whole JSON may come whole the next time: %j",
    (body) => expect(answer(body)).toMatchObject({ kind: "invalid", damaged: true }),
  );

  test.each(["null", "1", '"text"', "[]", "true"])(
    "that is JSON and no object is no answer: %s",
    (body) => {
      expect(answer(body)).toMatchObject({ kind: "invalid", damaged: false });
    },
  );

  test("may be empty where the operation has no output", () => {
    for (const operation of ["TagResource", "UntagResource"]) {
      expect(answer("", {}, 200, operation)).toEqual({ kind: "output", output: {} });
    }
  });

  test("may be empty where its checksum says so, and only then", () => {
    expect(answer("", { "x-amz-crc32": "0" })).toEqual({ kind: "output", output: {} });
    expect(answer("")).toMatchObject({ kind: "invalid", damaged: true });
  });

  test("keeps attributes with dangerous names as data", () => {
    const result = answer('{"__proto__":{"polluted":true},"constructor":1}');
    expect(result).toMatchObject({ kind: "output" });
    expect(Object.keys((result as { output: object }).output)).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("the checksum", () => {
  test("is checked", () => {
    expect(answer(json, checksum(json))).toEqual(output);
    expect(answer(json, checksum(`${json} `))).toMatchObject({ kind: "invalid", damaged: true });
    expect(answer(json, { "X-Amz-Crc32": "1" })).toMatchObject({ kind: "invalid" });
  });

  test("is checked on errors too", () => {
    expect(answer('{"__type":"X"}', checksum("other"), 400)).toMatchObject({
      kind: "invalid",
      damaged: true,
    });
  });

  test.each(["", "abc", "-1", "1, 2", "0x10", "99999999999"])(
    "that is no number is no checksum: %j",
    (value) => {
      expect(answer(json, { "x-amz-crc32": value })).toEqual(output);
    },
  );

  test("finds any single damaged byte", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: Buffer.byteLength(json) - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const damaged = Buffer.from(json);
          damaged[at]! ^= change;
          expect(answer(damaged, checksum(json))).toMatchObject({ kind: "invalid", damaged: true });
        },
      ),
    );
  });
});

describe("a compressed answer", () => {
  const compressed = gzipSync(json);
  const gzip = { "content-encoding": "gzip" };

  test("is decompressed, and its checksum is that of the bytes as they were sent", () => {
    expect(answer(compressed, { ...gzip, ...checksum(compressed) })).toEqual(output);
    expect(answer(compressed, { ...gzip, ...checksum(json) })).toMatchObject({
      kind: "invalid",
      damaged: true,
    });
    expect(answer(compressed, gzip)).toEqual(output);
  });

  test("that the handler decompressed is taken as it is: the bytes of the checksum are gone", () => {
    expect(answer(json, { ...gzip, ...checksum(compressed) })).toEqual(output);
    expect(
      answer(json, { "content-encoding": "br", ...checksum(brotliCompressSync(json)) }),
    ).toEqual(output);
  });

  test("that is damaged may come whole the next time", () => {
    expect(answer(compressed.subarray(0, -12), gzip)).toMatchObject({
      kind: "invalid",
      damaged: true,
    });
    expect(answer(brotliCompressSync(json), { "content-encoding": "br" })).toMatchObject({
      damaged: true,
    });
  });

  test("with the encoding identity is not compressed", () => {
    expect(answer(json, { "content-encoding": "identity", ...checksum("other") })).toMatchObject({
      kind: "invalid",
    });
    expect(answer(json, { "content-encoding": "identity", ...checksum(json) })).toEqual(output);
  });
});

describe("an error", () => {
  test.each([
    "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
    "com.amazon.coral.service#ResourceNotFoundException",
    "ResourceNotFoundException",
    "ResourceNotFoundException:http://internal.amazon.com/coral/com.amazon.coral.service/",
    "aws.protocoltests.json#ResourceNotFoundException:http://internal.amazon.com/coral/",
  ])("is named by its type: %s", (type) => {
    expect(answer(JSON.stringify({ __type: type, message: "no" }), {}, 400)).toEqual({
      kind: "error",
      statusCode: 400,
      wireName: "ResourceNotFoundException",
      message: "no",
      body: { __type: type, message: "no" },
    });
  });

  test("may have its message under either name, or none", () => {
    expect(answer('{"__type":"X","Message":"no"}', {}, 400)).toMatchObject({ message: "no" });
    expect(answer('{"__type":"X"}', {}, 400)).toMatchObject({ message: "" });
    expect(answer('{"__type":"X","message":{"a":1}}', {}, 400)).toMatchObject({ message: "" });
  });

  test("may be named by its header", () => {
    expect(answer("", { "x-amzn-ErrorType": "ThrottlingException:" }, 400)).toMatchObject({
      wireName: "ThrottlingException",
    });
  });

  test("of a proxy keeps its status and text", () => {
    const html = "<html>\n  <body>502 Bad Gateway</body>\n</html>";
    expect(answer(html, { "content-type": "text/html" }, 502)).toEqual({
      kind: "error",
      statusCode: 502,
      wireName: "HTTP 502",
      message: "HTTP status 502: <html> <body>502 Bad Gateway</body> </html>",
      body: html,
    });
    expect(answer("", {}, 503)).toMatchObject({ message: "HTTP status 503 with an empty body" });
    expect((answer("x".repeat(5_000), {}, 500) as { message: string }).message).toHaveLength(218);
  });

  test("repeats nothing of what signed the request, however it is written", () => {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKID/20260101/x/dynamodb/aws4_request, Signature=0123456789abcdef";
    const token = "IQoJ/b3J+pZ2lu==";
    const sent = { Authorization: authorization, "X-Amz-Security-Token": token };
    const message = `${authorization} and ${token}, or 0123456789abcdef of AKID/20260101/x/dynamodb/aws4_request`;
    for (const body of [
      JSON.stringify({ __type: "X", message, more: [{ message }] }),
      JSON.stringify({ __type: token, Message: message }).replaceAll("/", "\\u002f"),
      `<html>${message}</html>`,
    ]) {
      const headers = { "x-amzn-errortype": token };
      const read = readAnswer(
        "GetItem",
        { statusCode: 400, headers, body: Buffer.from(body) },
        sent,
      );
      expect(inspect(read, { depth: null })).not.toMatch(/HMAC|0123456789abcdef|IQoJ|AKID/);
      expect(inspect(read)).toContain("***");
    }
  });

  test("keeps a word that is the session token of a local server", () => {
    const body = {
      __type: "ConditionalCheckFailedException",
      message: "test",
      Item: { test: { S: "latest" } },
    };
    const response = { statusCode: 400, headers: {}, body: Buffer.from(JSON.stringify(body)) };
    const read = readAnswer("PutItem", response, { "x-amz-security-token": "test" });
    expect(read).toMatchObject({ message: "test", body });
  });

  test("may show all the items of a cancelled transaction", () => {
    const reason = { Code: "ConditionalCheckFailed", Item: { a: { S: "x".repeat(1_000_000) } } };
    const body = {
      __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
      CancellationReasons: Array.from({ length: 8 }, () => reason),
    };
    expect(answer(JSON.stringify(body), {}, 400)).toMatchObject({
      wireName: "TransactionCanceledException",
      body,
    });
  });

  test("has a name of bounded length", () => {
    const { wireName } = answer(JSON.stringify({ __type: "X".repeat(5_000) }), {}, 400) as {
      wireName: string;
    };
    expect(wireName).toHaveLength(200);
  });

  test.each([301, 302, 304, 100, 0, -1])("is what status %i is", (status) => {
    expect(answer("{}", {}, status)).toMatchObject({ kind: "error", statusCode: status });
  });
});

test("whatever comes, reading it never throws", () => {
  const anyJson = fc.json().map((text) => Buffer.from(text));
  const errorJson = fc
    .record(
      { __type: fc.jsonValue(), message: fc.jsonValue(), Message: fc.jsonValue() },
      { requiredKeys: [] },
    )
    .map((body) => Buffer.from(JSON.stringify(body)));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        anyJson,
        errorJson,
      ),
      fc.oneof(fc.constantFrom(200, 400, 500), fc.integer()),
      fc.dictionary(
        fc.constantFrom("x-amz-crc32", "content-encoding", "x-amzn-errortype", "X-Amz-Crc32"),
        fc.oneof(fc.string(), fc.constantFrom("gzip", "0", "deflate")),
      ),
      (body, statusCode, headers) => {
        expect(["output", "error", "invalid"]).toContain(
          readAnswer("GetItem", { statusCode, headers, body }).kind,
        );
      },
    ),
    { numRuns: 2_000 },
  );
});
