import { Readable } from "node:stream";
import type { HttpRequest, HttpResponse } from "@smithy/types";
import type { RequestHandler, RequestHandlerOptions } from "../src/http/request-handler.ts";

/** What a fake handler does with one request: answers, or throws. */
export type FakeAnswer = Partial<HttpResponse> | Error | (() => Promise<Partial<HttpResponse>>);

export interface FakeHandler extends RequestHandler {
  /** What was sent, in order. */
  readonly requests: HttpRequest[];
  readonly options: RequestHandlerOptions[];
}

/** Answers requests one after another, the last answer from then on. */
export function fakeHandler(...answers: readonly FakeAnswer[]): FakeHandler {
  const requests: HttpRequest[] = [];
  const options: RequestHandlerOptions[] = [];
  return {
    requests,
    options,
    async handle(request, given = {}) {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(request);
      options.push(given);
      if (answer instanceof Error) throw answer;
      const response = typeof answer === "function" ? await answer() : (answer ?? {});
      return { response: { statusCode: 200, headers: {}, body: "{}", ...response } };
    },
  };
}

/** A body as Node's HTTP gives it. */
export function streamOf(...chunks: readonly string[]): Readable {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

/** DynamoDB's answer with an error. */
export function errorAnswer(
  name: string,
  {
    statusCode = 400,
    headers = {},
    ...body
  }: { statusCode?: number; headers?: Record<string, string>; [member: string]: unknown } = {},
): Partial<HttpResponse> {
  return {
    statusCode,
    headers,
    body: JSON.stringify({
      __type: `com.amazonaws.dynamodb.v20120810#${name}`,
      message: `${name} it is`,
      ...body,
    }),
  };
}
