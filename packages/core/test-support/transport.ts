import { RetryConfig } from "../src/retry.ts";
import { Transport } from "../src/transport.ts";
import type { TransportOptions } from "../src/transport-options.ts";
import { type FakeAnswer, type FakeHandler, fakeHandler } from "./fake-handler.ts";

/** A transport over a fake handler, whose retries don't wait. */
export function fakeTransport(
  answers: readonly FakeAnswer[],
  options: Partial<TransportOptions> = {},
): { transport: Transport; handler: FakeHandler } {
  const handler = fakeHandler(...answers);
  const transport = new Transport({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "hunter2-that-nobody-may-see" },
    requestHandler: handler,
    retry: RetryConfig.static({ delay: 0, maxAttempts: 4 }),
    decodeItem: (item) => item,
    ...options,
  });
  return { transport, handler };
}

/** A request like any other. */
export const request = { operation: "GetItem", body: "{}", tableName: "orders" };

/** What a promise is rejected with. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`not rejected: ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
