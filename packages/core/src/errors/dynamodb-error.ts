import type { AttributeMap, Item } from "../attribute-value/types.ts";
import { type ErrorClass, type FieldwiseError, isFieldwiseError } from "./fieldwise-error.ts";
import { type RequestContext, RequestError } from "./request-error.ts";

/** What DynamoDB answered when it refused a request. */
export interface ErrorResponse {
  /** The error's name on the wire: `ConditionalCheckFailedException`. */
  readonly wireName: string;
  /** DynamoDB's own message. */
  readonly message: string;
  /** The HTTP status. */
  readonly statusCode: number;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
  /** The answer's JSON, or its text where it is none. */
  readonly body: unknown;
  /** Reads an item out of the answer as the client reads every item; of a transaction, that of an action. */
  readonly decodeItem: (item: AttributeMap, action?: number) => Item | undefined;
}

/**
 * DynamoDB answered with an error. Each error that DynamoDB documents has a class of its own; one that this version does
 * not know is a plain `DynamoDBError` with its name, status and body.
 */
export class DynamoDBError extends RequestError {
  static {
    this.prototype.name = "DynamoDBError";
  }

  /** The error's name on the wire: `ConditionalCheckFailedException`. */
  readonly wireName: string;
  /** The HTTP status. */
  readonly statusCode: number;
  readonly retryable: boolean;
  /** The answer's JSON, or its text where it is none. */
  declare readonly body: unknown;

  constructor(response: ErrorResponse, context: RequestContext) {
    super(response.message === "" ? response.wireName : response.message, context);
    this.wireName = response.wireName;
    this.statusCode = response.statusCode;
    this.retryable = response.retryable;
    // Not enumerable: it may be long, and its parts stand in the other members.
    Object.defineProperty(this, "body", { value: response.body });
  }
}

/**
 * Tells whether a value is an error that DynamoDB answered, or one class of them. Unlike `instanceof` it also holds when
 * the error was thrown by another installed copy of the library.
 *
 * @example
 * if (isDynamoDBError(error, ConditionalCheckFailed)) console.log(error.item);
 */
export function isDynamoDBError(error: unknown): error is DynamoDBError;
export function isDynamoDBError<E extends DynamoDBError>(
  error: unknown,
  errorClass: ErrorClass<E>,
): error is E;
export function isDynamoDBError(
  error: unknown,
  errorClass: ErrorClass<FieldwiseError> = DynamoDBError,
): error is DynamoDBError {
  return isFieldwiseError(error, DynamoDBError) && isFieldwiseError(error, errorClass);
}
