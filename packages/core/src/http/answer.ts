import { isObject } from "../is-object.ts";
import type { ErrorAnswer } from "../errors/wire-names.ts";
import { zlib } from "../node-modules.ts";
import type { DecodeItem } from "../transport-options.ts";
import { crc32 } from "./crc32.ts";
import type { ReceivedResponse } from "./sender.ts";
import { readHeader } from "./headers.ts";
import { sizeLimit } from "./response-body.ts";
import { hideSent } from "./sent-secrets.ts";

/** What a response says. */
export type Answer = OutputAnswer | ({ readonly kind: "error" } & ErrorAnswer) | InvalidAnswer;

interface OutputAnswer {
  readonly kind: "output";
  readonly output: Record<string, unknown>;
  readonly readFromText: true | undefined;
}

/** Reads what an answer carries. */
export interface AnswerReader {
  /** Makes what reading takes, while the answer is awaited. Never throws. */
  prepare(): void;
  /** Gives `undefined` where JSON.parse should read it. */
  read(body: Buffer): Record<string, unknown> | undefined;
  /** Reads the items of an error, instead of what the client reads them by. */
  readonly errorItem: DecodeItem | undefined;
}

/** Not an answer of DynamoDB, or no longer one. */
interface InvalidAnswer {
  readonly kind: "invalid";
  readonly message: string;
  /** Whether the response was damaged on its way, so that the next one may be whole. */
  readonly damaged: boolean;
  readonly cause?: unknown;
}

/** "TagResource" and "UntagResource" in the API Reference: success is a response "with an empty HTTP body". */
const operationsWithoutOutput: ReadonlySet<string> = new Set(["TagResource", "UntagResource"]);

/**
 * Reads a response: its checksum, its JSON, and of an error the name and message. Whatever comes, it never throws.
 *
 * @param sent - The request's headers, of which an error repeats no secret.
 */
export function readAnswer(
  operation: string,
  response: ReceivedResponse,
  sent: Readonly<Record<string, string>> = {},
  answerReader?: AnswerReader,
): Answer {
  const { statusCode, headers } = response;
  const checksum = readChecksum(headers);
  let body = response.body;
  if (isEncoded(headers)) {
    // The checksum is over the bytes as they were sent. A handler that decompresses (fetch does) leaves the header standing,
    // but those bytes are gone: nothing to check then.
    if (body[0] === 0x1f && body[1] === 0x8b) {
      if (checksum !== undefined && checksum !== crc32(body)) return checksumDiffers;
      try {
        body = zlib().gunzipSync(body, { maxOutputLength: sizeLimit });
      } catch (cause) {
        return {
          kind: "invalid",
          message: "the response can't be decompressed",
          damaged: true,
          cause,
        };
      }
    }
  } else if (checksum !== undefined && checksum !== crc32(body)) {
    return checksumDiffers;
  }
  if (statusCode >= 200 && statusCode < 300)
    return readOutput(operation, body, checksum, answerReader);
  return readError(statusCode, headers, body, sent);
}

const checksumDiffers: InvalidAnswer = {
  kind: "invalid",
  message: "the response's checksum (x-amz-crc32) differs from that of its body",
  damaged: true,
};

function readOutput(
  operation: string,
  body: Buffer,
  checksum: number | undefined,
  answerReader: AnswerReader | undefined,
): OutputAnswer | InvalidAnswer {
  // An empty body is an answer only where one is due, or where its checksum says that nothing was lost.
  if (body.length === 0 && (checksum === 0 || operationsWithoutOutput.has(operation))) {
    return { kind: "output", output: {}, readFromText: undefined };
  }
  const read = answerReader?.read(body);
  if (read !== undefined) return { kind: "output", output: read, readFromText: true };
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    return { kind: "invalid", message: "the response is not whole JSON", damaged: true, cause };
  }
  if (isObject(json)) return { kind: "output", output: json, readFromText: undefined };
  return { kind: "invalid", message: "the response is not a JSON object", damaged: false };
}

function readError(
  statusCode: number,
  headers: ReceivedResponse["headers"],
  bytes: Buffer,
  sent: Readonly<Record<string, string>>,
): { readonly kind: "error" } & ErrorAnswer {
  const received = bytes.toString("utf8", 0, Math.min(bytes.length, errorTextLimit));
  const hide = (value: unknown): unknown =>
    typeof value === "string" ? hideSent(value, sent) : value;
  const text = hideSent(received, sent);
  let body: unknown = text;
  try {
    // In what JSON escapes a secret shows only now.
    body = text.includes("\\") ? JSON.parse(received, (_, value) => hide(value)) : JSON.parse(text);
  } catch {
    // A proxy or gateway answered, in its own words.
  }
  const members = isObject(body) ? body : {};
  const name =
    shortName(members["__type"]) ?? shortName(hide(readHeader(headers, "x-amzn-errortype")));
  const message = asText(members["message"]) ?? asText(members["Message"]);
  return {
    kind: "error",
    statusCode,
    wireName: name ?? `HTTP ${statusCode}`,
    message: message ?? (name === undefined ? describeText(statusCode, text) : ""),
    body,
  };
}

/** A cancelled transaction shows the items that failed their conditions, 4 MB of them, which JSON may make fourteen times as long. */
const errorTextLimit = 64 * 1024 * 1024;
const longestName = 200;

/** `com.amazonaws.dynamodb.v20120810#X`, `com.amazon.coral.service#X` and `X:http://…` are all `X`. */
function shortName(type: unknown): string | undefined {
  if (typeof type !== "string") return undefined;
  const name = type
    .slice(type.lastIndexOf("#") + 1)
    .split(":", 1)[0]!
    .trim()
    .slice(0, longestName);
  return name === "" ? undefined : name;
}

function describeText(statusCode: number, text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const status = `HTTP status ${statusCode}`;
  if (line === "") return `${status} with an empty body`;
  return `${status}: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
}

function readChecksum(headers: ReceivedResponse["headers"]): number | undefined {
  const value = readHeader(headers, "x-amz-crc32");
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function isEncoded(headers: ReceivedResponse["headers"]): boolean {
  const encoding = readHeader(headers, "content-encoding");
  return encoding !== undefined && encoding.toLowerCase() !== "identity";
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
