import {
  bytes,
  connect,
  decimal,
  defineTable,
  epochMilliseconds,
  epochSeconds,
  type InferItem,
  InvalidItem,
  isoDate,
  jsonString,
  sortableNumber,
} from "@fieldwise/schema";
import * as fc from "fast-check";
import * as z from "zod";
import { beforeAll, expect, expectTypeOf, it } from "vitest";
import { describeOnEachServer } from "../support/describe-on-each-server.ts";

const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree);
  },
});

const everything = (name: string) =>
  defineTable({
    name,
    schema: z.object({
      id: bytes(),
      text: z.string(),
      number: z.number(),
      big: z.bigint(),
      exact: decimal(),
      flag: z.boolean(),
      nothing: z.string().nullable(),
      binary: bytes(),
      iso: isoDate(),
      seconds: epochSeconds(),
      milliseconds: epochMilliseconds(),
      sortable: sortableNumber(),
      json: jsonString(z.object({ a: z.array(z.number().nullable()) })),
      strings: z.set(z.string()),
      numbers: z.set(z.number()),
      bigs: z.set(z.bigint()),
      binaries: z.set(bytes()).optional(),
      dates: z.set(isoDate()),
      map: z.map(z.string(), z.object({ at: isoDate() })),
      record: z.record(z.string(), z.bigint()),
      tuple: z.tuple([z.string(), isoDate()], z.number()),
      either: z.union([z.string(), z.number(), z.array(z.boolean())]),
      shape: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("circle"), r: z.bigint() }),
        z.object({ kind: z.literal("square"), side: z.number(), since: isoDate() }),
      ]),
      branded: z.string().brand<"Name">(),
      tree: Tree.optional(),
      deep: z.object({ a: z.object({ tags: z.set(z.string()).optional() }) }),
    }),
    partitionKey: "id",
  });

type Item = InferItem<ReturnType<typeof everything>>;

const dates = fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true });
const wholeSeconds = dates.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
const doubles = fc
  .double({ min: -1e100, max: 1e100, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-100 || Object.is(value, -0) ? 0 : value))
  .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
const bigs = fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n });
const texts = fc.string({ maxLength: 8 });
const names = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== "__proto__");
const binary = fc.uint8Array({ maxLength: 8 }).map((value) => new Uint8Array(value));
const sets = <Value>(values: fc.Arbitrary<Value>) =>
  fc.uniqueArray(values, { maxLength: 4 }).map((members) => new Set(members));
const treeOf = (children: fc.Arbitrary<z.infer<typeof Tree>[]>) =>
  fc.record({ name: texts, children }, { noNullPrototype: true });
const leaves = fc.array(treeOf(fc.constant([])), { maxLength: 2 });
const tree = treeOf(fc.array(treeOf(leaves), { maxLength: 2 }));

const items: fc.Arbitrary<Item> = fc.record(
  {
    id: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((value) => new Uint8Array(value)),
    text: texts,
    number: doubles,
    big: bigs,
    exact: bigs.map((value) => String(value)),
    flag: fc.boolean(),
    nothing: fc.option(texts),
    binary,
    iso: dates,
    seconds: wholeSeconds,
    milliseconds: dates,
    sortable: doubles,
    json: fc.record({ a: fc.array(fc.option(doubles), { maxLength: 3 }) }),
    strings: sets(texts),
    numbers: sets(doubles),
    bigs: sets(bigs),
    binaries: binary.map((value) => new Set([value])),
    dates: dates.map((date) => new Set([date])),
    map: fc.array(fc.tuple(names, fc.record({ at: dates }))).map((entries) => new Map(entries)),
    record: fc.dictionary(names, bigs, { maxKeys: 3, noNullPrototype: true }),
    tuple: fc
      .tuple(texts, dates, fc.array(doubles, { maxLength: 2 }))
      .map(([text, date, rest]) => [text, date, ...rest] as [string, Date, ...number[]]),
    either: fc.oneof(texts, doubles, fc.array(fc.boolean(), { maxLength: 3 })),
    shape: fc.oneof(
      fc.record({ kind: fc.constant("circle" as const), r: bigs }),
      fc.record({ kind: fc.constant("square" as const), side: doubles, since: dates }),
    ),
    branded: texts as fc.Arbitrary<Item["branded"]>,
    tree,
    deep: fc.record({
      a: fc.record({ tags: texts.map((text) => new Set([text])) }, { requiredKeys: [] }),
    }),
  },
  { noNullPrototype: true },
);

