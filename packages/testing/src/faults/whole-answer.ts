import { crc32, gunzipSync } from "node:zlib";
import type { Exchange, WholeAnswer } from "../recording/answers.ts";
import { readHeader } from "../recording/sent-request.ts";
import type { Patience, Waits } from "./waits.ts";

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

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
