import {
  Attempts,
  type Connection,
  type Failure,
  type Job,
  type SignedRequest,
} from "./attempts.ts";
import { autoProvider } from "./credentials/auto.ts";
import { CredentialsCache } from "./credentials/cache.ts";
import { ConnectionError, type RequestError, RequestTimedOut } from "./errors/request-error.ts";
import type { HealthMonitor } from "./health.ts";
import type { AnswerReader } from "./http/answer.ts";
import { DispatcherSender } from "./http/dispatcher-sender.ts";
import { resolveEndpoint } from "./http/endpoint.ts";
import { HandlerSender } from "./http/handler-sender.ts";
import { NodeSender } from "./http/node-sender.ts";
import type { Sender } from "./http/sender.ts";
import { RequestSlots } from "./http/request-slots.ts";
import { monotonicTime } from "./monotonic-time.ts";
import { resolveRegion } from "./region.ts";
import { RetryBudget } from "./retry-budget.ts";
import { checkDelay, checkRetryConfig, RetryConfig } from "./retry.ts";
import { Signer } from "./signing/signer.ts";
import { sleep } from "./sleep.ts";
import { checkOptions, checkTimeout, type TransportOptions } from "./transport-options.ts";
import { untilAborted } from "./until-aborted.ts";
import type { SendOptions, WireRequest, WireResponse } from "./wire-request.ts";

const defaultConnectionTimeout = 2_000;
const defaultMaxSockets = 500;
/** How often one request is sent again because its credentials or its date were put right. */
const mostRepairs = 2;
const noOptions: SendOptions = {};

