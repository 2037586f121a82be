import { ConfigurationError } from "./errors/input-errors.ts";

export interface RetryBudgetOptions {
  /** Tokens in a full budget, as it is at the start. 500 by default. */
  readonly capacity?: number | undefined;
  /** Tokens that a retry takes. 5 by default. */
  readonly retryCost?: number | undefined;
  /** Tokens that a retry after a timeout takes. 10 by default. */
  readonly timeoutRetryCost?: number | undefined;
  /** Tokens that a successful request gives back. 1 by default. */
  readonly successRefund?: number | undefined;
}

/**
 * A token bucket that keeps an outage from multiplying the load. Every retry takes tokens and every success gives one back;
 * while there are too few, requests fail at once with their last error instead of being retried. By default a client can
 * retry 100 times in a row, and over a longer time one request in five: in an outage it sends at most a fifth more than it
 * would without retries, after the first hundred. The numbers are those of the AWS SDKs' retry quota ("Retry behavior" in
 * the AWS SDKs and Tools Reference Guide).
 *
 * One budget serves all requests of a client; give several clients the same one to let them share it.
 *
 * @example
 * new Client({ retryBudget: new RetryBudget({ capacity: 1_000 }) });
 */
export class RetryBudget {
  readonly #capacity: number;
  readonly #retryCost: number;
  readonly #timeoutRetryCost: number;
  readonly #successRefund: number;
  #available: number;

  constructor(options: RetryBudgetOptions = {}) {
    this.#capacity = checkTokens("capacity", options.capacity ?? 500);
    this.#retryCost = checkTokens("retryCost", options.retryCost ?? 5);
    this.#timeoutRetryCost = checkTokens("timeoutRetryCost", options.timeoutRetryCost ?? 10);
    this.#successRefund = checkTokens("successRefund", options.successRefund ?? 1);
    this.#available = this.#capacity;
  }

  /** Tokens left. */
  get available(): number {
    return this.#available;
  }

  /**
   * Takes the tokens of one retry.
   *
   * @returns whether there were enough; where there were not, none are taken.
   */
  take(afterTimeout = false): boolean {
    const cost = afterTimeout ? this.#timeoutRetryCost : this.#retryCost;
    if (cost > this.#available) return false;
    this.#available -= cost;
    return true;
  }

  /** Gives back what a success is worth. */
  refund(): void {
    this.#available = Math.min(this.#capacity, this.#available + this.#successRefund);
  }
}

function checkTokens(name: string, value: number): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new ConfigurationError(
    `${name} of a retry budget must be a number from 0, not ${String(value)}`,
  );
}
