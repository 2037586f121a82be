import { isDynamoDBError } from "./errors/dynamodb-error.ts";
import { ConfigurationError } from "./errors/input-errors.ts";

/**
 * Watches whether a client can still talk to DynamoDB. A client reports every attempt to it, of a request that is retried
 * each one. What a monitor throws is ignored.
 *
 * @example
 * const healthMonitor = new CountingHealthMonitor({ maxFailures: 10 });
 * const client = new Client({ healthMonitor });
 * server.get("/health", (_, response) => response.sendStatus(healthMonitor.healthy ? 200 : 503));
 */
export interface HealthMonitor {
  /** Whether the client can be considered able to talk to DynamoDB. */
  readonly healthy: boolean;
  /** An attempt was answered with success. */
  onSuccess(): void;
  /** An attempt failed with this error, whether or not it is retried. */
  onError(error: unknown): void;
}

export interface CountingHealthMonitorOptions {
  /** The client is unhealthy from this many failures on. 5 by default. */
  readonly maxFailures?: number | undefined;
  /**
   * Errors that don't count. By default those that DynamoDB answered with a status below 500: a refused request proves that
   * DynamoDB was reached.
   */
  readonly ignore?: ((error: unknown) => boolean) | undefined;
  /** What a success does to the count: takes one off it (the default), sets it to zero, or nothing. */
  readonly onSuccess?: "decrement" | "reset" | "ignore" | undefined;
}

/**
 * Counts failed attempts against successful ones: unhealthy while the count is at `maxFailures` or above. It stops at twice
 * `maxFailures`, so that the end of an outage shows after a few successes, however long it was.
 */
export class CountingHealthMonitor implements HealthMonitor {
  readonly #maxFailures: number;
  readonly #ignore: (error: unknown) => boolean;
  readonly #successMeans: "decrement" | "reset" | "ignore";
  #failures = 0;

  /** @throws ConfigurationError where `maxFailures` is not a whole number from 1. */
  constructor({
    maxFailures = 5,
    ignore = wasAnswered,
    onSuccess = "decrement",
  }: CountingHealthMonitorOptions = {}) {
    if (!Number.isInteger(maxFailures) || maxFailures < 1) {
      throw new ConfigurationError(
        `maxFailures must be a whole number from 1, not ${String(maxFailures)}`,
      );
    }
    this.#maxFailures = maxFailures;
    this.#ignore = ignore;
    this.#successMeans = onSuccess;
  }

  get healthy(): boolean {
    return this.#failures < this.#maxFailures;
  }

  /** The count as it stands: at most twice `maxFailures`. */
  get failures(): number {
    return this.#failures;
  }

  onSuccess(): void {
    if (this.#successMeans === "reset") this.#failures = 0;
    else if (this.#successMeans === "decrement" && this.#failures > 0) this.#failures--;
  }

  onError(error: unknown): void {
    if (this.#failures < 2 * this.#maxFailures && !this.#ignore(error)) this.#failures++;
  }
}

export interface CallbackHealthMonitorOptions {
  /** Decides what is healthy. */
  readonly monitor: HealthMonitor;
  /** Called after a failed attempt that leaves the monitor unhealthy. */
  readonly callback: () => void;
  /** `edge` (the default): only when it was healthy before. `always`: after each such attempt. `once`: the first time ever. */
  readonly when?: "edge" | "always" | "once" | undefined;
}

/**
 * Calls back when another monitor becomes unhealthy.
 *
 * @example
 * new CallbackHealthMonitor({ monitor: new CountingHealthMonitor(), callback: () => process.exit(1), when: "once" });
 */
export class CallbackHealthMonitor implements HealthMonitor {
  readonly #monitor: HealthMonitor;
  readonly #callback: () => void;
  readonly #when: "edge" | "always" | "once";
  #wasHealthy = true;
  #called = false;

  constructor({ monitor, callback, when = "edge" }: CallbackHealthMonitorOptions) {
    this.#monitor = monitor;
    this.#callback = callback;
    this.#when = when;
  }

  get healthy(): boolean {
    return this.#monitor.healthy;
  }

  onSuccess(): void {
    this.#monitor.onSuccess();
    this.#wasHealthy = this.healthy;
  }

  onError(error: unknown): void {
    this.#monitor.onError(error);
    const { healthy } = this;
    const due = !healthy && this.#isDue();
    // Before the callback, which may throw.
    this.#wasHealthy = healthy;
    if (!due) return;
    this.#called = true;
    this.#callback();
  }

  #isDue(): boolean {
    switch (this.#when) {
      case "edge":
        return this.#wasHealthy;
      case "always":
        return true;
      case "once":
        return !this.#called;
    }
  }
}

/** Is always healthy. */
export class NoOpHealthMonitor implements HealthMonitor {
  readonly healthy: boolean = true;
  onSuccess(): void {}
  onError(): void {}
}

function wasAnswered(error: unknown): boolean {
  return isDynamoDBError(error) && error.statusCode < 500;
}
