import { defineTable, type InferItem, isoDate } from "@fieldwise/schema";
import * as fc from "fast-check";
import * as z from "zod";

/** A table with an attribute of each kind that updates change. */
export const tableOf = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      id: z.string(),
      count: z.number(),
      maybe: z.number().optional(),
      text: z.string(),
      at: isoDate().optional(),
      log: z.array(z.string()),
      days: z.array(isoDate()).optional(),
      tags: z.set(z.string()),
      dates: z.set(isoDate()).optional(),
      map: z.object({ n: z.number(), at: isoDate().optional(), list: z.array(z.number()) }),
      record: z.record(z.string(), z.number()),
    }),
    partitionKey: "id",
  });

type Table = ReturnType<typeof tableOf>;
type Item = InferItem<Table>;

/** An update of one attribute: what it is on the server, and what it does to a plain object as it stood before. */
export interface Change {
  /** No two actions of an update may touch the same attribute. */
  readonly attribute: keyof Item;
  readonly action: (F: Table["F"]) => unknown;
  readonly apply: (after: Item, before: Item) => void;
}

const numbers = fc.integer({ min: -1000, max: 1000 });
const texts = fc.string({ maxLength: 5 });
const dates = fc.integer({ min: 0, max: 5 }).map((day) => new Date(day * 86_400_000));
const members = fc.constantFrom("a", "b", "c", "d");
const someOf = <Value>(values: fc.Arbitrary<Value>) =>
  fc.array(values, { minLength: 1, maxLength: 3 }).map((list) => new Set(list));
const few = <Value>(values: fc.Arbitrary<Value>) => fc.array(values, { maxLength: 3 });
const dayTexts = (days: Iterable<Date>) => [...days].map((day) => day.getTime());
const daySet = (times: Iterable<number>) =>
  new Set([...new Set(times)].map((time) => new Date(time)));

/** Items of the table. */
export const items: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.constant("x"),
    count: numbers,
    maybe: numbers,
    text: texts,
    at: dates,
    log: few(texts),
    days: few(dates),
    tags: few(members).map((list) => new Set(list)),
    dates: someOf(dates).map((days) => daySet(dayTexts(days))),
    map: fc.record(
      { n: numbers, at: dates, list: few(numbers) },
      { requiredKeys: ["n", "list"], noNullPrototype: true },
    ),
    record: fc.dictionary(members, numbers, { noNullPrototype: true }),
  },
  { requiredKeys: ["id", "count", "text", "log", "tags", "map", "record"], noNullPrototype: true },
);

const change = <Value>(
  attribute: keyof Item,
  values: fc.Arbitrary<Value>,
  action: (F: Table["F"], value: Value) => unknown,
  apply: (after: Item, value: Value, before: Item) => void,
): fc.Arbitrary<Change> =>
  values.map((value) => ({
    attribute,
    action: (F) => action(F, value),
    apply: (after, before) => apply(after, value, before),
  }));

const changes: readonly fc.Arbitrary<Change>[] = [
  change(
    "count",
    numbers,
    (F, n) => F("count").set(n),
    (item, n) => void (item.count = n),
  ),
  change(
    "count",
    numbers,
    (F, n) => F("count").increment(n),
    (item, n) => void (item.count += n),
  ),
  change(
    "count",
    numbers,
    (F) => F("count").set(F("map", "n").plus(1)),
    (item, _, before) => void (item.count = before.map.n + 1),
  ),
  change(
    "maybe",
    numbers,
    (F, n) => F("maybe").add(n),
    (item, n) => void (item.maybe = (item.maybe ?? 0) + n),
  ),
  change(
    "maybe",
    numbers,
    (F, n) => F("maybe").setIfNotExists(n),
    (item, n) => void (item.maybe ??= n),
  ),
  change(
    "maybe",
    numbers,
    (F, n) => F("maybe").set(F("maybe").ifNotExists(n).minus(2)),
    (item, n) => void (item.maybe = (item.maybe ?? n) - 2),
  ),
  change(
    "maybe",
    numbers,
    (F) => F("maybe").remove(),
    (item) => void delete item.maybe,
  ),
  change(
    "text",
    texts,
    (F, text) => F("text").set(text),
    (item, text) => void (item.text = text),
  ),
  change(
    "at",
    dates,
    (F, at) => F("at").set(at),
    (item, at) => void (item.at = at),
  ),
  change(
    "at",
    dates,
    (F) => F("at").remove(),
    (item) => void delete item.at,
  ),
  change(
    "log",
    few(texts),
    (F, more) => F("log").append(more),
    (item, more) => void item.log.push(...more),
  ),
  change(
    "log",
    few(texts),
    (F, more) => F("log").prepend(more),
    (item, more) => void item.log.unshift(...more),
  ),
  change(
    "log",
    texts,
    (F) => F("log", 0).remove(),
    (item) => void item.log.shift(),
  ),
  change(
    "days",
    few(dates),
    (F, days) => F("days").set(days),
    (item, days) => void (item.days = days),
  ),
  change(
    "tags",
    someOf(members),
    (F, more) => F("tags").add(more),
    (item, more) => more.forEach((tag) => item.tags.add(tag)),
  ),
  change(
    "tags",
    someOf(members),
    (F, less) => F("tags").delete(less),
    (item, less) => less.forEach((tag) => item.tags.delete(tag)),
  ),
  change(
    "tags",
    few(members),
    (F, tags) => F("tags").set(new Set(tags)),
    (item, tags) => void (item.tags = new Set(tags)),
  ),
  change(
    "dates",
    someOf(dates),
    (F, more) => F("dates").add(daySet(dayTexts(more))),
    (item, more) => void (item.dates = daySet([...dayTexts(item.dates ?? []), ...dayTexts(more)])),
  ),
  change(
    "dates",
    someOf(dates),
    (F, less) => F("dates").delete(daySet(dayTexts(less))),
    (item, less) => {
      const gone = new Set(dayTexts(less));
      const left = dayTexts(item.dates ?? []).filter((time) => !gone.has(time));
      if (left.length === 0) delete item.dates;
      else item.dates = daySet(left);
    },
  ),
  change(
    "map",
    numbers,
    (F, n) => F("map", "n").increment(n),
    (item, n) => void (item.map.n += n),
  ),
  change(
    "map",
    dates,
    (F, at) => F("map", "at").set(at),
    (item, at) => void (item.map.at = at),
  ),
  change(
    "map",
    dates,
    (F) => F("map", "at").remove(),
    (item) => void delete item.map.at,
  ),
  change(
    "map",
    few(numbers),
    (F, more) => F("map", "list").append(more),
    (item, more) => void item.map.list.push(...more),
  ),
  change(
    "map",
    numbers,
    (F, n) => F("map").set({ n, list: [n] }),
    (item, n) => void (item.map = { n, list: [n] }),
  ),
  change(
    "record",
    fc.tuple(members, numbers),
    (F, [name, n]) => F("record", name).set(n),
    (item, [name, n]) => void (item.record[name] = n),
  ),
  change(
    "record",
    members,
    (F, name) => F("record", name).remove(),
    (item, name) => void delete item.record[name],
  ),
];

/** Updates of one to five attributes. */
export const updates = fc.uniqueArray(fc.oneof(...changes), {
  minLength: 1,
  maxLength: 5,
  selector: ({ attribute }) => attribute,
});
