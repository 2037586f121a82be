import type { OnInvalid } from "./types/options.ts";

/** What `connect` takes beside the client and the tables. */
export interface ConnectOptions {
  /**
   * The name under which a table is deployed, given the one in its definition; by default that one.
   *
   * @example
   * const db = connect(client, { orders: Orders }, { tableName: (name) => `${stage}-${name}` });
   */
  readonly tableName?: ((name: string) => string) | undefined;
  /** What becomes of items that don't fit their schema, unless a call says otherwise; `"throw"` by default. */
  readonly onInvalid?: OnInvalid | undefined;
  /**
   * Signs the cursors of pages, so that a forged one is an error. Keep it secret, and the same in all processes that share
   * cursors.
   */
  readonly cursorSecret?: string | undefined;
}
