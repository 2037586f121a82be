import { canonicalKey } from "../attribute-value/canonical.ts";
import type { AttributeMap, Item } from "../attribute-value/types.ts";
import { batchInterrupted } from "../errors/batch-interrupted.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Execute } from "../execute.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import { type Projection, projectionPaths } from "../expressions/projection.ts";
import { shown } from "../expressions/shown.ts";
import { batchGetItem, type KeyRequest } from "../operations/batch-get-item.ts";
import { checkTableName } from "../operations/call.ts";
import { marshallKey } from "../operations/key.ts";
import { type ItemReader, textOf } from "../operations/item-reader.ts";
import { projectionText } from "../operations/members.ts";
import type { Key } from "../operations/options.ts";
import { UnreadItem } from "../wire-text/read-output.ts";
import { askedName } from "./asked-name.ts";
import { FoundItem, foundItemReader } from "./found-item.ts";
import { type BatchOptions, recognized, sendInRounds } from "./rounds.ts";

/** What is read of one table: keys, or keys with options. */
export type BatchGetRequest = readonly Key[] | BatchGetTableRequest;

/** Keys of one table, with options. */
export interface BatchGetTableRequest {
  readonly keys: readonly Key[];
  /** Only these attributes. */
  readonly projection?: Projection | undefined;
  /** Reads what every write before has left, at twice the capacity. */
  readonly consistentRead?: boolean | undefined;
}

/** The result of a batch of reads, by table. */
export interface BatchGetResult<TableName extends string = string> {
  /** An item for each key, in the order of the keys; `undefined` where there is none, or where it was left unprocessed. */
  readonly items: Readonly<Record<TableName, readonly (Item | undefined)[]>>;
  /** The keys that were still unprocessed when the time was up; empty for all tables where everything was read. */
  readonly unprocessedKeys: Readonly<Partial<Record<TableName, readonly Key[]>>>;
}

/** AWS, "BatchGetItem": up to 100 items. */
const maximumKeys = 100;

/** One key to read, and every place where it was asked for. */
interface Entry extends KeyRequest {
  readonly name: string;
  readonly original: Key;
  readonly places: number[];
  /** Reads the item's key out of the item, to find the entry that it answers. */
  readonly keyNames: readonly string[];
  /** Attributes read only to find the key, which the projection did not ask for. */
  readonly extraNames: readonly string[];
}

export async function batchGet<TableName extends string>(
  execute: Execute,
  reader: ItemReader,
  requests: Readonly<Record<TableName, BatchGetRequest>>,
  options: BatchOptions,
): Promise<BatchGetResult<TableName>> {
  const entries = new Map<string, Entry>();
  // A map, as a table may be named `constructor`.
  const items = new Map<string, (Item | undefined)[]>();
  for (const [tableName, request] of Object.entries<BatchGetRequest>(requests)) {
    const count = addEntries(entries, tableName, request);
    items.set(tableName, Array.from<Item | undefined>({ length: count }));
  }

  const answers = new Map<Entry, unknown>();
  const { left, failure } = await sendInRounds(
    [...entries.values()],
    options,
    divide,
    async (chunk) => {
      const asked = new Map(chunk.map((entry) => [entry.name, entry]));
      const answer = await execute(batchGetItem(chunk, options), {
        ...options,
        reader: answerReader(reader, chunk, asked),
      });
      const names = [...new Set(chunk.map(({ tableName }) => tableName))];
      for (const [answered, found] of Object.entries(answer.items)) {
        const tableName = askedName(answered, names);
        const keyNames = firstOf(chunk, tableName)?.keyNames ?? [];
        for (const each of found) {
          if (each instanceof FoundItem) {
            answers.set(each.entry as Entry, each);
            continue;
          }
          const wire = (each instanceof UnreadItem ? each.wire : each) as AttributeMap;
          const entry = asked.get(
            withRequest("BatchGetItem", tableName, () =>
              entryName(tableName, canonicalKey(wire, keyNames)),
            ),
          );
          if (entry !== undefined) answers.set(entry, wire);
        }
      }
      const again = Object.entries(answer.unprocessedKeys).flatMap(([answered, keys]) => {
        const tableName = askedName(answered, names);
        const keyNames = firstOf(chunk, tableName)?.keyNames ?? [];
        return withRequest("BatchGetItem", tableName, () =>
          keys.map((key) => asked.get(entryName(tableName, canonicalKey(key, keyNames)))),
        );
      });
      return recognized(again, chunk);
    },
  );

  const leftKeys = new Map<string, Key[]>();
  for (const { tableName, original } of left) {
    const keys = leftKeys.get(tableName);
    if (keys === undefined) leftKeys.set(tableName, [original]);
    else keys.push(original);
  }
  const unprocessedKeys = Object.fromEntries(leftKeys);
  if (failure !== undefined) {
    throw batchInterrupted("BatchGetItem", left.length, entries.size, unprocessedKeys, failure);
  }
  // In the order of the keys: which of several errors is thrown is not left to the order of the answers.
  for (const entry of entries.values()) {
    const found = answers.get(entry);
    if (found === undefined) continue;
    const results = items.get(entry.tableName) as (Item | undefined)[];
    // Read anew for each place, so that no two results share an object.
    for (const place of entry.places) {
      results[place] =
        found instanceof FoundItem ? found.item : readFound(found as AttributeMap, entry, reader);
    }
  }
  return {
    items: Object.fromEntries(items),
    unprocessedKeys,
  } as unknown as BatchGetResult<TableName>;
}

