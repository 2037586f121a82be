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
}

const one = { way: "plain", seats: 1 } as const;
const many = { way: "plain", seats: 32 } as const;
const instant = { way: "instant", seats: 1 } as const;

export const tasks: readonly Task[] = [
  request("get-32", "Small GetItem, 32 at once", { ...many, task: "get" }),
  // A machine with little to do changes its speed from moment to moment: many short rounds meet all of them.
  { ...request("get-1", "Small GetItem, one at a time", { ...one, task: "get" }, 50), rounds: 4 },
  request("put-32", "Small PutItem, 32 at once", { ...many, task: "put" }),
  { ...request("put-1", "Small PutItem, one at a time", { ...one, task: "put" }, 50), rounds: 4 },
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
  return { name, title, kind: "requests", order, milliseconds, rounds: 1, processes: 1 };
}

function piece(name: PieceTask, title: string): Task {
  const order = { ...instant, task: name };
  return { name, title, kind: "pieces", order, milliseconds: 80, rounds: 1, processes: 1 };
}
