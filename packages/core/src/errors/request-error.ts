import type { Item } from "../attribute-value/types.ts";
import { FieldwiseError } from "./fieldwise-error.ts";

/** What a failed request was about. */
export interface RequestContext {
  /** The DynamoDB operation: `PutItem`. */
  readonly operation: string;
  /** The table, where the request names one. */
  readonly tableName?: string | undefined;
  /** The primary key, where the request names one: of a get, an update or a delete; a put has its item alone. */
  readonly key?: Item | undefined;
  /** AWS's id of the last response, for a support case. */
  readonly requestId?: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
}

/** A request was made, or about to be made, and failed. */
export abstract class RequestError extends FieldwiseError implements RequestContext {
  static {
    this.prototype.name = "RequestError";
  }

  readonly operation: string;
  readonly tableName: string | undefined;
  readonly key: Item | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;
  /** Whether the same request may succeed when it is sent again. The client has then already retried as configured. */
  abstract readonly retryable: boolean;

  constructor(message: string, context: RequestContext, options?: { readonly cause?: unknown }) {
    super(`${message} (${describe(context)})`, options);
    this.operation = context.operation;
    this.tableName = context.tableName;
    this.key = context.key;
    this.requestId = context.requestId;
    this.attempts = context.attempts;
  }
}

function describe({ operation, tableName, requestId, attempts }: RequestContext): string {
  const parts = [tableName === undefined ? operation : `${operation} on table ${tableName}`];
  if (requestId !== undefined) parts.push(`request id ${requestId}`);
  if (attempts > 1) parts.push(`${attempts} attempts`);
  return parts.join(", ");
}

/** No answer came: the connection was refused, reset or never made. */
export class ConnectionError extends RequestError {
  static {
    this.prototype.name = "ConnectionError";
  }
  /** False where the next try can't go better: the server's certificate is wrong, or the request handler itself failed. */
  readonly retryable: boolean;

  constructor(
    message: string,
    context: RequestContext,
    details: { readonly retryable?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, context, details);
    this.retryable = details.retryable ?? true;
  }
}

/** No whole answer came within the request timeout. The server may have acted all the same. */
export class RequestTimedOut extends RequestError {
  static {
    this.prototype.name = "RequestTimedOut";
  }
  readonly retryable: boolean = true;
}

/** An answer came that is not DynamoDB's: damaged on the way (its checksum differs), cut short, or not JSON. */
export class InvalidResponse extends RequestError {
  static {
    this.prototype.name = "InvalidResponse";
  }
  readonly retryable: boolean;
  /** The HTTP status. */
  readonly statusCode: number;

  constructor(
    message: string,
    context: RequestContext,
    details: { readonly statusCode: number; readonly retryable: boolean; readonly cause?: unknown },
  ) {
    super(message, context, details);
    this.statusCode = details.statusCode;
    this.retryable = details.retryable;
  }
}
