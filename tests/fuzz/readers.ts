import { isDeepStrictEqual } from "node:util";
import {
  type AttributeMap,
  TextCursor,
  type TextReader,
  unmarshall,
  ValueReader,
} from "@fieldwise/core";
import { bytes, decimal, epochSeconds, isoDate } from "@fieldwise/schema";
import * as z from "zod";
import { canonicalKey } from "../../packages/core/src/attribute-value/canonical.ts";
import { FoundItem, foundItemReader } from "../../packages/core/src/batch/found-item.ts";
import {
  type ItemsMember,
  readOutputText,
  UnreadItem,
} from "../../packages/core/src/wire-text/read-output.ts";
import { compileSchema } from "../../packages/schema/src/compile/compile-schema.ts";
import { itemTextReader } from "../../packages/schema/src/wire-text/text-reader.ts";
import type { Choices } from "../reliability/workload-random.ts";
import { itemText, jsonText, members, textOf, valueText } from "./documents.ts";

/** What came of a document. */
export type Outcome = "understood" | "handed over" | "different";

/** What reads documents in two ways. */
export interface Target {
  readonly name: string;
  make(random: Choices): string;
  /** @param choice - A number that settles all there is to choose beside the document. */
  read(document: Buffer, choice: number): Outcome;
}

const values = new ValueReader();
const readAny: TextReader = (cursor) => values.readItem(cursor);

export function attempt<Result>(run: () => Result): { readonly result: Result } | undefined {
  try {
    return { result: run() };
  } catch {
    return undefined;
  }
}

/** Compares what a reader makes of an item with what comes of its JSON; `undefined` is nothing. */
function itemTarget(
  name: string,
  make: Target["make"],
  read: TextReader,
  fromJson: (wire: AttributeMap) => { readonly result: unknown } | undefined,
): Target {
  return {
    name,
    make,
    read(document) {
      const cursor = new TextCursor(document);
      const found = attempt(() => read(cursor));
      if (found === undefined) return "handed over";
      const text = document.toString("utf8", 0, cursor.at);
      const parsed = attempt(() => JSON.parse(text) as AttributeMap);
      return isDeepStrictEqual(found, parsed && fromJson(parsed.result))
        ? "understood"
        : "different";
    },
  };
}

const order = z.object({
  id: z.string().min(1),
  n: z.int().nonnegative(),
  at: isoDate(),
  tags: z.set(z.string()),
  lines: z.array(z.object({ sku: z.string(), n: z.number().positive() })),
  by: z.record(z.string(), z.number()).optional(),
  note: z.string().optional(),
  flag: z.boolean().default(true),
  nothing: z.null().optional(),
});
const schemas: Readonly<Record<string, () => z.ZodObject>> = {
  order: () => z.object(order.shape),
  strict: () =>
    z.strictObject({ id: z.string(), n: z.number().optional(), note: z.string().optional() }),
  loose: () => z.looseObject({ id: z.string().trim(), note: z.string().optional() }),
  codecs: () =>
    z.object({
      id: z.string().toLowerCase(),
      n: decimal(),
      seconds: epochSeconds().optional(),
      photo: bytes().optional(),
      either: z.union([z.string(), z.number()]).nullable().optional(),
      ns: z.set(z.number()).optional(),
      pair: z.tuple([z.string(), z.bigint()]).optional(),
    }),
};

function number(random: Choices): string {
  return random.below(20) === 0
    ? valueText(random)
    : `{"N":"${random.below(10 ** random.below(18))}"}`;
}

/** What the members of the schemas above are, but for a value here and there. */
function partsOf(random: Choices): Readonly<Record<string, () => string>> {
  const or = (text: () => string) => () => (random.below(60) === 0 ? valueText(random) : text());
  const text = or(() => `{"S":${jsonText(random.below(2) === 0 ? "c1" : textOf(random), random)}}`);
  const line = (): string => `{"M":${members(random, { sku: text, n: () => number(random) })}}`;
  return {
    id: text,
    n: () => number(random),
    at: or(() => `{"S":"${new Date(random.below(2 ** 31) * 1000).toISOString()}"}`),
    seconds: () => number(random),
    tags: or(() => `{"SS":[${jsonText(textOf(random), random)},"b"]}`),
    ns: or(() => `{"NS":["1","${random.below(50)}"]}`),
    lines: or(() => `{"L":[${Array.from({ length: random.below(3) }, line).join()}]}`),
    pair: or(() => `{"L":[${text()},${number(random)}]}`),
    by: or(
      () => `{"M":${members(random, { a: () => number(random), ["é"]: () => number(random) })}}`,
    ),
    note: text,
    either: () => random.one([text, () => number(random), () => '{"NULL":true}'])(),
    flag: or(() => '{"BOOL":true}'),
    nothing: or(() => '{"NULL":true}'),
    photo: or(() => '{"B":"AAEC"}'),
  };
}

/** Items with some of these members. */
function itemOf(names: readonly string[], random: Choices): string {
  const parts = partsOf(random);
  const picked = random.below(12) === 0 ? Object.keys(parts) : names;
  return members(
    random,
    Object.fromEntries(picked.map((name) => [name, parts[name] ?? (() => valueText(random))])),
  );
}

function orderText(random: Choices): string {
  return itemOf(Object.keys(order.shape), random);
}

