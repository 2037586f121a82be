import type { AwsCredentialIdentity, HttpRequest, RequestSigner } from "@smithy/types";
import { CredentialsError } from "../errors/input-errors.ts";
import type { Endpoint } from "../http/endpoint.ts";
import { Sha256 } from "./sha256.ts";
import {
  contentType,
  type SigningDate,
  signDynamoDBRequest,
  toSigningDate,
} from "./sign-request.ts";
import { SigningKeys } from "./signing-key.ts";

const service = "dynamodb";
const apiVersion = "DynamoDB_20120810";

/** Makes signed requests for one endpoint and region. */
export class Signer {
  readonly #endpoint: Endpoint;
  readonly #region: string;
  readonly #ordinary: boolean;
  readonly #keys: SigningKeys = new SigningKeys(service);
  #second = Number.NaN;
  #date: SigningDate = { long: "", short: "" };

  constructor(endpoint: Endpoint, region: string) {
    this.#endpoint = endpoint;
    this.#region = region;
    this.#ordinary = endpoint.path === "/" && Object.keys(endpoint.query).length === 0;
  }

  /** Makes the signed request of an operation, at once where the signing key is known. `time`: milliseconds since the epoch. */
  sign(
    operation: string,
    body: string,
    identity: AwsCredentialIdentity,
    time: number,
  ): HttpRequest | Promise<HttpRequest> {
    if (!this.#ordinary) return this.#signByLibrary(operation, body, identity, time);
    const date = this.#dateOf(time);
    const key = this.#keys.get(identity, date.short, this.#region);
    if (key instanceof Promise)
      return key.then((k) => this.#signOrdinary(operation, body, identity, date, k));
    return this.#signOrdinary(operation, body, identity, date, key);
  }

  /**
   * Makes the request of an operation and has it signed by somebody else's signer.
   *
   * @throws CredentialsError where that fails.
   */
  async signBy(
    signer: RequestSigner,
    operation: string,
    body: string,
    time: number,
  ): Promise<HttpRequest> {
    try {
      return await signer.sign(this.#unsigned(operation, body), {
        signingDate: new Date(time),
        signingRegion: this.#region,
        signingService: service,
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new CredentialsError(`the signer failed: ${reason}`, [], { cause });
    }
  }

  #signOrdinary(
    operation: string,
    body: string,
    identity: AwsCredentialIdentity,
    date: SigningDate,
    key: Uint8Array,
  ): HttpRequest {
    const request = { host: this.#endpoint.host, target: `${apiVersion}.${operation}`, body };
    const scope = { date, region: this.#region, service };
    return this.#request(signDynamoDBRequest(request, identity, scope, key), body);
  }

  async #signByLibrary(
    operation: string,
    body: string,
    identity: AwsCredentialIdentity,
    time: number,
  ): Promise<HttpRequest> {
    const { SignatureV4 } = await import("@aws-sdk/signature-v4");
    const signer = new SignatureV4({
      credentials: identity,
      region: this.#region,
      service,
      sha256: Sha256,
      applyChecksum: false,
    });
    return this.signBy(signer, operation, body, time);
  }

  #unsigned(operation: string, body: string): HttpRequest {
    const headers = {
      "content-type": contentType,
      host: this.#endpoint.host,
      "x-amz-target": `${apiVersion}.${operation}`,
    };
    return this.#request(headers, body);
  }

  #request(headers: Record<string, string>, body: string): HttpRequest {
    const { protocol, hostname, port, path, query } = this.#endpoint;
    const request: HttpRequest = { method: "POST", protocol, hostname, path, query, headers, body };
    if (port !== undefined) request.port = port;
    return request;
  }

  /** Many requests share a second, and so its text. */
  #dateOf(time: number): SigningDate {
    const second = Math.floor(time / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = toSigningDate(time);
    }
    return this.#date;
  }
}
