import { crc32 } from "node:zlib";
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "@fieldwise/core";

/** What a request handler resolves to. */
export type Exchange = Awaited<ReturnType<RequestHandler["handle"]>>;

/** A whole answer, not compressed. */
export interface WholeAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Gives an answer as a handler does. */
export function toExchange({ statusCode, headers, body }: WholeAnswer): Exchange {
  return { response: { statusCode, headers: { ...headers }, body } };
}

/** An answer in the server's place. */
export function answerOf(json: object, statusCode: number, date: Date): WholeAnswer {
  const body = Buffer.from(JSON.stringify(json), "utf8");
  return {
    statusCode,
    headers: {
      ...bodyHeaders(body),
      "content-type": "application/x-amz-json-1.0",
      date: date.toUTCString(),
      server: "Server",
      "x-amzn-requestid": newRequestId(),
    },
    body,
  };
}

/** The same answer with another body, under headers that fit it. */
export function withBody(answer: WholeAnswer, json: object): WholeAnswer {
  const body = Buffer.from(JSON.stringify(json), "utf8");
  return { ...answer, headers: { ...answer.headers, ...bodyHeaders(body) }, body };
}

function bodyHeaders(body: Buffer): Record<string, string> {
  return { "content-length": String(body.length), "x-amz-crc32": String(crc32(body)) };
}

const requestIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** DynamoDB's are 52 letters and digits. */
function newRequestId(): string {
  let id = "";
  for (const byte of randomBytes(52)) id += requestIdLetters[byte % requestIdLetters.length];
  return id;
}
