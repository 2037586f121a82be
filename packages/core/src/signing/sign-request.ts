import type { AwsCredentialIdentity } from "@smithy/types";
import type { Endpoint } from "../http/endpoint.ts";
import { escapeUri } from "../http/escape-uri.ts";
import { crypto } from "../node-modules.ts";

const { hash } = crypto;

/** The two forms of a time in a signature: `20260131T235959Z` and `20260131`. */
export interface SigningDate {
  readonly long: string;
  readonly short: string;
}

/** Writes a time, in milliseconds since the epoch, as a signature needs it. */
export function toSigningDate(time: number): SigningDate {
  const date = new Date(time);
  // The first toISOString() of a process takes as long as all the rest of its first signature.
  const short = `${date.getUTCFullYear()}${twoDigits(date.getUTCMonth() + 1)}${twoDigits(date.getUTCDate())}`;
  const long = `${short}T${twoDigits(date.getUTCHours())}${twoDigits(date.getUTCMinutes())}${twoDigits(date.getUTCSeconds())}Z`;
  return { long, short };
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

/** What of a request is signed, but for its body. */
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
}

/** "Create a canonical request" in the IAM User Guide's "Create a signed AWS API request", but for the body's hash at its end. */
export function canonicalHead(parts: CanonicalParts): string {
  return `${parts.method}\n${parts.path}\n${parts.query}\n${parts.headers}\n${parts.signedHeaders}\n`;
}

export interface SigningScope {
  readonly date: SigningDate;
  readonly region: string;
  readonly service: string;
}

const blockLength = 64;
const hexLength = 64;
const digestLength = 32;

/**
 * Signs within one second and scope, with one key: "Create a string to sign" and "Calculate the signature", of the same page.
 *
 * HMAC is two hashes, each over the padded key and a text (RFC 2104). Here both are written once, with room for what differs
 * from request to request: an `Hmac` object for each would cost more than the hashes.
 */
export class ScopeSigner {
  readonly #inner: Buffer;
  readonly #outer: Buffer;

  /** @param key a signing key: a digest of SHA-256, and so shorter than its block. */
  constructor({ date, region, service }: SigningScope, key: Uint8Array) {
    const text = `AWS4-HMAC-SHA256\n${date.long}\n${date.short}/${region}/${service}/aws4_request\n`;
    this.#inner = Buffer.concat([padded(key, 0x36), Buffer.from(text), Buffer.alloc(hexLength)]);
    this.#outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(digestLength)]);
  }

  /** The signature, in hexadecimal. */
  sign(head: string, body: string): string {
    const inner = this.#inner;
    const outer = this.#outer;
    const canonical = hash("sha256", head + hash("sha256", body, "hex"), "hex");
    inner.write(canonical, inner.length - hexLength, hexLength, "latin1");
    outer.write(hash("sha256", inner, "binary"), blockLength, digestLength, "latin1");
    return hash("sha256", outer, "hex");
  }
}

function padded(key: Uint8Array, pad: number): Buffer {
  const block = Buffer.alloc(blockLength, pad);
  for (const [index, byte] of key.entries()) block[index] = byte ^ pad;
  return block;
}

export const contentType = "application/x-amz-json-1.0";

/** Signs the one shape that a request to DynamoDB has, `POST` with five headers, within one second and with one identity. */
export class DynamoDBSigner {
  readonly #endpoint: Endpoint;
  readonly #host: string;
  readonly #date: string;
  readonly #sessionToken: string | undefined;
  readonly #authorization: string;
  readonly #signer: ScopeSigner;
  /** By `x-amz-target`. */
  readonly #heads: Map<string, string> = new Map();

  constructor(
    endpoint: Endpoint,
    identity: AwsCredentialIdentity,
    scope: SigningScope,
    key: Uint8Array,
  ) {
    const { date, region, service } = scope;
    this.#endpoint = endpoint;
    this.#host = endpoint.host;
    this.#date = date.long;
    // Some providers give an empty one where there is none.
    this.#sessionToken = identity.sessionToken || undefined;
    this.#authorization = `AWS4-HMAC-SHA256 Credential=${identity.accessKeyId}/${date.short}/${region}/${service}/aws4_request, SignedHeaders=${this.#signedHeaders()}, Signature=`;
    this.#signer = new ScopeSigner(scope, key);
  }

  /**
   * The headers of a request.
   *
   * @param target - The `x-amz-target` header: `DynamoDB_20120810.GetItem`.
   */
  sign(target: string, body: string): Record<string, string> {
    let head = this.#heads.get(target);
    if (head === undefined) this.#heads.set(target, (head = this.#head(target)));
    const authorization = this.#authorization + this.#signer.sign(head, body);
    const sessionToken = this.#sessionToken;
    // Two whole literals: objects of two constant shapes.
    if (sessionToken === undefined) {
      return {
        "content-type": contentType,
        host: this.#host,
        "x-amz-date": this.#date,
        "x-amz-target": target,
        authorization,
      };
    }
    return {
      "content-type": contentType,
      host: this.#host,
      "x-amz-date": this.#date,
      "x-amz-target": target,
      authorization,
      "x-amz-security-token": sessionToken,
    };
  }

  #head(target: string): string {
    const token = this.#sessionToken;
    const tokenLine = token === undefined ? "" : `x-amz-security-token:${token}\n`;
    return canonicalHead({
      method: "POST",
      path: canonicalPath(this.#endpoint.path),
      query: canonicalQuery(this.#endpoint.query),
      headers: `content-type:${contentType}\nhost:${this.#host}\nx-amz-date:${this.#date}\n${tokenLine}x-amz-target:${target}\n`,
      signedHeaders: this.#signedHeaders(),
    });
  }

  #signedHeaders(): string {
    return this.#sessionToken === undefined
      ? "content-type;host;x-amz-date;x-amz-target"
      : "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
  }
}

/** The path of a URL with its escapes escaped again, as every service but Amazon S3 has it. */
function canonicalPath(path: string): string {
  return escapeUri(path.replace(/\/+/g, "/")).replaceAll("%2F", "/");
}

/** The query by the names' escaped form, and the values of one name by theirs. */
function canonicalQuery(query: Endpoint["query"]): string {
  return Object.entries(query)
    .map(([name, value]) => ({ name: escapeUri(name), values: [value].flat().map(escapeUri) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ name, values }) => values.toSorted().map((value) => `${name}=${value}`))
    .join("&");
}
