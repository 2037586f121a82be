import type { HandlerRequest, SentRequest } from "../recording/sent-request.ts";
import { isObject } from "../recording/sent-request.ts";
import { answerOf, type WholeAnswer, withBody } from "../recording/answers.ts";
import type { Draw } from "./chance.ts";
import type { UnprocessedFault } from "./plan.ts";

/** The operations that answer with what they did not process. */
export const batchOperations: ReadonlySet<string> = new Set(["BatchGetItem", "BatchWriteItem"]);

type Json = Readonly<Record<string, unknown>>;

/** A batch in two parts, each as it stands under RequestItems. */
export interface Division {
  readonly sent: Json;
  readonly heldBack: Json;
}

/** Divides a batch by chance. @returns `undefined` where nothing is held back, or the request is no batch. */
export function divideBatch(
  { operation, input }: SentRequest,
  { share, tables }: UnprocessedFault,
  draw: Draw,
): Division | undefined {
  const items = input["RequestItems"];
  if (!batchOperations.has(operation) || !isObject(items)) return undefined;
  const selected = Object.entries(items).filter(
    ([table]) => tables === undefined || tables.includes(table),
  );
  const places = selected.flatMap(([table, request]) =>
    entriesOf(request).map((_, index) => ({ table, index })),
  );
  const wanted = places.length * share;
  const count = Math.floor(wanted) + (draw() < wanted % 1 ? 1 : 0);
  if (count === 0) return undefined;
  const chosen = new Map<string, Set<number>>();
  for (let left = count; left > 0; left--) {
    const [place] = places.splice(Math.floor(draw() * places.length), 1);
    const indexes = chosen.get(place!.table) ?? new Set();
    chosen.set(place!.table, indexes.add(place!.index));
  }
  const sent: [string, unknown][] = [];
  const heldBack: [string, unknown][] = [];
  for (const [table, request] of Object.entries(items)) {
    const entries = entriesOf(request);
    const indexes = chosen.get(table);
    const stays = entries.filter((_, index) => indexes?.has(index) !== true);
    const held = entries.filter((_, index) => indexes?.has(index) === true);
    if (held.length === 0) sent.push([table, request]);
    else if (stays.length > 0) sent.push([table, withEntries(request, stays)]);
    if (held.length > 0) heldBack.push([table, withEntries(request, held)]);
  }
  // Not by assignment: `__proto__` is the name of a table, too.
  return { sent: Object.fromEntries(sent), heldBack: Object.fromEntries(heldBack) };
}

/** The request for the part that is sent; `undefined` where nothing is. */
export function remainingRequest(
  request: HandlerRequest,
  { input }: SentRequest,
  { sent }: Division,
): HandlerRequest | undefined {
  if (Object.keys(sent).length === 0) return undefined;
  const body = JSON.stringify({ ...input, RequestItems: sent });
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) =>
      name.toLowerCase() === "content-length"
        ? [name, String(Buffer.byteLength(body))]
        : [name, value],
    ),
  );
  // Handlers take plain objects as well as requests of smithy's class, whose methods none of them uses.
  const { method, protocol, hostname, port, path, query, username, password, fragment } = request;
  const address = { method, protocol, hostname, path, ...(port !== undefined && { port }) };
  return {
    ...address,
    ...(query !== undefined && { query }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(fragment !== undefined && { fragment }),
    headers,
    body,
  };
}

/** DynamoDB's answer to a batch of which nothing was processed. */
export function nothingProcessed(
  { operation }: SentRequest,
  { heldBack }: Division,
  date: Date,
): WholeAnswer {
  return answerOf(
    operation === "BatchWriteItem"
      ? { UnprocessedItems: heldBack }
      : { Responses: emptyLists(heldBack), UnprocessedKeys: heldBack },
    200,
    date,
  );
}

/** Adds what was held back to the server's answer; leaves an error as it is. */
export function addUnprocessed(
  { operation }: SentRequest,
  { heldBack }: Division,
  answer: WholeAnswer,
): WholeAnswer {
  if (answer.statusCode !== 200) return answer;
  const output = JSON.parse(answer.body.toString("utf8")) as Json;
  if (operation === "BatchWriteItem") {
    const UnprocessedItems = joined(output["UnprocessedItems"], heldBack);
    return withBody(answer, { ...output, UnprocessedItems });
  }
  const Responses = { ...emptyLists(heldBack), ...(output["Responses"] as object | undefined) };
  const UnprocessedKeys = joined(output["UnprocessedKeys"], heldBack);
  return withBody(answer, { ...output, Responses, UnprocessedKeys });
}

function emptyLists(tables: Json): Json {
  return Object.fromEntries(Object.keys(tables).map((table) => [table, []]));
}

function joined(unprocessed: unknown, heldBack: Json): Json {
  const all = new Map(isObject(unprocessed) ? Object.entries(unprocessed) : []);
  for (const [table, request] of Object.entries(heldBack)) {
    const before = all.get(table);
    all.set(
      table,
      before === undefined
        ? request
        : withEntries(request, [...entriesOf(before), ...entriesOf(request)]),
    );
  }
  return Object.fromEntries(all);
}

/** A table's entries: writes stand in a list, keys in a member of it. */
function entriesOf(request: unknown): readonly unknown[] {
  if (Array.isArray(request)) return request;
  const keys = isObject(request) ? request["Keys"] : undefined;
  return Array.isArray(keys) ? keys : [];
}

function withEntries(request: unknown, entries: readonly unknown[]): unknown {
  return Array.isArray(request) ? entries : { ...(request as object), Keys: entries };
}