/** Reads items of an answer's text together with the entries that they answer. */
function answerReader(
  reader: ItemReader,
  chunk: readonly Entry[],
  asked: ReadonlyMap<string, Entry>,
): ItemReader {
  const readerOf = textOf(reader);
  const names = chunk.map(({ tableName }) => tableName);
  return {
    item: (wire, tableName) => reader.item(wire, tableName),
    key: (wire) => reader.key(wire),
    textOf(answered = "") {
      const tableName = askedName(answered, names);
      const first = firstOf(chunk, tableName);
      const read = readerOf?.(tableName);
      // With names that only tell the key the item is not what was asked for.
      if (first === undefined || read === undefined || first.extraNames.length > 0)
        return undefined;
      return foundItemReader(read, first.keyNames, (key) => {
        const entry = asked.get(entryName(tableName, key));
        return entry?.places.length === 1 ? entry : undefined;
      });
    },
  };
}

function addEntries(
  entries: Map<string, Entry>,
  tableName: string,
  request: BatchGetRequest,
): number {
  checkTableName(tableName);
  const { keys, projection, consistentRead } = toTableRequest(tableName, request);
  return withRequest("BatchGetItem", tableName, () => {
    const keyNames = Object.keys(keys[0] ?? {});
    const extraNames = projection === undefined ? [] : missingNames(projection, keyNames);
    const placeholders = new Placeholders();
    const settings = {
      ProjectionExpression: projectionText(
        projection && [...projection, ...extraNames],
        placeholders,
      ),
      ConsistentRead: consistentRead,
      ...placeholders.attributes(),
    };
    keys.forEach((original, place) => {
      const key = marshallKey(original);
      if (
        Object.keys(key).length !== keyNames.length ||
        !keyNames.every((name) => Object.hasOwn(key, name))
      ) {
        throw new InvalidInput(
          `The keys of table ${tableName} must all have the attributes ${keyNames.join(" and ")}`,
        );
      }
      const name = entryName(tableName, canonicalKey(key, keyNames));
      const known = entries.get(name);
      if (known !== undefined) known.places.push(place);
      else
        entries.set(name, {
          name,
          tableName,
          key,
          settings,
          original,
          places: [place],
          keyNames,
          extraNames,
        });
    });
    return keys.length;
  });
}

function toTableRequest(tableName: string, request: BatchGetRequest): BatchGetTableRequest {
  const full = Array.isArray(request) ? { keys: request as readonly Key[] } : request;
  if (Array.isArray((full as BatchGetTableRequest | null | undefined)?.keys))
    return full as BatchGetTableRequest;
  throw new InvalidInput(
    `What is read of table ${tableName} is a list of keys, or an object with such a list as keys, not ${shown(request)}`,
  );
}

// Answers come in no order, and only an item's own key tells which question it answers.
function missingNames(projection: Projection, keyNames: readonly string[]): string[] {
  const present = new Set(projectionPaths(projection).map(([name]) => name));
  return keyNames.filter((name) => !present.has(name));
}

function divide(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const chunks: Entry[][] = [];
  for (let start = 0; start < entries.length; start += maximumKeys) {
    chunks.push(entries.slice(start, start + maximumKeys));
  }
  return chunks;
}

function entryName(tableName: string, key: string): string {
  return `${tableName}/${key}`;
}

function firstOf(chunk: readonly Entry[], tableName: string): Entry | undefined {
  return chunk.find((entry) => entry.tableName === tableName);
}

function readFound(
  wire: AttributeMap,
  { tableName, extraNames }: Entry,
  reader: ItemReader,
): Item | undefined {
  return withRequest("BatchGetItem", tableName, () => {
    if (extraNames.length === 0) return reader.item(wire, tableName);
    const asked = Object.fromEntries(
      Object.entries(wire).filter(([name]) => !extraNames.includes(name)),
    );
    return reader.item(asked, tableName);
  });
}
