import { ConfigurationError, type RequestHandler } from "@fieldwise/core";
import { answerOf, toExchange } from "./answers.ts";
import { PassingHandler, type SmithyHandler } from "./passing-handler.ts";
import { PlausibleAnswers } from "./plausible-answers.ts";
import { RecordedRequest } from "./recorded-request.ts";
import { type HandlerOptions, type HandlerRequest, SentRequest } from "./sent-request.ts";

/** A request handler that remembers what was sent. */
export interface RecordingHandler extends SmithyHandler {
  /** What was sent so far, in order. Each attempt of a request that is sent again is one. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets what was sent so far. */
  clear(): void;
}

/** How `recordRequests` answers. */
export interface RecordingOptions {
  /**
   * Gives the wire output of a request: `{ Item: { id: { S: "a" } } }`. Where it gives nothing the request is answered with empty
   * success. An output with a member `__type` is an error of that name: `{ __type: "ConditionalCheckFailedException" }`. What it
   * throws is thrown as by a request handler: with a `code` such as `ECONNRESET` it is a connection that broke.
   */
  readonly answer?:
    | ((request: RecordedRequest) => object | undefined | Promise<object | undefined>)
    | undefined;
}

/**
 * Remembers what a client sends, for assertions and snapshots. Around a handler it passes everything on. Without one it needs
 * no server: every request is answered with success, as by a DynamoDB without any item.
 *
 * @example
 * const requestHandler = recordRequests();
 * const client = new Client({ requestHandler, region: "local", credentials: { accessKeyId: "-", secretAccessKey: "-" } });
 * await client.update("orders", { id: "o1" }, F("status").set("shipped"));
 * expect(requestHandler.requests.map(String)).toMatchInlineSnapshot();
 * // UpdateItem on orders
 * //   key: id = "o1"
 * //   update: SET status = "shipped"
 */
export function recordRequests(given: RequestHandler | RecordingOptions = {}): RecordingHandler {
  return new Recorder("handle" in given ? given : new AnsweringHandler(given));
}

class Recorder extends PassingHandler implements RecordingHandler {
  readonly requests: RecordedRequest[] = [];

  clear(): void {
    this.requests.length = 0;
  }

  override handle(
    request: HandlerRequest,
    options?: HandlerOptions,
  ): ReturnType<RequestHandler["handle"]> {
    this.requests.push(new RecordedRequest(new SentRequest(request)));
    return super.handle(request, options);
  }
}

/** Answers in a server's place. */
class AnsweringHandler implements RequestHandler {
  readonly #answer: RecordingOptions["answer"];
  readonly #plausible: PlausibleAnswers = new PlausibleAnswers();

  constructor({ answer }: RecordingOptions) {
    if (answer !== undefined && typeof answer !== "function")
      throw new ConfigurationError("answer is a function that gives the output of a request");
    this.#answer = answer;
  }

  async handle(request: HandlerRequest): ReturnType<RequestHandler["handle"]> {
    const recorded = new RecordedRequest(new SentRequest(request));
    const output = (await this.#answer?.(recorded)) ?? this.#plausible.answer(recorded);
    return toExchange(answerOf(output, statusOf(output), new Date()));
  }
}

function statusOf(output: object): number {
  const name = (output as Readonly<Record<string, unknown>>)["__type"];
  if (typeof name !== "string") return 200;
  if (/InternalServerError$|InternalFailure$/.test(name)) return 500;
  return /ServiceUnavailable(?:Exception)?$/.test(name) ? 503 : 400;
}
