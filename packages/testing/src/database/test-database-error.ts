import { FieldwiseError } from "@fieldwise/core";

/** A table of a test database could not be made, filled or deleted. */
export class TestDatabaseError extends FieldwiseError {
  static {
    this.prototype.name = "TestDatabaseError";
  }

  /** The table, by the name that the test gives it: `orders` in `{ orders: Orders }`. */
  readonly table: string;

  constructor(table: string, reason: string, options?: { readonly cause?: unknown }) {
    super(`Table ${table} ${reason}`, options);
    this.table = table;
  }
}
