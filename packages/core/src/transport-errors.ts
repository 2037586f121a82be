import type { AttributeMap, Item } from "./attribute-value/types.ts";
import type { DynamoDBError } from "./errors/dynamodb-error.ts";
import {
  ConnectionError,
  InvalidResponse,
  type RequestContext,
  type RequestError,
  RequestTimedOut,
} from "./errors/request-error.ts";
import { type ErrorAnswer, type RetryReason, toDynamoDBError } from "./errors/wire-names.ts";
import { classifyFault } from "./http/connection-fault.ts";
import { ExchangeTimedOut } from "./http/exchange.ts";
import type { DecodeItem } from "./transport-options.ts";

/** Makes the error of a request that got no whole response, of what the request handler threw. */
export function handlerError(fault: unknown, context: RequestContext): RequestError {
  if (fault instanceof ExchangeTimedOut) return new RequestTimedOut(fault.message, context);
  const reason = describe(fault);
  switch (classifyFault(fault)) {
    case "connection":
      return new ConnectionError(`no response: ${reason}`, context, { cause: fault });
    case "certificate":
      return new ConnectionError(`no connection: ${reason}`, context, {
        cause: fault,
        retryable: false,
      });
    case "timeout":
      return new RequestTimedOut(`no response in time: ${reason}`, context, { cause: fault });
    case "handler":
      return new ConnectionError(`the request handler failed: ${reason}`, context, {
        cause: fault,
        retryable: false,
      });
  }
}

/** Makes the error of a response that is not DynamoDB's, or no longer. */
export function responseError(
  answer: { readonly message: string; readonly damaged: boolean; readonly cause?: unknown },
  statusCode: number,
  context: RequestContext,
): InvalidResponse {
  const details = { statusCode, retryable: answer.damaged };
  return new InvalidResponse(
    answer.message,
    context,
    answer.cause === undefined ? details : { ...details, cause: answer.cause },
  );
}

/**
 * Makes DynamoDB's error. An item on it that can't be read (it doesn't fit its schema, say) must hide neither the error itself
 * nor the items of a transaction's other actions: it is left out, and the first reason is the error's cause.
 */
export function answerError(
  answer: ErrorAnswer,
  decodeItem: DecodeItem,
  context: RequestContext,
  retry: RetryReason | undefined,
): DynamoDBError {
  const causes: unknown[] = [];
  const decodeReadable: DecodeItem = (item, action) => {
    try {
      return decodeItem(item, action);
    } catch (cause) {
      causes.push(cause);
      return undefined;
    }
  };
  const error = toDynamoDBError(answer, decodeReadable, context, retry);
  if (causes.length > 0)
    Object.defineProperty(error, "cause", { value: causes[0], configurable: true, writable: true });
  return error;
}

/** Reads the key that an error carries; one that can't be read is left out. */
export function decodeKey(key: AttributeMap | undefined, decodeItem: DecodeItem): Item | undefined {
  if (key === undefined) return undefined;
  try {
    return decodeItem(key);
  } catch {
    return undefined;
  }
}

function describe(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  // fetch's own message says nothing, and Node's for a refused connection to several addresses is empty.
  const { cause } = fault;
  const message =
    fault.message === "fetch failed" && cause instanceof Error ? cause.message : fault.message;
  if (message !== "") return message;
  return (fault as { code?: string }).code ?? fault.name;
}
