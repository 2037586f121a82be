import { canonicalText } from "../attribute-value/canonical.ts";
import { itemText } from "../attribute-value/item-text.ts";
import { marshall } from "../attribute-value/marshall.ts";
import type { AttributeMap, NativeAttributeMap } from "../attribute-value/types.ts";
import { batchInterrupted } from "../errors/batch-interrupted.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Execute } from "../execute.ts";
import { shown } from "../expressions/shown.ts";
import { batchWriteItem, type EncodedWrite } from "../operations/batch-write-item.ts";
import { checkTableName } from "../operations/call.ts";
import { keyText } from "../operations/key.ts";
import type { ItemInput, Key, WriteOptions } from "../operations/options.ts";
import type { WriteRequest } from "../wire/items.ts";
import { askedName } from "./asked-name.ts";
import { type BatchOptions, recognized, sendInRounds } from "./rounds.ts";

/** What is written to one table. */
export interface BatchWriteRequest {
  /** Items to put: each replaces the item with its key. */
  readonly put?: readonly ItemInput[] | undefined;
  /** Keys of items to delete. */
  readonly delete?: readonly Key[] | undefined;
  /**
   * The names of the table's key attributes. With them, or where `delete` shows them, an item that comes twice is put once,
   * as it came last. Without them every item must have a key of its own: DynamoDB refuses two in one request, and of two in
   * different requests either may stay.
   */
  readonly keyAttributes?: readonly string[] | undefined;
}

/** What `batchWrite` takes beside the writes. */
export interface BatchWriteOptions
  extends BatchOptions, Pick<WriteOptions, "returnItemCollectionMetrics"> {}

/** The result of a batch of writes. */
export interface BatchWriteResult<TableName extends string = string> {
  /** What was still unprocessed when the time was up, by table; empty where everything was written. */
  readonly unprocessed: Readonly<Partial<Record<TableName, UnprocessedWrites>>>;
}

/** Writes that were not processed: the very items and keys that were given. */
export interface UnprocessedWrites {
  readonly put: readonly ItemInput[];
  readonly delete: readonly Key[];
}

/** AWS, "BatchWriteItem": up to 25 writes and 16 MB in one request. */
const maximumWrites = 25;
const maximumBytes = 16 * 1024 * 1024;
/** A character is three bytes at most. */
const shortText = Math.floor(maximumBytes / maximumWrites / 3) - 2048;
/** Most items begin with their key. */
const beginning = 160;

interface Entry extends EncodedWrite {
  readonly action: "put" | "delete";
  readonly original: ItemInput;
}

export async function batchWrite<TableName extends string>(
  execute: Execute,
  requests: Readonly<Record<TableName, BatchWriteRequest>>,
  options: BatchWriteOptions,
): Promise<BatchWriteResult<TableName>> {
  const entries = Object.entries<BatchWriteRequest>(requests).flatMap(([tableName, request]) => {
    checkTableName(tableName);
    return withRequest("BatchWriteItem", tableName, () => encodeWrites(tableName, request));
  });
  const { left, failure } = await sendInRounds(entries, options, divide, async (chunk) => {
    const unprocessed = await execute(batchWriteItem(chunk, options), options);
    if (Object.keys(unprocessed).length === 0) return [];
    const sent = new Map(
      chunk.map((entry) => [
        writeName(entry.tableName, JSON.parse(entry.json) as WriteRequest),
        entry,
      ]),
    );
    const names = [...new Set(chunk.map(({ tableName }) => tableName))];
    const again = Object.entries(unprocessed).flatMap(([answered, writes]) => {
      const tableName = askedName(answered, names);
      return withRequest("BatchWriteItem", tableName, () =>
        writes.map((write) => sent.get(writeName(tableName, write))),
      );
    });
    return recognized(again, chunk);
  });
  // A map, as a table may be named `constructor`.
  const leftWrites = new Map<string, { put: ItemInput[]; delete: Key[] }>();
  for (const { tableName, action, original } of left) {
    const writes = leftWrites.get(tableName) ?? { put: [], delete: [] };
    writes[action].push(original);
    leftWrites.set(tableName, writes);
  }
  const unprocessed = Object.fromEntries(leftWrites);
  if (failure !== undefined) {
    throw batchInterrupted("BatchWriteItem", left.length, entries.length, unprocessed, failure);
  }
  return { unprocessed } as unknown as BatchWriteResult<TableName>;
}

