import type { AwsCredentialIdentity, HttpRequest } from "@smithy/types";
import type { AttributeMap } from "./attribute-value/types.ts";
import { allowListeners } from "./abort-listeners.ts";
import { CredentialsCache } from "./credentials/cache.ts";
import { Credentials } from "./credentials/credentials.ts";
import { ConfigurationError, InvalidInput } from "./errors/input-errors.ts";
import {
  ConnectionError,
  type RequestContext,
  type RequestError,
  RequestTimedOut,
} from "./errors/request-error.ts";
import { type RetryReason, retryReason } from "./errors/wire-names.ts";
import type { HealthMonitor } from "./health.ts";
import { readAnswer, type ReadText } from "./http/answer.ts";
import { type Cancellation, lightCancellation, standardCancellation } from "./http/cancellation.ts";
import { resolveEndpoint } from "./http/endpoint.ts";
import { exchange, type ReceivedResponse } from "./http/exchange.ts";
import { readHeader } from "./http/headers.ts";
import { hideSent } from "./http/sent-secrets.ts";
import { createDefaultHandler, type RequestHandler } from "./http/request-handler.ts";
import { RequestSlots } from "./http/request-slots.ts";
import { resolveRegion } from "./region.ts";
import { RetryBudget } from "./retry-budget.ts";
import { checkRetryConfig, RetryConfig } from "./retry.ts";
import { SigningClock } from "./signing/clock.ts";
import { Signer } from "./signing/signer.ts";
import { sleep } from "./sleep.ts";
import { answerError, decodeKey, handlerError, responseError } from "./transport-errors.ts";
import {
  checkOptions,
  checkTimeout,
  type DecodeItem,
  type TransportOptions,
} from "./transport-options.ts";

/** One DynamoDB request, encoded. */
export interface WireRequest {
  /** The operation's name: `PutItem`. */
  readonly operation: string;
  /** The input as JSON. */
  readonly body: string;
  /** For errors: the table that the request names. */
  readonly tableName?: string | undefined;
  /** For errors: the key that the request names. */
  readonly key?: AttributeMap | undefined;
}

/** What may differ from request to request. */
export interface SendOptions {
  /** Ends the request at once, whatever it is doing; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's. */
  readonly retry?: RetryConfig | undefined;
  /** Milliseconds for each attempt, instead of the client's. */
  readonly requestTimeout?: number | undefined;
  /** Reads the items that an error carries, instead of the client's. */
  readonly decodeItem?: DecodeItem | undefined;
}

