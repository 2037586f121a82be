import { describe, expect, test } from "vitest";
import * as z from "zod";
import { bytes } from "../codecs/bytes.ts";
import { decimal } from "../codecs/decimal.ts";
import { SchemaError } from "../errors.ts";
import { compileSchema } from "./compile-schema.ts";
import { storedAs } from "./stored-as.ts";

function refusal(schema: z.core.$ZodType, keyAttributes: readonly string[] = []): string {
  try {
    compileSchema("orders", schema, { keyAttributes });
    return "accepted";
  } catch (error) {
    return error instanceof SchemaError ? error.message : String(error);
  }
}

const inside = (schema: z.ZodType): string => refusal(z.object({ a: z.object({ b: schema }) }));

const codecAdvice = "Use z.codec() with a decode and an encode, so that it can be written back";
const stringPipe = z.string().transform((text) => text.length);

describe("what can't be encoded back is refused", () => {
  test.each<[string, z.ZodType, string]>([
    ["transform", stringPipe, `.transform() has no way back. ${codecAdvice}`],
    ["transform alone", z.transform(String), `z.transform() has no way back. ${codecAdvice}`],
    [
      "preprocess",
      z.preprocess(String, z.string()),
      `z.preprocess() has no way back. ${codecAdvice}`,
    ],
    ["success", z.success(z.string()), `z.success() has no way back. ${codecAdvice}`],
    [
      "a codec to what can't",
      z.codec(z.string(), stringPipe, { decode: (text) => text, encode: (text) => text }),
      `.transform() has no way back. ${codecAdvice}`,
    ],
    [
      "an async codec",
      z.codec(z.string(), z.string(), { decode: async (text) => text, encode: (text) => text }),
      "reads and writes don't wait for asynchronous refinements, transforms or codecs. Check such things before the write",
    ],
    [
      "an async refinement",
      z.string().refine(async () => true),
      "reads and writes don't wait for asynchronous refinements, transforms or codecs. Check such things before the write",
    ],
  ])("%s", (_, schema, reason) => {
    expect(inside(schema)).toBe(`Table orders, a.b: ${reason}`);
  });
});

describe("what can't be stored is refused, with what to use instead", () => {
  test.each<[string, z.ZodType, string]>([
    [
      "date",
      z.date(),
      "DynamoDB has no dates. Use isoDate(), epochSeconds() or epochMilliseconds()",
    ],
    ["a date in a list", z.array(z.date().optional()), "[*]: DynamoDB has no dates."],
    ["a date in a union", z.union([z.string(), z.date()]), "DynamoDB has no dates."],
    ["nan", z.nan(), "NaN can't be stored"],
    ["symbol", z.symbol(), "a symbol can't be stored"],
    ["function", z.function(), "a function can't be stored"],
    [
      "promise",
      z.promise(z.string()),
      "a promise can't be stored. Await it, and declare what it gives",
    ],
    ["file", z.file(), "a file can't be stored. Store its bytes with bytes()"],
    [
      "undefined",
      z.undefined(),
      "undefined can't be stored. Use .optional() for what may be absent, or z.null()",
    ],
    ["void", z.void(), "undefined can't be stored."],
    ["literal", z.literal(["a", undefined]), "undefined can't be stored. Use .optional()"],
    ["frozen bytes", bytes().readonly(), "binary can't be frozen. Remove .readonly()"],
    ["Map of numbers", z.map(z.number(), z.string()), "the keys of a Map must be strings"],
    [
      "Map of optionals",
      z.map(z.string(), z.string().optional()),
      "[*]: a member of a Map can't be undefined",
    ],
    [
      "set of booleans",
      z.set(z.boolean()),
      "a DynamoDB set holds only strings, only numbers or only binary.",
    ],
    ["set of both", z.set(z.union([z.string(), z.number()])), "a DynamoDB set holds only strings"],
    ["set of nullables", z.set(z.string().nullable()), "a DynamoDB set holds only strings"],
    ["set of anything", z.set(z.unknown()), "a DynamoDB set holds only strings"],
    [
      "list of optionals",
      z.array(z.string().optional()),
      "[*]: an element of a list can't be absent",
    ],
    [
      "tuple with a gap",
      z.tuple([z.string().optional(), z.union([z.string()])]),
      "[0]: only the last items of a tuple can be optional",
    ],
    [
      "two numbers",
      z.union([z.number(), z.bigint()]),
      "z.number() and z.bigint() are stored alike",
    ],
    [
      "numbers and decimals",
      z.union([z.number().nullable(), decimal()]),
      "z.number() and decimal() are stored alike",
    ],
    [
      "two maps",
      z.union([z.map(z.string(), z.string()), z.object({ a: z.string() })]),
      "a Map and an object are stored alike",
    ],
    [
      "merged sets",
      z.intersection(z.set(z.string()), z.set(z.string())),
      "zod can't merge the two sides",
    ],
    [
      "greedy option",
      z.union([z.object({ a: z.string().optional() }), z.object({ b: z.string() })]),
      "option 0 of the union, an object without required members, takes values of later options for its own and drops what they hold. Put it last, or use z.discriminatedUnion()",
    ],
    [
      "member of this name",
      z.object({ ["__proto__"]: z.string() }),
      ".__proto__: zod drops a member of this name",
    ],
  ])("%s", (_, schema, reason) => {
    const message = inside(schema);
    expect(message).toMatch(/^Table orders, a\.b/);
    expect(message).toContain(reason);
  });

  test.each([
    z.union([z.string(), z.set(z.string())]),
    z.union([z.object({ b: z.string() }), z.object({ a: z.string().optional() })]),
    z.codec(z.string(), z.date(), { decode: (s) => new Date(s), encode: (d) => d.toISOString() }),
    z.codec(z.string(), z.nan(), { decode: () => Number.NaN, encode: () => "" }),
    z.tuple([z.string(), z.string().optional()]),
    z.array(z.string().catch("")),
    z.json(),
    z.stringbool(),
    z.templateLiteral(["a", z.int()]),
    z.literal([1, "a", null, true]),
    z.never().optional(),
    z.intersection(z.object({ a: z.string() }), z.record(z.string(), z.string())),
    z.string().pipe(z.string().min(2)),
    z.instanceof(URLSearchParams),
  ])("and this is not", (schema) => {
    expect(inside(schema)).toBe("accepted");
  });
});

