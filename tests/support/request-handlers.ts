import type { RequestHandler } from "@fieldwise/core";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { HttpRequest } from "@smithy/types";

type Exchange = Awaited<ReturnType<RequestHandler["handle"]>>;

/** A request as it was sent: the operation, its input, and the headers. */
export interface SentRequest {
  readonly operation: string;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly input: any;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a server answered, or what a test answers in its place. */
export interface Reply {
  readonly statusCode: number;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Decides on a request: `send` brings it to the server; to throw is a connection that breaks. */
export type Interception = (
  request: SentRequest,
  send: () => Promise<Reply>,
) => Promise<Reply> | Reply;

/** A request handler that remembers what was sent and, where asked, answers in the server's place. */
export class RecordingHandler implements RequestHandler {
  readonly requests: SentRequest[] = [];
  readonly #intercept: Interception | undefined;
  readonly #inner = new NodeHttpHandler();

  constructor(intercept?: Interception) {
    this.#intercept = intercept;
  }

  /** The names of the operations sent, in order. */
  get operations(): readonly string[] {
    return this.requests.map(({ operation }) => operation);
  }

  async handle(
    request: HttpRequest,
    options: Parameters<RequestHandler["handle"]>[1] = {},
  ): Promise<Exchange> {
    const sent: SentRequest = {
      operation: (request.headers["x-amz-target"] ?? "").replace(/^.*\./, ""),
      input: JSON.parse(String(request.body)),
      headers: request.headers,
    };
    this.requests.push(sent);
    // The handler takes plain objects; only its declared type is the class.
    const forward = (): Promise<Exchange> => this.#inner.handle(request as never, options);
    if (this.#intercept === undefined) return forward();
    const { statusCode, body } = await this.#intercept(sent, async () => {
      const { response } = await forward();
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
      return {
        statusCode: response.statusCode,
        body: JSON.parse(Buffer.concat(chunks).toString() || "{}"),
      };
    });
    return { response: { statusCode, headers: {}, body: JSON.stringify(body) } };
  }

  destroy(): void {
    this.#inner.destroy();
  }
}

/** An error answer of DynamoDB's. */
export function failure(wireName: string, message = "", statusCode = 400): Reply {
  return {
    statusCode,
    body: { __type: `com.amazonaws.dynamodb.v20120810#${wireName}`, message },
  };
}
