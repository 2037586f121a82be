import type { HttpRequest } from "@smithy/types";
import type { ReceivedHeaders } from "./headers.ts";

/** A whole response: status, headers and every byte of the body. */
export interface ReceivedResponse {
  readonly statusCode: number;
  readonly headers: ReceivedHeaders;
  readonly body: Buffer;
}

/** Is told how a request ended: once, by one of the two. */
export interface ResponseListener {
  onResponse(response: ReceivedResponse): void;
  onFault(fault: unknown): void;
}

/** Sends one request and reads its whole response. */
export interface Sender {
  /**
   * Sends a request. Never throws: what goes wrong is a fault.
   *
   * @param timeout - Milliseconds that the whole request may take. The caller sees to it; a sender may do so as well.
   * @returns what ends the request at once, and lets go of its connection. Nothing that the listener is told afterwards counts.
   */
  send(
    request: HttpRequest,
    timeout: number,
    listener: ResponseListener,
  ): (reason: unknown) => void;
}
