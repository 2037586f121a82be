import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  RequestSigner,
} from "@smithy/types";
import type { AttributeMap, Item } from "./attribute-value/types.ts";
import { checkIdentity } from "./credentials/identity.ts";
import { ConfigurationError } from "./errors/input-errors.ts";
import type { HealthMonitor } from "./health.ts";
import { parseEndpoint } from "./http/endpoint.ts";
import type { RequestDispatcher, RequestHandler } from "./http/request-handler.ts";
import { checkRegion } from "./region.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { checkRetryConfig, type RetryConfig } from "./retry.ts";

/** How requests reach DynamoDB. Every option has a default. */
export interface ConnectOptions {
  /**
   * The AWS Region: `eu-west-1`. By default `AWS_REGION`, `AWS_DEFAULT_REGION`, or the `region` of the profile in the shared
   * config file, read when the first request is sent.
   */
  readonly region?: string | undefined;
  /** Another server than the Region's: `http://localhost:8000`. By default `AWS_ENDPOINT_URL_DYNAMODB` or `AWS_ENDPOINT_URL`. */
  readonly endpoint?: string | URL | undefined;
  /** Keys, or what provides them: one of `Credentials`, or any provider of AWS's. `Credentials.auto()` by default. */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /**
   * What sends the requests: a dispatcher of undici 7 or later, such as its `Agent`, or any smithy request handler, such as
   * `NodeHttpHandler` of `@smithy/node-http-handler` with agents of your own, for a proxy say. It stays yours to close. By
   * default the client sends them itself, by `node:http` and `node:https`.
   */
  readonly requestHandler?: RequestHandler | RequestDispatcher | undefined;
  /** What signs the requests instead of the client, such as a signer with a key service of its own. */
  readonly signer?: RequestSigner | undefined;
  /**
   * Milliseconds that making a connection may take, with the default request handler. 2,000 by default: a lost first packet is
   * sent again after one second.
   */
  readonly connectionTimeout?: number | undefined;
  /**
   * Milliseconds that one attempt may take, from sending to the last byte of the answer. 10,000 by default, which is above what
   * DynamoDB itself allows a request. Where the process stood still when it was over, in long computations or suspended, the
   * answer has as much longer, once: it may be there already.
   */
  readonly requestTimeout?: number | undefined;
  /** How many requests may be on their way at once, each on a connection of its own. More wait in line. 500 by default. */
  readonly maxSockets?: number | undefined;
  /** When failed requests are sent again. `RetryConfig.exponential()` by default: for one minute. */
  readonly retry?: RetryConfig | undefined;
  /** What keeps retries from multiplying the load of an outage. A `RetryBudget` of its own by default; `false` for none. */
  readonly retryBudget?: RetryBudget | false | undefined;
  /** Is told how every attempt went. */
  readonly healthMonitor?: HealthMonitor | undefined;
}

/** Reads an item that an error carries; of a transaction, that of an action, counted from 0. */
export type DecodeItem = (item: AttributeMap, action?: number) => Item | undefined;

/** What a transport is made of. */
export interface TransportOptions extends ConnectOptions {
  /** Reads the items and keys that errors carry. */
  readonly decodeItem: DecodeItem;
}

/** Refuses what can be refused before the first request. */
export function checkOptions(options: TransportOptions): void {
  if (options.region !== undefined) checkRegion(options.region, "the region option");
  if (options.endpoint !== undefined) parseEndpoint(options.endpoint, "the endpoint option");
  const { credentials } = options;
  if (credentials !== undefined && typeof credentials !== "function") checkIdentity(credentials);
  if (options.retry !== undefined) checkRetryConfig(options.retry, "the retry option");
  if (options.requestHandler !== undefined)
    checkMethod("requestHandler", options.requestHandler, "handle", "dispatch");
  if (options.signer !== undefined) checkMethod("signer", options.signer, "sign");
  const { retryBudget, healthMonitor } = options;
  // Both are first called when an answer is there: one to a write must not be lost, and what a monitor throws is ignored.
  if (retryBudget !== undefined && retryBudget !== false)
    checkMethod("retryBudget", retryBudget, "refund");
  if (healthMonitor !== undefined) checkMethod("healthMonitor", healthMonitor, "onError");
  checkTimeout("connectionTimeout", options.connectionTimeout);
  checkTimeout("requestTimeout", options.requestTimeout);
  const { maxSockets } = options;
  if (
    maxSockets !== undefined &&
    !(maxSockets >= 1 && (Number.isInteger(maxSockets) || maxSockets === Infinity))
  ) {
    throw new ConfigurationError(
      `maxSockets must be a whole number from 1, not ${String(maxSockets)}`,
    );
  }
}

/** Refuses what a timer can't wait. */
export function checkTimeout(name: string, value: number | undefined): void {
  if (value === undefined || (typeof value === "number" && value > 0 && value < 2 ** 31)) return;
  throw new ConfigurationError(
    `${name} must be milliseconds above 0, and at most 24 days, not ${String(value)}`,
  );
}

function checkMethod(name: string, value: object, ...methods: readonly string[]): void {
  if (typeof value === "object" && value !== null && methods.some((method) => method in value))
    return;
  throw new ConfigurationError(
    `${name} must be an object with a method ${methods.join("() or ")}()`,
  );
}
