import { isObject } from "../is-object.ts";
import { canonicalText } from "../attribute-value/canonical.ts";
import { itemText } from "../attribute-value/item-text.ts";
import { marshall } from "../attribute-value/marshall.ts";
import type { AttributeMap, Item } from "../attribute-value/types.ts";
import { InvalidInput, withRequest } from "../errors/input-errors.ts";
import type { Condition } from "../expressions/condition.ts";
import { type KeyCondition, keyConditionExpression } from "../expressions/key-condition.ts";
import { Placeholders } from "../expressions/placeholders.ts";
import type { Projection } from "../expressions/projection.ts";
import { shown } from "../expressions/shown.ts";
import type { Select } from "../wire/common.ts";
import type { ReadManyOutput } from "../wire/items.ts";
import { type Call, checkTableName, tableCall } from "./call.ts";
import { conditionText, projectionText } from "./members.ts";
import { type ConsumedCapacity, readConsumedCapacity } from "./metadata.ts";
import type { Key, ReadOptions, RequestOptions } from "./options.ts";
import { type ItemReader, readItems } from "./item-reader.ts";
import { UnexpectedAnswer } from "./unexpected-answer.ts";

/** What `query` and `scan` both take. */
export interface ReadManyOptions extends RequestOptions, ReadOptions {
  /** A global or local secondary index to read, by name. */
  readonly index?: string | undefined;
  /** Only items for which this holds. Applied after reading: what it drops has consumed capacity all the same. */
  readonly filter?: Condition | undefined;
  /** Only these attributes. */
  readonly projection?: Projection | undefined;
  /** How many items to deliver, over all pages; all by default. */
  readonly limit?: number | undefined;
  /** How many items one request reads before it filters; DynamoDB's `Limit`. At most 1 MB a request in any case. */
  readonly pageSize?: number | undefined;
  /** Where to go on: the `lastEvaluatedKey` of a page. */
  readonly startKey?: Key | undefined;
  /** What to return; `"COUNT"` gives pages without items. */
  readonly select?: Select | undefined;
}

/** What `query` takes. */
export interface QueryOptions extends ReadManyOptions {
  /** From the highest sort key down. */
  readonly descending?: boolean | undefined;
}

/** What `scan` takes. */
export interface ScanOptions extends ReadManyOptions {
  /** Reads so many segments at once, as one iterable, in no order. */
  readonly segments?: number | undefined;
  /** Reads this segment alone, from 0, of `totalSegments`: to share a scan between processes. */
  readonly segment?: number | undefined;
  readonly totalSegments?: number | undefined;
}

/** What `count` and `scanCount` take of a query's or a scan's options: what says which items count. */
export type CountOptions<Options extends ReadManyOptions> = Omit<Options, "projection" | "select">;

/** The answer to one Query or Scan request. */
export interface Page<T> {
  readonly items: readonly T[];
  /**
   * Where to go on, as `startKey`; `undefined` at the end. There may be more pages behind one without items. A number that
   * the client's `numbers` would not give back exactly is a `NumberValue`.
   */
  readonly lastEvaluatedKey: Item | undefined;
  /** How many items were found. */
  readonly count: number;
  /** How many items were read before the filter. */
  readonly scannedCount: number;
  readonly consumedCapacity: ConsumedCapacity | undefined;
}

/** The part of a request that differs from page to page. */
export interface PageRequest {
  readonly startKey: Key | undefined;
  readonly limit: number | undefined;
}

type PageCall = Call<ReadManyOutput, Page<Item>>;

/** AWS, "Query": `Limit` is an integer, of 32 bits. So many items are more than a request ever reads. */
const maximumLimit = 2 ** 31 - 1;

export function query(
  tableName: string,
  key: KeyCondition,
  options: QueryOptions,
): (page: PageRequest) => PageCall {
  return pagedCall("Query", tableName, options, (placeholders) => ({
    KeyConditionExpression: keyConditionExpression(key, placeholders),
    ScanIndexForward: options.descending === true ? false : undefined,
  }));
}

export function scan(tableName: string, options: ScanOptions): (page: PageRequest) => PageCall {
  return pagedCall("Scan", tableName, options, () => ({
    Segment: options.segment,
    TotalSegments: options.totalSegments,
  }));
}

/** Encodes what all pages have in common, once, so that bad input is an error before the first page is asked for. */
function pagedCall(
  operation: "Query" | "Scan",
  tableName: string,
  options: ReadManyOptions,
  encodeOwn: (placeholders: Placeholders) => object,
): (page: PageRequest) => PageCall {
  checkCount("limit", options.limit);
  checkCount("pageSize", options.pageSize);
  checkTableName(tableName);
  const common = withRequest(operation, tableName, () => {
    if (options.startKey !== undefined) startKeyOf(options.startKey);
    return encodeCommon(tableName, options, encodeOwn);
  });
  return ({ startKey, limit }) =>
    tableCall(
      operation,
      tableName,
      () =>
        `${common}${limit === undefined ? "" : `,"Limit":${Math.min(limit, maximumLimit)}`}${
          startKey === undefined ? "" : `,"ExclusiveStartKey":${itemText(checkStartKey(startKey))}`
        }}`,
      (output, reader) => {
        if (startKey !== undefined) checkAdvance(startKey, output.LastEvaluatedKey);
        return readPage(output, reader);
      },
      "Items",
    );
}

/** Gives the text of an object that goes on. */
function encodeCommon(
  tableName: string,
  options: ReadManyOptions,
  encodeOwn: (placeholders: Placeholders) => object,
): string {
  const placeholders = new Placeholders();
  const { index, filter, projection, select } = options;
  const members = {
    TableName: tableName,
    IndexName: index,
    ...encodeOwn(placeholders),
    FilterExpression: conditionText(filter, placeholders, "filter"),
    ProjectionExpression: projectionText(projection, placeholders),
    Select: select,
    ConsistentRead: options.consistentRead,
    ReturnConsumedCapacity: options.returnConsumedCapacity,
  };
  return `${JSON.stringify(members).slice(0, -1)}${placeholders.attributesText()}`;
}

// An index's start key holds the table's key attributes and the index's, up to ten of them; so no `marshallKey`.
function startKeyOf(startKey: Key): AttributeMap {
  return marshall(checkStartKey(startKey));
}

// Often it comes from outside, as the text that it was sent as.
function checkStartKey(startKey: Key): Key {
  if (isObject(startKey)) return startKey;
  throw new InvalidInput(
    `A start key is the lastEvaluatedKey of a page, an object, not ${shown(startKey)}`,
  );
}

// Each page would be followed by the same one, without end.
function checkAdvance(startKey: Key, lastKey: AttributeMap | undefined): void {
  if (lastKey === undefined || canonicalText(lastKey) !== canonicalText(startKeyOf(startKey)))
    return;
  throw new UnexpectedAnswer("the page ends where it began: its LastEvaluatedKey is its start key");
}

function readPage(output: ReadManyOutput, reader: ItemReader): Page<Item> {
  const items = readItems(output.Items ?? [], reader);
  const { LastEvaluatedKey: lastKey, ConsumedCapacity: capacity } = output;
  return {
    items,
    lastEvaluatedKey: lastKey === undefined ? undefined : reader.key(lastKey),
    count: output.Count ?? items.length,
    scannedCount: output.ScannedCount ?? items.length,
    consumedCapacity: capacity === undefined ? undefined : readConsumedCapacity(capacity),
  };
}

export function checkCount(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  throw new InvalidInput(`${name} must be a whole number from 1, not ${shown(value)}`);
}