describe("the whole schema", () => {
  test.each([
    z.string(),
    z.object({}).optional(),
    z.object({}).nullable(),
    z.array(z.object({})),
    z.union([z.object({}), z.string()]),
    z.record(z.string(), z.string()),
    z.object({}).pipe(z.object({})),
  ])("must be of objects", (schema) => {
    expect(refusal(schema)).toMatch(
      /^Table orders: the schema of a table must be z\.object\(\), a union of objects or an intersection of objects, not z\.\w+\(\)$/,
    );
  });

  test.each([
    z.object({}).brand("Order"),
    z.object({}).readonly(),
    z.object({}).refine(() => true),
    z.lazy(() => z.object({})),
    z.strictObject({}),
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a") }),
      z.object({ kind: z.literal("b") }),
    ]),
    z.intersection(
      z.object({}),
      z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
    ),
  ])("may be made of objects", (schema) => {
    expect(refusal(schema)).toBe("accepted");
  });
});

describe("key attributes", () => {
  const key = (schema: z.ZodType): string => refusal(z.object({ id: schema }), ["id"]);

  test.each<[string, z.ZodType, string]>([
    ["optional", z.string().optional(), "must be required"],
    ["catch", z.string().catch(""), "must be required"],
    ["nullable", z.string().nullable(), "not as NULL or S. Remove .nullable()"],
    ["boolean", z.boolean(), "not as BOOL. Use z.string()"],
    ["mixed", z.union([z.string(), z.number()]), "not as S or N"],
    ["list", z.array(z.string()), "not as L"],
    ["set", z.set(z.string()), "must be required"],
    ["unknown", z.unknown(), "must say what it is stored as"],
    ["custom", z.instanceof(Uint8Array), "of a custom schema say it with storedAs()"],
  ])("%s is refused", (_, schema, reason) => {
    expect(key(schema)).toContain("Table orders, id: a key attribute must");
    expect(key(schema)).toContain(reason);
  });

  test.each([
    z.string(),
    z.enum(["a", "b"]),
    z.literal("only"),
    z.number(),
    z.bigint(),
    z.uuid().default(() => crypto.randomUUID()),
    bytes(),
    decimal(),
    storedAs(z.instanceof(Uint8Array), "B")
      .refine(() => true)
      .describe("bytes"),
  ])("this is not", (schema) => {
    expect(key(schema)).toBe("accepted");
  });

  test("storedAs() refuses what it would tell nothing of", () => {
    expect(() => storedAs(z.instanceof(Uint8Array).optional(), "B")).toThrow(
      "storedAs() takes a z.custom() or z.instanceof(), not z.optional()",
    );
  });

  test("must be in every option of a union", () => {
    const schema = z.union([z.object({ id: z.string() }), z.object({ name: z.string() })]);
    expect(refusal(schema, ["id"])).toContain("must be required");
    expect(refusal(schema, ["other"])).toBe(
      "Table orders, other: a key attribute, but the schema has none of this name",
    );
  });
});

test("a schema that makes new schemas for ever is looked into no further than an item reaches", () => {
  const endless = (): z.ZodType => z.object({ next: z.lazy(endless).optional() });
  expect(refusal(z.object({ list: endless() }))).toBe("accepted");
});
