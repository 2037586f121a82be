import {
  bytes,
  decimal,
  defineTable,
  epochMilliseconds,
  epochSeconds,
  isoDate,
  jsonString,
  sortableNumber,
  storedAs,
} from "@fieldwise/schema";
import { marshall } from "@fieldwise/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import { itemsOf } from "./items.ts";
import { plainStyle } from "./style.ts";

interface Node {
  name: string;
  children: Node[];
}
const node: z.ZodType<Node> = z.object({
  name: z.string().max(3),
  get children() {
    return z.array(node);
  },
});
type Expression = number | { operator: "+" | "-"; left: Expression; right: Expression };
const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.object({ operator: z.enum(["+", "-"]), left: expression, right: expression }),
    z.int().min(-9).max(9),
  ]),
);
const chain: z.ZodType = z.object({
  id: z.int(),
  get next() {
    return chain.nullable();
  },
});
const textBytes = z.codec(z.base64(), z.instanceof(Uint8Array), {
  decode: (text) => Uint8Array.from(Buffer.from(text, "base64")),
  encode: (value) => Buffer.from(value).toString("base64"),
});
const url = z.codec(z.url(), z.instanceof(URL), {
  decode: (text) => new URL(text),
  encode: (value) => value.href,
});
class Money {
  readonly cents: number;
  constructor(cents: number) {
    this.cents = cents;
  }
}
const money = z.codec(z.int(), z.instanceof(Money), {
  decode: (cents) => new Money(cents),
  encode: (value) => value.cents,
});
const a = z.object({ kind: z.literal("a"), text: z.string() });
const b = z.object({ kind: z.literal("b"), count: z.int(), tags: z.set(z.string()) });

