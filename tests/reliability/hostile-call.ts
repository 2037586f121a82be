import { type Client, RetryConfig } from "@fieldwise/core";

/** A call, the right answer to its request, and what holds of its result whatever was answered. */
export interface HostileCall {
  readonly name: string;
  readonly operation: string;
  readonly right: object;
  run(client: Client): Promise<unknown>;
  check(result: never): void;
}

/** Makes a call whose check knows what it gives. */
export function call<Result>(
  name: string,
  operation: string,
  right: object,
  run: (client: Client) => Promise<Result>,
  check: (result: Result) => void,
): HostileCall {
  return { name, operation, right, run, check };
}

/** A batch that gives up soon. */
export const batch = { unprocessedRetry: RetryConfig.static({ delay: 0, maxAttempts: 2 }) };