const batches = fc.uniqueArray(items, {
  minLength: 1,
  maxLength: 8,
  selector: ({ id }) => Buffer.from(id).toString("hex"),
});

describeOnEachServer("attributes of every kind", ({ client, uniqueTableName }) => {
  const Everything = everything(uniqueTableName());
  const { all } = connect(client, { all: Everything });
  const { F } = Everything;

  beforeAll(async () => {
    await all.table.create({ wait: true });
  });

  it("come back as they were put, one by one and in batches", async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (drawn) => {
        await all.batchPut(drawn);
        const found = await all.batchGet(drawn.map(({ id }) => ({ id })));
        expect(found.items).toEqual(drawn);
        const [first] = drawn as [Item, ...Item[]];
        await all.put(first);
        expect(await all.get({ id: first.id })).toEqual(first);
      }),
      { numRuns: 25 },
    );
  });

  const id = new Uint8Array([1, 2, 3]);
  const plain = () => fc.sample(items, { numRuns: 1, seed: 7 })[0] as Item;

  it("are compared as they are stored", async () => {
    const item = { ...plain(), id, iso: new Date(5), big: 2n ** 80n, exact: "0.1", branded: "b" };
    await all.put(item as Item);
    const holds = F("iso")
      .eq(new Date(5))
      .and(
        F("big").between(2n ** 79n, 2n ** 81n),
        F("exact").gt("0.09"),
        F("seconds").lte(item.seconds),
        F("milliseconds").in([item.milliseconds]),
        F("binary").eq(item.binary),
        F("json").eq(item.json),
        F("strings").size().gte(0).or(F("strings").notExists()),
        F("tuple", 1).eq(item.tuple[1]),
        F("id").beginsWith(new Uint8Array([1, 2])),
      );
    expect(await all.scan({ filter: holds }).toArray()).toEqual([item]);
  });

  it("are updated in their own kind", async () => {
    await all.put({ ...plain(), id, big: 5n, dates: new Set([new Date(0)]) });
    const updated = await all.update(
      { id },
      [
        F("big").increment(2n ** 70n),
        F("exact").set("123456789012345678901234567890.5"),
        F("record", "x y").set(7n),
        F("map").set(new Map([["k", { at: new Date(9) }]])),
        F("dates").add(new Set([new Date(1)])),
        F("shape").set({ kind: "circle", r: 2n ** 64n }),
      ],
      { returnValues: "ALL_NEW" },
    );
    expect(updated.big).toBe(2n ** 70n + 5n);
    expect(updated.exact).toBe("123456789012345678901234567890.5");
    expect(updated.record["x y"]).toBe(7n);
    expect(updated.map.get("k")).toEqual({ at: new Date(9) });
    expect(updated.dates).toEqual(new Set([new Date(0), new Date(1)]));
    expect(updated.shape).toEqual({ kind: "circle", r: 2n ** 64n });
    expectTypeOf(updated.exact).toEqualTypeOf<string>();
  });

  it("refuse what a number can't hold exactly, written and read", async () => {
    const unsafe = all.put({ ...plain(), number: 2 ** 60 });
    await expect(unsafe).rejects.toThrow(/number: The integer is not exact as a number/);
    await all.put({ ...plain(), id });
    await client.send("UpdateItem", {
      TableName: Everything.name,
      Key: { id: { B: Buffer.from(id).toString("base64") } },
      UpdateExpression: "SET #n = :v",
      ExpressionAttributeNames: { "#n": "number" },
      ExpressionAttributeValues: { ":v": { N: "9007199254740993" } },
    });
    await expect(all.get({ id })).rejects.toThrow(InvalidItem);
    await expect(all.get({ id })).rejects.toMatchObject({ issues: [{ path: ["number"] }] });
    await expect(all.get({ id }, { validate: false })).rejects.toThrow(InvalidItem);
    expect(await all.get({ id }, { project: [F("text")] })).toEqual({ text: plain().text });
  });
});