/** Brings requests to DynamoDB and answers back: credentials, signature, HTTP, errors and retry. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #credentials: CredentialsCache;
  readonly #attempts: Attempts;
  readonly #retry: RetryConfig;
  readonly #budget: RetryBudget | undefined;
  readonly #monitor: HealthMonitor | undefined;
  readonly #slots: RequestSlots;
  #connection: Connection | undefined;
  #connecting: Promise<Connection> | undefined;
  #ownSender: NodeSender | undefined;
  #destroyed = false;

  constructor(options: TransportOptions) {
    checkOptions(options);
    this.#options = options;
    this.#retry = options.retry ?? RetryConfig.exponential();
    this.#budget =
      options.retryBudget === false ? undefined : (options.retryBudget ?? new RetryBudget());
    this.#monitor = options.healthMonitor;
    this.#slots = new RequestSlots(options.maxSockets ?? defaultMaxSockets);
    this.#credentials = new CredentialsCache(options.credentials ?? autoProvider(), {
      // AWS's providers that ask another AWS service (STS, SSO) ask it in the client's Region.
      callerClientConfig: { region: () => resolveRegion(options.region) },
    });
    this.#attempts = new Attempts(options, this.#credentials);
  }

  /**
   * Sends a request until it is answered or may not be sent again.
   *
   * @throws DynamoDBError, ConnectionError, RequestTimedOut, InvalidResponse: the last attempt's. ConfigurationError and
   * CredentialsError where no request could be made. The signal's reason where it fired.
   */
  send(
    request: WireRequest,
    options: SendOptions = noOptions,
    answerReader?: AnswerReader,
  ): Promise<WireResponse> {
    const { signal } = options;
    try {
      signal?.throwIfAborted();
      if (options.retry !== undefined) checkRetryConfig(options.retry, "retry");
      checkTimeout("requestTimeout", options.requestTimeout);
    } catch (error) {
      return Promise.reject(error);
    }
    const begin = (connection: Connection): Promise<WireResponse> =>
      this.#begin({ connection, request, options, answerReader });
    if (this.#connection !== undefined) return begin(this.#connection);
    return untilAborted(this.#connect(), signal).then(begin);
  }

  /**
   * Closes the connections that the default request handler opened, and ends what is under way on them. A handler that was
   * given stays its giver's. No request can be sent afterwards.
   */
  destroy(): void {
    this.#destroyed = true;
    this.#ownSender?.destroy();
  }

  #begin(job: Job): Promise<WireResponse> {
    const turn = this.#slots.take(job.options.signal);
    return turn === undefined ? this.#sendFirst(job) : turn.then(() => this.#sendFirst(job));
  }

  // Nearly every request is answered at once: this way it costs two promises, and none of what the others need.
  #sendFirst(job: Job): Promise<WireResponse> {
    const started = monotonicTime();
    return this.#attempt(job, 1, (outcome) =>
      "error" in outcome ? this.#sendAgain(job, started, outcome) : outcome,
    );
  }

  /** Sends a request again and again. */
  async #sendAgain(job: Job, started: number, first: Failure): Promise<WireResponse> {
    const { signal, retry = this.#retry } = job.options;
    let failure = first;
    let delays: Iterator<number> | undefined;
    let repairs = 0;
    for (let attempts = 2; ; attempts++) {
      const { error } = failure;
      const repaired = await this.#repair(failure, signal);
      if (failure.retry === undefined || repaired === false || this.#destroyed) throw error;
      if (repaired === true && ++repairs > mostRepairs) throw error;

      delays ??= retry.delays()[Symbol.iterator]();
      const next = delays.next();
      if (next.done === true) throw error;
      const delay = repaired === true ? 0 : checkDelay(next.value, error);
      if (monotonicTime() - started + delay > retry.timeLimit) throw error;
      // What was put right is no sign of an overload, and must not fail all but the first requests that it met.
      if (repaired !== true && this.#budget?.take(error instanceof RequestTimedOut) === false)
        throw error;
      if (delay > 0) await sleep(delay, signal);

      const turn = this.#slots.take(signal);
      if (turn !== undefined) await turn;
      const outcome = await this.#attempt(job, attempts, (given) => given);
      if (!("error" in outcome)) return outcome;
      failure = outcome;
    }
  }

  /** Sends a request once, in a slot that it gives back, and goes on with how that went. */
  #attempt<Result>(
    job: Job,
    attempts: number,
    goOn: (outcome: WireResponse | Failure) => Result | Promise<Result>,
  ): Promise<Result> {
    const stop = (error: unknown): never => {
      this.#slots.giveBack();
      throw error;
    };
    const exchange = (signed: SignedRequest): Promise<Result> =>
      this.#attempts.exchange(job, signed).then(
        (response) => {
          this.#slots.giveBack();
          return goOn(this.#note(this.#attempts.read(job, signed, response, attempts)));
        },
        (fault: unknown) => {
          this.#slots.giveBack();
          return goOn(this.#note(this.#attempts.readFault(job, signed, fault, attempts)));
        },
      );
    try {
      this.#checkDestroyed(job, attempts);
      const signed = this.#attempts.sign(job);
      if (!(signed instanceof Promise)) return exchange(signed);
      const checked = signed.then((ready) => {
        this.#checkDestroyed(job, attempts);
        return ready;
      });
      return checked.then(exchange, stop);
    } catch (error) {
      this.#slots.giveBack();
      return Promise.reject(error);
    }
  }

  /** Tells how an attempt went. */
  #note(outcome: WireResponse | Failure): WireResponse | Failure {
    const error = "error" in outcome ? outcome.error : undefined;
    if (error === undefined) this.#budget?.refund();
    if (this.#monitor !== undefined) report(this.#monitor, error);
    return outcome;
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
    let sender: Sender;
    if (options.requestHandler === undefined) {
      sender = this.#ownSender = new NodeSender({
        connectionTimeout: options.connectionTimeout ?? defaultConnectionTimeout,
        maxSockets: options.maxSockets ?? defaultMaxSockets,
      });
    } else if ("handle" in options.requestHandler) {
      sender = new HandlerSender(options.requestHandler);
    } else sender = new DispatcherSender(options.requestHandler);
    this.#connection = { sender, signer };
    return this.#connection;
  }

  /** Before the attempt of this number is sent. */
  #checkDestroyed({ request }: Job, attempts: number): void {
    if (!this.#destroyed) return;
    const context = this.#attempts.context(request, attempts - 1);
    throw new ConnectionError("the client was destroyed", context, { retryable: false });
  }
}

function report(monitor: HealthMonitor, error: RequestError | undefined): void {
  try {
    if (error === undefined) monitor.onSuccess();
    else monitor.onError(error);
  } catch {
    // A monitor watches requests; it doesn't break them.
  }
}
