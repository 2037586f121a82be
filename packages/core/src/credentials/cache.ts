import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from "@smithy/types";
import { CredentialsError } from "../errors/input-errors.ts";
import { checkIdentity, sameKeys } from "./identity.ts";

/** Fresh credentials are asked for this long before the old ones expire, or at half of a shorter life. */
const refreshBefore = 5 * 60_000;
/** A request may still be on its way when this is left, and no more are signed. */
const expiryMargin = 10_000;
/** After an early refresh that failed, and after a forced one that changed nothing. */
const retryAfter = 30_000;
/** Credentials that come already expired, by this machine's clock, are used for as long: the server has the better clock. */
const leastUse = 5_000;

/**
 * Holds the credentials of a provider and asks for new ones in time: never twice at once, in the background while the old
 * ones are still valid. A failure is not kept: the next request asks again.
 */
export class CredentialsCache {
  readonly #provider: AwsCredentialIdentityProvider;
  readonly #properties: Record<string, unknown>;
  #identity: AwsCredentialIdentity | undefined;
  #refreshAt = 0;
  #usableUntil = 0;
  #refreshing: Promise<AwsCredentialIdentity> | undefined;
  #forcing = false;
  #forcedInVainUntil = 0;

  /** @param properties what the provider is called with: the client's region, as AWS's own providers take it. */
  constructor(
    credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider,
    properties: Record<string, unknown> = {},
  ) {
    this.#provider = typeof credentials === "function" ? credentials : async () => credentials;
    this.#properties = properties;
  }

  /** The credentials: at once where there are valid ones. */
  get(): AwsCredentialIdentity | Promise<AwsCredentialIdentity> {
    const identity = this.#identity;
    if (identity !== undefined) {
      if (this.#refreshAt === Infinity) return identity;
      const now = Date.now();
      if (now < this.#refreshAt) return identity;
      if (now < this.#usableUntil) {
        this.#refreshInBackground();
        return identity;
      }
    }
    return this.#refresh(false);
  }

  /**
   * Asks for new credentials because the server calls these expired.
   *
   * @returns whether there are others now, so that the request may be sent again.
   */
  async replace(rejected: AwsCredentialIdentity): Promise<boolean> {
    if (this.#refreshing !== undefined && !this.#forcing) await this.#refreshing.catch(ignore);
    if (!sameKeys(this.#identity, rejected)) return true;
    if (this.#refreshing === undefined && Date.now() < this.#forcedInVainUntil) return false;
    const identity = await this.#refresh(true);
    const changed = !sameKeys(identity, rejected);
    if (!changed) this.#forcedInVainUntil = Date.now() + retryAfter;
    return changed;
  }

  #refreshInBackground(): void {
    if (this.#refreshing !== undefined) return;
    this.#refresh(false).catch(() => {
      // The credentials in hand are good for a while yet.
      this.#refreshAt = Date.now() + retryAfter;
    });
  }

  #refresh(force: boolean): Promise<AwsCredentialIdentity> {
    if (this.#refreshing !== undefined) return this.#refreshing;
    this.#forcing = force;
    this.#refreshing = this.#load(force).finally(() => {
      this.#refreshing = undefined;
      this.#forcing = false;
    });
    return this.#refreshing;
  }

  async #load(force: boolean): Promise<AwsCredentialIdentity> {
    let identity: AwsCredentialIdentity;
    try {
      identity = await this.#provider(
        force ? { ...this.#properties, forceRefresh: true } : this.#properties,
      );
    } catch (error) {
      throw toCredentialsError(error);
    }
    this.#keep(checkIdentity(identity));
    return identity;
  }

  #keep(identity: AwsCredentialIdentity): void {
    this.#identity = identity;
    if (identity.expiration === undefined) {
      this.#refreshAt = this.#usableUntil = Infinity;
      return;
    }
    const now = Date.now();
    const expiration = identity.expiration.getTime();
    const life = expiration - now;
    this.#refreshAt = now + Math.max(leastUse, life - Math.min(refreshBefore, life / 2));
    this.#usableUntil = expiration - expiryMargin;
  }
}

function toCredentialsError(error: unknown): CredentialsError {
  if (error instanceof CredentialsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CredentialsError(`the provider of credentials failed: ${message}`, [], {
    cause: error,
  });
}

function ignore(): void {
  // Whoever started the refresh hears of it.
}