const schemas: Readonly<Record<string, z.ZodType>> = {
  number: z.number(),
  "number in bounds": z.number().gt(0).lt(1),
  "number at a bound": z.number().min(5).max(5),
  positive: z.number().positive(),
  negative: z.number().negative(),
  int: z.int(),
  "int in bounds": z.int().min(-3).max(3),
  int32: z.int32(),
  uint32: z.uint32(),
  float32: z.float32(),
  "multiple of 0.01": z.number().multipleOf(0.01).min(0),
  "multiple of 7": z.number().multipleOf(7).min(10).max(30),
  bigint: z.bigint(),
  int64: z.int64(),
  uint64: z.uint64(),
  "bigint in bounds": z.bigint().min(10n).multipleOf(25n),
  boolean: z.boolean(),
  null: z.null(),
  literal: z.literal(["x", 1, null, true]),
  enum: z.enum({ Up: "up", Down: "down" }),
  template: z.templateLiteral(["order#", z.int().min(1), "#", z.enum(["a", "b"])]),
  "template of text": z.templateLiteral([z.string().min(1), "-", z.uuid()]),
  "strict object": z.strictObject({ a: z.string() }),
  "loose object": z.looseObject({ a: z.string() }),
  catchall: z.object({ a: z.string() }).catchall(z.number()),
  "odd names": z.object({ constructor: z.string(), "a.b": z.int(), toString: z.null() }),
  "refined object": z
    .object({ from: z.int().min(0).max(9), to: z.int().min(0).max(9) })
    .refine(({ from, to }) => from <= to, "from before to"),
  array: z.array(z.string()),
  "array of a length": z.array(z.int()).length(4),
  "array of at least": z.array(z.int()).min(8),
  nonempty: z.array(z.boolean()).nonempty(),
  tuple: z.tuple([z.string(), z.int()]),
  "tuple with a rest": z.tuple([z.string()], z.int()),
  "tuple with optionals": z.tuple([z.string(), z.int().optional(), z.boolean().optional()]),
  record: z.record(z.string(), z.int()),
  "record of names": z.record(z.enum(["a", "b"]), z.int()),
  "record of some names": z.partialRecord(z.enum(["a", "b"]), z.int()),
  "record of patterns": z.record(z.string().regex(/^x-[a-z]+$/), z.string()),
  "record of templates": z.record(z.templateLiteral(["v", z.int().min(0)]), z.boolean()),
  "record of numbers": z.record(z.int(), z.string()),
  "loose record": z.looseRecord(z.string().regex(/^x-/), z.string()),
  map: z.map(z.string(), z.int()),
  "map of dates": z.map(isoDate(), z.int()),
  "set of strings": z.set(z.string()),
  "set of numbers": z.set(z.number()).min(2),
  "set of bigints": z.set(z.bigint()),
  "set of bytes": z.set(bytes()),
  "set of enums": z.set(z.enum(["a", "b", "c"])).min(1),
  "set of dates": z.set(isoDate()),
  "set, optional": z.set(z.string()).optional(),
  "set, nullable": z.set(z.string()).nullable(),
  "set of others": z.object({ inner: z.set(z.int()) }),
  "list of objects of sets": z.array(z.object({ inner: z.set(z.int()) })),
  union: z.union([z.string(), z.int(), z.boolean(), z.null()]),
  "union of objects": z.union([a, b]),
  "union with a set": z.union([z.string(), z.set(z.string())]),
  xor: z.xor([z.string().max(3), z.string().min(2)]),
  "discriminated union": z.discriminatedUnion("kind", [a, b]),
  "intersection of objects": z.intersection(z.object({ a: z.string() }), z.object({ b: z.int() })),
  "intersection with the same": z.intersection(
    z.object({ a: z.string().min(2) }),
    z.object({ a: z.string().max(8), b: z.int() }),
  ),
  "intersection with a union": z.intersection(z.object({ id: z.int() }), z.union([a, b])),
  "intersection with a record": z.intersection(
    z.object({ a: z.string() }),
    z.record(z.string(), z.string()),
  ),
  tree: node,
  expression,
  chain,
  json: z.json(),
  default: z.string().default(() => "now"),
  prefault: z.string().trim().prefault(" x "),
  catch: z.int().catch(0),
  readonly: z.array(z.string()).readonly(),
  nonoptional: z.string().optional().nonoptional(),
  "never, optional": z.never().optional(),
  nullish: z.string().nullish(),
  "exact optional": z.string().exactOptional(),
  brand: z.string().brand("Id"),
  pipe: z.string().pipe(z.string().max(9)),
  isoDate: isoDate(),
  "isoDate in bounds": isoDate().refine((date) => date.getUTCFullYear() > 1999, "this century"),
  epochSeconds: epochSeconds(),
  epochMilliseconds: epochMilliseconds(),
  jsonString: jsonString(z.object({ at: isoDate(), list: z.array(z.number()), any: z.unknown() })),
  decimal: decimal(),
  bytes: bytes(),
  "bytes of a length": bytes().refine((value) => value.length === 4),
  sortableNumber: sortableNumber(),
  stringbool: z.stringbool(),
  "codec to bytes": textBytes,
  "codec to URLs": url,
  "codec to a class": money,
  "codec to a word": z.codec(z.string(), z.int(), {
    decode: (word) => word.length,
    encode: (length) => "x".repeat(length),
  }),
  "codec to bigint": z.codec(z.string().regex(z.regexes.bigint), z.bigint(), {
    decode: (text) => BigInt(text),
    encode: (value) => value.toString(),
  }),
  "list of codecs": z.array(
    z.codec(z.string(), z.date(), { decode: (t) => new Date(t), encode: (d) => d.toISOString() }),
  ),
  "stored as": storedAs(z.instanceof(Buffer), "B").optional(),
  any: z.any(),
  unknown: z.unknown(),
  custom: z.custom<string>((value) => typeof value === "string" && value.length < 5),
  refined: z.int().refine((value) => value % 3 === 0, "a third"),
  "min and max dates": z.codec(
    z.iso.datetime(),
    z.date().min(new Date("2026-01-01")).max(new Date("2026-01-02")),
    {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    },
  ),
};

test.each(Object.entries(schemas))("%s", (_, schema) => {
  const table = defineTable({
    name: "drawn",
    schema: z.object({ id: z.string(), value: schema }),
    partitionKey: "id",
  });
  for (const item of fc.sample(itemsOf(table, plainStyle), { seed: 7, numRuns: 60 })) {
    const wire = marshall(table.codec.encodeItem(item));
    expect(table.codec.decodeItem(wire)).toEqual({ ok: true, item });
  }
});
