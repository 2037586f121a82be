import { Client, type ClientOptions } from "../src/client.ts";
import { RetryConfig } from "../src/retry.ts";

/** One request as a script sees it. */
export interface Sent {
  readonly operation: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it sent
  readonly input: any;
  readonly signal: AbortSignal | undefined;
}

/** DynamoDB's refusal, as what a script returns. */
export class Refusal {
  readonly name: string;
  readonly members: object;

  constructor(name: string, members: object = {}) {
    this.name = name;
    this.members = members;
  }
}

/** Answers a request: with an output as it stands on the wire, or a `Refusal`. */
export type Script = (sent: Sent) => unknown;

/** A client that sends each request to a script and never retries, and what it has sent. */
export function scriptedClient(
  script: Script,
  options: ClientOptions = {},
): { readonly client: Client; readonly sent: readonly Sent[] } {
  const sent: Sent[] = [];
  const client = new Client({
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "hunter2-that-nobody-may-see" },
    retry: RetryConfig.none,
    requestHandler: {
      async handle({ headers, body }, { abortSignal } = {}) {
        const request = {
          operation: String(headers["x-amz-target"]).replace("DynamoDB_20120810.", ""),
          input: JSON.parse(String(body)) as unknown,
          signal: abortSignal,
        };
        sent.push(request);
        const answer = await script(request);
        return { response: toResponse(answer) };
      },
    },
    ...options,
  });
  return { client, sent };
}

function toResponse(answer: unknown) {
  const headers = { "x-amzn-requestid": "R1" };
  if (!(answer instanceof Refusal))
    return { statusCode: 200, headers, body: JSON.stringify(answer ?? {}) };
  const { name, members } = answer;
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...members };
  return { statusCode: 400, headers, body: JSON.stringify(body) };
}
