import { crc32 } from "node:zlib";
import { electroTableName, manyTableName, orderKey, tableName } from "../data/names.ts";
import {
  manyItems,
  readItems,
  orderIdOf,
  orderOf,
  scannedItems,
  type Wire,
  wireOrder,
} from "../data/orders.ts";

/** How many items a page of about 1 MB of JSON holds. */
export const pageItems: number = Math.round(
  1_000_000 / (JSON.stringify(wireOrder(orderOf(0))).length + 1),
);
const scanPageItems = 2_000;

/** An answer, and the same as it goes over a connection. */
export interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly whole: Buffer;
}

type AnswerOf = (requestBody: string) => Answer;

/** Makes all answers, and finds the one for a request; `undefined` where there is none. */
export function createAnswers(): (operation: string, requestBody: string) => Answer | undefined {
  const plain = answersOf(tableName, (order) => order);
  const electro = answersOf(electroTableName, (order) => ({
    ...order,
    __edb_e__: { S: "order" },
    __edb_v__: { S: "1" },
  }));
  const many = manyPages();
  return (operation, requestBody) => {
    if (requestBody.includes(`"${manyTableName}"`)) return many(requestBody);
    const answers = requestBody.includes(`"${electroTableName}"`) ? electro : plain;
    return answers.get(operation)?.(requestBody);
  };
}

function answersOf(table: string, dress: (order: Wire) => Wire): ReadonlyMap<string, AnswerOf> {
  const itemOf = (index: number): Wire => dress(wireOrder(orderOf(index)));
  const itemsOf = (from: number, to: number): Wire[] =>
    Array.from({ length: to - from }, (_, index) => itemOf(from + index));

  const get = response({ Item: itemOf(0) });
  const nothing = response({});
  const unprocessed = response({ UnprocessedItems: {} });
  const page = response({
    Items: itemsOf(0, pageItems),
    Count: pageItems,
    ScannedCount: pageItems,
  });

  const batch = response({
    Responses: { [table]: itemsOf(0, readItems).toReversed() },
    UnprocessedKeys: {},
  });
  const transaction = response({ Responses: itemsOf(0, readItems).map((Item) => ({ Item })) });

  const scanPages = new Map<string, Answer>();
  for (let start = 0; start < scannedItems; start += scanPageItems) {
    const end = start + scanPageItems;
    const last = orderIdOf(end - 1);
    const answer = response({
      Items: itemsOf(start, end),
      Count: scanPageItems,
      ScannedCount: scanPageItems,
      ...(end < scannedItems && {
        LastEvaluatedKey: { customerId: { S: orderKey.customerId }, orderId: { S: last } },
      }),
    });
    scanPages.set(start === 0 ? "" : orderIdOf(start - 1), answer);
  }
  const scan: AnswerOf = (body) => {
    const start = /"ExclusiveStartKey".*?"orderId":\{"S":"([^"]+)"/.exec(body)?.[1] ?? "";
    const answer = scanPages.get(start);
    if (answer === undefined) throw new Error(`No page starts after ${start}`);
    return answer;
  };
  return new Map<string, AnswerOf>([
    ["GetItem", () => get],
    ["PutItem", () => nothing],
    ["UpdateItem", () => nothing],
    ["Query", () => page],
    ["Scan", scan],
    ["BatchGetItem", () => batch],
    ["TransactGetItems", () => transaction],
    ["BatchWriteItem", () => unprocessed],
    ["TransactWriteItems", () => nothing],
  ]);
}

/** Pages of about 1 MB of a table that is too long to be made. */
function manyPages(): AnswerOf {
  const items = JSON.stringify(
    Array.from({ length: pageItems }, (_, index) => wireOrder(orderOf(index))),
  );
  return (body) => {
    const start = Number(/"ExclusiveStartKey".*?"orderId":\{"S":"2026-(\d+)"/.exec(body)?.[1] ?? 0);
    const segments = Number(/"TotalSegments":(\d+)/.exec(body)?.[1] ?? 1);
    const end = start + pageItems;
    const key = { customerId: { S: orderKey.customerId }, orderId: { S: orderIdOf(end) } };
    const next = end < manyItems / segments ? `,"LastEvaluatedKey":${JSON.stringify(key)}` : "";
    return wholeAnswer(
      Buffer.from(`{"Items":${items},"Count":${pageItems},"ScannedCount":${pageItems}${next}}`),
    );
  };
}

function response(output: unknown): Answer {
  return wholeAnswer(Buffer.from(JSON.stringify(output)));
}

function wholeAnswer(body: Buffer): Answer {
  const headers = {
    server: "Server",
    date: new Date().toUTCString(),
    "content-type": "application/x-amz-json-1.0",
    "content-length": String(body.length),
    connection: "keep-alive",
    "x-amzn-requestid": "Q5K8N2B7V4T1M9C6X3Z0L8P5R2D7F4G1H6J3S9W0EXAMPLEQAJJG",
    "x-amz-crc32": String(crc32(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join("")}\r\n`);
  return { headers, body, whole: Buffer.concat([head, body]) };
}
