import { createHmac, hash } from "node:crypto";
import type { AwsCredentialIdentity } from "@smithy/types";

/** The two forms of a time in a signature: `20260131T235959Z` and `20260131`. */
export interface SigningDate {
  readonly long: string;
  readonly short: string;
}

/** Writes a time, in milliseconds since the epoch, as a signature needs it. */
export function toSigningDate(time: number): SigningDate {
  const iso = new Date(time).toISOString();
  const short = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return { long: `${short}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`, short };
}

/** A request in the parts that are signed. */
export interface CanonicalParts {
  readonly method: string;
  /** URI-encoded, `/` at least. */
  readonly path: string;
  /** URI-encoded and sorted. */
  readonly query: string;
  /** One `name:value` line for each header, in lower case, sorted, each ended by a newline. */
  readonly headers: string;
  /** The headers' names in the same order, joined by `;`. */
  readonly signedHeaders: string;
  readonly body: string;
}

/** "Create a canonical request" in the IAM User Guide's "Create a signed AWS API request". */
export function canonicalRequest(parts: CanonicalParts): string {
  return `${parts.method}\n${parts.path}\n${parts.query}\n${parts.headers}\n${parts.signedHeaders}\n${sha256(parts.body)}`;
}

export interface SigningScope {
  readonly date: SigningDate;
  readonly region: string;
  readonly service: string;
}

/** "Create a string to sign", of the same page. */
export function stringToSign(canonical: string, { date, region, service }: SigningScope): string {
  return `AWS4-HMAC-SHA256\n${date.long}\n${date.short}/${region}/${service}/aws4_request\n${sha256(canonical)}`;
}

/** The `authorization` header: "Calculate the signature" and "Add the signature to the request". */
export function authorization(
  parts: CanonicalParts,
  scope: SigningScope,
  accessKeyId: string,
  key: Uint8Array,
): string {
  const signature = createHmac("sha256", key)
    .update(stringToSign(canonicalRequest(parts), scope))
    .digest("hex");
  const { date, region, service } = scope;
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${date.short}/${region}/${service}/aws4_request, SignedHeaders=${parts.signedHeaders}, Signature=${signature}`;
}

export const contentType = "application/x-amz-json-1.0";

export interface DynamoDBRequest {
  readonly host: string;
  /** The `x-amz-target` header: `DynamoDB_20120810.GetItem`. */
  readonly target: string;
  readonly body: string;
}

/** Signs the one shape that a request to DynamoDB has: `POST /` with five headers. */
export function signDynamoDBRequest(
  { host, target, body }: DynamoDBRequest,
  identity: AwsCredentialIdentity,
  scope: SigningScope,
  key: Uint8Array,
): Record<string, string> {
  const { sessionToken } = identity;
  const date = scope.date.long;
  const tokenLine = sessionToken ? `x-amz-security-token:${sessionToken}\n` : "";
  const headers: Record<string, string> = {
    "content-type": contentType,
    host,
    "x-amz-date": date,
    "x-amz-target": target,
    authorization: authorization(
      {
        method: "POST",
        path: "/",
        query: "",
        headers: `content-type:${contentType}\nhost:${host}\nx-amz-date:${date}\n${tokenLine}x-amz-target:${target}\n`,
        signedHeaders: sessionToken
          ? "content-type;host;x-amz-date;x-amz-security-token;x-amz-target"
          : "content-type;host;x-amz-date;x-amz-target",
        body,
      },
      scope,
      identity.accessKeyId,
      key,
    ),
  };
  if (sessionToken) headers["x-amz-security-token"] = sessionToken;
  return headers;
}

function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
