import type { AwsCredentialIdentity, HttpRequest, RequestSigner } from "@smithy/types";
import { CredentialsError } from "../errors/input-errors.ts";
import type { Endpoint } from "../http/endpoint.ts";
import { contentType, DynamoDBSigner, type SigningDate, toSigningDate } from "./sign-request.ts";
import { SigningKeys } from "./signing-key.ts";

const service = "dynamodb";
const apiVersion = "DynamoDB_20120810";

/** What is prepared for the requests of one second, and what it was prepared of. */
interface Prepared {
  readonly date: SigningDate;
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly key: Uint8Array;
  readonly signer: DynamoDBSigner;
}

/** Makes signed requests for one endpoint and region. */
export class Signer {
  readonly #endpoint: Endpoint;
  readonly #region: string;
  readonly #keys: SigningKeys = new SigningKeys(service);
  #second = Number.NaN;
  #date: SigningDate = { long: "", short: "" };
  #prepared: Prepared | undefined;

  constructor(endpoint: Endpoint, region: string) {
    this.#endpoint = endpoint;
    this.#region = region;
  }

  /** Makes the signed request of an operation. `time`: milliseconds since the epoch. */
  sign(
    operation: string,
    body: string,
    identity: AwsCredentialIdentity,
    time: number,
  ): HttpRequest {
    const date = this.#dateOf(time);
    const key = this.#keys.get(identity, date.short, this.#region);
    const signer = this.#prepare(identity, date, key);
    return this.#request(signer.sign(`${apiVersion}.${operation}`, body), body);
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

  #prepare(identity: AwsCredentialIdentity, date: SigningDate, key: Uint8Array): DynamoDBSigner {
    const { accessKeyId, sessionToken } = identity;
    const prepared = this.#prepared;
    if (
      prepared !== undefined &&
      prepared.date === date &&
      prepared.key === key &&
      prepared.accessKeyId === accessKeyId &&
      prepared.sessionToken === sessionToken
    ) {
      return prepared.signer;
    }
    const scope = { date, region: this.#region, service };
    const signer = new DynamoDBSigner(this.#endpoint, identity, scope, key);
    this.#prepared = { date, accessKeyId, sessionToken, key, signer };
    return signer;
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
