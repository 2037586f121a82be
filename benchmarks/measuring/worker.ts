/** The process of one contender: loads its module, and measures what its parent asks for. */
import { Readable } from "node:stream";
import type {
  Connection,
  Contender,
  ContenderModule,
  InstantHandler,
} from "../contenders/contender.ts";
import { readItems, scannedItems } from "../data/orders.ts";
import type { PiecesModule } from "../pieces/pieces.ts";
import { createAnswers, pageItems } from "../stub-server/answers.ts";
import { type Figures, measure } from "./measure.ts";

/** What the parent says first. */
export interface Introduction {
  readonly module: string;
  readonly endpoint: string;
  readonly secureEndpoint: string;
}

/** One measurement. */
export interface Order {
  readonly task: string;
  /** Over TLS, over a plain connection, or without any: the answer comes from within the process. */
  readonly way: "secure" | "plain" | "instant";
  readonly seats: number;
  /** CPU time to spend. */
  readonly milliseconds: number;
}

export type Reply =
  | { readonly figures: Figures }
  | { readonly error: string }
  /** The contender does not have it. */
  | { readonly missing: true };

type Call = () => unknown;

let introduction: Introduction | undefined;
const made = new Map<string, Promise<Readonly<Record<string, Call>> | undefined>>();
const checked = new Set<string>();

process.on("message", (message: Introduction | Order) => {
  if ("module" in message) introduction = message;
  else
    obey(message).then(
      (reply) => process.send?.(reply),
      (error: unknown) =>
        process.send?.({
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    );
});
process.on("disconnect", () => process.exit());

async function obey(order: Order): Promise<Reply> {
  const calls = await callsOf(order.way);
  const call = calls?.[order.task];
  if (call === undefined) return { missing: true };
  const name = `${order.way} ${order.task}`;
  if (!checked.has(name)) {
    // Twice, as some change what they are given.
    check(order.task, await call());
    check(order.task, await call());
    checked.add(name);
  }
  return { figures: await measure(call, order) };
}

function callsOf(way: Order["way"]): Promise<Readonly<Record<string, Call>> | undefined> {
  let calls = made.get(way);
  if (calls === undefined) made.set(way, (calls = create(way)));
  return calls;
}

async function create(way: Order["way"]): Promise<Readonly<Record<string, Call>> | undefined> {
  if (introduction === undefined) throw new Error("Nobody said which contender this is");
  const module = (await import(introduction.module)) as ContenderModule | PiecesModule;
  if ("createPieces" in module) return module.createPieces();
  if (way === "instant" && module.takesHandler !== true) return undefined;
  const { endpoint, secureEndpoint } = introduction;
  const connection: Connection = {
    endpoint: way === "secure" ? secureEndpoint : endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
    ...(way === "instant" && { requestHandler: instantHandler() }),
  };
  const contender: Partial<Contender> = await module.createContender(connection);
  return { ...contender };
}

/** A contender that reads something else than was there would be fast for nothing. */
function check(task: string, result: unknown): void {
  const expected: Readonly<Record<string, boolean>> = {
    get: JSON.stringify(result)?.includes("leave it at the door"),
    query: result === pageItems,
    batchGet: result === readItems,
    transactGet: result === readItems,
    scan: result === scannedItems,
  };
  if (expected[task] === false) throw new Error(`${task} gave ${JSON.stringify(result)}`);
}

function instantHandler(): InstantHandler {
  const answerOf = createAnswers();
  return {
    async handle({ headers, body }) {
      const operation = headers["x-amz-target"]?.split(".")[1] ?? "";
      const text = typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array);
      const answer = answerOf(operation, text);
      if (answer === undefined) throw new Error(`No answer to ${operation}`);
      return {
        response: {
          statusCode: 200,
          headers: { ...answer.headers },
          body: Readable.from([answer.body]),
        },
      };
    },
    destroy() {},
  };
}
