import type { AttributeMap } from "./attribute-value/types.ts";
import type { RetryConfig } from "./retry.ts";

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
