import { FieldwiseError } from "./fieldwise-error.ts";

/**
 * A batch was partly processed when one of its requests failed for good; `cause` is that failure. A batch of which nothing
 * was processed fails with the error itself.
 */
export class BatchInterrupted<Unprocessed = unknown> extends FieldwiseError {
  static {
    this.prototype.name = "BatchInterrupted";
  }

  /** What was not processed, or may not have been, in the shape that the batch method takes. */
  readonly unprocessed: Unprocessed;

  constructor(message: string, unprocessed: Unprocessed, options: { readonly cause: unknown }) {
    super(message, options);
    this.unprocessed = unprocessed;
  }
}

/** Makes the error of a batch that a failure ended. */
export function batchInterrupted<Unprocessed>(
  operation: string,
  left: number,
  total: number,
  unprocessed: Unprocessed,
  cause: unknown,
): BatchInterrupted<Unprocessed> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BatchInterrupted(
    `${operation} was interrupted with ${left} of ${total} not processed (see unprocessed): ${reason}`,
    unprocessed,
    { cause },
  );
}