function schemaTargets(jitless: boolean): Target[] {
  return Object.entries(schemas).flatMap(([name, make]) => {
    z.config({ jitless });
    const schema = make();
    const codec = compileSchema("things", schema, { keyAttributes: [] });
    const how = jitless ? "by closures" : "compiled";
    const makeItem = (random: Choices): string => itemOf(Object.keys(schema.shape), random);
    const targets: Target[] = [];
    const read = itemTextReader(schema);
    if (read !== undefined) {
      targets.push(
        itemTarget(`schema ${name}, ${how}`, makeItem, read, (wire) => {
          const decoded = codec.decodeItem(wire);
          return decoded.ok ? { result: decoded.item } : undefined;
        }),
      );
    }
    const stored = itemTextReader(schema, "stored");
    if (stored !== undefined) {
      targets.push(
        itemTarget(`schema ${name}, as stored, ${how}`, makeItem, stored, (wire) =>
          attempt(() => codec.readStored(wire)),
        ),
      );
    }
    z.config({ jitless: false });
    return targets;
  });
}

/** Reads the items of an output, wherever they are. */
function finished(
  output: Record<string, unknown>,
  member: ItemsMember,
  read: (item: never) => unknown,
): unknown {
  const items = output[member];
  const list = (each: unknown): unknown =>
    Array.isArray(each) ? each.map((item) => read(item as never)) : wrong();
  if (items === undefined) return output;
  if (member === "Items") return { ...output, Items: list(items) };
  if (member !== "Responses") return { ...output, [member]: read(items as never) };
  if (Array.isArray(items))
    return { ...output, Responses: items.map((item) => response(item, read)) };
  if (typeof items !== "object" || items === null) return wrong();
  return {
    ...output,
    Responses: Object.entries(items).map(([name, each]) => [name, list(each)]),
  };
}

function response(given: unknown, read: (item: never) => unknown): unknown {
  if (given === null || typeof given !== "object" || Array.isArray(given)) return given;
  const { Item: item, Error: error, ...others } = given as Record<string, unknown>;
  return {
    ...others,
    Item: item === undefined ? undefined : read(item as never),
    Error: error === undefined ? undefined : response(error, read),
  };
}

function wrong(): never {
  throw new TypeError("This is no output");
}

const keyNames = ["id", "n"];
const keyed = foundItemReader(readAny, keyNames, (key) => ({ key }));

function outputTarget(name: string, member: ItemsMember, make: Target["make"]): Target {
  const withKeys = name === "BatchGetItem";
  const fromWire = (wire: AttributeMap): unknown => {
    const item = unmarshall(wire);
    return withKeys ? { key: canonicalKey(wire, keyNames), item } : item;
  };
  const fromText = (item: unknown): unknown => {
    if (item instanceof UnreadItem) return fromWire(item.wire as AttributeMap);
    return item instanceof FoundItem ? { ...item.entry, item: item.item } : item;
  };
  return {
    name,
    make,
    read(document, choice) {
      const pieceSize = choice % 3 === 0 ? undefined : 20 + (choice % 300);
      const output = readOutputText(
        document,
        member,
        () => (withKeys ? keyed : readAny),
        pieceSize,
      );
      if (output === undefined) return "handed over";
      const read = attempt(() => finished(output, member, fromText));
      const parsed = attempt(() =>
        finished(
          JSON.parse(document.toString("utf8")) as Record<string, unknown>,
          member,
          fromWire,
        ),
      );
      return isDeepStrictEqual(read, parsed) ? "understood" : "different";
    },
  };
}

const several = (random: Choices, one: () => string): string =>
  `[${Array.from({ length: random.below(5) }, one).join()}]`;
const anItem = (random: Choices) => (): string =>
  random.below(30) === 0
    ? valueText(random)
    : random.below(2) === 0
      ? orderText(random)
      : itemText(random);
const others = (random: Choices) => ({
  Count: () => String(random.below(100)),
  LastEvaluatedKey: anItem(random),
  ConsumedCapacity: () => `{"TableName":${jsonText(textOf(random), random)},"CapacityUnits":0.5}`,
});

/** What reads answers, as text and as JSON. */
export function readerTargets(): readonly Target[] {
  return [
    itemTarget("core's reader", anyItem, readAny, (wire) => attempt(() => unmarshall(wire))),
    outputTarget("GetItem", "Item", (random) =>
      members(random, { Item: anItem(random), ...others(random) }),
    ),
    outputTarget("Query", "Items", (random) =>
      members(random, { Items: () => several(random, anItem(random)), ...others(random) }),
    ),
    outputTarget("BatchGetItem", "Responses", (random) =>
      members(random, {
        Responses: () =>
          members(random, {
            orders: () => several(random, anItem(random)),
            'a\u00e9"b': () => several(random, anItem(random)),
          }),
        UnprocessedKeys: () => `{"orders":{"Keys":${several(random, anItem(random))}}}`,
        ...others(random),
      }),
    ),
    outputTarget("TransactGetItems", "Responses", (random) =>
      members(random, {
        Responses: () =>
          several(random, () =>
            random.below(8) === 0
              ? random.one(["{}", "null", '{"Item":null}', "[]"])
              : members(random, {
                  Item: anItem(random),
                  ...(random.below(4) === 0 && {
                    Error: () => members(random, { Code: () => '"x"', Item: anItem(random) }),
                  }),
                }),
          ),
        ...others(random),
      }),
    ),
    ...schemaTargets(false),
    ...schemaTargets(true),
  ];
}

function anyItem(random: Choices): string {
  return itemText(random);
}
