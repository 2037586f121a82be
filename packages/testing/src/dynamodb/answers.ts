import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as delay } from "node:timers/promises";

const pollInterval = 5;

// Servers read the region and the access key, and check no signature. AWS answers with a 4xx, which is an answer too.
const headers: Record<string, string> = {
  "content-type": "application/x-amz-json-1.0",
  "x-amz-target": "DynamoDB_20120810.ListTables",
  "x-amz-date": "20200101T000000Z",
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0",
};

/** Sends ListTables and resolves to the HTTP status; rejects when nobody answers. */
async function listTables(endpoint: URL, timeout: number): Promise<number> {
  const send = endpoint.protocol === "https:" ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(
      endpoint,
      // A connection of its own, so that no idle socket stays behind.
      { method: "POST", headers, agent: false, signal: AbortSignal.timeout(timeout) },
      resolve,
    );
    request.once("error", reject);
    request.end("{}");
  });
  response.resume();
  return response.statusCode ?? 0;
}

/**
 * Waits until a DynamoDB answers at the endpoint.
 *
 * @param endpoint where to ask
 * @param timeout how long to go on asking, in milliseconds
 * @param isOver tells, before each try, whether waiting has become pointless
 * @returns `undefined` when it answers, otherwise what the last try came to
 */
export async function untilItAnswers(
  endpoint: URL,
  timeout: number,
  isOver: () => boolean = () => false,
): Promise<Error | undefined> {
  const deadline = Date.now() + timeout;
  let failure: Error | undefined;
  for (;;) {
    try {
      const status = await listTables(endpoint, Math.max(1, deadline - Date.now()));
      if (status < 500) return undefined;
      failure = new Error(`HTTP status ${status}`);
    } catch (error) {
      // A try that the deadline cut off says less than the one before it.
      if ((error as Error).name !== "AbortError") failure = error as Error;
    }
    if (isOver() || Date.now() + pollInterval >= deadline) {
      return failure ?? new Error("a connection, but no answer");
    }
    await delay(pollInterval);
  }
}