/** DynamoDB's answer. */
export interface WireResponse {
  readonly output: Record<string, unknown>;
  /** Whether `readText` read it; otherwise it is decoded from JSON and no further. */
  readonly readFromText: true | undefined;
  /** The HTTP status. */
  readonly statusCode: number;
  readonly requestId: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** What is known once region and endpoint are. */
interface Connection {
  readonly handler: RequestHandler;
  readonly newCancellation: () => Cancellation;
  readonly signer: Signer;
}

/** One failed attempt: its error, and why it may be made again. */
interface Failure {
  readonly error: RequestError;
  readonly retry: RetryReason | undefined;
  /** What the request was signed with. */
  readonly identity: AwsCredentialIdentity | undefined;
}

const defaultRequestTimeout = 10_000;
const defaultConnectionTimeout = 2_000;
const defaultMaxSockets = 500;
/** How often one request is sent again because its credentials or its date were put right. */
const mostRepairs = 2;

/** Brings requests to DynamoDB and answers back: credentials, signature, HTTP, errors and retry. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #clock: SigningClock = new SigningClock();
  readonly #credentials: CredentialsCache;
  readonly #retry: RetryConfig;
  readonly #budget: RetryBudget | undefined;
  readonly #monitor: HealthMonitor | undefined;
  readonly #slots: RequestSlots;
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #ownHandler: Required<RequestHandler> | undefined;
  #destroyed = false;

  constructor(options: TransportOptions) {
    checkOptions(options);
    this.#options = options;
    this.#retry = options.retry ?? RetryConfig.exponential();
    this.#budget =
      options.retryBudget === false ? undefined : (options.retryBudget ?? new RetryBudget());
    this.#monitor = options.healthMonitor;
    this.#slots = new RequestSlots(options.maxSockets ?? defaultMaxSockets);
    this.#credentials = new CredentialsCache(options.credentials ?? Credentials.auto(), {
      // AWS's providers that ask another AWS service (STS, SSO) ask it in the client's Region.
      callerClientConfig: { region: () => resolveRegion(options.region) },
    });
  }

  /**
   * Sends a request until it is answered or may not be sent again.
   *
   * @throws DynamoDBError, ConnectionError, RequestTimedOut, InvalidResponse: the last attempt's. ConfigurationError and
   * CredentialsError where no request could be made. The signal's reason where it fired.
   */
  async send(
    request: WireRequest,
    options: SendOptions = {},
    readText?: ReadText,
  ): Promise<WireResponse> {
    const { signal } = options;
    signal?.throwIfAborted();
    allowListeners(signal);
    checkSend(request, options);
    const connection = this.#connection ?? (await untilAborted(this.#connect(), signal));
    const retry = options.retry ?? this.#retry;
    let started = 0;
    let delays: Iterator<number> | undefined;
    let repairs = 0;
    for (let attempts = 1; ; attempts++) {
      const turn = this.#slots.take(signal);
      if (turn !== undefined) await turn;
      if (attempts === 1) started = performance.now();
      let outcome: WireResponse | Failure;
      try {
        outcome = await this.#attempt(connection, request, options, attempts, readText);
      } finally {
        this.#slots.giveBack();
      }
      if (!("error" in outcome)) {
        this.#budget?.refund();
        if (this.#monitor !== undefined) report(this.#monitor, undefined);
        return outcome;
      }
      const { error } = outcome;
      if (this.#monitor !== undefined) report(this.#monitor, error);
      const repaired = await this.#repair(outcome, signal);
      if (outcome.retry === undefined || repaired === false || this.#destroyed) throw error;
      if (repaired === true && ++repairs > mostRepairs) throw error;

      delays ??= retry.delays()[Symbol.iterator]();
      const next = delays.next();
      if (next.done === true) throw error;
      const delay = repaired === true ? 0 : checkDelay(next.value, error);
      if (performance.now() - started + delay > retry.timeLimit) throw error;
      // What was put right is no sign of an overload, and must not fail all but the first requests that it met.
      if (repaired !== true && this.#budget?.take(error instanceof RequestTimedOut) === false)
        throw error;
      if (delay > 0) await sleep(delay, signal);
    }
  }

  /**
   * Closes the connections that the default request handler opened, and ends what is under way on them. A handler that was
   * given stays its giver's. No request can be sent afterwards.
   */
  destroy(): void {
    this.#destroyed = true;
    this.#ownHandler?.destroy();
  }

  /** Sends a request once. */
  async #attempt(
    connection: Connection,
    request: WireRequest,
    options: SendOptions,
    attempts: number,
    readText: ReadText | undefined,
  ): Promise<WireResponse | Failure> {
    if (this.#destroyed) throw this.#destroyedError(request, attempts - 1);
    const { signal } = options;
    let identity: AwsCredentialIdentity | undefined;
    let signed: HttpRequest | Promise<HttpRequest>;
    let signedAt: number;
    if (this.#options.signer === undefined) {
      const held = this.#credentials.get();
      identity = held instanceof Promise ? await untilAborted(held, signal) : held;
      signedAt = this.#clock.now();
      signed = connection.signer.sign(request.operation, request.body, identity, signedAt);
    } else {
      signedAt = this.#clock.now();
      signed = untilAborted(
        connection.signer.signBy(this.#options.signer, request.operation, request.body, signedAt),
        signal,
      );
    }
    if (signed instanceof Promise) signed = await signed;

    let response: ReceivedResponse;
    try {
      response = await exchange(signed, {
        handler: connection.handler,
        cancellation: connection.newCancellation(),
        timeout: options.requestTimeout ?? this.#options.requestTimeout ?? defaultRequestTimeout,
        signal,
      });
    } catch (fault) {
      signal?.throwIfAborted();
      const error = handlerError(fault, this.#context(request, attempts));
      return { error, retry: error.retryable ? "transient" : undefined, identity };
    }
    const { statusCode, headers } = response;
    const requestId = readHeader(headers, "x-amzn-requestid");
    const answer = readAnswer(request.operation, response, signed.headers, readText);
    if (answer.kind === "output") {
      const { output, readFromText } = answer;
      return { output, readFromText, statusCode, requestId, attempts };
    }

    const context = this.#context(
      request,
      attempts,
      requestId && hideSent(requestId, signed.headers),
    );
    if (answer.kind === "invalid") {
      const error = responseError(answer, statusCode, context);
      return { error, retry: error.retryable ? "transient" : undefined, identity };
    }
    let retry = retryReason(answer);
    // A signature that is bad for any other reason than its date stays bad.
    if (retry === "clock" && !this.#clock.correct(readHeader(headers, "date"), signedAt))
      retry = undefined;
    return {
      error: answerError(answer, options.decodeItem ?? this.#options.decodeItem, context, retry),
      retry,
      identity,
    };
  }

  /** Puts right what a failure names. `true`: done, send again at once. `false`: it can't be. `undefined`: nothing to do. */
  async #repair(
    { retry, identity }: Failure,
    signal: AbortSignal | undefined,
  ): Promise<boolean | undefined> {
    if (retry === "clock") return true;
    if (retry !== "credentials") return undefined;
    return (
      identity !== undefined && (await untilAborted(this.#credentials.replace(identity), signal))
    );
  }

  #connect(): Promise<Connection> {
    // Not kept when it fails: the environment may be put right.
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #open(): Promise<Connection> {
    const options = this.#options;
    const region = await resolveRegion(options.region);
    const signer = new Signer(resolveEndpoint(options.endpoint, region), region);
    let handler = options.requestHandler;
    if (handler === undefined) {
      handler = this.#ownHandler = await createDefaultHandler({
        connectionTimeout: options.connectionTimeout ?? defaultConnectionTimeout,
        maxSockets: options.maxSockets ?? defaultMaxSockets,
      });
    }
    const newCancellation =
      options.requestHandler === undefined ? lightCancellation : standardCancellation;
    this.#connection = { handler, newCancellation, signer };
    return this.#connection;
  }

  #context(request: WireRequest, attempts: number, requestId?: string): RequestContext {
    const { operation, tableName } = request;
    return {
      operation,
      tableName,
      key: decodeKey(request.key, this.#options.decodeItem),
      requestId,
      attempts,
    };
  }

  #destroyedError(request: WireRequest, attempts: number): RequestError {
    return new ConnectionError("the client was destroyed", this.#context(request, attempts), {
      retryable: false,
    });
  }
}

function checkSend({ operation }: WireRequest, { retry, requestTimeout }: SendOptions): void {
  // It becomes a part of a header.
  if (!/^[A-Za-z\d]+$/.test(operation)) {
    throw new InvalidInput(`${JSON.stringify(operation)} can't be the name of an operation`);
  }
  if (retry !== undefined) checkRetryConfig(retry, "retry");
  checkTimeout("requestTimeout", requestTimeout);
}

function checkDelay(delay: number, cause: RequestError): number {
  if (delay >= 0) return delay;
  throw new ConfigurationError(`delays() of the retry configuration gave ${String(delay)}`, {
    cause,
  });
}

function report(monitor: HealthMonitor, error: RequestError | undefined): void {
  try {
    if (error === undefined) monitor.onSuccess();
    else monitor.onError(error);
  } catch {
    // A monitor watches requests; it doesn't break them.
  }
}

/** Waits for a promise no longer than until the signal fires. What the promise stands for goes on for whoever else waits. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