function encodeWrites(tableName: string, request: BatchWriteRequest): Entry[] {
  checkRequest(tableName, request);
  const deletes = (request.delete ?? []).map((original): Entry => {
    const json = `{"DeleteRequest":{"Key":${keyText(original)}}}`;
    return { tableName, action: "delete", original, json };
  });
  const puts = (request.put ?? []).map((original): Entry => {
    const json = `{"PutRequest":{"Item":${itemText(original)}}}`;
    return { tableName, action: "put", original, json };
  });
  const given = request.keyAttributes ?? [];
  const keyNames = given.length > 0 ? given : Object.keys(deletes[0]?.original ?? {});
  if (keyNames.length === 0 && beginDifferently(puts)) return puts;
  const byKey = new Map<string, Entry>();
  for (const entry of [...deletes, ...puts]) {
    // Where the key isn't known, only puts of the very same content are told to be one.
    const key = keyNames.length === 0 ? entry.json : keyName(entry, keyNames);
    const before = byKey.get(key);
    if (before !== undefined && before.action !== entry.action) {
      throw new InvalidInput(
        `The item with key ${key} of table ${tableName} is both put and deleted in one batch, which has no order`,
      );
    }
    byKey.set(key, entry);
  }
  return [...byKey.values()];
}

/** Whether no two can be the same: told by a part of them, as the whole text of each takes as long to tell as to write. */
function beginDifferently(entries: readonly Entry[]): boolean {
  return new Set(entries.map(({ json }) => json.slice(0, beginning))).size === entries.length;
}

const requestWords = ["put", "delete", "keyAttributes"];

// A list of items in the request's place or a misspelt word would write nothing, and say nothing.
function checkRequest(tableName: string, request: BatchWriteRequest): void {
  const valid =
    typeof request === "object" &&
    request !== null &&
    !Array.isArray(request) &&
    Array.isArray(request.put ?? []) &&
    Array.isArray(request.delete ?? []) &&
    Object.keys(request).every((word) => requestWords.includes(word));
  if (valid) return;
  throw new InvalidInput(
    `What is written to table ${tableName} is an object with a list of items as put, of keys as delete, or both, not ${shown(request)}`,
  );
}

function keyName({ original, tableName }: Entry, keyNames: readonly string[]): string {
  const key: [name: string, value: NativeAttributeMap[string]][] = keyNames.map((name) => {
    const value = Object.hasOwn(original, name) ? original[name] : undefined;
    if (value !== undefined) return [name, value];
    throw new InvalidInput(
      `${name}: an item of a batch on table ${tableName} lacks this key attribute`,
    );
  });
  return canonicalText(marshall(Object.fromEntries(key)));
}

function entryName(tableName: string, action: Entry["action"], wire: AttributeMap): string {
  return `${tableName}/${action}/${canonicalText(wire)}`;
}

function writeName(tableName: string, write: WriteRequest): string {
  return write.PutRequest === undefined
    ? entryName(tableName, "delete", write.DeleteRequest.Key)
    : entryName(tableName, "put", write.PutRequest.Item);
}

function divide(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const chunks: Entry[][] = [];
  let chunk: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const { json, tableName } = entry;
    // So many of those fit in any case: no need to count.
    const length = json.length < shortText ? 3 * json.length : Buffer.byteLength(json);
    // Room for the table's name and the punctuation around the write.
    const size = length + 4 * tableName.length + 64;
    if (chunk.length === maximumWrites || (chunk.length > 0 && bytes + size > maximumBytes)) {
      chunks.push(chunk);
      chunk = [];
      bytes = 0;
    }
    chunk.push(entry);
    bytes += size;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
