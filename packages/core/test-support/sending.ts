import type { HttpRequest } from "@smithy/types";
import type { ReceivedResponse, Sender } from "../src/http/sender.ts";

/** A request to a server on this machine. */
export function requestTo(port: number, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    port,
    path: "/",
    query: {},
    headers: { host: `127.0.0.1:${port}`, "x-amz-target": "DynamoDB_20120810.GetItem" },
    body: "{}",
    ...more,
  };
}

/** Sends a request, and gives its response or throws its fault. */
export function sendBy(sender: Sender, request: HttpRequest): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    sender.send(request, 1_000, { onResponse: resolve, onFault: reject });
  });
}
