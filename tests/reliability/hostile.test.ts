/* oxlint-disable vitest/expect-expect -- each answer is checked by checkCall */
import { inspect } from "node:util";
import {
  Client,
  type ClientOptions,
  FieldwiseError,
  isFieldwiseError,
  NumberValue,
  type RequestHandler,
  RetryConfig,
} from "@fieldwise/core";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordFigure } from "./figures.ts";
import { type HostileAnswer, hostileAnswers } from "./hostile-answers.ts";
import type { HostileCall } from "./hostile-call.ts";
import { coreCalls } from "./hostile-core-calls.ts";
import { schemaCalls } from "./hostile-schema-calls.ts";
import { framing, HostileServer, mostAnswers } from "./hostile-server.ts";
import { profile } from "./profile.ts";

const credentials = {
  accessKeyId: "AKIAHOSTILEEXAMPLE",
  secretAccessKey: "hostile/secret+access+key/0123456789abcd",
  sessionToken: "IQoJhostile//session+token/0123456789abcdefghijklmnopqrstuvwxyz==",
};
const options: ClientOptions = {
  region: "eu-west-1",
  credentials,
  retry: RetryConfig.static({ delay: 0, maxAttempts: 2 }),
  retryBudget: false,
};
const hostileCalls = [...coreCalls, ...schemaCalls];
const longestMessage = 11_000;
const figures = { values: 0, errors: 0, longestMessage: 0, slowestMs: 0 };

/** Signatures of the requests of one call. */
const signatures = new Set<string>();
function noteSignature(sent: Readonly<Record<string, string>>): void {
  signatures.add(/Signature=(\w+)/.exec(sent["authorization"] ?? "")?.[1] ?? "none");
}

const inherited = (): string =>
  [Object, Array, Function, Map, Set, String, Error]
    .flatMap(({ prototype }) => Reflect.ownKeys(prototype as object).map(String))
    .join();
const inheritedBefore = inherited();

/** Fails where a call gives anything but a right value or an error of the library that says where it happened. */
async function checkCall(call: HostileCall, client: Client): Promise<void> {
  const begun = performance.now();
  signatures.clear();
  try {
    const result = await withinTime(call.run(client), call.name);
    call.check(result as never);
    figures.values++;
  } catch (error) {
    if (!isFieldwiseError(error)) throw error;
    checkError(error, call.operation);
    figures.errors++;
  }
  figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - begun));
  expect(inherited()).toBe(inheritedBefore);
}

function checkError(error: FieldwiseError, operation: string): void {
  expect(error).toBeInstanceOf(FieldwiseError);
  figures.longestMessage = Math.max(figures.longestMessage, error.message.length);
  expect(error.message.length).toBeLessThan(longestMessage);
  const { operation: named, tableName } = error as { operation?: string; tableName?: string };
  // What an item lacks is said of its table; all else of its operation.
  if (tableName === undefined && named === undefined) expect(error.message).toContain(operation);
  const seen = `${inspect(error, { depth: 6, showHidden: true, maxStringLength: null })} ${error.message} ${error.stack} ${JSON.stringify(error)}`;
  for (const secret of [credentials.secretAccessKey, credentials.sessionToken, ...signatures]) {
    if (seen.includes(secret)) expect.unreachable(`a secret in ${seen}`);
  }
}

async function withinTime<T>(promise: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} hangs`)), 20_000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const callAndAnswer = fc
  .constantFrom(...hostileCalls)
  .chain((call) => fc.tuple(fc.constant(call), hostileAnswers(call.right)));

const shown = ([call, answer]: readonly [HostileCall, HostileAnswer]): string =>
  `${call.name}: ${answer.what}`;

/** Runs a property; what fails says which call and which answer it was. */
async function check(
  numRuns: number,
  run: (call: HostileCall, answer: HostileAnswer, framing: string) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(callAndAnswer, framing, async (pair, frame) => {
      try {
        await run(...pair, frame);
      } catch (cause) {
        throw new Error(`${frame} ${shown(pair)}\n${inspect(cause)}`, { cause });
      }
    }),
    { seed: profile.seed, numRuns, endOnFailure: true },
  );
}

describe("a hostile server", () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  const server = new HostileServer(noteSignature);
  let endpoint = "";
  beforeAll(async () => {
    process.on("unhandledRejection", onUnhandled);
    endpoint = await server.start();
  });
  afterAll(async () => {
    await server.stop();
    process.off("unhandledRejection", onUnhandled);
    for (const [name, value] of Object.entries(figures)) recordFigure("hostile input", name, value);
  });

  test("as a right one its calls give values", async () => {
    for (const call of hostileCalls) {
      const client = new Client({ ...options, requestHandler: answering(() => rightAnswer(call)) });
      const outcome = await call.run(client).then(
        (result) => {
          call.check(result as never);
          return undefined;
        },
        (error: Error) => error.message.replace(/:.*/, ""),
      );
      const looping = /without end|listTables|listTags/.test(call.name);
      expect([call.name, outcome]).toEqual([
        call.name,
        looping ? "the page ends where it began" : undefined,
      ]);
    }
  });

  test.each(["number", "bigint", "string", NumberValue.from] as const)(
    "behind a request handler gives values or typed errors (numbers %o)",
    async (numbers) => {
      let current: HostileAnswer;
      let answered = 0;
      const requestHandler = answering(() => {
        if (++answered > mostAnswers) throw new Error("the server went away");
        return current;
      });
      const client = new Client({ ...options, numbers, requestHandler });
      await check(
        profile.pick(1, 15) * (numbers === "number" ? 1_000 : 250),
        async (call, answer) => {
          current = answer;
          answered = 0;
          await checkCall(call, client);
        },
      );
    },
    600_000,
  );

  test("over HTTP gives values or typed errors", async () => {
    const client = new Client({
      ...options,
      endpoint,
      requestTimeout: 100,
      connectionTimeout: 5_000,
    });
    await check(profile.pick(200, 3_000), async (call, answer, frame) => {
      server.answer = answer;
      server.framing = frame;
      await checkCall(call, client);
      server.hangUp();
    });
    client.destroy();
  }, 600_000);

  test("leaves no rejection that nobody handles", async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toEqual([]);
  });
});

function answering(answer: () => HostileAnswer): RequestHandler {
  return {
    async handle({ headers: sent }) {
      noteSignature(sent);
      const { statusCode, render } = answer();
      return { response: { statusCode, ...render(sent) } };
    },
  };
}

function rightAnswer({ right }: HostileCall): HostileAnswer {
  const body = Buffer.from(JSON.stringify(right));
  return { statusCode: 200, what: "right", render: () => ({ headers: {}, body }) };
}
