import type { AwsCredentialIdentity } from "@smithy/types";
import { crypto } from "../node-modules.ts";

/** Two days and two identities may be in use at once, around midnight and around a refresh. */
const capacity = 4;

interface Entry {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly date: string;
  readonly region: string;
  readonly key: Uint8Array;
}

/** The signing keys in use. A key is derived from a secret access key once for each day and region. */
export class SigningKeys {
  readonly #service: string;
  #entries: readonly Entry[] = [];

  constructor(service: string) {
    this.#service = service;
  }

  /** The key for a day (`20260131`) and region. */
  get(identity: AwsCredentialIdentity, date: string, region: string): Uint8Array {
    const { accessKeyId, secretAccessKey } = identity;
    for (const entry of this.#entries) {
      if (
        entry.date === date &&
        entry.accessKeyId === accessKeyId &&
        entry.secretAccessKey === secretAccessKey &&
        entry.region === region
      ) {
        return entry.key;
      }
    }
    const key = deriveSigningKey(secretAccessKey, date, region, this.#service);
    const entry: Entry = { accessKeyId, secretAccessKey, date, region, key };
    this.#entries = [entry, ...this.#entries.slice(0, capacity - 1)];
    return key;
  }
}

/** "Derive a signing key" in the IAM User Guide's "Create a signed AWS API request". */
function deriveSigningKey(secret: string, ...scope: readonly string[]): Uint8Array {
  const hmac = (key: Uint8Array | string, text: string): Uint8Array =>
    crypto.createHmac("sha256", key).update(text).digest();
  return [...scope, "aws4_request"].reduce<Uint8Array | string>(
    hmac,
    `AWS4${secret}`,
  ) as Uint8Array;
}
