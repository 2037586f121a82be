const brand = Symbol.for("@fieldwise/core.error");

/** The base of every error that this library throws; a thrown `AbortSignal` reason is the one exception. */
export class FieldwiseError extends Error {
  static {
    this.prototype.name = "FieldwiseError";
  }

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(shortened(message), options);
    // Not enumerable, so that an inspected error shows only what helps.
    Object.defineProperty(this, brand, { value: true });
  }
}

const longestMessage = 10_000;

// What a server says, or an item holds, is in many a message. The end of one names the request.
function shortened(message: string): string {
  if (message.length <= longestMessage) return message;
  return `${message.slice(0, longestMessage - 1_000)} … ${message.slice(-1_000)}`;
}

/** The class of an error: what `instanceof` and the type guards take. */
export type ErrorClass<E extends FieldwiseError> = abstract new (...args: never[]) => E;

/**
 * Tells whether a value is an error of this library, or of one class of it. Unlike `instanceof` it also holds when the
 * error was thrown by another installed copy of the library.
 *
 * @example
 * if (isFieldwiseError(error, ConditionalCheckFailed)) console.log(error.item);
 */
export function isFieldwiseError(error: unknown): error is FieldwiseError;
export function isFieldwiseError<E extends FieldwiseError>(
  error: unknown,
  errorClass: ErrorClass<E>,
): error is E;
export function isFieldwiseError(
  error: unknown,
  errorClass?: ErrorClass<FieldwiseError>,
): error is FieldwiseError {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  if (errorClass === undefined || error instanceof errorClass) return true;
  // A class without a name of its own is the caller's, and has no copy elsewhere.
  if (!Object.hasOwn(errorClass.prototype as object, "name")) return false;
  const { name } = errorClass.prototype as Error;
  for (
    let proto = Object.getPrototypeOf(error);
    proto !== null;
    proto = Object.getPrototypeOf(proto)
  ) {
    if (Object.hasOwn(proto, "name") && proto.name === name) return true;
  }
  return false;
}
