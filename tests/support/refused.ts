import { Client } from "@fieldwise/core";
import { expect } from "vitest";
import { RecordingHandler } from "./request-handlers.ts";

/** A bad input: what it is, and the error and message it gives. */
export type Refused = readonly [
  title: string,
  name: "AttributeValueError" | "ExpressionError" | "InvalidInput",
  message: RegExp,
  attempt: (client: Client) => unknown,
];

/** Passes on an input that the types don't allow, as untyped callers do. */
export const untyped = (value: unknown): never => value as never;

/** The error of a bad input; fails where there is none, and where a request was sent before it. */
export async function errorBeforeAnyRequest(
  attempt: (client: Client) => unknown,
): Promise<Error & { readonly path?: string }> {
  const requestHandler = new RecordingHandler(() => ({ statusCode: 200, body: {} }));
  const client = new Client({
    region: "local",
    endpoint: "http://127.0.0.1:9",
    credentials: { accessKeyId: "local", secretAccessKey: "local-secret-that-nobody-may-see" },
    requestHandler,
  });
  let error: unknown;
  try {
    await attempt(client);
  } catch (thrown) {
    error = thrown;
  }
  expect(requestHandler.operations).toEqual([]);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}
