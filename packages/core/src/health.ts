/**
 * Watches whether a client can still talk to DynamoDB. A client reports every attempt to it, a request that is retried more
 * than once. What a monitor throws is ignored.
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
