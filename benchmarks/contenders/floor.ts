import { Agent as PlainAgent, type ClientRequest, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { Socket } from "node:net";
import { tableName } from "../data/names.ts";
import { batchSize, orderOf, readKeys, transaction, wireOrder } from "../data/orders.ts";
import type { Connection, Contender } from "./contender.ts";

/** How `node:http` is used: as its documentation shows, or with every shortcut that core takes as well. */
type Use = "plain" | "least";

/**
 * What a client over `node:http` does at any rate: constant bodies that are already signed, a connection kept alive, and
 * `JSON.parse` of the answer. No item is decoded, no checksum looked at, nothing timed out or retried.
 */
export function createContender({ endpoint }: Connection): Contender {
  return floor(endpoint, "plain");
}

/** The floor, by this use of `node:http`. */
export function floor(endpoint: string, use: Use): Contender {
  const { hostname, port, protocol } = new URL(endpoint);
  const secure = protocol === "https:";
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new PlainAgent({ keepAlive: true });
  if (use === "least") saveWork(agent);
  const request = secure ? secureRequest : plainRequest;

  function prepare(operation: string, input: object): () => Promise<Record<string, unknown>> {
    const body = JSON.stringify(input);
    const headers = headersOf(operation, body);
    const options = {
      agent,
      hostname,
      port,
      path: "/",
      method: "POST",
      // Names and values in turn are written as they are, and nothing is added to them.
      headers:
        use === "least"
          ? ["host", `${hostname}:${port}`, ...Object.entries(headers).flat()]
          : headers,
    };
    // All of it is ASCII, and Latin-1 is written faster.
    const encoding = use === "least" ? "latin1" : "utf8";
    return () =>
      new Promise((resolve, reject) => {
        const sent = request(options, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
            resolve(JSON.parse((bytes as Buffer).toString()) as Record<string, unknown>);
          });
          response.on("error", reject);
        });
        sent.on("error", reject);
        sent.end(body, encoding);
      });
  }

  const wire = wireInputs();
  const query = prepare("Query", wire.query);
  const batchGet = prepare("BatchGetItem", wire.batchGet);
  const transactGet = prepare("TransactGetItems", wire.transactGet);
  return {
    get: prepare("GetItem", wire.get),
    put: prepare("PutItem", wire.put),
    batchWrite: prepare("BatchWriteItem", wire.batchWrite),
    transactWrite: prepare("TransactWriteItems", wire.transactWrite),
    async batchGet() {
      const { Responses } = await batchGet();
      return (Responses as Record<string, unknown[]>)[tableName]?.length ?? 0;
    },
    async transactGet() {
      return ((await transactGet())["Responses"] as unknown[]).length;
    },
    async query() {
      return ((await query())["Items"] as unknown[]).length;
    },
    async scan() {
      let count = 0;
      let startKey: unknown;
      do {
        const page = await prepare("Scan", {
          TableName: tableName,
          ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
        })();
        for (const item of page["Items"] as unknown[]) if (item !== undefined) count++;
        startKey = page["LastEvaluatedKey"];
      } while (startKey !== undefined);
      return count;
    },
  };
}

/** What an agent is asked for each request. Node's types leave it out. */
interface AgentWithRequests extends PlainAgent {
  addRequest(request: ClientRequest, options: object): void;
}

/** Leaves out what an agent does for each request and a client of one server doesn't need: connections stay in use. */
function saveWork(agent: PlainAgent): void {
  const idle: Socket[] = [];
  const { addRequest } = agent as AgentWithRequests;
  (agent as AgentWithRequests).addRequest = (request, options) => {
    const socket = idle.pop();
    if (socket === undefined) return addRequest.call(agent, request, options);
    request.reusedSocket = true;
    request.onSocket(socket);
  };
  agent.removeAllListeners("free");
  agent.on("free", (socket: Socket) => idle.push(socket));
}

function headersOf(operation: string, body: string): Record<string, string> {
  return {
    "content-type": "application/x-amz-json-1.0",
    "content-length": String(Buffer.byteLength(body)),
    "x-amz-target": `DynamoDB_20120810.${operation}`,
    "x-amz-date": "20261122T100000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/dynamodb/aws4_request, " +
      "SignedHeaders=content-type;host;x-amz-date;x-amz-target, " +
      "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  };
}

function wireInputs() {
  const order = wireOrder(orderOf(0));
  const keyOf = ({ customerId, orderId }: { customerId: string; orderId: string }) => ({
    customerId: { S: customerId },
    orderId: { S: orderId },
  });
  return {
    get: { TableName: tableName, Key: keyOf(orderOf(0)) },
    put: { TableName: tableName, Item: order },
    query: {
      TableName: tableName,
      KeyConditionExpression: "customerId = :c",
      ExpressionAttributeValues: { ":c": { S: "c1" } },
    },
    batchGet: { RequestItems: { [tableName]: { Keys: readKeys.map(keyOf) } } },
    transactGet: {
      TransactItems: readKeys.map((key) => ({ Get: { TableName: tableName, Key: keyOf(key) } })),
    },
    batchWrite: {
      RequestItems: {
        [tableName]: Array.from({ length: batchSize }, (_, index) => ({
          PutRequest: { Item: wireOrder(orderOf(index)) },
        })),
      },
    },
    transactWrite: {
      TransactItems: [
        ...transaction.puts.map((put) => ({ Put: { TableName: tableName, Item: wireOrder(put) } })),
        ...transaction.updates.map((key) => ({
          Update: {
            TableName: tableName,
            Key: keyOf(key),
            UpdateExpression: "SET #s = :s ADD #t :t",
            ConditionExpression: "#s = :p",
            ExpressionAttributeNames: { "#s": "status", "#t": "total" },
            ExpressionAttributeValues: {
              ":s": { S: "shipped" },
              ":t": { N: "2" },
              ":p": { S: "placed" },
            },
          },
        })),
        { Delete: { TableName: tableName, Key: keyOf(transaction.delete) } },
        {
          ConditionCheck: {
            TableName: tableName,
            Key: keyOf(transaction.check),
            ConditionExpression: "attribute_exists(orderId)",
          },
        },
      ],
    },
  };
}
