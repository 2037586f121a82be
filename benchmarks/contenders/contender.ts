import type { HttpRequest, HttpResponse } from "@smithy/types";

/** What a contender is given: where the server is, and what to sign with. */
export interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Instead of the contender's own; for those that take one. */
  readonly requestHandler?: InstantHandler;
}

/** Answers requests within the process. */
export interface InstantHandler {
  handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
  destroy(): void;
}

/** The requests that are measured, each as the contender's users would make it. */
export interface Contender {
  /** Reads one order. */
  get(): Promise<unknown>;
  /** Writes one order. */
  put(): Promise<unknown>;
  /** Reads one page of about 1 MB. @returns how many items it holds. */
  query(): Promise<number>;
  /** Reads 10,000 items one by one. @returns how many there were. */
  scan(): Promise<number>;
  /** Reads 100 orders in one request. @returns how many were found. */
  batchGet(): Promise<number>;
  /** Reads 100 orders in one transaction. @returns how many were found. */
  transactGet(): Promise<number>;
  /** Writes 25 orders in one request. */
  batchWrite(): Promise<unknown>;
  /** Four puts, four updates, a delete and a check in one transaction. */
  transactWrite(): Promise<unknown>;
}

/** What a module of a contender exports. A contender may leave tasks to others. */
export interface ContenderModule {
  /** Whether it sends by a request handler that can be exchanged. */
  readonly takesHandler?: boolean;
  readonly createContender: (
    connection: Connection,
  ) => Partial<Contender> | Promise<Partial<Contender>>;
}
