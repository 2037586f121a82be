import type { AwsCredentialIdentity, HttpRequest } from "@smithy/types";
import type { CredentialsCache } from "./credentials/cache.ts";
import type { RequestContext, RequestError } from "./errors/request-error.ts";
import { type RetryReason, retryReason } from "./errors/wire-names.ts";
import { readAnswer, type AnswerReader } from "./http/answer.ts";
import { Deadlines } from "./http/deadlines.ts";
import { exchange } from "./http/exchange.ts";
import { readHeader } from "./http/headers.ts";
import type { ReceivedResponse, Sender } from "./http/sender.ts";
import { hideSent } from "./http/sent-secrets.ts";
import { SigningClock } from "./signing/clock.ts";
import type { Signer } from "./signing/signer.ts";
import { answerError, decodeKey, handlerError, responseError } from "./transport-errors.ts";
import type { TransportOptions } from "./transport-options.ts";
import { untilAborted } from "./until-aborted.ts";
import type { SendOptions, WireRequest, WireResponse } from "./wire-request.ts";

/** What is known once region and endpoint are. */
export interface Connection {
  readonly sender: Sender;
  readonly signer: Signer;
}

/** One request on its way, over all of its attempts. */
export interface Job {
  readonly connection: Connection;
  readonly request: WireRequest;
  readonly options: SendOptions;
  readonly answerReader: AnswerReader | undefined;
}

/** One failed attempt: its error, and why it may be made again. */
export interface Failure {
  readonly error: RequestError;
  readonly retry: RetryReason | undefined;
  /** What the request was signed with. */
  readonly identity: AwsCredentialIdentity | undefined;
}

/** A request that is ready to be sent. */
export interface SignedRequest {
  readonly http: HttpRequest;
  readonly identity: AwsCredentialIdentity | undefined;
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

const defaultRequestTimeout = 10_000;

/** The parts of an attempt: a request is signed, exchanged for a response, and that is read. */
export class Attempts {
  readonly #options: TransportOptions;
  readonly #credentials: CredentialsCache;
  readonly #clock: SigningClock = new SigningClock();
  readonly #deadlines: Deadlines = new Deadlines();

  constructor(options: TransportOptions, credentials: CredentialsCache) {
    this.#options = options;
    this.#credentials = credentials;
  }

  /** Signs a request: at once where credentials and key are known. */
  sign(job: Job): SignedRequest | Promise<SignedRequest> {
    if (this.#options.signer !== undefined) return this.#signByOther(job);
    const identity = this.#credentials.get();
    if (!(identity instanceof Promise)) return this.#signAs(job, identity);
    return untilAborted(identity, job.options.signal).then((held) => this.#signAs(job, held));
  }

  /** Sends a signed request. */
  exchange(
    { connection, options, answerReader }: Job,
    { http }: SignedRequest,
  ): Promise<ReceivedResponse> {
    const response = exchange(http, {
      sender: connection.sender,
      deadlines: this.#deadlines,
      timeout: options.requestTimeout ?? this.#options.requestTimeout ?? defaultRequestTimeout,
      signal: options.signal,
    });
    // What reading takes is made while the first answer is awaited.
    answerReader?.prepare();
    return response;
  }

  /** Reads the response to the attempt of this number. */
  read(
    { request, answerReader }: Job,
    { http, identity, signedAt }: SignedRequest,
    response: ReceivedResponse,
    attempts: number,
  ): WireResponse | Failure {
    const { statusCode, headers } = response;
    const requestId = readHeader(headers, "x-amzn-requestid");
    const answer = readAnswer(request.operation, response, http.headers, answerReader);
    if (answer.kind === "output") {
      const { output, readFromText } = answer;
      return { output, readFromText, statusCode, requestId, attempts };
    }

    const context = this.context(request, attempts, requestId && hideSent(requestId, http.headers));
    if (answer.kind === "invalid") {
      const error = responseError(answer, statusCode, context);
      return { error, retry: error.retryable ? "transient" : undefined, identity };
    }
    let retry = retryReason(answer);
    // A signature that is bad for any other reason than its date stays bad.
    if (retry === "clock" && !this.#clock.correct(readHeader(headers, "date"), signedAt))
      retry = undefined;
    return {
      error: answerError(
        answer,
        answerReader?.errorItem ?? this.#options.decodeItem,
        context,
        retry,
      ),
      retry,
      identity,
    };
  }

  /** @throws the signal's reason where that is why there was no response. */
  readFault(
    { request, options }: Job,
    { identity }: SignedRequest,
    fault: unknown,
    attempts: number,
  ): Failure {
    options.signal?.throwIfAborted();
    const error = handlerError(fault, this.context(request, attempts));
    return { error, retry: error.retryable ? "transient" : undefined, identity };
  }

  context(request: WireRequest, attempts: number, requestId?: string): RequestContext {
    const { operation, tableName } = request;
    const key = decodeKey(request.key, this.#options.decodeItem);
    return { operation, tableName, key, requestId, attempts };
  }

  #signAs({ connection, request }: Job, identity: AwsCredentialIdentity): SignedRequest {
    const signedAt = this.#clock.now();
    const http = connection.signer.sign(request.operation, request.body, identity, signedAt);
    return { http, identity, signedAt };
  }

  async #signByOther({ connection, request, options }: Job): Promise<SignedRequest> {
    const signedAt = this.#clock.now();
    const http = await untilAborted(
      connection.signer.signBy(this.#options.signer!, request.operation, request.body, signedAt),
      options.signal,
    );
    return { http, identity: undefined, signedAt };
  }
}
