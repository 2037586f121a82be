import type { Contender } from "../contenders/contender.ts";
import type { PieceTask } from "../pieces/pieces.ts";
import type { Order } from "./worker.ts";

/** One table of the results. */
export interface Task {
  readonly name: string;
  readonly title: string;
  /** Contenders make requests; the makers of pieces need no server. */
  readonly kind: "requests" | "pieces";
  readonly order: Omit<Order, "milliseconds" | "task"> & {
    readonly task: keyof Contender | PieceTask;
  };
  /** Tasks that take long for one call are given more time. */
  readonly milliseconds: number;
  /** How many times as many rounds as usual. */
  readonly rounds: number;
  /** How many processes, one after another, each contender's rounds are spread over. */
  readonly processes: number;
  /** Whether client and server take turns on one processor. */
  readonly oneProcessor: boolean;
}

const one = { way: "plain", seats: 1 } as const;
const many = { way: "plain", seats: 32 } as const;
const instant = { way: "instant", seats: 1 } as const;

export const tasks: readonly Task[] = [
  request("get-32", "Small GetItem, 32 at once", { ...many, task: "get" }),
  oneAtATime("get-1", "Small GetItem, one at a time", "get"),
  request("put-32", "Small PutItem, 32 at once", { ...many, task: "put" }),
  oneAtATime("put-1", "Small PutItem, one at a time", "put"),
  apart("get-1-apart", "Small GetItem, one at a time, client and server on two processors", "get"),
  apart("put-1-apart", "Small PutItem, one at a time, client and server on two processors", "put"),
  request("get-32-tls", "Small GetItem over TLS, 32 at once", {
    ...many,
    way: "secure",
    task: "get",
  }),
  // How a process collects the garbage of pages, between them or in the midst of one, is settled by chance when it begins.
  {
    ...request("query", "Query page of about 1 MB to plain items", { ...one, task: "query" }, 200),
    processes: 5,
  },
  request("scan", "Scan of 10,000 items as an async iterable", { ...one, task: "scan" }, 200),
  request("batch-get", "BatchGetItem of 100 items", { ...one, task: "batchGet" }),
  request("transact-get", "TransactGetItems of 100 items", { ...one, task: "transactGet" }),
  request("batch-write", "BatchWriteItem of 25 items", { ...one, task: "batchWrite" }),
  request("transact-write", "TransactWriteItems of 10 actions", { ...one, task: "transactWrite" }),
  request("get-instant", "GetItem without the network", { ...instant, task: "get" }),
  request("put-instant", "PutItem without the network", { ...instant, task: "put" }),
  request(
    "query-instant",
    "The Query page without the network",
    { ...instant, task: "query" },
    250,
  ),
  piece("sign", "Signing a GetItem"),
  piece("encode", "An order to DynamoDB's JSON text"),
  piece("decode", "An order's attribute values to a plain item"),
  piece("decodePage", "The text of the Query page to plain items"),
  piece("expression", "Building an update of two actions with a condition"),
];

function request(name: string, title: string, order: Task["order"], milliseconds = 100): Task {
  const once = { rounds: 1, processes: 1, oneProcessor: false };
  return { name, title, kind: "requests", order, milliseconds, ...once };
}

/** How long one call takes. What code a process has made fast, and how well, is settled by chance as well. */
function oneAtATime(name: string, title: string, task: "get" | "put"): Task {
  const short = request(name, title, { ...one, task }, 50);
  return { ...short, rounds: 4, processes: 3, oneProcessor: true };
}

/** A machine with little to do changes its speed from moment to moment: many short rounds meet all of them. */
function apart(name: string, title: string, task: "get" | "put"): Task {
  return { ...request(name, title, { ...one, task }, 50), rounds: 4 };
}

function piece(name: PieceTask, title: string): Task {
  return { ...request(name, title, { ...instant, task: name }, 80), kind: "pieces" };
}
