import type { AwsCredentialIdentity } from "@smithy/types";
import { Sha256 } from "./sha256.ts";

/** Two days and two identities may be in use at once, around midnight and around a refresh. */
const capacity = 4;

interface Entry {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly date: string;
  readonly region: string;
  readonly key: Promise<Uint8Array>;
  derived: Uint8Array | undefined;
}

/** The signing keys in use. A key is derived from a secret access key once for each day and region. */
export class SigningKeys {
  readonly #service: string;
  #entries: readonly Entry[] = [];

  constructor(service: string) {
    this.#service = service;
  }

  /** The key for a day (`20260131`) and region: at once where it is known. */
  get(
    identity: AwsCredentialIdentity,
    date: string,
    region: string,
  ): Uint8Array | Promise<Uint8Array> {
    const { accessKeyId, secretAccessKey } = identity;
    for (const entry of this.#entries) {
      if (
        entry.date === date &&
        entry.accessKeyId === accessKeyId &&
        entry.secretAccessKey === secretAccessKey &&
        entry.region === region
      ) {
        return entry.derived ?? entry.key;
      }
    }
    const entry: Entry = {
      accessKeyId,
      secretAccessKey,
      date,
      region,
      key: deriveSigningKey(identity, date, region, this.#service),
      derived: undefined,
    };
    entry.key.then(
      (key) => (entry.derived = key),
      () => (this.#entries = this.#entries.filter((other) => other !== entry)),
    );
    this.#entries = [entry, ...this.#entries.slice(0, capacity - 1)];
    return entry.key;
  }
}

async function deriveSigningKey(
  identity: AwsCredentialIdentity,
  date: string,
  region: string,
  service: string,
): Promise<Uint8Array> {
  const { getSigningKey } = await import("@aws-sdk/signature-v4");
  return getSigningKey(Sha256, identity, date, region, service);
}
