import type { OnInvalid } from "./types/options.ts";

/** What `connect` takes beside the client and the tables. */
export interface ConnectOptions {
  /** What becomes of items that don't fit their schema, unless a call says otherwise; `"throw"` by default. */
  readonly onInvalid?: OnInvalid | undefined;
  /**
   * Signs the cursors of pages, so that a forged one is an error. Keep it secret, and the same in all processes that share
   * cursors.
   */
  readonly cursorSecret?: string | undefined;
}
