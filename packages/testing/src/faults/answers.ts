import { crc32, gunzipSync } from "node:zlib";
import { randomBytes } from "node:crypto";
import type { RequestHandler } from "@fieldwise/core";
import { readHeader } from "../recording/sent-request.ts";
import type { Patience, Waits } from "./waits.ts";

/** What a request handler resolves to. */
export type Exchange = Awaited<ReturnType<RequestHandler["handle"]>>;

/** An answer, read to its end and not compressed. */
export interface WholeAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads an answer to its end. Its headers tell the body's length and checksum in any case, under names in lower case. */
export async function readWhole(
  { response }: Exchange,
  waits: Waits,
  patience: Patience,
): Promise<WholeAnswer> {
  let body = await waits.read(response.body, patience);
  const headers = lowerCased(response.headers);
  const encoded = readHeader(headers, "content-encoding") !== undefined;
  // fetch decompresses, and leaves the header standing.
  if (encoded && body[0] === 0x1f && body[1] === 0x8b) body = gunzipSync(body);
  if (encoded) delete headers["x-amz-crc32"];
  delete headers["content-encoding"];
  delete headers["transfer-encoding"];
  headers["content-length"] = String(body.length);
  headers["x-amz-crc32"] ??= String(crc32(body));
  return { statusCode: response.statusCode, headers, body };
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

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

const requestIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** DynamoDB's are 52 letters and digits. */
function newRequestId(): string {
  let id = "";
  for (const byte of randomBytes(52)) id += requestIdLetters[byte % requestIdLetters.length];
  return id;
}
