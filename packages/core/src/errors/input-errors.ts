import { FieldwiseError } from "./fieldwise-error.ts";

/** A client option or an environment variable is missing or unusable. Thrown before any request. */
export class ConfigurationError extends FieldwiseError {
  static {
    this.prototype.name = "ConfigurationError";
  }
}

/** The arguments of an operation can't be sent as they are. Thrown before any request. */
export class InvalidInput extends FieldwiseError {
  static {
    this.prototype.name = "InvalidInput";
  }
}

interface PlacedOptions {
  readonly cause?: unknown;
  /** The request that it happened in: `PutItem on table orders`. */
  readonly request?: string | undefined;
}

/** An expression breaks a rule that DynamoDB documents. Thrown before any request. */
export class ExpressionError extends FieldwiseError {
  static {
    this.prototype.name = "ExpressionError";
  }

  /** The attribute path that the message is about, as it is written in messages: `lines[0].quantity`. */
  readonly path: string | undefined;

  constructor(message: string, path?: string, options: PlacedOptions = {}) {
    super(options.request === undefined ? message : `${message} (${options.request})`, options);
    this.path = path;
  }
}

/** A value can't be stored in DynamoDB, or a stored one can't be read as asked without losing something. */
export class AttributeValueError extends FieldwiseError {
  static {
    this.prototype.name = "AttributeValueError";
  }

  /** Where in the item the value stands: `lines[0].quantity`; empty for a value on its own. */
  readonly path: string;
  /** What is wrong, without the path. */
  readonly problem: string;

  constructor(problem: string, path: string, options: PlacedOptions = {}) {
    const message = path === "" ? problem : `${path}: ${problem}`;
    super(options.request === undefined ? message : `${message} (${options.request})`, options);
    this.path = path;
    this.problem = problem;
  }
}

/**
 * Runs what encodes a request or reads an answer. An error about a value or an expression, which know nothing of the
 * request, is thrown with the operation and the table in its message.
 */
export function withRequest<Result>(
  operation: string,
  tableName: string | undefined,
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    const request = tableName === undefined ? operation : `${operation} on table ${tableName}`;
    if (error instanceof AttributeValueError) {
      throw new AttributeValueError(error.problem, error.path, { cause: error.cause, request });
    }
    if (error instanceof ExpressionError) {
      throw new ExpressionError(error.message, error.path, { cause: error.cause, request });
    }
    throw error;
  }
}

/** No credentials were found, or the provider of credentials failed. */
export class CredentialsError extends FieldwiseError {
  static {
    this.prototype.name = "CredentialsError";
  }

  /** The sources that were tried, in order, each with the reason why it gave nothing. Never a secret. */
  readonly tried: readonly string[];

  constructor(
    message: string,
    tried: readonly string[] = [],
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.tried = tried;
  }
}

/** A table or its time to live did not reach the awaited state within the time limit. */
export class WaitTimedOut extends FieldwiseError {
  static {
    this.prototype.name = "WaitTimedOut";
  }

  readonly tableName: string;
  /** The last state seen, in DynamoDB's words: `CREATING`. */
  readonly lastStatus: string;

  constructor(message: string, tableName: string, lastStatus: string) {
    super(message);
    this.tableName = tableName;
    this.lastStatus = lastStatus;
  }
}
