import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ReadableStream } from "node:stream/web";
import type { HandlerOptions } from "../recording/sent-request.ts";

/** `setTimeout` takes no more. */
export const longestTimer: number = 2 ** 31 - 1;

/** How long a request may be waited for. */
export interface Patience extends HandlerOptions {
  /** When the request was handed over, by `performance.now()`. */
  readonly began: number;
}

/** What one handler waits for. Every wait ends with its request's signal or request timeout, and all of them with `endAll()`. */
export class Waits {
  readonly #ends = new Set<(error: Error) => void>();

  /** Waits. @throws AbortError, TimeoutError, or an ECONNRESET at `endAll()`. */
  pause(milliseconds: number, patience: Patience): Promise<void> {
    return this.#until(patience, (resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      return () => clearTimeout(timer);
    });
  }

  /** Waits for ever. @throws as `pause`. */
  hang(patience: Patience): Promise<never> {
    return this.#until(patience, () => {
      // It holds the process, as an open connection would.
      const timer = setInterval(() => undefined, longestTimer);
      return () => clearInterval(timer);
    });
  }

  /** Reads a response's body to its end: a Node or web stream, a `Blob`, bytes or text. @throws as `pause`, or what the body does. */
  read(body: unknown, patience: Patience): Promise<Buffer> {
    return this.#until(patience, (resolve, reject) => {
      // A web stream that is being read can be let go of by its reader alone.
      const source = body instanceof ReadableStream ? Readable.fromWeb(body) : body;
      readBody(source).then(resolve, reject);
      return () => {
        if (source instanceof Readable) source.destroy();
      };
    });
  }

  /** Ends every wait that is under way. */
  endAll(): void {
    for (const end of this.#ends) end(connectionReset("socket hang up"));
  }

  /** @param begin - Begins what is waited for; returns what lets go of it where the wait ends early. */
  #until<Result>(
    { abortSignal, requestTimeout = 0, began }: Patience,
    begin: (resolve: (result: Result) => void, reject: (error: unknown) => void) => () => void,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (abortSignal?.aborted) return reject(abortError(abortSignal));
      let timer: NodeJS.Timeout | undefined;
      let letGo: (() => void) | undefined;
      const end = (): void => {
        clearTimeout(timer);
        this.#ends.delete(fail);
        if (knowsListeners(abortSignal)) abortSignal.removeEventListener("abort", onAbort);
      };
      const fail = (error: unknown): void => {
        end();
        letGo?.();
        reject(error);
      };
      const onAbort = (): void => fail(abortError(abortSignal));
      this.#ends.add(fail);
      if (knowsListeners(abortSignal)) {
        abortSignal.addEventListener("abort", onAbort, { once: true });
      } else if (abortSignal !== undefined) {
        // oxlint-disable-next-line unicorn/prefer-add-event-listener
        abortSignal.onabort = onAbort;
      }
      if (requestTimeout > 0) {
        const left = Math.max(0, began + requestTimeout - performance.now());
        timer = setTimeout(() => fail(timeoutError(requestTimeout)), left);
      }
      letGo = begin((result) => {
        end();
        resolve(result);
      }, fail);
    });
  }
}

/** The error of a connection that broke, as Node's HTTP throws it. */
export function connectionReset(message: string = "read ECONNRESET"): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET", errno: -104, syscall: "read" });
}

/** The error of a request that was aborted, as smithy's handlers throw it. */
export function abortError(signal: HandlerOptions["abortSignal"]): Error {
  const cause = knowsListeners(signal) ? signal.reason : undefined;
  const error = new Error("Request aborted", { cause });
  error.name = "AbortError";
  return error;
}

function knowsListeners(signal: HandlerOptions["abortSignal"]): signal is AbortSignal {
  return signal !== undefined && "addEventListener" in signal;
}

function timeoutError(milliseconds: number): Error {
  const error = new Error(
    `a request has exceeded the configured ${milliseconds} ms requestTimeout`,
  );
  error.name = "TimeoutError";
  return error;
}

async function readBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body, "utf8");
  if (body instanceof Uint8Array) return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(body);
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  return buffer(body as AsyncIterable<Uint8Array>);
}
