import type { OperationName } from "@fieldwise/core";

/** Which requests a fault strikes: those to which all that is given applies; every request where nothing is. */
export interface FaultSelection {
  /** Of these operations. */
  readonly operations?: readonly OperationName[] | undefined;
  /** That name at least one of these tables. */
  readonly tables?: readonly string[] | undefined;
  /**
   * The first, the third …: counted from 1 among the requests that this fault's `operations` and `tables` select. Each
   * attempt of a request that is sent again counts.
   */
  readonly nth?: number | readonly number[] | undefined;
  /** From 0 (never) to 1 (always, the default). */
  readonly probability?: number | undefined;
  /** Strikes at most so many times. */
  readonly limit?: number | undefined;
}

/** The request is refused with HTTP status 400, as one that came too soon. */
export interface ThrottlingFault extends FaultSelection {
  readonly fault: "throttling";
  /** The error's name on the wire; `ThrottlingException` by default. */
  readonly errorName?:
    | "ThrottlingException"
    | "ProvisionedThroughputExceededException"
    | "RequestLimitExceeded"
    | undefined;
}

/** DynamoDB answers with an error of its own, and has done nothing: HTTP status 500 or 503. */
export interface ServerErrorFault extends FaultSelection {
  readonly fault: "internalServerError" | "serviceUnavailable";
}

/**
 * The connection breaks. `resetBefore`: before the server gets the request. `resetAfter`: the server has acted, and its answer is
 * lost.
 */
export interface ResetFault extends FaultSelection {
  readonly fault: "resetBefore" | "resetAfter";
}

/**
 * No answer comes, until the caller gives up: by its signal, by the `requestTimeout` that it hands over with the request, or by
 * `destroy()`. Fieldwise's client has a request timeout of its own; the AWS SDK's leaves that to the handler, which is not asked here.
 */
export interface TimeoutFault extends FaultSelection {
  readonly fault: "timeout";
  /** Whether the server gets the request, and acts; `false` by default. */
  readonly served?: boolean | undefined;
}

/** The server acts at once, and its answer arrives later. */
export interface SlowFault extends FaultSelection {
  readonly fault: "slow";
  /** How much later. */
  readonly milliseconds: number;
}

/**
 * The answer is damaged on its way. `truncated`: the body is cut in half, under the headers of the whole. `wrongChecksum`: the
 * header `x-amz-crc32` is not the body's.
 */
export interface DamageFault extends FaultSelection {
  readonly fault: "truncated" | "wrongChecksum";
}

/**
 * A part of a BatchWriteItem's or BatchGetItem's entries never reaches the server, and is answered as UnprocessedItems or
 * UnprocessedKeys. With `tables`, entries of those tables alone. The request that goes on is another than the one that was signed: a
 * server that checks signatures, as AWS does, refuses it.
 */
export interface UnprocessedFault extends FaultSelection {
  readonly fault: "unprocessed";
  /** Which part: above 0, and up to 1 for all. Where it is no whole number of entries, it is so on average. */
  readonly share: number;
}

/** The request is refused with an ExpiredTokenException: a client fetches fresh credentials and sends it again. */
export interface ExpiredTokenFault extends FaultSelection {
  readonly fault: "expiredToken";
}

/**
 * The server's clock differs: requests that are not signed with its time, give or take five minutes, are refused with an
 * InvalidSignatureException, and every answer's `date` header shows it. The server behind gets the others as they are signed: one
 * that checks signatures, as AWS does, refuses those.
 */
export interface ClockSkewFault extends FaultSelection {
  readonly fault: "clockSkew";
  /** How far the server's clock is ahead; below 0, behind. More than five minutes either way. */
  readonly milliseconds: number;
}

/** The server gets the request twice, one after the other; the answer is the first one's. */
export interface DuplicatedFault extends FaultSelection {
  readonly fault: "duplicated";
}

/**
 * Another transaction is under way on an item of the request: a write of one item is refused with a TransactionConflictException, a
 * transaction is cancelled for that reason. Other requests are not selected.
 */
export interface TransactionConflictFault extends FaultSelection {
  readonly fault: "transactionConflict";
}

/** A failure, and which requests it strikes. */
export type Fault =
  | ThrottlingFault
  | ServerErrorFault
  | ResetFault
  | TimeoutFault
  | SlowFault
  | DamageFault
  | UnprocessedFault
  | ExpiredTokenFault
  | ClockSkewFault
  | DuplicatedFault
  | TransactionConflictFault;

/** The name of a failure. */
export type FaultName = Fault["fault"];

/** What is to go wrong. */
export interface FaultPlan {
  /**
   * A whole number; 0 by default. Chance depends on it, on a fault's place in the list, and on how many requests that fault's
   * `operations` and `tables` have selected so far; not on time or answers. So the same plan does the same to the same requests
   * in the same order. Where several are sent at once, as many are struck, and which ones follows from the order in which they
   * reach the handler.
   */
  readonly seed?: number | undefined;
  /** Of several faults that select a request, the first strikes. */
  readonly faults: readonly Fault[];
}
